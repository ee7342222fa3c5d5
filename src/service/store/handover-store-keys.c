/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/store/handover-store-keys.h"

#include "core/handover-problem.h"
#include "core/handover-time.h"
#include "service/http/handover-token.h"
#include "service/store/handover-store-agents.h"
#include "service/store/handover-store-rows.h"

/* How long ago an agent must have been heard of for the time to be written and told anew. */
#define FRESH (G_GINT64_CONSTANT (60) * 1000)

/**
 * handover_store_find_key:
 * @self: a store
 * @key_hash: the hash of a key
 * @now: the time in milliseconds
 * @principal: (out caller-allocates): the agent that the key belongs to; left as it is when to nobody
 * @error: return location for an error
 *
 * Looks up whose key it is.
 *
 * Returns: whether it could look
 */
gboolean
handover_store_find_key (HandoverStore      *self,
                         GBytes             *key_hash,
                         gint64              now,
                         HandoverPrincipal  *principal,
                         GError            **error)
{
  HandoverStatement *row;
  g_autoptr (GBytes) stored = NULL;

  if (!handover_store_look_up (self, &row, error, "key.by_hash", "b", key_hash))
    return FALSE;
  if (row == NULL)
    return TRUE;

  stored = handover_statement_get_bytes (row, 4);
  if (handover_hash_equal (stored, key_hash))
    {
      principal->kind = HANDOVER_PRINCIPAL_AGENT;
      principal->credential_id = handover_statement_dup_text (row, 0);
      principal->business_id = handover_statement_dup_text (row, 1);
      principal->id = handover_statement_dup_text (row, 2);
      principal->name = handover_statement_dup_text (row, 3);
      principal->stale = now - handover_statement_get_int (row, 5) > FRESH;
      principal->disabled = handover_statement_get_int (row, 6) == 0;
    }
  handover_statement_reset (row);

  return TRUE;
}

/**
 * handover_store_has_key:
 * @self: a store
 * @principal: an agent, as it was found earlier
 * @has: (out): whether the key is still there
 * @error: return location for an error
 *
 * Tells whether an agent that was let in still is.
 *
 * Returns: whether it could look
 */
gboolean
handover_store_has_key (HandoverStore            *self,
                        const HandoverPrincipal  *principal,
                        gboolean                 *has,
                        GError                  **error)
{
  HandoverStatement *row;

  if (!handover_store_look_up (self, &row, error, "key.is_current", "tt", principal->business_id, principal->credential_id))
    return FALSE;

  *has = row != NULL;
  if (row != NULL)
    handover_statement_reset (row);
  return TRUE;
}

/**
 * handover_store_add_key:
 * @self: the writer's store
 * @business_id: the business
 * @agent_id: the agent
 * @key_id: the new key's id
 * @name: (nullable): what people call it
 * @key_hash: the hash of the key
 * @error: return location for an error
 *
 * Stores a key and logs its agent, which lists it.
 *
 * Returns: whether it was stored
 */
gboolean
handover_store_add_key (HandoverStore  *self,
                        const char     *business_id,
                        const char     *agent_id,
                        const char     *key_id,
                        const char     *name,
                        GBytes         *key_hash,
                        GError        **error)
{
  return handover_database_run (handover_store_get_database (self), "key.insert", error, "ttttbi",
                                key_id, business_id, agent_id, name, key_hash, handover_time_now ()) &&
         handover_store_log_agent (self, business_id, agent_id, error);
}

/**
 * handover_store_touch_key:
 * @self: the writer's store
 * @principal: an agent
 * @now: the time in milliseconds
 * @error: return location for an error
 *
 * Notes that a key was used and its agent heard of.
 *
 * Returns: whether it was stored
 */
gboolean
handover_store_touch_key (HandoverStore            *self,
                          const HandoverPrincipal  *principal,
                          gint64                    now,
                          GError                  **error)
{
  return handover_database_run (handover_store_get_database (self), "key.used", error, "tti",
                                principal->business_id, principal->credential_id, now) &&
         handover_store_note_agent_seen (self, principal->business_id, principal->id, now, now - FRESH, error);
}

/**
 * handover_store_delete_key:
 * @self: the writer's store
 * @business_id: the business
 * @agent_id: the agent
 * @key_id: the key
 * @error: return location for an error
 *
 * Deletes a key. Nobody who holds it comes in from then on.
 *
 * Returns: whether there was one
 */
gboolean
handover_store_delete_key (HandoverStore  *self,
                           const char     *business_id,
                           const char     *agent_id,
                           const char     *key_id,
                           GError        **error)
{
  HandoverDatabase *database = handover_store_get_database (self);

  if (!handover_database_run (database, "key.delete", error, "ttt", business_id, agent_id, key_id))
    return FALSE;
  if (handover_database_get_changes (database) > 0)
    return handover_store_log_agent (self, business_id, agent_id, error);

  g_set_error_literal (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_NOT_FOUND, "There is no such key.");
  return FALSE;
}
