/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/store/handover-store-events.h"

/**
 * handover_store_list_events:
 * @self: a store
 * @business_id: whose log
 * @after: the number after which to start
 * @limit: how many at most
 * @error: return location for an error
 *
 * Reads a page of a business's log, in order.
 *
 * Returns: (transfer full) (element-type HandoverLogLine): the lines, or %NULL with @error set
 */
GPtrArray *
handover_store_list_events (HandoverStore  *self,
                            const char     *business_id,
                            gint64          after,
                            guint           limit,
                            GError        **error)
{
  HandoverStatement *statement = handover_database_prepare (handover_store_get_database (self), "log.list_after", error);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func ((GDestroyNotify) handover_log_line_unref);
  gboolean row;

  if (statement == NULL)
    return NULL;

  handover_statement_bind (statement, "tii", business_id, after, (gint64) limit);
  while (handover_statement_step (statement, &row, error))
    {
      HandoverLogLine *line;
      const char *data;

      if (!row)
        return g_steal_pointer (&lines);

      line = handover_log_line_new ();
      line->sequence = handover_statement_get_int (statement, 0);
      line->business_id = g_strdup (business_id);
      line->kind = handover_statement_dup_text (statement, 1);
      line->at = handover_statement_get_int (statement, 2);
      line->agent_id = handover_statement_dup_text (statement, 3);
      line->operator_id = handover_statement_dup_text (statement, 4);
      data = handover_statement_get_text (statement, 5);
      line->data = g_bytes_new (data, strlen (data));
      g_ptr_array_add (lines, line);
    }

  return NULL;
}

/**
 * handover_store_get_oldest_event:
 * @self: a store
 * @business_id: whose log
 * @sequence: (out): the number of the oldest line that is kept; 0 if there is none
 * @error: return location for an error
 *
 * Tells how far back a stream can go.
 *
 * Returns: whether it could be read
 */
gboolean
handover_store_get_oldest_event (HandoverStore  *self,
                                 const char     *business_id,
                                 gint64         *sequence,
                                 GError        **error)
{
  HandoverStatement *statement = handover_database_prepare (handover_store_get_database (self), "log.oldest", error);
  gboolean row;

  if (statement == NULL)
    return FALSE;

  handover_statement_bind (statement, "t", business_id);
  if (!handover_statement_step (statement, &row, error))
    return FALSE;

  *sequence = row ? handover_statement_get_int (statement, 0) : 0;
  handover_statement_reset (statement);
  return TRUE;
}
