/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/store/handover-store-people.h"

#include "service/store/handover-store-rows.h"

/**
 * handover_store_find_colleague:
 * @self: a store
 * @business_id: whose
 * @operator_id: an operator's id
 * @person: (out) (transfer full) (nullable): the operator as others see them; %NULL if there is none
 * @available: (out): whether they are active and not away
 * @error: return location for an error
 *
 * Looks an operator up as somebody to hand a conversation to.
 *
 * Returns: whether they could be looked up
 */
gboolean
handover_store_find_colleague (HandoverStore   *self,
                               const char      *business_id,
                               const char      *operator_id,
                               HandoverPerson **person,
                               gboolean        *available,
                               GError         **error)
{
  HandoverStatement *statement = handover_database_prepare (handover_store_get_database (self), "desk.colleague", error);
  gboolean row;

  *person = NULL;
  *available = FALSE;
  if (statement == NULL)
    return FALSE;

  handover_statement_bind (statement, "tt", business_id, operator_id);
  if (!handover_statement_step (statement, &row, error))
    return FALSE;
  if (row)
    {
      *person = handover_store_read_person (statement, 0, 1);
      *available = handover_statement_get_int (statement, 2) != 0;
    }
  handover_statement_reset (statement);
  return TRUE;
}

/**
 * handover_store_is_agent_able:
 * @self: a store
 * @business_id: whose
 * @agent_id: (nullable): an agent's id
 * @able: (out): whether it is enabled and has a key
 * @error: return location for an error
 *
 * Tells whether an agent can answer.
 *
 * Returns: whether it could be looked up
 */
gboolean
handover_store_is_agent_able (HandoverStore  *self,
                              const char     *business_id,
                              const char     *agent_id,
                              gboolean       *able,
                              GError        **error)
{
  HandoverStatement *statement = handover_database_prepare (handover_store_get_database (self), "desk.agent_is_able", error);
  gboolean row;

  *able = FALSE;
  if (statement == NULL)
    return FALSE;

  handover_statement_bind (statement, "tt", business_id, agent_id);
  if (!handover_statement_step (statement, &row, error))
    return FALSE;
  *able = row && handover_statement_get_int (statement, 0) > 0;
  handover_statement_reset (statement);
  return TRUE;
}

/**
 * handover_store_get_transition_message:
 * @self: a store
 * @business_id: whose
 * @text: (out) (transfer full) (nullable): the text
 * @error: return location for an error
 *
 * Gets what a business tells its customers when a person is called.
 *
 * Returns: whether it could be read
 */
gboolean
handover_store_get_transition_message (HandoverStore  *self,
                                       const char     *business_id,
                                       char          **text,
                                       GError        **error)
{
  HandoverStatement *statement = handover_database_prepare (handover_store_get_database (self), "desk.transition_message", error);
  gboolean row;

  *text = NULL;
  if (statement == NULL)
    return FALSE;

  handover_statement_bind (statement, "t", business_id);
  if (!handover_statement_step (statement, &row, error))
    return FALSE;
  if (row)
    *text = handover_statement_dup_text (statement, 0);
  handover_statement_reset (statement);
  return TRUE;
}
