/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/store/handover-store-sessions.h"

#include "core/handover-enum-types.h"
#include "service/http/handover-token.h"
#include "service/store/handover-store-rows.h"

/* How long ago a session must have been used for the time to be written anew: reading should not mean writing. */
#define FRESH (G_GINT64_CONSTANT (3600) * 1000)

/**
 * handover_store_find_session:
 * @self: a store
 * @token_hash: the hash of a token
 * @now: the time in milliseconds
 * @principal: (out caller-allocates): who the token belongs to; left as it is when to nobody
 * @error: return location for an error
 *
 * Looks up whose token it is. Sessions that are over and operators who were deactivated are nobody.
 *
 * Returns: whether it could look
 */
gboolean
handover_store_find_session (HandoverStore      *self,
                             GBytes             *token_hash,
                             gint64              now,
                             HandoverPrincipal  *principal,
                             GError            **error)
{
  HandoverStatement *row;
  g_autoptr (GBytes) stored = NULL;
  gint64 last_used_at;

  if (!handover_store_look_up (self, &row, error, "session.by_token", "b", token_hash))
    return FALSE;
  if (row == NULL)
    return TRUE;

  stored = handover_statement_get_bytes (row, 6);
  last_used_at = handover_statement_get_int (row, 7);
  if (handover_hash_equal (stored, token_hash) && handover_statement_get_int (row, 5) != 0 &&
      now - last_used_at <= HANDOVER_SESSION_IDLE)
    {
      principal->kind = HANDOVER_PRINCIPAL_OPERATOR;
      principal->credential_id = handover_statement_dup_text (row, 0);
      principal->business_id = handover_statement_dup_text (row, 1);
      principal->id = handover_statement_dup_text (row, 2);
      principal->name = handover_statement_dup_text (row, 3);
      principal->role = handover_enum_from_nick (HANDOVER_TYPE_ROLE, handover_statement_get_text (row, 4));
      principal->stale = now - last_used_at > FRESH;
    }
  handover_statement_reset (row);

  return TRUE;
}

/**
 * handover_store_has_session:
 * @self: a store
 * @principal: an operator, as it was found earlier
 * @has: (out): whether the session is still there, and the operator still what it was
 * @error: return location for an error
 *
 * Tells whether somebody who was signed in still is.
 *
 * Returns: whether it could look
 */
gboolean
handover_store_has_session (HandoverStore            *self,
                            const HandoverPrincipal  *principal,
                            gboolean                 *has,
                            GError                  **error)
{
  HandoverStatement *row;

  if (!handover_store_look_up (self, &row, error, "session.is_current", "ttt", principal->business_id,
                               principal->credential_id, handover_enum_to_nick (HANDOVER_TYPE_ROLE, principal->role)))
    return FALSE;

  *has = row != NULL;
  if (row != NULL)
    handover_statement_reset (row);
  return TRUE;
}

/**
 * handover_store_add_session:
 * @self: the writer's store
 * @business_id: the business
 * @operator_id: who signs in
 * @token_hash: the hash of the new token
 * @device: (nullable): what the person signs in with
 * @now: the time in milliseconds
 * @error: return location for an error
 *
 * Stores a session.
 *
 * Returns: whether it was stored
 */
gboolean
handover_store_add_session (HandoverStore  *self,
                            const char     *business_id,
                            const char     *operator_id,
                            GBytes         *token_hash,
                            const char     *device,
                            gint64          now,
                            GError        **error)
{
  HandoverDatabase *database = handover_store_get_database (self);
  g_autofree char *id = handover_store_new_id ("se");

  return handover_database_run (database, "session.insert", error, "tttbti",
                                id, business_id, operator_id, token_hash, device, now);
}

/**
 * handover_store_touch_session:
 * @self: the writer's store
 * @principal: an operator
 * @now: the time in milliseconds
 * @error: return location for an error
 *
 * Notes that a session was used.
 *
 * Returns: whether it was stored
 */
gboolean
handover_store_touch_session (HandoverStore            *self,
                              const HandoverPrincipal  *principal,
                              gint64                    now,
                              GError                  **error)
{
  return handover_database_run (handover_store_get_database (self), "session.touch", error, "tti",
                                principal->business_id, principal->credential_id, now);
}

/**
 * handover_store_delete_session:
 * @self: the writer's store
 * @business_id: the business
 * @session_id: a session
 * @error: return location for an error
 *
 * Ends a session.
 *
 * Returns: whether it was ended
 */
gboolean
handover_store_delete_session (HandoverStore  *self,
                               const char     *business_id,
                               const char     *session_id,
                               GError        **error)
{
  return handover_database_run (handover_store_get_database (self), "session.delete", error, "tt",
                                business_id, session_id);
}

/**
 * handover_store_delete_sessions:
 * @self: the writer's store
 * @business_id: the business
 * @operator_id: an operator
 * @except: the one session to keep; empty for none
 * @error: return location for an error
 *
 * Ends all sessions of an operator but one.
 *
 * Returns: (transfer full) (element-type utf8) (nullable): the ids of those that ended
 */
GPtrArray *
handover_store_delete_sessions (HandoverStore  *self,
                                const char     *business_id,
                                const char     *operator_id,
                                const char     *except,
                                GError        **error)
{
  return handover_store_read_all (self, handover_store_read_id, g_free, error, "session.delete_of_operator", "ttt",
                                  business_id, operator_id, except);
}
