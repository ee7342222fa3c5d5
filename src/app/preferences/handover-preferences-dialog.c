/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "app/preferences/handover-preferences-dialog.h"

#include "config.h"

#include "app/preferences/handover-agents-page.h"
#include "app/preferences/handover-business-page.h"
#include "app/preferences/handover-channels-page.h"
#include "app/preferences/handover-personal-page.h"
#include "app/preferences/handover-service-page.h"
#include "app/preferences/handover-team-page.h"
#include "client/handover-actions.h"

struct _HandoverPreferencesDialog
{
  AdwPreferencesDialog parent_instance;

  HandoverPersonalPage *personal_page;
  HandoverBusinessPage *business_page;
  HandoverTeamPage *team_page;
  HandoverAgentsPage *agents_page;
  HandoverChannelsPage *channels_page;
  HandoverServicePage *service_page;
};

G_DEFINE_FINAL_TYPE (HandoverPreferencesDialog, handover_preferences_dialog, ADW_TYPE_PREFERENCES_DIALOG)

static void
handover_preferences_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), HANDOVER_TYPE_PREFERENCES_DIALOG);

  G_OBJECT_CLASS (handover_preferences_dialog_parent_class)->dispose (object);
}

static void
handover_preferences_dialog_class_init (HandoverPreferencesDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = handover_preferences_dialog_dispose;

  g_type_ensure (HANDOVER_TYPE_PERSONAL_PAGE);
  g_type_ensure (HANDOVER_TYPE_BUSINESS_PAGE);
  g_type_ensure (HANDOVER_TYPE_TEAM_PAGE);
  g_type_ensure (HANDOVER_TYPE_AGENTS_PAGE);
  g_type_ensure (HANDOVER_TYPE_CHANNELS_PAGE);
  g_type_ensure (HANDOVER_TYPE_SERVICE_PAGE);

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/handover-preferences-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, HandoverPreferencesDialog, personal_page);
  gtk_widget_class_bind_template_child (widget_class, HandoverPreferencesDialog, business_page);
  gtk_widget_class_bind_template_child (widget_class, HandoverPreferencesDialog, team_page);
  gtk_widget_class_bind_template_child (widget_class, HandoverPreferencesDialog, agents_page);
  gtk_widget_class_bind_template_child (widget_class, HandoverPreferencesDialog, channels_page);
  gtk_widget_class_bind_template_child (widget_class, HandoverPreferencesDialog, service_page);
}

static void
handover_preferences_dialog_init (HandoverPreferencesDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * handover_preferences_dialog_new:
 * @account: the signed-in account
 * @background: whether the app may run without its window
 *
 * Makes the dialog with an operator's own settings and the business's. What the operator's role does not allow is
 * shown but cannot be changed.
 *
 * Returns: (transfer floating): the dialog
 */
HandoverPreferencesDialog *
handover_preferences_dialog_new (HandoverAccount    *account,
                                 HandoverBackground *background)
{
  HandoverPreferencesDialog *self = g_object_new (HANDOVER_TYPE_PREFERENCES_DIALOG, NULL);

  handover_personal_page_set_account (self->personal_page, account);
  handover_personal_page_set_background (self->personal_page, background);
  handover_business_page_set_account (self->business_page, account);
  handover_team_page_set_account (self->team_page, account);
  handover_agents_page_set_account (self->agents_page, account);
  handover_channels_page_set_account (self->channels_page, account);
  if (handover_account_is_local (account))
    handover_service_page_set_service (self->service_page, handover_local_service_get_default ());
  else
    adw_preferences_dialog_remove (ADW_PREFERENCES_DIALOG (self), ADW_PREFERENCES_PAGE (self->service_page));

  return self;
}

/**
 * handover_preferences_dialog_say:
 * @widget: a widget inside the dialog
 * @text: a sentence
 *
 * Says something in passing.
 */
void
handover_preferences_dialog_say (GtkWidget  *widget,
                                 const char *text)
{
  GtkWidget *dialog = gtk_widget_get_ancestor (widget, HANDOVER_TYPE_PREFERENCES_DIALOG);
  AdwToast *toast = adw_toast_new (text);

  /* The text may hold a name that a person chose; it is never markup. */
  adw_toast_set_use_markup (toast, FALSE);
  if (dialog != NULL)
    adw_preferences_dialog_add_toast (ADW_PREFERENCES_DIALOG (dialog), toast);
  else
    g_object_unref (g_object_ref_sink (toast));
}

/**
 * handover_preferences_dialog_report:
 * @widget: a widget inside the dialog
 * @error: (transfer full) (nullable): what went wrong
 *
 * Says what went wrong. A cancelled call, whose widget is going away, is silent.
 */
void
handover_preferences_dialog_report (GtkWidget *widget,
                                    GError    *error)
{
  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    handover_preferences_dialog_say (widget, error->message);

  g_clear_error (&error);
}

/**
 * handover_preferences_dialog_report_cb:
 * @source: the account
 * @result: the answer
 * @user_data: (transfer full): a widget inside the dialog
 *
 * Ends a call of which nobody needs the answer, only to know what went wrong.
 */
void
handover_preferences_dialog_report_cb (GObject      *source,
                                       GAsyncResult *result,
                                       gpointer      user_data)
{
  g_autoptr (GtkWidget) widget = user_data;
  GError *error = NULL;
  g_autoptr (JsonNode) answer = handover_actions_finish (result, &error);

  handover_preferences_dialog_report (widget, error);
}
