/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "config.h"

#include "app/conversation/handover-message-row.h"

#include "app/conversation/handover-message-bubble.h"
#include "app/conversation/handover-message-fold.h"
#include "app/conversation/handover-message-line.h"
#include "core/handover-time.h"

#define SPACE_IN_RUN 3
#define SPACE_BETWEEN 10

struct _HandoverMessageRow
{
  GtkBox                parent_instance;

  HandoverMessage      *message;
  const HandoverReader *reader;
  gboolean              begins_run;
  gboolean              ends_run;

  GtkLabel             *day;
  GtkWidget            *body;
};

G_DEFINE_FINAL_TYPE (HandoverMessageRow, handover_message_row, GTK_TYPE_BOX)

static GtkWidget *
create_body (HandoverVoice voice)
{
  switch (voice)
    {
    case HANDOVER_VOICE_TOOL:
    case HANDOVER_VOICE_REFUSED:
      return handover_message_fold_new (voice);
    case HANDOVER_VOICE_CHANGE:
      return handover_message_line_new ();
    case HANDOVER_VOICE_CUSTOMER:
    case HANDOVER_VOICE_AGENT:
    case HANDOVER_VOICE_OPERATOR:
    case HANDOVER_VOICE_NOTE:
    case HANDOVER_VOICE_AUTOMATIC:
    default:
      return handover_message_bubble_new (voice);
    }
}

static void
handover_message_row_dispose (GObject *object)
{
  HandoverMessageRow *self = HANDOVER_MESSAGE_ROW (object);

  g_clear_object (&self->message);
  gtk_widget_dispose_template (GTK_WIDGET (self), HANDOVER_TYPE_MESSAGE_ROW);

  G_OBJECT_CLASS (handover_message_row_parent_class)->dispose (object);
}

static void
handover_message_row_class_init (HandoverMessageRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = handover_message_row_dispose;

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_ARTICLE);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/handover-message-row.ui");
  gtk_widget_class_bind_template_child (widget_class, HandoverMessageRow, day);
}

static void
handover_message_row_init (HandoverMessageRow *self)
{
  self->begins_run = TRUE;
  self->ends_run = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * handover_message_row_new:
 * @message: what to show, and to follow
 * @reader: who reads; outlives the row
 *
 * Makes a row of a transcript.
 *
 * Returns: (transfer floating): the row
 */
GtkWidget *
handover_message_row_new (HandoverMessage      *message,
                          const HandoverReader *reader)
{
  HandoverMessageRow *self = g_object_new (HANDOVER_TYPE_MESSAGE_ROW, NULL);

  self->message = g_object_ref (message);
  self->reader = reader;
  self->body = create_body (handover_message_wording_voice (message));
  gtk_box_append (GTK_BOX (self), self->body);
  g_signal_connect_object (message, "notify", G_CALLBACK (handover_message_row_update), self, G_CONNECT_SWAPPED);
  handover_message_row_update (self);

  return GTK_WIDGET (self);
}

/**
 * handover_message_row_get_message:
 * @self: a row
 *
 * Gets what the row shows.
 *
 * Returns: (transfer none): the message
 */
HandoverMessage *
handover_message_row_get_message (HandoverMessageRow *self)
{
  g_return_val_if_fail (HANDOVER_IS_MESSAGE_ROW (self), NULL);

  return self->message;
}

/**
 * handover_message_row_arrange:
 * @self: a row
 * @previous: (nullable): the message before
 * @next: (nullable): the message after
 *
 * Fits the row to its neighbours: days are told apart, and what was said in one breath stands together.
 */
void
handover_message_row_arrange (HandoverMessageRow *self,
                              HandoverMessage    *previous,
                              HandoverMessage    *next)
{
  gboolean new_day;

  g_return_if_fail (HANDOVER_IS_MESSAGE_ROW (self));

  new_day = previous == NULL || !handover_message_wording_same_day (previous->at, self->message->at);
  self->begins_run = new_day || !handover_message_wording_same_run (previous, self->message);
  self->ends_run = next == NULL || !handover_message_wording_same_run (self->message, next);

  if (new_day)
    {
      g_autofree char *day = handover_message_wording_day (self->message->at, handover_time_now ());

      gtk_label_set_text (self->day, day);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->day), new_day);
  gtk_widget_set_margin_top (GTK_WIDGET (self), self->begins_run ? SPACE_BETWEEN : SPACE_IN_RUN);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self), next == NULL ? SPACE_BETWEEN : 0);
  handover_message_row_update (self);
}

/**
 * handover_message_row_update:
 * @self: a row
 *
 * Shows the message again, after it or its reader has changed.
 */
void
handover_message_row_update (HandoverMessageRow *self)
{
  g_autofree char *spoken = NULL;

  g_return_if_fail (HANDOVER_IS_MESSAGE_ROW (self));

  if (HANDOVER_IS_MESSAGE_BUBBLE (self->body))
    handover_message_bubble_update (HANDOVER_MESSAGE_BUBBLE (self->body), self->message, self->reader,
                                    self->begins_run, self->ends_run);
  else if (HANDOVER_IS_MESSAGE_FOLD (self->body))
    handover_message_fold_update (HANDOVER_MESSAGE_FOLD (self->body), self->message, self->reader);
  else
    handover_message_line_update (HANDOVER_MESSAGE_LINE (self->body), self->message, self->reader);

  spoken = handover_message_wording_spoken (self->message, self->reader);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}
