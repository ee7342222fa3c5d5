/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/store/handover-store-deliveries.h"

#include "service/store/handover-store-rows.h"

/**
 * handover_store_delivery_clear:
 * @self: a delivery
 *
 * Frees what it holds.
 */
void
handover_store_delivery_clear (HandoverStoreDelivery *self)
{
  g_clear_pointer (&self->business_id, g_free);
  g_clear_pointer (&self->channel_id, g_free);
  g_clear_pointer (&self->conversation_id, g_free);
  g_clear_pointer (&self->message_id, g_free);
}

/**
 * handover_store_list_undelivered:
 * @self: a store
 * @business_id: whose
 * @channel_id: a channel
 * @error: return location for an error
 *
 * Lists the conversations that have something to send.
 *
 * Returns: (transfer full) (element-type utf8): their ids, or %NULL with @error set
 */
GPtrArray *
handover_store_list_undelivered (HandoverStore  *self,
                                 const char     *business_id,
                                 const char     *channel_id,
                                 GError        **error)
{
  return handover_store_read_all (self, handover_store_read_id, g_free, error, "delivery.list_conversations", "tt",
                                  business_id, channel_id);
}

/**
 * handover_store_find_undelivered:
 * @self: a store
 * @business_id: whose
 * @channel_id: a channel
 * @conversation_id: (nullable): one of its conversations, or %NULL for any
 * @message_id: (out) (transfer full) (nullable): the oldest message that is to be sent
 * @error: return location for an error
 *
 * Looks for something to send.
 *
 * Returns: whether it could look
 */
gboolean
handover_store_find_undelivered (HandoverStore  *self,
                                 const char     *business_id,
                                 const char     *channel_id,
                                 const char     *conversation_id,
                                 char          **message_id,
                                 GError        **error)
{
  if (conversation_id == NULL)
    return handover_store_look_up_text (self, message_id, error, "delivery.any_queued", "tt", business_id, channel_id);

  return handover_store_look_up_text (self, message_id, error, "delivery.next_message", "ttt", business_id, channel_id,
                                      conversation_id);
}

/**
 * handover_store_count_deliveries:
 * @self: a store
 * @business_id: whose
 * @message_id: a message
 * @count: (out): how many of its parts were sent, or may have been
 * @error: return location for an error
 *
 * Tells which part comes next.
 *
 * Returns: whether it could be counted
 */
gboolean
handover_store_count_deliveries (HandoverStore  *self,
                                 const char     *business_id,
                                 const char     *message_id,
                                 gint64         *count,
                                 GError        **error)
{
  HandoverStatement *row;

  if (!handover_store_look_up (self, &row, error, "delivery.n_parts", "tt", business_id, message_id))
    return FALSE;

  *count = handover_statement_get_int (row, 0);
  handover_statement_reset (row);
  return TRUE;
}

/**
 * handover_store_begin_delivery:
 * @self: the writer's store
 * @delivery: what is sent once this is committed
 * @now: the time in milliseconds
 * @error: return location for an error
 *
 * Notes that a part is about to leave.
 *
 * Returns: whether it was stored
 */
gboolean
handover_store_begin_delivery (HandoverStore                *self,
                               const HandoverStoreDelivery  *delivery,
                               gint64                        now,
                               GError                      **error)
{
  return handover_database_run (handover_store_get_database (self), "delivery.begin", error, "ttitti",
                                delivery->business_id, delivery->message_id, (gint64) delivery->part,
                                delivery->channel_id, delivery->conversation_id, now);
}

/**
 * handover_store_end_delivery:
 * @self: the writer's store
 * @delivery: what was sent
 * @state: `sent`, `unknown` or `refused`
 * @remote_id: (nullable): the platform's name for what it took
 * @now: the time in milliseconds
 * @error: return location for an error
 *
 * Notes what became of a part.
 *
 * Returns: whether it was stored
 */
gboolean
handover_store_end_delivery (HandoverStore                *self,
                             const HandoverStoreDelivery  *delivery,
                             const char                   *state,
                             const char                   *remote_id,
                             gint64                        now,
                             GError                      **error)
{
  return handover_database_run (handover_store_get_database (self), "delivery.end", error, "ttitti",
                                delivery->business_id, delivery->message_id, (gint64) delivery->part, state, remote_id,
                                now);
}

/**
 * handover_store_take_delivery_back:
 * @self: the writer's store
 * @delivery: what was surely not taken
 * @error: return location for an error
 *
 * Notes that a part is to be sent again.
 *
 * Returns: whether it was stored
 */
gboolean
handover_store_take_delivery_back (HandoverStore                *self,
                                   const HandoverStoreDelivery  *delivery,
                                   GError                      **error)
{
  return handover_database_run (handover_store_get_database (self), "delivery.take_back", error, "tti",
                                delivery->business_id, delivery->message_id, (gint64) delivery->part);
}

/**
 * handover_store_list_left_sending:
 * @self: a store
 * @business_id: whose
 * @channel_id: a channel
 * @error: return location for an error
 *
 * Lists the messages of which a part was on its way when the service ended.
 *
 * Returns: (transfer full) (element-type utf8): their ids, or %NULL with @error set
 */
GPtrArray *
handover_store_list_left_sending (HandoverStore  *self,
                                  const char     *business_id,
                                  const char     *channel_id,
                                  GError        **error)
{
  return handover_store_read_all (self, handover_store_read_id, g_free, error, "delivery.left_sending", "tt",
                                  business_id, channel_id);
}

/**
 * handover_store_forget_left_sending:
 * @self: the writer's store
 * @business_id: whose
 * @message_id: a message of which a part was on its way when the service ended
 * @error: return location for an error
 *
 * Notes that nobody knows what became of it.
 *
 * Returns: whether it was stored
 */
gboolean
handover_store_forget_left_sending (HandoverStore  *self,
                                    const char     *business_id,
                                    const char     *message_id,
                                    GError        **error)
{
  return handover_database_run (handover_store_get_database (self), "delivery.forget_left", error, "tt", business_id,
                                message_id);
}

/**
 * handover_store_set_message_channel:
 * @self: the writer's store
 * @business_id: whose
 * @message_id: a message for a customer
 * @channel_id: the channel that sends it
 * @error: return location for an error
 *
 * Puts a message into a channel's queue, as long as it is queued.
 *
 * Returns: whether it was stored
 */
gboolean
handover_store_set_message_channel (HandoverStore  *self,
                                    const char     *business_id,
                                    const char     *message_id,
                                    const char     *channel_id,
                                    GError        **error)
{
  return handover_database_run (handover_store_get_database (self), "delivery.set_channel", error, "ttt", business_id,
                                message_id, channel_id);
}

/**
 * handover_store_set_remote_id:
 * @self: the writer's store
 * @business_id: whose
 * @message_id: a message that came from a platform
 * @remote_id: the platform's name for it
 * @error: return location for an error
 *
 * Notes by which name a platform will speak of a message.
 *
 * Returns: whether it was stored
 */
gboolean
handover_store_set_remote_id (HandoverStore  *self,
                              const char     *business_id,
                              const char     *message_id,
                              const char     *remote_id,
                              GError        **error)
{
  return handover_database_run (handover_store_get_database (self), "message.set_remote_id", error, "ttt", business_id,
                                message_id, remote_id);
}

/**
 * handover_store_find_remote_id:
 * @self: a store
 * @business_id: whose
 * @message_id: a message that a platform has, or should have
 * @remote_id: (out) (transfer full) (nullable): the platform's name for it, or for the beginning of it
 * @error: return location for an error
 *
 * Finds by which name to speak of a message to a platform.
 *
 * Returns: whether it could look
 */
gboolean
handover_store_find_remote_id (HandoverStore  *self,
                               const char     *business_id,
                               const char     *message_id,
                               char          **remote_id,
                               GError        **error)
{
  return handover_store_look_up_text (self, remote_id, error, "message.remote_id", "tt", business_id, message_id);
}

/**
 * handover_store_find_received:
 * @self: a store
 * @business_id: whose
 * @conversation_id: in which conversation
 * @remote_id: the platform's name for a message that came from there
 * @message_id: (out) (transfer full) (nullable): our own
 * @error: return location for an error
 *
 * Finds the customer's message that a platform speaks of.
 *
 * Returns: whether it could look
 */
gboolean
handover_store_find_received (HandoverStore  *self,
                              const char     *business_id,
                              const char     *conversation_id,
                              const char     *remote_id,
                              char          **message_id,
                              GError        **error)
{
  return handover_store_look_up_text (self, message_id, error, "message.by_remote_id", "ttt", business_id,
                                      conversation_id, remote_id);
}

/**
 * handover_store_find_sent:
 * @self: a store
 * @business_id: whose
 * @conversation_id: in which conversation
 * @remote_id: the platform's name for something that it took from us
 * @message_id: (out) (transfer full) (nullable): the message that it was a part of
 * @error: return location for an error
 *
 * Finds the message of ours that a platform speaks of.
 *
 * Returns: whether it could look
 */
gboolean
handover_store_find_sent (HandoverStore  *self,
                          const char     *business_id,
                          const char     *conversation_id,
                          const char     *remote_id,
                          char          **message_id,
                          GError        **error)
{
  return handover_store_look_up_text (self, message_id, error, "delivery.message_by_remote_id", "ttt", business_id,
                                      conversation_id, remote_id);
}
