/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/desk/handover-desk-quote.h"

#include "core/handover-problem.h"
#include "service/store/handover-store-deliveries.h"
#include "service/store/handover-store-messages.h"

/* What the customer never saw is no word to them, and its words are not theirs or the agent's to read. */
static gboolean
is_shown (HandoverDeskCase *desk_case,
          HandoverMessage  *message)
{
  return g_str_equal (message->conversation_id, desk_case->conversation->id) &&
         (message->kind == HANDOVER_MESSAGE_KIND_MESSAGE || message->kind == HANDOVER_MESSAGE_KIND_TRANSITION);
}

/**
 * handover_desk_quote:
 * @desk_case: the case of the message's conversation
 * @message: a message that is not stored yet
 * @id: (nullable): the message that it answers
 * @error: return location for an error, `invalid_member` for one that may not be named
 *
 * Says which earlier message a message answers.
 *
 * Returns: whether it is said, or there is nothing to say
 */
gboolean
handover_desk_quote (HandoverDeskCase  *desk_case,
                     HandoverMessage   *message,
                     const char        *id,
                     GError           **error)
{
  g_autoptr (HandoverMessage) quoted = NULL;
  g_autoptr (GError) missing = NULL;

  if (id == NULL)
    return TRUE;

  quoted = handover_store_get_message (desk_case->store, desk_case->business_id, id, NULL, &missing);
  if (quoted == NULL && missing->domain != HANDOVER_PROBLEM)
    {
      g_propagate_error (error, g_steal_pointer (&missing));
      return FALSE;
    }
  if (quoted == NULL || !is_shown (desk_case, quoted))
    {
      g_set_error (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_INVALID_MEMBER,
                   "reply_to: “%s” is no message of this conversation that the customer wrote or was shown.", id);
      return FALSE;
    }

  message->reply_to = handover_message_to_preview (quoted);
  return TRUE;
}

/**
 * handover_desk_quote_received:
 * @desk_case: the case of the message's conversation
 * @message: a customer's message that is not stored yet
 * @remote_id: (nullable): the platform's name for the message that it answers
 * @error: return location for an error
 *
 * Says which earlier message a customer's message answers. One that is not known, such as one from before the channel was
 * connected, is left out.
 *
 * Returns: whether it could be looked up
 */
gboolean
handover_desk_quote_received (HandoverDeskCase  *desk_case,
                              HandoverMessage   *message,
                              const char        *remote_id,
                              GError           **error)
{
  const char *conversation_id = desk_case->conversation->id;
  g_autofree char *id = NULL;

  if (remote_id == NULL)
    return TRUE;
  if (!handover_store_find_received (desk_case->store, desk_case->business_id, conversation_id, remote_id, &id, error))
    return FALSE;
  if (id == NULL &&
      !handover_store_find_sent (desk_case->store, desk_case->business_id, conversation_id, remote_id, &id, error))
    return FALSE;

  return handover_desk_quote (desk_case, message, id, error);
}
