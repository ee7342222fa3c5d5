/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "config.h"

#include "app/handover-application-private.h"

#include <glib/gi18n.h>

#include "app/account/handover-unsent-dialog.h"
#include "app/handover-help-viewer.h"
#include "app/handover-help.h"
#include "app/handover-shortcuts-dialog.h"
#include "app/preferences/handover-preferences-dialog.h"
#include "client/store/handover-mirror.h"

static const struct
{
  const char *action;
  const char *keys[3];
} accelerators[] = {
  { "win.view::waiting", { "<Control>1" } },
  { "win.view::mine", { "<Control>2" } },
  { "win.view::team", { "<Control>3" } },
  { "win.view::agent", { "<Control>4" } },
  { "win.view::closed", { "<Control>5" } },
  { "win.view::all", { "<Control>6" } },
  { "win.previous", { "<Alt>Up" } },
  { "win.next", { "<Alt>Down" } },
  { "win.next-waiting", { "<Control>j" } },
  { "win.claim", { "<Control><Shift>t" } },
  { "win.note", { "<Control><Shift>n" } },
  { "win.hand-back", { "<Control><Shift>a" } },
  { "win.close-conversation", { "<Control><Shift>w" } },
  { "win.search", { "<Control>f" } },
  { "win.details", { "F9" } },
  { "window.close", { "<Control>w" } },
  { "app.preferences", { "<Control>comma" } },
  { "app.shortcuts", { "<Control>question" } },
  { "app.help", { "F1" } },
  { "app.quit", { "<Control>q" } },
};

/* A key pressed twice opens no second dialog over the first. */
static gboolean
shows_dialog (HandoverApplication *self,
              GType                type)
{
  AdwDialog *dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self->window));

  return dialog != NULL && G_OBJECT_TYPE (dialog) == type;
}

static void
quit_confirmed_cb (AdwAlertDialog      *dialog,
                   const char          *response,
                   HandoverApplication *self)
{
  if (g_str_equal (response, "quit"))
    handover_application_end (self);
}

static char *
describe_held (guint held)
{
  /* Translators: %u is how many customers one is answering */
  return g_strdup_printf (ngettext ("You are answering %u customer, who gets no answer from anybody else while you are "
                                    "away. Release the conversation or hand it back to the AI first if you can.",
                                    "You are answering %u customers, who get no answer from anybody else while you are "
                                    "away. Release the conversations or hand them back to the AI first if you can.",
                                    held),
                          held);
}

static char *
describe_waiting (guint waiting)
{
  /* Translators: %u is how many customers wait for a person */
  return g_strdup_printf (ngettext ("%u customer waits for a person. The service on this computer ends with Handover: "
                                    "until you start it again, AI agents cannot reach it, and nobody is told.",
                                    "%u customers wait for a person. The service on this computer ends with Handover: "
                                    "until you start it again, AI agents cannot reach it, and nobody is told.",
                                    waiting),
                          waiting);
}

/*< private >
 * handover_application_ask_to_quit:
 * @self: an application
 *
 * Quits, after asking where customers would be left without an answer: those whom one is answering, and, where the
 * service ends with the app, those who wait.
 */
void
handover_application_ask_to_quit (HandoverApplication *self)
{
  HandoverMirror *mirror = self->account != NULL ? handover_account_get_mirror (self->account) : NULL;
  guint held = mirror != NULL ? handover_mirror_get_mine_count (mirror) : 0;
  guint waiting = mirror != NULL && handover_account_is_local (self->account)
                    ? handover_mirror_get_waiting_count (mirror)
                    : 0;
  g_autofree char *body = NULL;
  AdwAlertDialog *dialog;

  if (held == 0 && waiting == 0)
    {
      handover_application_end (self);
      return;
    }

  handover_application_present (self, NULL);
  if (shows_dialog (self, ADW_TYPE_ALERT_DIALOG))
    return;

  body = held > 0 ? describe_held (held) : describe_waiting (waiting);
  dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (held > 0 ? _("Quit While Answering?")
                                                            : _("Quit While Customers Wait?"), body));
  adw_alert_dialog_add_responses (dialog, "cancel", _("_Cancel"), "quit", _("_Quit"), NULL);
  adw_alert_dialog_set_response_appearance (dialog, "quit", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (dialog, "cancel");
  adw_alert_dialog_set_close_response (dialog, "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (quit_confirmed_cb), self, G_CONNECT_DEFAULT);
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self->window));
}

static void
quit_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  handover_application_ask_to_quit (user_data);
}

static void
show_preferences (HandoverApplication *self,
                  const char          *page)
{
  HandoverPreferencesDialog *dialog;

  handover_application_present (self, NULL);
  if (shows_dialog (self, HANDOVER_TYPE_PREFERENCES_DIALOG))
    return;

  handover_application_look_at_background (self);
  dialog = handover_preferences_dialog_new (self->account, self->background);
  if (page != NULL)
    adw_preferences_dialog_set_visible_page_name (ADW_PREFERENCES_DIALOG (dialog), page);
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self->window));
}

static void
preferences_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  show_preferences (user_data, NULL);
}

static void
agents_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  show_preferences (user_data, "agents");
}

static void
help_shown_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (HandoverApplication) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!handover_help_viewer_show_finish (result, &error) && self->window != NULL &&
      !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
    gtk_widget_activate_action (GTK_WIDGET (self->window), "win.toast", "s", _("There is no help viewer here."));
}

static void
help_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  HandoverApplication *self = user_data;
  GtkWindow *window = GTK_WINDOW (self->window);
  const char *page = parameter != NULL ? g_variant_get_string (parameter, NULL) : handover_help_find_page (window);

  handover_help_viewer_show_async (window, page, self->cancellable, help_shown_cb, g_object_ref (self));
}

static void
shortcuts_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  HandoverApplication *self = user_data;

  handover_application_present (self, NULL);
  if (!shows_dialog (self, ADW_TYPE_DIALOG))
    adw_dialog_present (handover_shortcuts_dialog_new (), GTK_WIDGET (self->window));
}

static void
about_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  HandoverApplication *self = user_data;
  const char *developers[] = { "The Handover developers", NULL };

  handover_application_present (self, NULL);
  if (shows_dialog (self, ADW_TYPE_ABOUT_DIALOG))
    return;

  adw_show_about_dialog (GTK_WIDGET (self->window),
                         "application-name", _("Handover"),
                         "application-icon", APP_ID,
                         "version", PACKAGE_VERSION,
                         "comments", _("Take over where an AI support agent should not go on"),
                         "developer-name", "The Handover developers",
                         "developers", developers,
                         "license-type", GTK_LICENSE_GPL_3_0,
                         /* Translators: put your name here to be credited */
                         "translator-credits", _("translator-credits"),
                         NULL);
}

static void
sign_out_confirmed_cb (AdwAlertDialog      *dialog,
                       const char          *response,
                       HandoverApplication *self)
{
  if (g_str_equal (response, "sign-out") && self->account != NULL)
    handover_account_sign_out_async (self->account, NULL, NULL, NULL);
}

static void
sign_out_cb (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  HandoverApplication *self = user_data;
  g_autoptr (GPtrArray) unsent = NULL;
  AdwAlertDialog *dialog;

  handover_application_present (self, NULL);
  if (shows_dialog (self, ADW_TYPE_ALERT_DIALOG))
    return;

  unsent = handover_unsent_collect (self->account);
  dialog = handover_unsent_ask_to_sign_out (unsent);
  g_signal_connect_object (dialog, "response", G_CALLBACK (sign_out_confirmed_cb), self, G_CONNECT_DEFAULT);
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self->window));
}

static void
open_conversation_cb (GSimpleAction *action,
                      GVariant      *parameter,
                      gpointer       user_data)
{
  handover_application_present (user_data, NULL);
  handover_application_open (user_data, g_variant_get_string (parameter, NULL), FALSE);
}

static void
take_over_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  handover_application_present (user_data, NULL);
  handover_application_open (user_data, g_variant_get_string (parameter, NULL), TRUE);
}

static void
test_notification_cb (GSimpleAction *action,
                      GVariant      *parameter,
                      gpointer       user_data)
{
  HandoverApplication *self = user_data;

  handover_notifier_send_test (self->notifier);
}

/*< private >
 * handover_application_install_actions:
 * @self: an application
 *
 * Adds the application's actions and every key.
 */
void
handover_application_install_actions (HandoverApplication *self)
{
  const GActionEntry entries[] = {
    { "quit", quit_cb, NULL, NULL, NULL, { 0 } },
    { "preferences", preferences_cb, NULL, NULL, NULL, { 0 } },
    { "agents", agents_cb, NULL, NULL, NULL, { 0 } },
    { "help", help_cb, NULL, NULL, NULL, { 0 } },
    { "help-topic", help_cb, "s", NULL, NULL, { 0 } },
    { "shortcuts", shortcuts_cb, NULL, NULL, NULL, { 0 } },
    { "about", about_cb, NULL, NULL, NULL, { 0 } },
    { "sign-out", sign_out_cb, NULL, NULL, NULL, { 0 } },
    { "open-conversation", open_conversation_cb, "s", NULL, NULL, { 0 } },
    { "take-over", take_over_cb, "s", NULL, NULL, { 0 } },
    { "test-notification", test_notification_cb, NULL, NULL, NULL, { 0 } },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);

  for (gsize i = 0; i < G_N_ELEMENTS (accelerators); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (self), accelerators[i].action,
                                           (const char *const *) accelerators[i].keys);
}

/*< private >
 * handover_application_update_actions:
 * @self: an application
 *
 * Switches off what needs an account while there is none.
 */
void
handover_application_update_actions (HandoverApplication *self)
{
  const char *names[] = { "preferences", "agents", "sign-out", "test-notification" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), names[i]);

      g_simple_action_set_enabled (G_SIMPLE_ACTION (action), self->account != NULL);
    }
}
