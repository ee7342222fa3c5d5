/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "config.h"

#include "app/conversation/handover-resolve-dialog.h"

#include <glib/gi18n.h>

#include "app/handover-busy.h"
#include "app/handover-wording.h"

/* A conversation leaves the operator's hands: with a brief to the AI, or closed without. */
struct _HandoverResolveDialog
{
  AdwDialog                 parent_instance;

  const HandoverResolution *results;

  GtkButton                *accept_button;
  GtkWidget                *wide_button;
  GtkLabel                 *wide_label;
  AdwBanner                *problem;
  AdwComboRow              *result;
  GtkWidget                *hand_back_part;
  GtkWidget                *close_part;
  GtkTextView              *brief;
  GtkLabel                 *preview;
};

G_DEFINE_FINAL_TYPE (HandoverResolveDialog, handover_resolve_dialog, ADW_TYPE_DIALOG)

enum
{
  SIGNAL_ACCEPTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const HandoverResolution hand_back_results[] = {
  HANDOVER_RESOLUTION_SOLVED,
  HANDOVER_RESOLUTION_PROMISED,
  HANDOVER_RESOLUTION_CONTINUE,
  HANDOVER_RESOLUTION_NO_ANSWER,
  HANDOVER_RESOLUTION_UNKNOWN,
};

static const HandoverResolution close_results[] = {
  HANDOVER_RESOLUTION_SOLVED,
  HANDOVER_RESOLUTION_PROMISED,
  HANDOVER_RESOLUTION_NO_ANSWER,
  HANDOVER_RESOLUTION_UNKNOWN,
};

static void
update_preview (HandoverResolveDialog *self)
{
  g_autofree char *brief = handover_resolve_dialog_dup_brief (self);
  g_autofree char *words = brief != NULL ? handover_wording_embed (brief) : NULL;
  g_autofree char *text = NULL;

  if (words == NULL)
    text = g_strdup (_("What you and the customer wrote. Nothing else: there is no brief."));
  else
    /* Translators: %s is the operator's brief */
    text = g_strdup_printf (_("What you and the customer wrote, and:\n“%s”"), words);

  gtk_label_set_text (self->preview, text);
}

static void
accept_cb (HandoverResolveDialog *self)
{
  handover_busy_begin (GTK_WIDGET (self->accept_button));
  adw_banner_set_revealed (self->problem, FALSE);
  g_signal_emit (self, signals[SIGNAL_ACCEPTED], 0);
}

static void
handover_resolve_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), HANDOVER_TYPE_RESOLVE_DIALOG);

  G_OBJECT_CLASS (handover_resolve_dialog_parent_class)->dispose (object);
}

static void
handover_resolve_dialog_class_init (HandoverResolveDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = handover_resolve_dialog_dispose;

  /**
   * HandoverResolveDialog::accepted:
   *
   * The operator has decided. The dialog stays until it has worked.
   */
  signals[SIGNAL_ACCEPTED] = g_signal_new ("accepted", HANDOVER_TYPE_RESOLVE_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                           NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/handover-resolve-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, HandoverResolveDialog, accept_button);
  gtk_widget_class_bind_template_child (widget_class, HandoverResolveDialog, wide_button);
  gtk_widget_class_bind_template_child (widget_class, HandoverResolveDialog, wide_label);
  gtk_widget_class_bind_template_child (widget_class, HandoverResolveDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, HandoverResolveDialog, result);
  gtk_widget_class_bind_template_child (widget_class, HandoverResolveDialog, hand_back_part);
  gtk_widget_class_bind_template_child (widget_class, HandoverResolveDialog, close_part);
  gtk_widget_class_bind_template_child (widget_class, HandoverResolveDialog, brief);
  gtk_widget_class_bind_template_child (widget_class, HandoverResolveDialog, preview);
  gtk_widget_class_bind_template_callback (widget_class, accept_cb);
  gtk_widget_class_bind_template_callback_full (widget_class, "adw_dialog_close", G_CALLBACK (adw_dialog_close));
}

static void
handover_resolve_dialog_init (HandoverResolveDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (gtk_text_view_get_buffer (self->brief), "changed", G_CALLBACK (update_preview), self,
                           G_CONNECT_SWAPPED);
  update_preview (self);
}

static AdwDialog *
create (const char               *title,
        const char               *accept,
        const HandoverResolution *results)
{
  HandoverResolveDialog *self = g_object_new (HANDOVER_TYPE_RESOLVE_DIALOG, "title", title, NULL);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  gboolean hands_back = results == hand_back_results;

  self->results = results;
  for (gsize i = 0; results[i] != HANDOVER_RESOLUTION_UNKNOWN; i++)
    gtk_string_list_append (names, handover_wording_resolution (results[i]));
  adw_combo_row_set_model (self->result, G_LIST_MODEL (names));

  gtk_button_set_label (self->accept_button, accept);
  gtk_label_set_text (self->wide_label, accept);
  gtk_widget_set_visible (self->hand_back_part, hands_back);
  gtk_widget_set_visible (self->close_part, !hands_back);

  return ADW_DIALOG (self);
}

/**
 * handover_resolve_dialog_new_hand_back:
 *
 * Makes the dialog that asks for a result and a brief.
 *
 * Returns: (transfer floating): the dialog
 */
AdwDialog *
handover_resolve_dialog_new_hand_back (void)
{
  AdwDialog *self = create (_("Hand Back to AI"), _("Hand Back"), hand_back_results);

  /* A scrolled window asks for less than the preview needs. */
  adw_dialog_set_content_height (self, 480);

  return self;
}

/**
 * handover_resolve_dialog_new_close:
 *
 * Makes the dialog that asks for a result alone.
 *
 * Returns: (transfer floating): the dialog
 */
AdwDialog *
handover_resolve_dialog_new_close (void)
{
  AdwDialog *self = create (_("Close Conversation?"), _("Close Conversation"), close_results);

  /* As wide as a narrow window, and with its button where that has it: so its height is right for both. */
  adw_dialog_set_content_width (self, 360);
  gtk_widget_set_visible (GTK_WIDGET (HANDOVER_RESOLVE_DIALOG (self)->accept_button), FALSE);
  gtk_widget_set_visible (HANDOVER_RESOLVE_DIALOG (self)->wide_button, TRUE);

  return self;
}

/**
 * handover_resolve_dialog_get_result:
 * @self: the dialog
 *
 * Gets what came of the conversation.
 *
 * Returns: the result
 */
HandoverResolution
handover_resolve_dialog_get_result (HandoverResolveDialog *self)
{
  g_return_val_if_fail (HANDOVER_IS_RESOLVE_DIALOG (self), HANDOVER_RESOLUTION_UNKNOWN);

  return self->results[adw_combo_row_get_selected (self->result)];
}

/**
 * handover_resolve_dialog_dup_brief:
 * @self: the dialog
 *
 * Gets what the AI is to be told.
 *
 * Returns: (transfer full) (nullable): the brief, %NULL if there is none
 */
char *
handover_resolve_dialog_dup_brief (HandoverResolveDialog *self)
{
  g_autofree char *text = NULL;
  GtkTextIter start, end;

  g_return_val_if_fail (HANDOVER_IS_RESOLVE_DIALOG (self), NULL);

  gtk_text_buffer_get_bounds (gtk_text_view_get_buffer (self->brief), &start, &end);
  text = g_strstrip (gtk_text_buffer_get_text (gtk_text_view_get_buffer (self->brief), &start, &end, FALSE));

  return *text != '\0' ? g_steal_pointer (&text) : NULL;
}

/**
 * handover_resolve_dialog_set_problem:
 * @self: the dialog
 * @problem: why it did not work, in plain words
 *
 * Says what went wrong, and lets the operator try again.
 */
void
handover_resolve_dialog_set_problem (HandoverResolveDialog *self,
                                     const char            *problem)
{
  g_return_if_fail (HANDOVER_IS_RESOLVE_DIALOG (self));

  adw_banner_set_title (self->problem, problem);
  adw_banner_set_revealed (self->problem, TRUE);
  handover_busy_end (GTK_WIDGET (self->accept_button), TRUE);
}
