/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "config.h"

#include "app/conversation/handover-close-dialog.h"

#include <glib/gi18n.h>

#include "app/handover-wording.h"

struct _HandoverCloseDialog
{
  AdwDialog    parent_instance;

  GtkWidget   *accept_button;
  AdwBanner   *problem;
  AdwComboRow *result;
};

G_DEFINE_FINAL_TYPE (HandoverCloseDialog, handover_close_dialog, ADW_TYPE_DIALOG)

enum
{
  SIGNAL_ACCEPTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const HandoverResolution results[] = {
  HANDOVER_RESOLUTION_SOLVED,
  HANDOVER_RESOLUTION_PROMISED,
  HANDOVER_RESOLUTION_NO_ANSWER,
};

static void
accept_cb (HandoverCloseDialog *self)
{
  gtk_widget_set_sensitive (self->accept_button, FALSE);
  adw_banner_set_revealed (self->problem, FALSE);
  g_signal_emit (self, signals[SIGNAL_ACCEPTED], 0);
}

static void
handover_close_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), HANDOVER_TYPE_CLOSE_DIALOG);

  G_OBJECT_CLASS (handover_close_dialog_parent_class)->dispose (object);
}

static void
handover_close_dialog_class_init (HandoverCloseDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = handover_close_dialog_dispose;

  /**
   * HandoverCloseDialog::accepted:
   *
   * The operator has decided. The dialog stays until it has worked.
   */
  signals[SIGNAL_ACCEPTED] = g_signal_new ("accepted", HANDOVER_TYPE_CLOSE_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL,
                                           NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/handover-close-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, HandoverCloseDialog, accept_button);
  gtk_widget_class_bind_template_child (widget_class, HandoverCloseDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, HandoverCloseDialog, result);
  gtk_widget_class_bind_template_callback (widget_class, accept_cb);
  gtk_widget_class_bind_template_callback_full (widget_class, "adw_dialog_close", G_CALLBACK (adw_dialog_close));
}

static void
handover_close_dialog_init (HandoverCloseDialog *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  gtk_widget_init_template (GTK_WIDGET (self));
  for (gsize i = 0; i < G_N_ELEMENTS (results); i++)
    gtk_string_list_append (names, handover_wording_resolution (results[i]));
  adw_combo_row_set_model (self->result, G_LIST_MODEL (names));
}

/**
 * handover_close_dialog_new:
 *
 * Makes the dialog.
 *
 * Returns: (transfer floating): the dialog
 */
AdwDialog *
handover_close_dialog_new (void)
{
  return g_object_new (HANDOVER_TYPE_CLOSE_DIALOG, NULL);
}

/**
 * handover_close_dialog_get_result:
 * @self: the dialog
 *
 * Gets what came of the conversation.
 *
 * Returns: the result
 */
HandoverResolution
handover_close_dialog_get_result (HandoverCloseDialog *self)
{
  g_return_val_if_fail (HANDOVER_IS_CLOSE_DIALOG (self), HANDOVER_RESOLUTION_UNKNOWN);

  return results[MIN (adw_combo_row_get_selected (self->result), G_N_ELEMENTS (results) - 1)];
}

/**
 * handover_close_dialog_set_problem:
 * @self: the dialog
 * @problem: why it did not work, in plain words
 *
 * Says what went wrong, and lets the operator try again.
 */
void
handover_close_dialog_set_problem (HandoverCloseDialog *self,
                                   const char          *problem)
{
  g_return_if_fail (HANDOVER_IS_CLOSE_DIALOG (self));

  adw_banner_set_title (self->problem, problem);
  adw_banner_set_revealed (self->problem, TRUE);
  gtk_widget_set_sensitive (self->accept_button, TRUE);
}
