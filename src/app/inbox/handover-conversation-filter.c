/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "config.h"

#include "app/inbox/handover-conversation-filter.h"

#include "core/handover-facts.h"

static gboolean
contains (const char *text,
          const char *folded_search)
{
  g_autofree char *folded = text != NULL ? g_utf8_casefold (text, -1) : NULL;

  return folded != NULL && strstr (folded, folded_search) != NULL;
}

/**
 * handover_conversation_filter_matches:
 * @conversation: a conversation
 * @folded_search: what is looked for, case folded
 *
 * Looks for text in what is known without asking the service: the customer, the last message and the order.
 *
 * Returns: %TRUE if it is found
 */
gboolean
handover_conversation_filter_matches (HandoverConversation *conversation,
                                      const char           *folded_search)
{
  HandoverCustomer *customer = conversation->customer;
  g_autoptr (HandoverFacts) facts = NULL;

  if (customer != NULL &&
      (contains (customer->name, folded_search) || contains (customer->email, folded_search) ||
       contains (customer->phone, folded_search) || contains (customer->user_id, folded_search)))
    return TRUE;

  if (conversation->last_message != NULL && contains (conversation->last_message->text, folded_search))
    return TRUE;

  if (conversation->escalation != NULL && contains (conversation->escalation->summary, folded_search))
    return TRUE;

  facts = handover_facts_new (conversation->metadata);

  return contains (facts->order_number, folded_search) || contains (facts->user_id, folded_search);
}

static gboolean
match_cb (gpointer item,
          gpointer user_data)
{
  return handover_conversation_filter_matches (item, user_data);
}

/**
 * handover_conversation_filter_new:
 * @conversations: (transfer none): the conversations to look through
 * @search: what is looked for
 *
 * Finds conversations, little by little so that typing stays quick.
 *
 * Returns: (transfer full): those that match
 */
GListModel *
handover_conversation_filter_new (GListModel *conversations,
                                  const char *search)
{
  GtkCustomFilter *filter = gtk_custom_filter_new (match_cb, g_utf8_casefold (search, -1), g_free);
  GtkFilterListModel *model = gtk_filter_list_model_new (g_object_ref (conversations), GTK_FILTER (filter));

  gtk_filter_list_model_set_incremental (model, TRUE);

  return G_LIST_MODEL (model);
}
