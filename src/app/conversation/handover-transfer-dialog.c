/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "config.h"

#include "app/conversation/handover-transfer-dialog.h"

#include <glib/gi18n.h>

#include "app/handover-busy.h"
#include "app/handover-wording.h"
#include "core/handover-operator.h"

struct _HandoverTransferDialog
{
  AdwDialog   parent_instance;

  GListModel *operators;
  char       *operator_id;

  AdwBanner  *problem;
  GtkStack   *stack;
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (HandoverTransferDialog, handover_transfer_dialog, ADW_TYPE_DIALOG)

enum
{
  SIGNAL_PICKED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* Colleagues come, go and leave while the dialog is open. */
static void
update_row (GtkWidget        *row,
            GParamSpec       *pspec,
            HandoverOperator *colleague)
{
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), handover_wording_presence (colleague->presence));
  gtk_widget_set_sensitive (row, colleague->active && colleague->presence != HANDOVER_PRESENCE_AWAY);
}

static void
add_row (HandoverTransferDialog *self,
         HandoverOperator       *colleague)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *avatar = g_object_new (ADW_TYPE_AVATAR, "size", 32, "text", colleague->name, "show-initials", TRUE,
                                    "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), colleague->name);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), avatar);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_signal_connect_object (colleague, "notify", G_CALLBACK (update_row), row, G_CONNECT_SWAPPED);
  update_row (row, NULL, colleague);
  g_object_set_data_full (G_OBJECT (row), "operator-id", g_strdup (colleague->id), g_free);
  gtk_list_box_append (self->list, row);
}

static void
update (HandoverTransferDialog *self)
{
  guint n_rows = 0;

  gtk_list_box_remove_all (self->list);
  for (guint i = 0; i < g_list_model_get_n_items (self->operators); i++)
    {
      g_autoptr (HandoverOperator) colleague = g_list_model_get_item (self->operators, i);

      if (!colleague->active || g_strcmp0 (colleague->id, self->operator_id) == 0)
        continue;
      add_row (self, colleague);
      n_rows++;
    }
  gtk_stack_set_visible_child_name (self->stack, n_rows > 0 ? "list" : "empty");
}

static void
row_activated_cb (HandoverTransferDialog *self,
                  GtkListBoxRow          *row)
{
  handover_busy_begin (GTK_WIDGET (self->list));
  adw_banner_set_revealed (self->problem, FALSE);
  g_signal_emit (self, signals[SIGNAL_PICKED], 0, g_object_get_data (G_OBJECT (row), "operator-id"));
}

static void
handover_transfer_dialog_dispose (GObject *object)
{
  HandoverTransferDialog *self = HANDOVER_TRANSFER_DIALOG (object);

  g_clear_object (&self->operators);
  gtk_widget_dispose_template (GTK_WIDGET (self), HANDOVER_TYPE_TRANSFER_DIALOG);

  G_OBJECT_CLASS (handover_transfer_dialog_parent_class)->dispose (object);
}

static void
handover_transfer_dialog_finalize (GObject *object)
{
  g_clear_pointer (&HANDOVER_TRANSFER_DIALOG (object)->operator_id, g_free);

  G_OBJECT_CLASS (handover_transfer_dialog_parent_class)->finalize (object);
}

static void
handover_transfer_dialog_class_init (HandoverTransferDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = handover_transfer_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = handover_transfer_dialog_finalize;

  /**
   * HandoverTransferDialog::picked:
   * @operator_id: the colleague
   *
   * A colleague is to go on. The dialog stays until it has worked.
   */
  signals[SIGNAL_PICKED] = g_signal_new ("picked", HANDOVER_TYPE_TRANSFER_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                         NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/handover-transfer-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, HandoverTransferDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, HandoverTransferDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, HandoverTransferDialog, list);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
handover_transfer_dialog_init (HandoverTransferDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * handover_transfer_dialog_new:
 * @operators: a list of #HandoverOperator
 * @operator_id: who transfers
 *
 * Makes the dialog.
 *
 * Returns: (transfer floating): the dialog
 */
AdwDialog *
handover_transfer_dialog_new (GListModel *operators,
                              const char *operator_id)
{
  HandoverTransferDialog *self = g_object_new (HANDOVER_TYPE_TRANSFER_DIALOG, NULL);

  self->operators = g_object_ref (operators);
  self->operator_id = g_strdup (operator_id);
  g_signal_connect_object (operators, "items-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);

  return ADW_DIALOG (self);
}

/**
 * handover_transfer_dialog_set_problem:
 * @self: the dialog
 * @problem: why it did not work, in plain words
 *
 * Says what went wrong, and lets the operator pick again.
 */
void
handover_transfer_dialog_set_problem (HandoverTransferDialog *self,
                                      const char             *problem)
{
  g_return_if_fail (HANDOVER_IS_TRANSFER_DIALOG (self));

  adw_banner_set_title (self->problem, problem);
  adw_banner_set_revealed (self->problem, TRUE);
  handover_busy_end (GTK_WIDGET (self->list), TRUE);
}
