/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/store/handover-store-marks.h"

#include "service/store/handover-store-rows.h"

/**
 * handover_store_mark_read:
 * @self: the writer's store
 * @business_id: whose
 * @conversation_id: which conversation
 * @position: up to where it was read; a mark never moves back
 * @unread: (out): how many customers' messages are still unread
 * @error: return location for an error
 *
 * Moves the read mark of a conversation forward.
 *
 * Returns: whether it was written
 */
gboolean
handover_store_mark_read (HandoverStore  *self,
                          const char     *business_id,
                          const char     *conversation_id,
                          gint64          position,
                          gint64         *unread,
                          GError        **error)
{
  HandoverDatabase *database = handover_store_get_database (self);
  HandoverStatement *statement;
  gint64 from;

  if (!handover_database_run (database, "conversation.set_unread_from", error, "tti", business_id, conversation_id, position))
    return FALSE;

  statement = handover_database_prepare (database, "conversation.unread_from", error);
  if (statement == NULL)
    return FALSE;
  handover_statement_bind (statement, "tt", business_id, conversation_id);
  if (!handover_store_read_number (statement, &from, error))
    return FALSE;

  statement = handover_database_prepare (database, "message.count_unread", error);
  if (statement == NULL)
    return FALSE;
  handover_statement_bind (statement, "tti", business_id, conversation_id, from);
  return handover_store_read_number (statement, unread, error);
}

/**
 * handover_store_mark_all_read:
 * @self: the writer's store
 * @business_id: whose
 * @conversation_id: which conversation
 * @error: return location for an error
 *
 * Moves the read mark of a conversation to its end.
 *
 * Returns: whether it was written
 */
gboolean
handover_store_mark_all_read (HandoverStore  *self,
                              const char     *business_id,
                              const char     *conversation_id,
                              GError        **error)
{
  return handover_database_run (handover_store_get_database (self), "conversation.set_unread_from_end", error, "tt",
                                business_id, conversation_id);
}

/**
 * handover_store_count_refused:
 * @self: the writer's store
 * @business_id: whose
 * @conversation_id: which conversation
 * @epoch: in which epoch
 * @count: (out): how many were refused in that epoch, with this one
 * @error: return location for an error
 *
 * Counts one more message that an agent was refused.
 *
 * Returns: whether it was counted
 */
gboolean
handover_store_count_refused (HandoverStore  *self,
                              const char     *business_id,
                              const char     *conversation_id,
                              gint64          epoch,
                              gint64         *count,
                              GError        **error)
{
  HandoverStatement *statement = handover_database_prepare (handover_store_get_database (self), "refused.add", error);

  if (statement == NULL)
    return FALSE;

  handover_statement_bind (statement, "tti", business_id, conversation_id, epoch);
  return handover_store_read_number (statement, count, error);
}
