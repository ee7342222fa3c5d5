/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "config.h"

#include "app/conversation/handover-templates-dialog.h"

#include <glib/gi18n.h>

#include "app/handover-busy.h"
#include "client/handover-actions.h"
#include "client/store/handover-mirror.h"
#include "core/handover-template.h"

struct _HandoverTemplatesDialog
{
  AdwDialog          parent_instance;

  HandoverAccount   *account;
  GListModel        *templates;
  HandoverTemplate  *edited;
  GCancellable      *cancellable;

  AdwNavigationView *navigation;
  GtkStack          *stack;
  GtkListBox        *list;
  AdwNavigationPage *edit_page;
  GtkWidget         *save_button;
  AdwBanner         *problem;
  AdwEntryRow       *name_row;
  AdwEntryRow       *shortcut_row;
  AdwSwitchRow      *shared_row;
  GtkTextView       *text_view;
  GtkWidget         *delete_button;
};

G_DEFINE_FINAL_TYPE (HandoverTemplatesDialog, handover_templates_dialog, ADW_TYPE_DIALOG)

static gboolean
may_edit (HandoverAccount       *account,
          HandoverTemplateScope  scope)
{
  HandoverOperator *operator = handover_account_get_operator (account);

  return scope != HANDOVER_TEMPLATE_SCOPE_BUSINESS || (operator != NULL && operator->role >= HANDOVER_ROLE_ADMIN);
}

/* --- The list --- */

/* A template that is changed stays the same object at the same place. */
static void
update_row (GtkWidget *row)
{
  HandoverAccount *account = g_object_get_data (G_OBJECT (row), "account");
  HandoverTemplate *template = g_object_get_data (G_OBJECT (row), "template");
  GtkLabel *scope = g_object_get_data (G_OBJECT (row), "scope");

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), template->name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), template->text);
  gtk_label_set_text (scope, template->scope == HANDOVER_TEMPLATE_SCOPE_PERSONAL ? _("Only you") : _("Shared"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), may_edit (account, template->scope));
}

static void
add_row (HandoverTemplatesDialog *self,
         HandoverTemplate        *template)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *scope = gtk_label_new (NULL);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 1);
  gtk_widget_add_css_class (scope, "dimmed");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), scope);
  /* Not the dialog, which is no ancestor of its content before it is presented. */
  g_object_set_data_full (G_OBJECT (row), "account", g_object_ref (self->account), g_object_unref);
  g_object_set_data_full (G_OBJECT (row), "template", g_object_ref (template), g_object_unref);
  g_object_set_data (G_OBJECT (row), "scope", scope);
  g_signal_connect_object (template, "notify", G_CALLBACK (update_row), row, G_CONNECT_SWAPPED);
  gtk_list_box_append (self->list, row);
  update_row (row);
}

static void
update_list (HandoverTemplatesDialog *self)
{
  guint n_items = g_list_model_get_n_items (self->templates);

  gtk_list_box_remove_all (self->list);
  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (HandoverTemplate) template = g_list_model_get_item (self->templates, i);

      add_row (self, template);
    }
  gtk_stack_set_visible_child_name (self->stack, n_items > 0 ? "list" : "empty");
}

/* --- Editing one --- */

static char *
dup_text (HandoverTemplatesDialog *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text_view);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);

  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

static void
update_save (HandoverTemplatesDialog *self)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name_row))));
  g_autofree char *text = g_strstrip (dup_text (self));

  gtk_widget_set_sensitive (self->save_button, *name != '\0' && *text != '\0');
}

static void
edit (HandoverTemplatesDialog *self,
      HandoverTemplate        *template)
{
  gboolean shared = template != NULL && template->scope == HANDOVER_TEMPLATE_SCOPE_BUSINESS;

  g_set_object (&self->edited, template);
  adw_navigation_page_set_title (self->edit_page, template != NULL ? _("Edit Template") : _("New Template"));
  gtk_editable_set_text (GTK_EDITABLE (self->name_row), template != NULL ? template->name : "");
  gtk_editable_set_text (GTK_EDITABLE (self->shortcut_row),
                         template != NULL && template->shortcut != NULL ? template->shortcut : "");
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->text_view), template != NULL ? template->text : "", -1);
  adw_switch_row_set_active (self->shared_row, shared);
  gtk_widget_set_sensitive (GTK_WIDGET (self->shared_row), may_edit (self->account, HANDOVER_TEMPLATE_SCOPE_BUSINESS));
  gtk_widget_set_visible (self->delete_button, template != NULL);
  adw_banner_set_revealed (self->problem, FALSE);
  update_save (self);
  adw_navigation_view_push (self->navigation, self->edit_page);
  gtk_widget_grab_focus (GTK_WIDGET (self->name_row));
}

static void
add_cb (HandoverTemplatesDialog *self)
{
  edit (self, NULL);
}

static void
row_activated_cb (HandoverTemplatesDialog *self,
                  GtkListBoxRow           *row)
{
  edit (self, g_object_get_data (G_OBJECT (row), "template"));
}

static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (HandoverTemplatesDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer = handover_actions_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  handover_busy_end (GTK_WIDGET (self->edit_page), error != NULL);
  if (error == NULL)
    {
      adw_navigation_view_pop_to_tag (self->navigation, "list");
      return;
    }

  adw_banner_set_title (self->problem, error->message);
  adw_banner_set_revealed (self->problem, TRUE);
}

static void
save_cb (HandoverTemplatesDialog *self)
{
  g_autofree char *text = dup_text (self);
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name_row))));
  const char *shortcut = gtk_editable_get_text (GTK_EDITABLE (self->shortcut_row));
  HandoverTemplateScope scope = adw_switch_row_get_active (self->shared_row) ? HANDOVER_TEMPLATE_SCOPE_BUSINESS
                                                                             : HANDOVER_TEMPLATE_SCOPE_PERSONAL;

  handover_busy_begin (GTK_WIDGET (self->edit_page));
  if (self->edited != NULL)
    handover_actions_update_template_async (self->account, self->edited->id, name, *shortcut != '\0' ? shortcut : NULL,
                                            text, scope, self->cancellable, done_cb, g_object_ref (self));
  else
    handover_actions_create_template_async (self->account, name, *shortcut != '\0' ? shortcut : NULL, text, scope,
                                            self->cancellable, done_cb, g_object_ref (self));
}

static void
delete_cb (HandoverTemplatesDialog *self)
{
  handover_busy_begin (GTK_WIDGET (self->edit_page));
  handover_actions_delete_template_async (self->account, self->edited->id, self->cancellable, done_cb,
                                          g_object_ref (self));
}

/* --- Object --- */

static void
handover_templates_dialog_dispose (GObject *object)
{
  HandoverTemplatesDialog *self = HANDOVER_TEMPLATES_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), HANDOVER_TYPE_TEMPLATES_DIALOG);
  g_clear_object (&self->edited);
  g_clear_object (&self->templates);
  g_clear_object (&self->account);

  G_OBJECT_CLASS (handover_templates_dialog_parent_class)->dispose (object);
}

static void
handover_templates_dialog_finalize (GObject *object)
{
  g_clear_object (&HANDOVER_TEMPLATES_DIALOG (object)->cancellable);

  G_OBJECT_CLASS (handover_templates_dialog_parent_class)->finalize (object);
}

static void
handover_templates_dialog_class_init (HandoverTemplatesDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = handover_templates_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = handover_templates_dialog_finalize;

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/handover-templates-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, HandoverTemplatesDialog, navigation);
  gtk_widget_class_bind_template_child (widget_class, HandoverTemplatesDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, HandoverTemplatesDialog, list);
  gtk_widget_class_bind_template_child (widget_class, HandoverTemplatesDialog, edit_page);
  gtk_widget_class_bind_template_child (widget_class, HandoverTemplatesDialog, save_button);
  gtk_widget_class_bind_template_child (widget_class, HandoverTemplatesDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, HandoverTemplatesDialog, name_row);
  gtk_widget_class_bind_template_child (widget_class, HandoverTemplatesDialog, shortcut_row);
  gtk_widget_class_bind_template_child (widget_class, HandoverTemplatesDialog, shared_row);
  gtk_widget_class_bind_template_child (widget_class, HandoverTemplatesDialog, text_view);
  gtk_widget_class_bind_template_child (widget_class, HandoverTemplatesDialog, delete_button);
  gtk_widget_class_bind_template_callback (widget_class, add_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, update_save);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_bind_template_callback (widget_class, delete_cb);
}

static void
handover_templates_dialog_init (HandoverTemplatesDialog *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (gtk_text_view_get_buffer (self->text_view), "changed", G_CALLBACK (update_save), self,
                           G_CONNECT_SWAPPED);
}

/**
 * handover_templates_dialog_new:
 * @account: who is signed in
 *
 * Makes the dialog in which templates are made, edited and deleted.
 *
 * Returns: (transfer floating): the dialog
 */
AdwDialog *
handover_templates_dialog_new (HandoverAccount *account)
{
  HandoverTemplatesDialog *self = g_object_new (HANDOVER_TYPE_TEMPLATES_DIALOG, NULL);

  self->account = g_object_ref (account);
  self->templates = g_object_ref (handover_mirror_get_templates (handover_account_get_mirror (account)));
  g_signal_connect_object (self->templates, "items-changed", G_CALLBACK (update_list), self, G_CONNECT_SWAPPED);
  update_list (self);

  return ADW_DIALOG (self);
}
