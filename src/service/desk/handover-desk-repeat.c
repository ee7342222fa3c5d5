/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/desk/handover-desk-repeat.h"

#include "core/handover-problem.h"

/**
 * handover_desk_find_repeat:
 * @desk_case: the case of the conversation
 * @origin: (nullable): what the request came with
 * @message: (out) (transfer full) (nullable): what the first try made; %NULL if this is the first
 * @error: return location for `idempotency_mismatch` or another error
 *
 * Tells whether a request repeats one that was already answered. Keys are kept as long as their messages, so a
 * repeat is answered however late it comes.
 *
 * Returns: whether it could be told
 */
gboolean
handover_desk_find_repeat (HandoverDeskCase             *desk_case,
                           const HandoverMessageOrigin  *origin,
                           HandoverMessage             **message,
                           GError                      **error)
{
  g_autofree char *id = NULL;
  g_autoptr (GBytes) hash = NULL;

  *message = NULL;
  if (origin == NULL || origin->key == NULL)
    return TRUE;
  if (!handover_store_find_message_key (desk_case->store, desk_case->business_id, desk_case->conversation->id,
                                        origin->key, &id, &hash, error))
    return FALSE;
  if (id == NULL)
    return TRUE;

  if (hash == NULL || origin->hash == NULL || !g_bytes_equal (hash, origin->hash))
    {
      g_set_error_literal (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_IDEMPOTENCY_MISMATCH,
                           "This key was used in this conversation for another message; make a new key for each message.");
      return FALSE;
    }

  *message = handover_store_get_message (desk_case->store, desk_case->business_id, id, NULL, error);
  return *message != NULL;
}
