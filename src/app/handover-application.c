/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#define G_LOG_DOMAIN "handover-application"

#include "config.h"

#include "app/handover-application-private.h"

#include <glib/gi18n.h>

#include "app/account/handover-unsent-dialog.h"
#include "client/handover-actions.h"
#include "client/handover-local-service.h"

G_DEFINE_FINAL_TYPE (HandoverApplication, handover_application, ADW_TYPE_APPLICATION)

static void
claimed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (HandoverApplication) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer = handover_actions_finish (result, &error);

  if (self->window == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (error != NULL)
    {
      /* Translators: %s says why */
      g_autofree char *text = g_strdup_printf (_("Not taken over: %s"), error->message);

      gtk_widget_activate_action (GTK_WIDGET (self->window), "win.toast", "s", text);
      return;
    }

  gtk_widget_activate_action (GTK_WIDGET (self->window), "win.reply", NULL);
}

/*< private >
 * handover_application_open:
 * @self: an application
 * @conversation_id: (nullable): a conversation
 * @take_over: whether to claim it as well
 *
 * Opens a conversation, as soon as somebody is signed in.
 */
void
handover_application_open (HandoverApplication *self,
                           const char          *conversation_id,
                           gboolean             take_over)
{
  if (conversation_id == NULL)
    return;

  if (self->account == NULL || self->window == NULL)
    {
      g_set_str (&self->pending_conversation, conversation_id);
      self->pending_take_over = take_over;
      return;
    }

  if (!handover_window_open (self->window, conversation_id))
    {
      gtk_widget_activate_action (GTK_WIDGET (self->window), "win.toast", "s", _("This conversation is not known here."));
      return;
    }

  if (take_over)
    handover_actions_claim_async (self->account, conversation_id, self->cancellable, claimed_cb, g_object_ref (self));
}

static void
take_over_cb (HandoverApplication *self,
              const char          *conversation_id,
              const char          *token)
{
  handover_application_present (self, token);
  handover_application_open (self, conversation_id, TRUE);
}

static void
open_cb (HandoverApplication *self,
         const char          *conversation_id,
         const char          *token)
{
  handover_application_present (self, token);
  handover_application_open (self, conversation_id, FALSE);
}

static void set_account (HandoverApplication *self,
                         HandoverAccount     *account);

static void
signed_out_cb (HandoverApplication   *self,
               HandoverSignOutReason  reason)
{
  g_autoptr (GPtrArray) unsent = handover_unsent_collect (self->account);
  const char *text = NULL;

  if (reason == HANDOVER_SIGN_OUT_REVOKED)
    text = _("This session is no longer accepted. Sign in again.");

  set_account (self, NULL);
  if (self->window == NULL)
    return;

  handover_window_ask_to_sign_in (self->window, NULL, text);
  if (reason == HANDOVER_SIGN_OUT_REVOKED && unsent->len > 0)
    adw_dialog_present (handover_unsent_dialog_new (unsent), GTK_WIDGET (self->window));
}

/* Known only when the keyring, or the person whom it asked, has answered. */
static void
remembered_cb (HandoverApplication *self)
{
  if (self->window != NULL && self->account != NULL && !handover_account_get_remembered (self->account))
    gtk_widget_activate_action (GTK_WIDGET (self->window), "win.toast", "s",
                                _("No keyring keeps your session: you stay signed in until you quit."));
}

static void
set_account (HandoverApplication *self,
             HandoverAccount     *account)
{
  g_autofree char *conversation_id = g_steal_pointer (&self->pending_conversation);
  gboolean cold = g_application_get_flags (G_APPLICATION (self)) & G_APPLICATION_IS_SERVICE;

  if (self->account != NULL)
    {
      g_signal_handlers_disconnect_by_func (self->account, signed_out_cb, self);
      g_signal_handlers_disconnect_by_func (self->account, remembered_cb, self);
      g_application_release (G_APPLICATION (self));
    }

  g_set_object (&self->account, account);
  handover_notifier_set_account (self->notifier, account);
  if (self->window != NULL)
    handover_window_set_account (self->window, account);
  handover_application_update_actions (self);
  handover_application_leave_service (self);
  if (account == NULL)
    return;

  /* Alerts come also while the window is closed. */
  g_application_hold (G_APPLICATION (self));
  g_settings_set_string (self->settings, "service-address", handover_account_get_service (account));
  g_settings_set_string (self->settings, "email", handover_account_get_operator (account)->email);
  g_signal_connect_object (account, "signed-out", G_CALLBACK (signed_out_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (account, "notify::remembered", G_CALLBACK (remembered_cb), self, G_CONNECT_SWAPPED);
  remembered_cb (self);

  /* The desktop started us by a click on a notification that it no longer has; the last alert is the best guess. */
  if (conversation_id == NULL && cold && self->window != NULL)
    conversation_id = g_strdup (handover_notifier_get_last_alert (self->notifier));
  handover_application_open (self, conversation_id, self->pending_take_over);
}

static void
ask_to_sign_in (HandoverApplication *self,
                const char          *reason)
{
  g_autofree char *last = g_settings_get_string (self->settings, "service-address");

  if (self->window != NULL)
    handover_window_ask_to_sign_in (self->window, self->service != NULL ? self->service : last, reason);
}

static void
restored_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (HandoverApplication) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (HandoverAccount) account = handover_account_open_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self->restored = TRUE;
  if (account != NULL)
    set_account (self, account);
  else
    /* Neither account nor error: nobody was signed in. */
    ask_to_sign_in (self, error != NULL ? error->message : NULL);

  /* From here on an account holds it; without one, nobody needs it in the background. */
  if (self->started_in_background)
    g_application_release (G_APPLICATION (self));
  self->started_in_background = FALSE;
}

/* Also when it did not start: what is known of it can be read, and the desk says what is wrong. */
static void
service_started_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (HandoverApplication) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!handover_local_service_start_finish (HANDOVER_LOCAL_SERVICE (source), result, &error) &&
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  handover_account_restore_async (HANDOVER_LOCAL_SERVICE_NAME, self->cancellable, restored_cb, g_object_ref (self));
}

static void
restore (HandoverApplication *self)
{
  g_autofree char *last = g_settings_get_string (self->settings, "service-address");
  const char *service = self->service != NULL ? self->service : last;

  if (*service == '\0')
    {
      self->restored = TRUE;
      return;
    }

  if (g_str_equal (service, HANDOVER_LOCAL_SERVICE_NAME))
    handover_local_service_start_async (handover_local_service_get_default (), self->cancellable, service_started_cb,
                                        g_object_ref (self));
  else
    handover_account_restore_async (service, self->cancellable, restored_cb, g_object_ref (self));
}

static void
in_front_cb (HandoverApplication *self)
{
  g_autofree char *conversation_id = NULL;

  g_object_get (self->window, "in-front", &conversation_id, NULL);
  handover_notifier_set_in_front (self->notifier, conversation_id);
}

static void
refused_cb (HandoverApplication *self)
{
  if (self->window != NULL)
    handover_window_set_notifications_refused (self->window, handover_notifier_get_refused (self->notifier));
}

static void
ensure_window (HandoverApplication *self)
{
  if (self->window != NULL)
    return;

  g_set_weak_pointer (&self->window, handover_window_new (self));
  g_signal_connect_object (self->window, "opened", G_CALLBACK (set_account), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->window, "notify::in-front", G_CALLBACK (in_front_cb), self, G_CONNECT_SWAPPED);
  refused_cb (self);
  handover_application_watch_window (self);

  if (self->account != NULL)
    handover_window_set_account (self->window, self->account);
  else if (self->restored)
    ask_to_sign_in (self, NULL);
}

/*< private >
 * handover_application_present:
 * @self: an application
 * @token: (nullable): the desktop's leave to come to the front
 *
 * Shows the window.
 */
void
handover_application_present (HandoverApplication *self,
                              const char          *token)
{
  if (self->ending)
    return;

  ensure_window (self);
  if (token != NULL)
    gtk_window_set_startup_id (GTK_WINDOW (self->window), token);
  gtk_window_present (GTK_WINDOW (self->window));
}

static void
handover_application_activate (GApplication *application)
{
  HandoverApplication *self = HANDOVER_APPLICATION (application);

  if (!self->starts_in_background)
    {
      handover_application_present (self, NULL);
      return;
    }

  self->starts_in_background = FALSE;
  if (self->restored)
    return;

  self->started_in_background = TRUE;
  g_application_hold (application);
}

static void
notification_settings_cb (HandoverApplication *self)
{
  handover_notifier_set_enabled (self->notifier, g_settings_get_boolean (self->settings, "notifications"));
  handover_notifier_set_repeat_minutes (self->notifier,
                                        g_settings_get_uint (self->settings, "notification-repeat-minutes"));
  handover_notifier_set_sound (self->notifier, g_settings_get_boolean (self->settings, "notification-sound"));
}

/* Without animations libadwaita is done with a dialog while its own close button, pressed by a key or by a program for
 * the blind, is still at work on it. So it stays until that has returned. */
static gboolean
dialog_closed_cb (GSignalInvocationHint *hint,
                  guint                  n_values,
                  const GValue          *values,
                  gpointer               user_data)
{
  g_idle_add_once (g_object_unref, g_value_dup_object (values));
  return TRUE;
}

static void
keep_closing_dialogs (void)
{
  g_autoptr (GTypeClass) klass = g_type_class_ref (ADW_TYPE_DIALOG);

  g_signal_add_emission_hook (g_signal_lookup ("closed", ADW_TYPE_DIALOG), 0, dialog_closed_cb, NULL, NULL);
}

static void
handover_application_startup (GApplication *application)
{
  HandoverApplication *self = HANDOVER_APPLICATION (application);

  G_APPLICATION_CLASS (handover_application_parent_class)->startup (application);

  keep_closing_dialogs ();
  gtk_window_set_default_icon_name (APP_ID);
  /* A composer that closes passes the focus on, and no text was asked to be selected. */
  g_object_set (gtk_settings_get_default (), "gtk-label-select-on-focus", FALSE, NULL);
  self->settings = g_settings_new ("dev.handover.Handover");
  self->notifier = handover_notifier_new ();
  g_signal_connect_object (self->notifier, "take-over", G_CALLBACK (take_over_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->notifier, "open", G_CALLBACK (open_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->notifier, "notify::refused", G_CALLBACK (refused_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->settings, "changed", G_CALLBACK (notification_settings_cb), self, G_CONNECT_SWAPPED);
  notification_settings_cb (self);

  handover_application_install_actions (self);
  handover_application_update_actions (self);
  handover_application_prepare_background (self);
  handover_application_prepare_service (self);
  restore (self);
}

static void
handover_application_shutdown (GApplication *application)
{
  HandoverApplication *self = HANDOVER_APPLICATION (application);

  g_cancellable_cancel (self->cancellable);
  if (self->window != NULL)
    gtk_window_destroy (GTK_WINDOW (self->window));
  if (self->notifier != NULL)
    handover_notifier_set_account (self->notifier, NULL);
  if (self->account != NULL)
    g_signal_handlers_disconnect_by_func (self->account, signed_out_cb, self);
  g_clear_object (&self->account);
  g_clear_object (&self->notifier);

  G_APPLICATION_CLASS (handover_application_parent_class)->shutdown (application);
}

static int
handover_application_handle_local_options (GApplication *application,
                                           GVariantDict *options)
{
  HandoverApplication *self = HANDOVER_APPLICATION (application);

  g_variant_dict_lookup (options, "service", "s", &self->service);
  if (!g_variant_dict_lookup (options, "background", "b", &self->starts_in_background))
    return -1;

  /* What runs already needs no second start, and its window no raising. */
  return g_application_register (application, NULL, NULL) && g_application_get_is_remote (application) ? 0 : -1;
}

static void
handover_application_dispose (GObject *object)
{
  HandoverApplication *self = HANDOVER_APPLICATION (object);

  g_clear_weak_pointer (&self->window);
  g_clear_object (&self->account);
  g_clear_object (&self->notifier);
  g_clear_object (&self->background);
  g_clear_object (&self->settings);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (handover_application_parent_class)->dispose (object);
}

static void
handover_application_finalize (GObject *object)
{
  HandoverApplication *self = HANDOVER_APPLICATION (object);

  g_clear_pointer (&self->service, g_free);
  g_clear_pointer (&self->pending_conversation, g_free);

  G_OBJECT_CLASS (handover_application_parent_class)->finalize (object);
}

static void
handover_application_class_init (HandoverApplicationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  object_class->dispose = handover_application_dispose;
  object_class->finalize = handover_application_finalize;
  application_class->startup = handover_application_startup;
  application_class->activate = handover_application_activate;
  application_class->shutdown = handover_application_shutdown;
  application_class->handle_local_options = handover_application_handle_local_options;
}

static void
handover_application_init (HandoverApplication *self)
{
  const GOptionEntry options[] = {
    { "service", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, NULL, N_ ("Address of the service to sign in to"),
      N_ ("URL") },
    { "background", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, NULL, N_ ("Start without a window, to alert"), NULL },
    G_OPTION_ENTRY_NULL,
  };

  self->cancellable = g_cancellable_new ();
  g_application_add_main_option_entries (G_APPLICATION (self), options);
}

/**
 * handover_application_new:
 *
 * Makes the application. Its resources do not depend on the suffix of its id.
 *
 * Returns: (transfer full): the application
 */
HandoverApplication *
handover_application_new (void)
{
  return g_object_new (HANDOVER_TYPE_APPLICATION,
                       "application-id", APP_ID,
                       "resource-base-path", RESOURCE_BASE,
                       NULL);
}
