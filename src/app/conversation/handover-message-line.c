/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "config.h"

#include "app/conversation/handover-message-line.h"

#include <glib/gi18n.h>

#include "app/handover-wording.h"

struct _HandoverMessageLine
{
  GtkBox    parent_instance;

  GtkLabel *label;
  GtkLabel *brief;
};

G_DEFINE_FINAL_TYPE (HandoverMessageLine, handover_message_line, GTK_TYPE_BOX)

static void
handover_message_line_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), HANDOVER_TYPE_MESSAGE_LINE);

  G_OBJECT_CLASS (handover_message_line_parent_class)->dispose (object);
}

static void
handover_message_line_class_init (HandoverMessageLineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = handover_message_line_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/handover-message-line.ui");
  gtk_widget_class_bind_template_child (widget_class, HandoverMessageLine, label);
  gtk_widget_class_bind_template_child (widget_class, HandoverMessageLine, brief);
}

static void
handover_message_line_init (HandoverMessageLine *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * handover_message_line_new:
 *
 * Makes a line that will say who may speak from here on.
 *
 * Returns: (transfer floating): the line
 */
GtkWidget *
handover_message_line_new (void)
{
  return g_object_new (HANDOVER_TYPE_MESSAGE_LINE, NULL);
}

/**
 * handover_message_line_update:
 * @self: a line
 * @message: a control message
 * @reader: who reads
 *
 * Shows a change of control.
 */
void
handover_message_line_update (HandoverMessageLine  *self,
                              HandoverMessage      *message,
                              const HandoverReader *reader)
{
  g_autofree char *change = handover_message_wording_change (message, reader);
  g_autofree char *clock = handover_wording_clock (message->at);
  g_autofree char *text = g_strdup_printf ("%s · %s", change, clock);
  const char *brief = message->change != NULL ? message->change->brief : NULL;

  g_return_if_fail (HANDOVER_IS_MESSAGE_LINE (self));

  gtk_label_set_text (self->label, text);
  gtk_widget_set_visible (GTK_WIDGET (self->brief), brief != NULL && *brief != '\0');
  if (brief != NULL)
    {
      g_autofree char *words = handover_wording_embed (brief);
      /* Translators: what an operator told the AI when handing back */
      g_autofree char *told = g_strdup_printf (_("The AI was told: %s"), words);

      gtk_label_set_text (self->brief, told);
    }
}
