/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/store/handover-store-idempotency.h"

#include "core/handover-problem.h"
#include "service/store/handover-store-rows.h"

/**
 * handover_store_find_answer:
 * @self: a store
 * @repeat: the request
 * @now: the time in milliseconds
 * @status: (out): the status that was answered; 0 when the request is new
 * @body: (out) (nullable): the body that was answered
 * @error: return location for an error, also #HANDOVER_PROBLEM_IDEMPOTENCY_MISMATCH and
 *   #HANDOVER_PROBLEM_ALREADY_DONE
 *
 * Looks up whether a request was answered before.
 *
 * Returns: whether to go on: with the request when @status is 0, else with the stored answer
 */
gboolean
handover_store_find_answer (HandoverStore         *self,
                            const HandoverRepeat  *repeat,
                            gint64                 now,
                            guint                 *status,
                            char                 **body,
                            GError               **error)
{
  HandoverStatement *row;
  g_autoptr (GBytes) request_hash = NULL;

  *status = 0;
  *body = NULL;
  if (!handover_store_look_up (self, &row, error, "idempotency.find", "tttti", repeat->business_id, repeat->caller,
                               repeat->route, repeat->key, now - HANDOVER_IDEMPOTENCY_KEPT))
    return FALSE;
  if (row == NULL)
    return TRUE;

  request_hash = handover_statement_get_bytes (row, 0);
  *status = handover_statement_get_int (row, 1);
  *body = handover_statement_dup_text (row, 2);
  handover_statement_reset (row);

  if (!g_bytes_equal (request_hash, repeat->request_hash))
    {
      g_clear_pointer (body, g_free);
      g_set_error_literal (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_IDEMPOTENCY_MISMATCH,
                           "This Idempotency-Key was sent before with another body. Make a new key for a new request.");
      return FALSE;
    }
  if (*body == NULL)
    {
      g_set_error_literal (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_ALREADY_DONE,
                           "This was done already. The answer held a secret, so it was not kept.");
      return FALSE;
    }

  return TRUE;
}

/**
 * handover_store_keep_answer:
 * @self: the writer's store
 * @repeat: the request
 * @now: the time in milliseconds
 * @status: the status that is answered
 * @body: (nullable): the body that is answered; empty for none, %NULL when it holds a secret
 * @error: return location for an error
 *
 * Keeps an answer for a repeat of its request. Housekeeping forgets what is too old; until then nobody finds it.
 *
 * Returns: whether it was stored
 */
gboolean
handover_store_keep_answer (HandoverStore         *self,
                            const HandoverRepeat  *repeat,
                            gint64                 now,
                            guint                  status,
                            const char            *body,
                            GError               **error)
{
  HandoverDatabase *database = handover_store_get_database (self);

  return handover_database_run (database, "idempotency.insert", error, "ttttbiti",
                                repeat->business_id, repeat->caller, repeat->route, repeat->key, repeat->request_hash,
                                (gint64) status, body, now);
}
