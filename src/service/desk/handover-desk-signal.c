/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/desk/handover-desk-signal.h"

#include "service/store/handover-store-contacts.h"
#include "service/store/handover-store-conversations.h"

/* The customer sees that somebody writes only while it is the one who answers them. */
static gboolean
tell_customer (HandoverStore         *store,
               const char            *business_id,
               HandoverConversation  *conversation,
               HandoverSignal        *signal,
               GError               **error)
{
  g_autofree char *contact = NULL;

  if (signal->kind != HANDOVER_SIGNAL_KIND_TYPING || conversation->channel->id == NULL ||
      conversation->control != HANDOVER_CONTROL_OPERATOR ||
      g_strcmp0 (conversation->holder->id, signal->operator->id) != 0)
    return TRUE;

  if (!handover_store_get_contact (store, business_id, conversation->id, &contact, error))
    return FALSE;
  if (contact != NULL)
    handover_store_tell_channel (store, business_id, conversation->channel->id, "typing", contact);
  return TRUE;
}

/**
 * handover_desk_signal:
 * @store: the writer's store
 * @business_id: whose
 * @signal: what an operator does at this moment
 * @error: return location for an error
 *
 * Tells colleagues what an operator does, and the customer that they write.
 *
 * Returns: whether there is such a conversation
 */
gboolean
handover_desk_signal (HandoverStore   *store,
                      const char      *business_id,
                      HandoverSignal  *signal,
                      GError         **error)
{
  g_autoptr (HandoverConversation) conversation =
    handover_store_get_conversation (store, business_id, signal->conversation_id, error);

  if (conversation == NULL || !tell_customer (store, business_id, conversation, signal, error))
    return FALSE;

  handover_store_signal (store, business_id, signal);
  return TRUE;
}
