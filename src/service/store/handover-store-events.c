/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/store/handover-store-events.h"

#include "core/handover-problem.h"
#include "service/store/handover-store-rows.h"

static gpointer
read_line (HandoverStatement *row)
{
  HandoverLogLine *line = handover_log_line_new ();
  const char *data = handover_statement_get_text (row, 5);

  line->sequence = handover_statement_get_int (row, 0);
  line->kind = handover_statement_dup_text (row, 1);
  line->at = handover_statement_get_int (row, 2);
  line->agent_id = handover_statement_dup_text (row, 3);
  line->operator_id = handover_statement_dup_text (row, 4);
  line->data = g_bytes_new (data, strlen (data));

  return line;
}

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
  GPtrArray *lines = handover_store_read_all (self, read_line, (GDestroyNotify) handover_log_line_unref, error,
                                              "log.list_after", "tii", business_id, after, (gint64) limit);

  for (guint i = 0; lines != NULL && i < lines->len; i++)
    {
      HandoverLogLine *line = g_ptr_array_index (lines, i);

      line->business_id = g_strdup (business_id);
    }
  return lines;
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
  HandoverStatement *row;

  *sequence = 0;
  if (!handover_store_look_up (self, &row, error, "log.oldest", "t", business_id))
    return FALSE;
  if (row == NULL)
    return TRUE;

  *sequence = handover_statement_get_int (row, 0);
  handover_statement_reset (row);
  return TRUE;
}

/**
 * handover_store_check_cursor:
 * @self: a store
 * @business_id: whose log
 * @after: the number that was read last; 0 to read from the oldest line that is kept
 * @error: return location for an error, also #HANDOVER_PROBLEM_CURSOR_EXPIRED
 *
 * Tells whether everything after a number is still kept.
 *
 * Returns: whether it is
 */
gboolean
handover_store_check_cursor (HandoverStore  *self,
                             const char     *business_id,
                             gint64          after,
                             GError        **error)
{
  gint64 oldest;

  if (!handover_store_get_oldest_event (self, business_id, &oldest, error))
    return FALSE;
  if (after == 0 || after + 1 >= oldest)
    return TRUE;

  g_set_error (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_CURSOR_EXPIRED,
               "This number is too old: the oldest that is kept is %" G_GINT64_FORMAT ". Load the lists anew and start "
               "from their number.", oldest);
  return FALSE;
}
