/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "app/preferences/handover-business-page.h"

#include <glib/gi18n.h>

#include "app/preferences/handover-preferences-dialog.h"
#include "client/handover-actions.h"
#include "client/store/handover-mirror.h"
#include "config.h"

struct _HandoverBusinessPage
{
  AdwPreferencesPage parent_instance;

  AdwPreferencesGroup *group;
  GtkTextView *text_view;
  GtkWidget *save_row;

  HandoverAccount *account;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (HandoverBusinessPage, handover_business_page, ADW_TYPE_PREFERENCES_PAGE)

static char *
dup_text (HandoverBusinessPage *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text_view);
  GtkTextIter start;
  GtkTextIter end;
  char *text;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  return g_strstrip (text);
}

static void
text_changed_cb (HandoverBusinessPage *self)
{
  g_autofree char *text = dup_text (self);
  const char *saved = handover_account_get_business (self->account)->transition_message;

  gtk_widget_set_sensitive (self->save_row, *text != '\0' && g_strcmp0 (text, saved) != 0);
}

static void
update_business_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (HandoverBusinessPage) self = user_data;
  g_autoptr (JsonNode) answer = NULL;
  GError *error = NULL;

  answer = handover_actions_finish (result, &error);
  if (answer != NULL)
    handover_preferences_dialog_say (GTK_WIDGET (self), _("Transition message saved"));
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    gtk_widget_set_sensitive (self->save_row, TRUE);
  handover_preferences_dialog_report (GTK_WIDGET (self), error);
}

static void
save_cb (HandoverBusinessPage *self)
{
  g_autofree char *text = dup_text (self);

  gtk_widget_set_sensitive (self->save_row, FALSE);
  handover_actions_update_business_async (self->account, text, self->cancellable, update_business_cb, g_object_ref (self));
}

static void
handover_business_page_dispose (GObject *object)
{
  HandoverBusinessPage *self = HANDOVER_BUSINESS_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), HANDOVER_TYPE_BUSINESS_PAGE);
  g_clear_object (&self->account);

  G_OBJECT_CLASS (handover_business_page_parent_class)->dispose (object);
}

static void
handover_business_page_class_init (HandoverBusinessPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = handover_business_page_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/handover-business-page.ui");
  gtk_widget_class_bind_template_child (widget_class, HandoverBusinessPage, group);
  gtk_widget_class_bind_template_child (widget_class, HandoverBusinessPage, text_view);
  gtk_widget_class_bind_template_child (widget_class, HandoverBusinessPage, save_row);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
}

static void
handover_business_page_init (HandoverBusinessPage *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * handover_business_page_set_account:
 * @self: the page
 * @account: the signed-in account
 *
 * Shows the settings of the account's business. To be called once.
 */
void
handover_business_page_set_account (HandoverBusinessPage *self,
                                    HandoverAccount      *account)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text_view);
  HandoverBusiness *business = handover_account_get_business (account);
  gboolean may_edit = handover_account_get_operator (account)->role >= HANDOVER_ROLE_ADMIN;

  g_set_object (&self->account, account);
  gtk_text_buffer_set_text (buffer, business->transition_message != NULL ? business->transition_message : "", -1);
  g_signal_connect_object (buffer, "changed", G_CALLBACK (text_changed_cb), self, G_CONNECT_SWAPPED);

  gtk_text_view_set_editable (self->text_view, may_edit);
  gtk_widget_set_visible (self->save_row, may_edit);
  if (!may_edit)
    adw_preferences_group_set_description (self->group,
                                           _("What a customer reads, once, when the AI stops and a person is called. "
                                             "An admin can change it."));
}
