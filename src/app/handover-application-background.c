/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "config.h"

#include "app/handover-application-private.h"

#include <glib/gi18n.h>

/* The app without its window: whether it goes on, and that nobody is left without alerts who does not know. */

static void
permission_changed_cb (HandoverApplication *self)
{
  gboolean refused = handover_background_get_permission (self->background) == HANDOVER_BACKGROUND_REFUSED;

  if (handover_background_get_sandboxed (self->background) &&
      handover_background_get_permission (self->background) != HANDOVER_BACKGROUND_UNASKED)
    g_settings_set_boolean (self->settings, "background-asked", TRUE);
  if (self->window != NULL)
    handover_window_set_background_refused (self->window, refused);
}

static void
autostart_changed_cb (HandoverApplication *self)
{
  if (handover_background_get_sandboxed (self->background))
    g_settings_set_boolean (self->settings, "start-at-login", handover_background_get_autostart (self->background));
}

/*< private >
 * handover_application_prepare_background:
 * @self: an application
 *
 * Finds out whether the app may run without its window; who was never asked is not asked now.
 */
void
handover_application_prepare_background (HandoverApplication *self)
{
  self->background = handover_background_new (handover_background_in_sandbox (),
                                              g_settings_get_boolean (self->settings, "start-at-login"));
  g_signal_connect_object (self->background, "notify::permission", G_CALLBACK (permission_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->background, "notify::autostart", G_CALLBACK (autostart_changed_cb), self,
                           G_CONNECT_SWAPPED);
  handover_application_look_at_background (self);
}

/*< private >
 * handover_application_look_at_background:
 * @self: an application
 *
 * Finds out again what may have been changed elsewhere.
 */
void
handover_application_look_at_background (HandoverApplication *self)
{
  if (!handover_background_get_sandboxed (self->background) ||
      g_settings_get_boolean (self->settings, "background-asked"))
    handover_background_look (self->background);
}

static void
hide_window (HandoverApplication *self)
{
  if (self->window != NULL)
    gtk_widget_set_visible (GTK_WIDGET (self->window), FALSE);
}

/* Refused, the window stays: it says what closing it costs. Where nobody can be asked, nobody forbids it either. */
static void
asked_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (HandoverApplication) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean answered = handover_background_ask_finish (HANDOVER_BACKGROUND (source), result, &error);

  self->asking = FALSE;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (!answered || handover_background_get_permission (self->background) == HANDOVER_BACKGROUND_ALLOWED)
    hide_window (self);
}

static void
close_window (HandoverApplication *self)
{
  if (handover_background_get_permission (self->background) != HANDOVER_BACKGROUND_UNASKED)
    {
      hide_window (self);
      return;
    }

  if (self->asking)
    return;

  self->asking = TRUE;
  handover_background_ask_async (self->background, handover_background_get_autostart (self->background),
                                 self->cancellable, asked_cb, g_object_ref (self));
}

static void
close_explained_cb (AdwAlertDialog      *dialog,
                    const char          *response,
                    HandoverApplication *self)
{
  if (self->window == NULL || g_str_equal (response, "cancel"))
    return;

  g_settings_set_boolean (self->settings, "background-explained", TRUE);
  if (g_str_equal (response, "quit"))
    handover_application_ask_to_quit (self);
  else if (gtk_widget_get_mapped (GTK_WIDGET (dialog)))
    /* A dialog whose window is hidden under it never ends, and would lie unseen over the window that comes back. It is
     * "closed" as soon as it begins to move away, which was before this. */
    g_signal_connect_object (dialog, "unmap", G_CALLBACK (close_window), self, G_CONNECT_SWAPPED);
  else
    close_window (self);
}

static gboolean
close_request_cb (HandoverApplication *self)
{
  AdwAlertDialog *dialog;

  if (self->account == NULL)
    {
      handover_application_end (self);
      return GDK_EVENT_STOP;
    }

  if (handover_background_get_permission (self->background) == HANDOVER_BACKGROUND_REFUSED)
    {
      handover_application_ask_to_quit (self);
      return GDK_EVENT_STOP;
    }

  if (g_settings_get_boolean (self->settings, "background-explained"))
    {
      close_window (self);
      return GDK_EVENT_STOP;
    }

  dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (_("Handover Keeps Running"),
                                                   _("It alerts you when a customer needs a person. To stop it, "
                                                     "choose Quit from the main menu.")));
  adw_alert_dialog_add_responses (dialog, "quit", _("_Quit"), "close", _("_Close Window"), NULL);
  adw_alert_dialog_set_default_response (dialog, "close");
  adw_alert_dialog_set_close_response (dialog, "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (close_explained_cb), self, G_CONNECT_DEFAULT);
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self->window));

  return GDK_EVENT_STOP;
}

/*< private >
 * handover_application_watch_window:
 * @self: an application
 *
 * Decides what closing the window, which was just made, means.
 */
void
handover_application_watch_window (HandoverApplication *self)
{
  g_signal_connect_object (self->window, "close-request", G_CALLBACK (close_request_cb), self, G_CONNECT_SWAPPED);
  permission_changed_cb (self);
}
