/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "app/preferences/handover-personal-page.h"

#include <glib/gi18n.h>

#include "app/preferences/handover-password-dialog.h"
#include "app/preferences/handover-preferences-dialog.h"
#include "client/handover-actions.h"
#include "config.h"

struct _HandoverPersonalPage
{
  AdwPreferencesPage parent_instance;

  AdwEntryRow *name_row;
  AdwActionRow *email_row;
  AdwSwitchRow *notifications_row;
  AdwSwitchRow *sound_row;
  AdwSpinRow *repeat_row;
  AdwActionRow *background_row;
  AdwSwitchRow *login_row;

  HandoverAccount *account;
  HandoverBackground *background;
  gboolean asking;
  GSettings *settings;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (HandoverPersonalPage, handover_personal_page, ADW_TYPE_PREFERENCES_PAGE)

static void
name_apply_cb (HandoverPersonalPage *self)
{
  const char *name = gtk_editable_get_text (GTK_EDITABLE (self->name_row));

  handover_actions_update_me_async (self->account, name, self->cancellable, handover_preferences_dialog_report_cb,
                                    g_object_ref (self));
}

static void
change_password_cb (HandoverPersonalPage *self)
{
  adw_dialog_present (ADW_DIALOG (handover_password_dialog_new (self->account)), GTK_WIDGET (self));
}

static void
background_changed_cb (HandoverPersonalPage *self)
{
  const char *texts[] = {
    [HANDOVER_BACKGROUND_UNASKED] = _("The desktop is asked when you close the window"),
    [HANDOVER_BACKGROUND_ALLOWED] = _("Allowed: alerts reach you while the window is closed"),
    [HANDOVER_BACKGROUND_REFUSED] = _("Not allowed: Handover ends with its window, and no alert reaches you. Allow it "
                                      "in the desktop's settings."),
  };

  adw_action_row_set_subtitle (self->background_row, texts[handover_background_get_permission (self->background)]);
  adw_switch_row_set_active (self->login_row, handover_background_get_autostart (self->background));
}

static void
login_asked_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (HandoverPersonalPage) self = user_data;
  GError *error = NULL;
  gboolean wanted;

  self->asking = FALSE;
  if (self->login_row == NULL)
    {
      handover_background_ask_finish (HANDOVER_BACKGROUND (source), result, NULL);
      return;
    }

  wanted = adw_switch_row_get_active (self->login_row);
  if (handover_background_ask_finish (HANDOVER_BACKGROUND (source), result, &error) &&
      wanted && !handover_background_get_autostart (self->background))
    handover_preferences_dialog_say (GTK_WIDGET (self), _("The desktop did not allow it"));
  /* What came of it is shown, not what was wished. */
  background_changed_cb (self);
  handover_preferences_dialog_report (GTK_WIDGET (self), error);
}

static void
login_switched_cb (HandoverPersonalPage *self)
{
  gboolean wanted = adw_switch_row_get_active (self->login_row);

  if (self->background == NULL || self->asking || wanted == handover_background_get_autostart (self->background))
    return;

  self->asking = TRUE;
  handover_background_ask_async (self->background, wanted, NULL, login_asked_cb, g_object_ref (self));
}

static void
handover_personal_page_dispose (GObject *object)
{
  HandoverPersonalPage *self = HANDOVER_PERSONAL_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), HANDOVER_TYPE_PERSONAL_PAGE);
  g_clear_object (&self->account);
  if (self->background != NULL)
    g_signal_handlers_disconnect_by_data (self->background, self);
  g_clear_object (&self->background);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (handover_personal_page_parent_class)->dispose (object);
}

static void
handover_personal_page_class_init (HandoverPersonalPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = handover_personal_page_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/handover-personal-page.ui");
  gtk_widget_class_bind_template_child (widget_class, HandoverPersonalPage, name_row);
  gtk_widget_class_bind_template_child (widget_class, HandoverPersonalPage, email_row);
  gtk_widget_class_bind_template_child (widget_class, HandoverPersonalPage, notifications_row);
  gtk_widget_class_bind_template_child (widget_class, HandoverPersonalPage, sound_row);
  gtk_widget_class_bind_template_child (widget_class, HandoverPersonalPage, repeat_row);
  gtk_widget_class_bind_template_child (widget_class, HandoverPersonalPage, background_row);
  gtk_widget_class_bind_template_child (widget_class, HandoverPersonalPage, login_row);
  gtk_widget_class_bind_template_callback (widget_class, name_apply_cb);
  gtk_widget_class_bind_template_callback (widget_class, change_password_cb);
  gtk_widget_class_bind_template_callback (widget_class, login_switched_cb);
}

static void
handover_personal_page_init (HandoverPersonalPage *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));

  self->settings = g_settings_new ("dev.handover.Handover");
  g_settings_bind (self->settings, "notifications", self->notifications_row, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "notification-sound", self->sound_row, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "notification-repeat-minutes", self->repeat_row, "value", G_SETTINGS_BIND_DEFAULT);
}

/**
 * handover_personal_page_set_account:
 * @self: the page
 * @account: the signed-in account
 *
 * Shows the settings of the operator who is signed in. To be called once.
 */
void
handover_personal_page_set_account (HandoverPersonalPage *self,
                                    HandoverAccount      *account)
{
  HandoverOperator *operator = handover_account_get_operator (account);

  g_set_object (&self->account, account);
  gtk_editable_set_text (GTK_EDITABLE (self->name_row), operator->name);
  adw_action_row_set_subtitle (self->email_row, operator->email);
}

/**
 * handover_personal_page_set_background:
 * @self: the page
 * @background: whether the app may run without its window
 *
 * Shows what the desktop allows, and lets the operator ask for more. To be called once.
 */
void
handover_personal_page_set_background (HandoverPersonalPage *self,
                                       HandoverBackground   *background)
{
  g_return_if_fail (HANDOVER_IS_PERSONAL_PAGE (self));

  g_set_object (&self->background, background);
  gtk_widget_set_visible (GTK_WIDGET (self->background_row), handover_background_get_sandboxed (background));
  g_signal_connect_object (background, "notify", G_CALLBACK (background_changed_cb), self, G_CONNECT_SWAPPED);
  background_changed_cb (self);
}
