/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "config.h"

#include "app/conversation/handover-message-quote.h"

/* The message that another one answers, in one line. Pressed, it goes there. */
struct _HandoverMessageQuote
{
  GtkButton  parent_instance;

  GtkLabel  *author;
  GtkLabel  *line;
};

G_DEFINE_FINAL_TYPE (HandoverMessageQuote, handover_message_quote, GTK_TYPE_BUTTON)

static void
handover_message_quote_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), HANDOVER_TYPE_MESSAGE_QUOTE);

  G_OBJECT_CLASS (handover_message_quote_parent_class)->dispose (object);
}

static void
handover_message_quote_class_init (HandoverMessageQuoteClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = handover_message_quote_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/handover-message-quote.ui");
  gtk_widget_class_bind_template_child (widget_class, HandoverMessageQuote, author);
  gtk_widget_class_bind_template_child (widget_class, HandoverMessageQuote, line);
}

static void
handover_message_quote_init (HandoverMessageQuote *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * handover_message_quote_new:
 *
 * Makes a quote that shows nothing yet.
 *
 * Returns: (transfer floating): the quote
 */
GtkWidget *
handover_message_quote_new (void)
{
  return g_object_new (HANDOVER_TYPE_MESSAGE_QUOTE, NULL);
}

/**
 * handover_message_quote_show:
 * @self: a quote
 * @quote: the message that is answered
 * @reader: who reads
 *
 * Shows what is answered.
 */
void
handover_message_quote_show (HandoverMessageQuote *self,
                             HandoverPreview      *quote,
                             const HandoverReader *reader)
{
  g_autofree char *author = NULL;
  g_autofree char *line = NULL;
  g_autofree char *spoken = NULL;

  g_return_if_fail (HANDOVER_IS_MESSAGE_QUOTE (self));

  author = handover_message_wording_quoted_author (quote, reader);
  line = handover_message_wording_quoted_line (quote);
  gtk_label_set_text (self->author, author);
  gtk_label_set_text (self->line, line);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self), "s", quote->id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self), "conversation.show-message");

  spoken = handover_message_wording_quoted (quote, reader);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}
