/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "config.h"

#include "app/conversation/handover-conversation-page-private.h"

#include <glib/gi18n.h>

#include "app/handover-announce.h"
#include "app/handover-wording.h"

/* Which message is answered, and the way back to it. */

/* How many times older messages are loaded to find one that is quoted. */
#define MOST_PAGES 20

static HandoverMessage *
find_message (HandoverConversationPage *self,
              const char               *id,
              guint                    *position)
{
  GListModel *model = G_LIST_MODEL (self->transcript);

  for (guint i = model != NULL ? g_list_model_get_n_items (model) : 0; i > 0; i--)
    {
      g_autoptr (HandoverMessage) message = g_list_model_get_item (model, i - 1);

      if (g_strcmp0 (message->id, id) != 0)
        continue;
      if (position != NULL)
        *position = i - 1;
      return g_steal_pointer (&message);
    }

  return NULL;
}

/* --- Answering --- */

/* The name is the caller's to free. */
static HandoverReader
get_reader (HandoverConversationPage  *self,
            char                     **customer)
{
  HandoverReader reader = { .operator_id = (char *) handover_conversation_page_get_operator_id (self) };

  *customer = handover_wording_customer (self->conversation->customer);
  reader.customer = *customer;
  return reader;
}

/**
 * handover_conversation_page_update_quote:
 * @self: a page with an account and a conversation
 *
 * Shows above the unfinished reply what it answers.
 */
void
handover_conversation_page_update_quote (HandoverConversationPage *self)
{
  HandoverOutbox *outbox = handover_account_get_outbox (self->account);
  g_autofree char *customer = NULL;
  HandoverReader reader = get_reader (self, &customer);

  handover_composer_set_quote (self->composer, handover_outbox_get_quote (outbox, self->conversation->id), &reader);
}

static void
set_quote (HandoverConversationPage *self,
           HandoverPreview          *quote)
{
  handover_outbox_set_quote (handover_account_get_outbox (self->account), self->conversation->id, quote);
  handover_conversation_page_update_quote (self);
  handover_composer_write (self->composer, FALSE);
}

static void
answer_cb (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  HandoverConversationPage *self = HANDOVER_CONVERSATION_PAGE (widget);
  g_autoptr (HandoverMessage) message = find_message (self, g_variant_get_string (parameter, NULL), NULL);
  g_autoptr (HandoverPreview) quote = NULL;
  g_autofree char *customer = NULL;
  g_autofree char *spoken = NULL;
  HandoverReader reader;

  if (message == NULL || !handover_message_wording_can_answer (message))
    return;

  reader = get_reader (self, &customer);
  quote = handover_message_to_preview (message);
  set_quote (self, quote);
  spoken = handover_message_wording_quoted (quote, &reader);
  handover_announce (widget, spoken, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
drop_cb (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  HandoverConversationPage *self = HANDOVER_CONVERSATION_PAGE (widget);

  if (self->conversation != NULL)
    set_quote (self, NULL);
}

/* --- Going there --- */

/**
 * handover_conversation_page_look_for_quoted:
 * @self: a page
 *
 * Goes on looking for the message that somebody wants to see, as far as the transcript goes back.
 */
void
handover_conversation_page_look_for_quoted (HandoverConversationPage *self)
{
  g_autoptr (HandoverMessage) message = NULL;
  guint position;

  if (self->wanted_id == NULL || self->transcript == NULL)
    return;

  message = find_message (self, self->wanted_id, &position);
  if (message != NULL)
    {
      g_clear_pointer (&self->wanted_id, g_free);
      handover_transcript_view_show_message (self->transcript_view, position);
      return;
    }
  if (handover_transcript_get_loading (self->transcript))
    return;

  if (self->wanted_pages++ < MOST_PAGES && !handover_transcript_get_complete (self->transcript)
      && handover_transcript_get_error (self->transcript) == NULL)
    handover_transcript_load_older (self->transcript);
  else
    {
      g_clear_pointer (&self->wanted_id, g_free);
      gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", _("That message could not be found"));
    }
}

static void
show_message_cb (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  HandoverConversationPage *self = HANDOVER_CONVERSATION_PAGE (widget);

  g_set_str (&self->wanted_id, g_variant_get_string (parameter, NULL));
  self->wanted_pages = 0;
  handover_conversation_page_look_for_quoted (self);
}

/**
 * handover_conversation_page_install_quotes:
 * @widget_class: the page's class
 *
 * Installs the actions that have to do with what is answered.
 */
void
handover_conversation_page_install_quotes (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "conversation.answer", "s", answer_cb);
  gtk_widget_class_install_action (widget_class, "conversation.drop-quote", NULL, drop_cb);
  gtk_widget_class_install_action (widget_class, "conversation.show-message", "s", show_message_cb);
}
