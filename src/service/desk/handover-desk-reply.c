/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/desk/handover-desk-reply.h"

#include "core/handover-problem.h"
#include "service/desk/handover-desk-attachments.h"
#include "service/desk/handover-desk-case.h"
#include "service/desk/handover-desk-delivery.h"
#include "service/desk/handover-desk-quote.h"
#include "service/desk/handover-desk-repeat.h"
#include "service/store/handover-store-marks.h"

static HandoverMessage *
make_message (HandoverPerson      *actor,
              HandoverMessageKind  kind,
              const char          *text)
{
  HandoverMessage *message = g_object_new (HANDOVER_TYPE_MESSAGE, NULL);

  message->author = HANDOVER_AUTHOR_OPERATOR;
  message->operator = g_object_ref (actor);
  message->kind = kind;
  message->text = g_strdup (text);
  return message;
}

static gboolean
attach (HandoverDeskCase             *desk_case,
        HandoverMessage              *message,
        const HandoverMessageOrigin  *origin,
        GError                      **error)
{
  return origin == NULL || handover_desk_attach (desk_case, message, message->operator->id, origin->attachments,
                                                 HANDOVER_DESK_ATTACH_NEW, error);
}

/* What an answer by a person means for the wait, the receipt and the unread count. */
static gboolean
settle (HandoverDeskCase  *desk_case,
        GError           **error)
{
  HandoverConversation *conversation = desk_case->conversation;
  HandoverEscalation *escalation = conversation->escalation;

  conversation->waiting_since = 0;
  conversation->unread_count = 0;
  if (!handover_store_mark_all_read (desk_case->store, desk_case->business_id, conversation->id, error))
    return FALSE;
  if (escalation->receipt >= HANDOVER_RECEIPT_ANSWERED)
    return TRUE;

  escalation->receipt = HANDOVER_RECEIPT_ANSWERED;
  return handover_desk_case_update (desk_case, error);
}

/**
 * handover_desk_reply:
 * @store: the writer's store
 * @business_id: whose
 * @actor: the holder
 * @conversation_id: which conversation
 * @text: what the customer is told
 * @epoch: the epoch that the operator knew, or 0
 * @origin: what the request came with; a repeat gets the message of the first try
 * @error: return location for an error
 *
 * Answers the customer.
 *
 * Returns: (transfer full): the message, or %NULL with @error set
 */
HandoverMessage *
handover_desk_reply (HandoverStore                *store,
                     const char                   *business_id,
                     HandoverPerson               *actor,
                     const char                   *conversation_id,
                     const char                   *text,
                     gint64                        epoch,
                     const HandoverMessageOrigin  *origin,
                     GError                      **error)
{
  g_autoptr (HandoverDeskCase) desk_case = handover_desk_case_open (store, business_id, conversation_id, error);
  g_autoptr (HandoverMessage) message = NULL;
  HandoverControlInput input = { .command = HANDOVER_COMMAND_REPLY, .actor_id = actor->id, .epoch = epoch };
  HandoverTransition transition;

  if (desk_case == NULL || !handover_desk_find_repeat (desk_case, origin, &message, error))
    return NULL;
  if (message != NULL)
    return g_steal_pointer (&message);
  if (!handover_desk_case_decide (desk_case, &input, &transition, error))
    return NULL;

  message = make_message (actor, HANDOVER_MESSAGE_KIND_MESSAGE, text);
  message->delivery = g_object_new (HANDOVER_TYPE_DELIVERY, NULL);
  message->delivery->state = HANDOVER_DELIVERY_STATE_SENT;
  if (!attach (desk_case, message, origin, error) ||
      !handover_desk_quote (desk_case, message, origin != NULL ? origin->reply_to : NULL, error) ||
      !handover_desk_delivery_add (desk_case, message, origin, error) ||
      !settle (desk_case, error) ||
      !handover_desk_case_finish (desk_case, error))
    return NULL;

  return g_steal_pointer (&message);
}

/**
 * handover_desk_note:
 * @store: the writer's store
 * @business_id: whose
 * @actor: any operator
 * @conversation_id: which conversation
 * @text: what the team is told
 * @origin: what the request came with; a repeat gets the note of the first try
 * @error: return location for an error
 *
 * Leaves a note that neither the customer nor the agent ever sees.
 *
 * Returns: (transfer full): the note, or %NULL with @error set
 */
HandoverMessage *
handover_desk_note (HandoverStore                *store,
                    const char                   *business_id,
                    HandoverPerson               *actor,
                    const char                   *conversation_id,
                    const char                   *text,
                    const HandoverMessageOrigin  *origin,
                    GError                      **error)
{
  g_autoptr (HandoverDeskCase) desk_case = handover_desk_case_open (store, business_id, conversation_id, error);
  g_autoptr (HandoverMessage) message = NULL;

  if (desk_case == NULL || !handover_desk_find_repeat (desk_case, origin, &message, error))
    return NULL;
  if (message != NULL)
    return g_steal_pointer (&message);

  message = make_message (actor, HANDOVER_MESSAGE_KIND_NOTE, text);
  if (!attach (desk_case, message, origin, error) ||
      !handover_desk_case_add (desk_case, message, origin, error) ||
      !handover_desk_case_finish (desk_case, error))
    return NULL;

  return g_steal_pointer (&message);
}

/**
 * handover_desk_mark_read:
 * @store: the writer's store
 * @business_id: whose
 * @actor: who read
 * @conversation_id: which conversation
 * @message_id: the newest message that was read
 * @error: return location for an error
 *
 * Moves the read mark forward. While somebody answers, only what they read counts.
 *
 * Returns: whether it was written, or there was nothing to write
 */
gboolean
handover_desk_mark_read (HandoverStore   *store,
                         const char      *business_id,
                         HandoverPerson  *actor,
                         const char      *conversation_id,
                         const char      *message_id,
                         GError         **error)
{
  g_autoptr (HandoverDeskCase) desk_case = handover_desk_case_open (store, business_id, conversation_id, error);
  g_autoptr (HandoverMessage) message = NULL;
  HandoverConversation *conversation;
  gint64 position;
  gint64 unread;

  if (desk_case == NULL)
    return FALSE;
  message = handover_store_get_message (store, business_id, message_id, &position, error);
  if (message == NULL)
    return FALSE;

  conversation = desk_case->conversation;
  if (!g_str_equal (message->conversation_id, conversation->id))
    {
      g_set_error_literal (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_NOT_FOUND,
                           "There is no such message in this conversation.");
      return FALSE;
    }
  if (conversation->holder != NULL && !g_str_equal (conversation->holder->id, actor->id))
    return TRUE;

  if (!handover_store_mark_read (store, business_id, conversation->id, position, &unread, error))
    return FALSE;
  if (unread == conversation->unread_count)
    return TRUE;

  conversation->unread_count = unread;
  handover_desk_case_alter (desk_case);
  return handover_desk_case_finish (desk_case, error);
}
