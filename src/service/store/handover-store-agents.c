/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/store/handover-store-agents.h"

#include "core/handover-enum-types.h"
#include "core/handover-enums.h"
#include "core/handover-time.h"
#include "service/store/handover-store-rows.h"

static gpointer
read_agent (HandoverStatement *row)
{
  HandoverAgent *agent = g_object_new (HANDOVER_TYPE_AGENT, NULL);

  agent->id = handover_statement_dup_text (row, 0);
  agent->name = handover_statement_dup_text (row, 1);
  agent->kind = handover_enum_from_nick (HANDOVER_TYPE_AGENT_KIND, handover_statement_get_text (row, 2));
  agent->enabled = handover_statement_get_int (row, 3) != 0;
  agent->last_seen_at = handover_statement_get_int (row, 4);
  agent->keys = json_from_string (handover_statement_get_text (row, 5), NULL);

  return agent;
}

/**
 * handover_store_get_agent:
 * @self: a store
 * @business_id: the business
 * @agent_id: the agent
 * @error: return location for an error
 *
 * Gets an agent of a business.
 *
 * Returns: (transfer full) (nullable): the agent
 */
HandoverAgent *
handover_store_get_agent (HandoverStore  *self,
                          const char     *business_id,
                          const char     *agent_id,
                          GError        **error)
{
  return handover_store_read_one (self, read_agent, "agent", error, "agent.by_id", "tt", business_id, agent_id);
}

/**
 * handover_store_list_agents:
 * @self: a store
 * @business_id: the business
 * @error: return location for an error
 *
 * Lists the agents of a business, the oldest first.
 *
 * Returns: (transfer full) (element-type HandoverAgent) (nullable): the agents
 */
GPtrArray *
handover_store_list_agents (HandoverStore  *self,
                            const char     *business_id,
                            GError        **error)
{
  return handover_store_read_all (self, read_agent, g_object_unref, error, "agent.list", "t", business_id);
}

/**
 * handover_store_is_agent_reachable:
 * @self: a store
 * @business_id: the business
 * @agent_id: the agent
 * @reachable: (out): whether it is enabled and has a key
 * @error: return location for an error
 *
 * Tells whether an agent can answer at all.
 *
 * Returns: whether it could look
 */
gboolean
handover_store_is_agent_reachable (HandoverStore  *self,
                                   const char     *business_id,
                                   const char     *agent_id,
                                   gboolean       *reachable,
                                   GError        **error)
{
  HandoverStatement *row;

  if (!handover_store_look_up (self, &row, error, "agent.is_reachable", "tt", business_id, agent_id))
    return FALSE;

  *reachable = row != NULL;
  if (row != NULL)
    handover_statement_reset (row);
  return TRUE;
}

/**
 * handover_store_add_agent:
 * @self: the writer's store
 * @business_id: the business
 * @agent: a new agent
 * @error: return location for an error
 *
 * Stores a new agent and logs it.
 *
 * Returns: whether it was stored
 */
gboolean
handover_store_add_agent (HandoverStore  *self,
                          const char     *business_id,
                          HandoverAgent  *agent,
                          GError        **error)
{
  return handover_database_run (handover_store_get_database (self), "agent.insert", error, "ttttii",
                                agent->id, business_id, agent->name,
                                handover_enum_to_nick (HANDOVER_TYPE_AGENT_KIND, agent->kind),
                                (gint64) agent->enabled, handover_time_now ()) &&
         handover_store_append_event (self, business_id, "agent.created", HANDOVER_RECORD (agent), NULL, error);
}

/**
 * handover_store_update_agent:
 * @self: the writer's store
 * @business_id: the business
 * @agent: an agent whose name or being enabled was changed
 * @error: return location for an error
 *
 * Stores a changed agent and logs it.
 *
 * Returns: whether it was stored
 */
gboolean
handover_store_update_agent (HandoverStore  *self,
                             const char     *business_id,
                             HandoverAgent  *agent,
                             GError        **error)
{
  return handover_database_run (handover_store_get_database (self), "agent.update", error, "ttti",
                                business_id, agent->id, agent->name, (gint64) agent->enabled) &&
         handover_store_append_event (self, business_id, "agent.updated", HANDOVER_RECORD (agent), NULL, error);
}

/**
 * handover_store_log_agent:
 * @self: the writer's store
 * @business_id: the business
 * @agent_id: an agent of which something else changed than its own row, such as its keys
 * @error: return location for an error
 *
 * Logs an agent as it is now.
 *
 * Returns: whether it was logged
 */
gboolean
handover_store_log_agent (HandoverStore  *self,
                          const char     *business_id,
                          const char     *agent_id,
                          GError        **error)
{
  g_autoptr (HandoverAgent) agent = handover_store_get_agent (self, business_id, agent_id, error);

  return agent != NULL &&
         handover_store_append_event (self, business_id, "agent.updated", HANDOVER_RECORD (agent), NULL, error);
}

/**
 * handover_store_note_agent_seen:
 * @self: the writer's store
 * @business_id: the business
 * @agent_id: the agent
 * @now: the time in milliseconds
 * @since: nothing is noted of an agent that was heard of then or later
 * @error: return location for an error
 *
 * Notes when an agent was last heard of. Operators are told, so it is done once a while, however many calls of the
 * agent's come at the same time.
 *
 * Returns: whether it was stored
 */
gboolean
handover_store_note_agent_seen (HandoverStore  *self,
                                const char     *business_id,
                                const char     *agent_id,
                                gint64          now,
                                gint64          since,
                                GError        **error)
{
  HandoverDatabase *database = handover_store_get_database (self);

  return handover_database_run (database, "agent.seen", error, "ttii", business_id, agent_id, now, since) &&
         (handover_database_get_changes (database) == 0 || handover_store_log_agent (self, business_id, agent_id, error));
}
