/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/desk/handover-desk-delivery.h"

#include "core/handover-problem.h"
#include "core/handover-time.h"
#include "service/desk/handover-desk-health.h"
#include "service/store/handover-store-contacts.h"
#include "service/store/handover-store-conversations.h"

/* After a day nobody waits for an answer any more, and the conversation has gone on elsewhere. */
#define TRIED_FOR (G_GINT64_CONSTANT (24) * 3600 * 1000)

#define NOT_KNOWN "It may not have arrived: the answer did not come, so it was not sent again."
#define NOT_KNOWN_AFTER_STOP "It may not have arrived: the service stopped while it was on its way, so it was not sent again."
#define TOO_LATE "It could not be sent for a day."
#define DISCONNECTED "The channel is disconnected."
#define SILENCED "A person took over before it could be sent."

/**
 * handover_desk_sending_free:
 * @self: (transfer full): a part
 *
 * Frees it.
 */
void
handover_desk_sending_free (HandoverDeskSending *self)
{
  handover_store_delivery_clear (&self->delivery);
  g_free (self->contact);
  g_clear_pointer (&self->part, handover_part_free);
  g_free (self->reply_to);
  g_free (self);
}

/**
 * handover_desk_delivery_add:
 * @desk_case: a case
 * @message: a new message that the customer is to read
 * @origin: (nullable): what it came with
 * @error: return location for an error
 *
 * Adds a message to the transcript and, where the conversation takes place on a channel, to the channel's queue. Of a
 * conversation in an agent's own chat the agent is told, and shows it.
 *
 * Returns: whether it was stored
 */
gboolean
handover_desk_delivery_add (HandoverDeskCase             *desk_case,
                            HandoverMessage              *message,
                            const HandoverMessageOrigin  *origin,
                            GError                      **error)
{
  const char *channel_id = desk_case->conversation->channel->id;
  g_autoptr (HandoverStoreChannel) channel = NULL;

  if (channel_id == NULL)
    return handover_desk_case_add (desk_case, message, origin, error);

  channel = handover_store_get_channel (desk_case->store, desk_case->business_id, channel_id, error);
  if (channel == NULL)
    return FALSE;

  g_clear_object (&message->delivery);
  message->delivery = g_object_new (HANDOVER_TYPE_DELIVERY, NULL);
  message->delivery->state = HANDOVER_DELIVERY_STATE_QUEUED;
  if (channel->account->state == HANDOVER_CHANNEL_STATE_DISCONNECTED)
    {
      message->delivery->state = HANDOVER_DELIVERY_STATE_FAILED;
      message->delivery->reason = g_strdup (DISCONNECTED);
    }

  handover_store_wake_channel (desk_case->store, desk_case->business_id, channel_id, desk_case->conversation->id);
  return handover_desk_case_add (desk_case, message, origin, error) &&
         handover_store_set_message_channel (desk_case->store, desk_case->business_id, message->id, channel_id, error);
}

/**
 * handover_desk_delivery_advance:
 * @store: the writer's store
 * @business_id: whose
 * @message: a message on its way to a customer
 * @state: how far it has come; going back changes nothing
 * @reason: (nullable): why it failed
 * @error: return location for an error
 *
 * Notes how far a message has come, and tells.
 *
 * Returns: whether it was written, or there was nothing to write
 */
gboolean
handover_desk_delivery_advance (HandoverStore          *store,
                                const char             *business_id,
                                HandoverMessage        *message,
                                HandoverDeliveryState   state,
                                const char             *reason,
                                GError                **error)
{
  g_autoptr (HandoverConversation) conversation = NULL;
  HandoverAudience audience = { NULL, NULL };

  if ((int) state <= message->delivery->state)
    return TRUE;

  conversation = handover_store_get_conversation (store, business_id, message->conversation_id, error);
  if (conversation == NULL)
    return FALSE;

  audience.agent_id = conversation->agent_id;
  message->delivery->state = state;
  g_set_str (&message->delivery->reason, state == HANDOVER_DELIVERY_STATE_FAILED ? reason : NULL);
  message->version++;
  return handover_store_save_delivery (store, business_id, message, error) &&
         handover_store_append_event (store, business_id, "message.updated", HANDOVER_RECORD (message), &audience, error);
}

static gboolean
fail (HandoverStore    *store,
      const char       *business_id,
      HandoverMessage  *message,
      const char       *reason,
      GError          **error)
{
  return handover_desk_delivery_advance (store, business_id, message, HANDOVER_DELIVERY_STATE_FAILED, reason, error);
}

/* What an agent said while it might speak can still be in the queue when a person has taken over: then it never leaves. The
 * one step that is no person's, to waiting or closed, lets it go before what follows. */
static gboolean
check_silenced (HandoverStore    *store,
                const char       *business_id,
                HandoverMessage  *message,
                gboolean         *silenced,
                GError          **error)
{
  g_autoptr (HandoverConversation) conversation = NULL;
  gint64 steps;

  *silenced = FALSE;
  if (message->author != HANDOVER_AUTHOR_AGENT)
    return TRUE;

  conversation = handover_store_get_conversation (store, business_id, message->conversation_id, error);
  if (conversation == NULL)
    return FALSE;

  steps = conversation->epoch - message->epoch;
  *silenced = conversation->control == HANDOVER_CONTROL_OPERATOR || steps > 1 ||
              (steps == 1 && conversation->control == HANDOVER_CONTROL_AGENT);
  return TRUE;
}

/* Whoever reads the answer to a message should know whether its beginning was read. */
static gboolean
fail_part (HandoverStore                *store,
           const HandoverStoreDelivery  *delivery,
           HandoverMessage              *message,
           const char                   *reason,
           GError                      **error)
{
  g_autofree char *text = delivery->part > 0 ? g_strconcat ("Only its beginning was sent. ", reason, NULL) : NULL;

  return fail (store, delivery->business_id, message, text != NULL ? text : reason, error);
}

/* Looks at the oldest message of the queue: it gives a part to send, or fails for good and leaves the queue. */
static gboolean
begin_message (HandoverStore        *store,
               HandoverDeskSending  *sending,
               GError              **error)
{
  HandoverStoreDelivery *delivery = &sending->delivery;
  g_autoptr (HandoverMessage) message = handover_store_get_message (store, delivery->business_id, delivery->message_id, NULL,
                                                                    error);
  g_autoptr (GPtrArray) parts = NULL;
  const char *refusal;
  gboolean silenced;
  gint64 n_begun;
  gint64 n_parts;

  if (message == NULL || !check_silenced (store, delivery->business_id, message, &silenced, error) ||
      !handover_store_count_deliveries (store, delivery->business_id, message->id, &n_begun, error))
    return FALSE;

  delivery->part = n_begun;
  if (silenced)
    return fail_part (store, delivery, message, SILENCED, error);
  if (handover_time_now () - message->at > TRIED_FOR)
    return fail (store, delivery->business_id, message, TOO_LATE, error);

  parts = handover_parts_plan (message, &sending->limits, &refusal);
  if (parts == NULL)
    return fail (store, delivery->business_id, message, refusal, error);

  n_parts = parts->len;
  if (n_begun >= n_parts)
    return fail (store, delivery->business_id, message, NOT_KNOWN, error);

  /* What it answers stands above the first part, and once. */
  if (n_begun == 0 && message->reply_to != NULL &&
      !handover_store_find_remote_id (store, delivery->business_id, message->reply_to->id, &sending->reply_to, error))
    return FALSE;

  sending->part = g_ptr_array_steal_index (parts, n_begun);
  sending->last = n_begun + 1 == n_parts;
  return handover_store_begin_delivery (store, delivery, handover_time_now (), error);
}

/**
 * handover_desk_delivery_begin:
 * @store: the writer's store
 * @sending: whose queue, and the place for what comes next in it
 * @error: return location for an error
 *
 * Takes the next part from the queue of one conversation. Once this is committed the part may leave, once.
 *
 * Returns: whether it could look
 */
gboolean
handover_desk_delivery_begin (HandoverStore        *store,
                              HandoverDeskSending  *sending,
                              GError              **error)
{
  HandoverStoreDelivery *delivery = &sending->delivery;

  if (!handover_store_get_contact (store, delivery->business_id, delivery->conversation_id, &sending->contact, error))
    return FALSE;

  while (sending->part == NULL)
    {
      g_clear_pointer (&delivery->message_id, g_free);
      if (!handover_store_find_undelivered (store, delivery->business_id, delivery->channel_id, delivery->conversation_id,
                                            &delivery->message_id, error))
        return FALSE;
      if (delivery->message_id == NULL)
        return TRUE;
      if (!begin_message (store, sending, error))
        return FALSE;
    }

  return TRUE;
}

/* The chat goes by another name from now on, unless that one is known already: then it is another conversation's. */
static gboolean
move (HandoverStore                *store,
      const HandoverStoreDelivery  *delivery,
      const char                   *moved_to,
      GError                      **error)
{
  g_autoptr (HandoverConversation) other = NULL;

  return handover_store_find_by_contact (store, delivery->business_id, delivery->channel_id, moved_to, &other, error) &&
         (other != NULL || handover_store_move_contact (store, delivery->business_id, delivery->conversation_id,
                                                        delivery->channel_id, moved_to, error));
}

static gboolean
note_trouble (HandoverStore                *store,
              const HandoverStoreDelivery  *delivery,
              const char                   *reason,
              gboolean                      failing,
              GError                      **error)
{
  g_autoptr (HandoverStoreChannel) channel = handover_store_get_channel (store, delivery->business_id,
                                                                         delivery->channel_id, error);

  return channel != NULL && handover_desk_health_failed (store, channel, reason, failing, error);
}

static gboolean
end_sent (HandoverStore             *store,
          HandoverDeskSending       *sending,
          HandoverMessage           *message,
          const HandoverSendResult  *result,
          GError                   **error)
{
  const HandoverStoreDelivery *delivery = &sending->delivery;
  g_autoptr (HandoverStoreChannel) channel = handover_store_get_channel (store, delivery->business_id,
                                                                         delivery->channel_id, error);

  /* It was given up when the channel was disconnected, and had left already. */
  if (message->delivery->state == HANDOVER_DELIVERY_STATE_FAILED)
    message->delivery->state = HANDOVER_DELIVERY_STATE_QUEUED;

  return channel != NULL &&
         handover_store_end_delivery (store, delivery, "sent", result->remote_id, handover_time_now (), error) &&
         handover_desk_health_sent (store, channel, error) &&
         (!sending->last || handover_desk_delivery_advance (store, delivery->business_id, message,
                                                            HANDOVER_DELIVERY_STATE_SENT, NULL, error));
}

static gboolean
settle (HandoverStore             *store,
        HandoverDeskSending       *sending,
        HandoverMessage           *message,
        const HandoverSendResult  *result,
        GError                   **error)
{
  const HandoverStoreDelivery *delivery = &sending->delivery;
  const char *reason = result->reason != NULL ? result->reason : NOT_KNOWN;
  gint64 now = handover_time_now ();

  switch (result->outcome)
    {
    case HANDOVER_SEND_SENT:
      return end_sent (store, sending, message, result, error);
    case HANDOVER_SEND_AGAIN:
    case HANDOVER_SEND_LOCKED_OUT:
      return handover_store_take_delivery_back (store, delivery, error) &&
             (result->reason == NULL || note_trouble (store, delivery, reason, result->outcome == HANDOVER_SEND_LOCKED_OUT, error));
    case HANDOVER_SEND_MOVED:
      return handover_store_take_delivery_back (store, delivery, error) && move (store, delivery, result->moved_to, error);
    case HANDOVER_SEND_REFUSED:
      return handover_store_end_delivery (store, delivery, "refused", NULL, now, error) &&
             fail_part (store, delivery, message, reason, error);
    case HANDOVER_SEND_UNKNOWN:
    default:
      return handover_store_end_delivery (store, delivery, "unknown", NULL, now, error) &&
             fail_part (store, delivery, message, NOT_KNOWN, error) &&
             note_trouble (store, delivery, reason, FALSE, error);
    }
}

/**
 * handover_desk_delivery_end:
 * @store: the writer's store
 * @sending: what was sent
 * @result: what became of it
 * @error: return location for an error
 *
 * Notes what became of a part. What was surely not taken is in the queue again; what may have been is not.
 *
 * Returns: whether it was written
 */
gboolean
handover_desk_delivery_end (HandoverStore             *store,
                            HandoverDeskSending       *sending,
                            const HandoverSendResult  *result,
                            GError                   **error)
{
  const HandoverStoreDelivery *delivery = &sending->delivery;
  g_autoptr (HandoverMessage) message = handover_store_get_message (store, delivery->business_id, delivery->message_id, NULL,
                                                                    error);
  g_autofree char *next = NULL;

  if (message == NULL || !settle (store, sending, message, result, error) ||
      !handover_store_find_undelivered (store, delivery->business_id, delivery->channel_id, delivery->conversation_id, &next,
                                        error))
    return FALSE;

  sending->more = next != NULL;
  return TRUE;
}

/**
 * handover_desk_delivery_recover:
 * @store: the writer's store
 * @business_id: whose
 * @channel_id: a channel that nothing is sent on yet
 * @error: return location for an error
 *
 * Deals with what was on its way when the service ended: it may have arrived, so it is not sent again, and said so.
 *
 * Returns: whether it was written
 */
gboolean
handover_desk_delivery_recover (HandoverStore  *store,
                                const char     *business_id,
                                const char     *channel_id,
                                GError        **error)
{
  g_autoptr (GPtrArray) left = handover_store_list_left_sending (store, business_id, channel_id, error);

  for (guint i = 0; left != NULL && i < left->len; i++)
    {
      g_autoptr (HandoverMessage) message = handover_store_get_message (store, business_id, left->pdata[i], NULL, error);

      if (message == NULL || !handover_store_forget_left_sending (store, business_id, message->id, error) ||
          !fail (store, business_id, message, NOT_KNOWN_AFTER_STOP, error))
        return FALSE;
    }

  return left != NULL;
}

/**
 * handover_desk_delivery_drop:
 * @store: the writer's store
 * @channel: a channel that is being disconnected
 * @error: return location for an error
 *
 * Says of all that is still in the queue that it will not be sent. What is on its way just now may still arrive.
 *
 * Returns: whether it was written
 */
gboolean
handover_desk_delivery_drop (HandoverStore         *store,
                             HandoverStoreChannel  *channel,
                             GError               **error)
{
  const char *channel_id = channel->account->id;

  for (;;)
    {
      g_autofree char *id = NULL;
      g_autoptr (HandoverMessage) message = NULL;

      if (!handover_store_find_undelivered (store, channel->business_id, channel_id, NULL, &id, error))
        return FALSE;
      if (id == NULL)
        return TRUE;

      message = handover_store_get_message (store, channel->business_id, id, NULL, error);
      if (message == NULL || !fail (store, channel->business_id, message, DISCONNECTED, error))
        return FALSE;
    }
}
