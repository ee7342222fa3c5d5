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

  HandoverAccount *account;
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
handover_personal_page_dispose (GObject *object)
{
  HandoverPersonalPage *self = HANDOVER_PERSONAL_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), HANDOVER_TYPE_PERSONAL_PAGE);
  g_clear_object (&self->account);
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
  gtk_widget_class_bind_template_callback (widget_class, name_apply_cb);
  gtk_widget_class_bind_template_callback (widget_class, change_password_cb);
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
