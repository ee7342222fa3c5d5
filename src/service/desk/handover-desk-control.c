/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/desk/handover-desk-control.h"

#include "core/handover-problem.h"
#include "service/desk/handover-desk-case.h"
#include "service/store/handover-store-conversations.h"
#include "service/store/handover-store-operators.h"

/* Asks for one transition and makes it. */
static HandoverConversation *
change_control (HandoverDeskCase           *desk_case,
                HandoverControlInput       *input,
                const HandoverDeskDetails  *details,
                GError                    **error)
{
  HandoverTransition transition;

  if (!handover_desk_case_decide (desk_case, input, &transition, error) ||
      !handover_desk_case_apply (desk_case, &transition, details, error) ||
      !handover_desk_case_finish (desk_case, error))
    return NULL;

  return g_object_ref (desk_case->conversation);
}

/**
 * handover_desk_claim:
 * @store: the writer's store
 * @business_id: whose
 * @actor: the operator who takes over
 * @conversation_id: which conversation
 * @error: return location for an error, `already_claimed` naming the holder
 *
 * Takes a conversation over. Claiming what one already holds changes nothing.
 *
 * Returns: (transfer full): the conversation as it is now, or %NULL with @error set
 */
HandoverConversation *
handover_desk_claim (HandoverStore   *store,
                     const char      *business_id,
                     HandoverPerson  *actor,
                     const char      *conversation_id,
                     GError         **error)
{
  g_autoptr (HandoverDeskCase) desk_case = handover_desk_case_open (store, business_id, conversation_id, error);
  HandoverControlInput input = { .command = HANDOVER_COMMAND_CLAIM, .actor_id = actor->id };
  HandoverDeskDetails details = { .actor = actor, .confidence = -1 };

  return desk_case != NULL ? change_control (desk_case, &input, &details, error) : NULL;
}

/**
 * handover_desk_release:
 * @store: the writer's store
 * @business_id: whose
 * @actor: the holder
 * @conversation_id: which conversation
 * @error: return location for an error
 *
 * Gives a conversation back to those who wait for a person.
 *
 * Returns: (transfer full): the conversation as it is now, or %NULL with @error set
 */
HandoverConversation *
handover_desk_release (HandoverStore   *store,
                       const char      *business_id,
                       HandoverPerson  *actor,
                       const char      *conversation_id,
                       GError         **error)
{
  g_autoptr (HandoverDeskCase) desk_case = handover_desk_case_open (store, business_id, conversation_id, error);
  HandoverControlInput input = { .command = HANDOVER_COMMAND_RELEASE, .actor_id = actor->id };
  HandoverDeskDetails details = { .actor = actor, .confidence = -1 };

  return desk_case != NULL ? change_control (desk_case, &input, &details, error) : NULL;
}

/* Finds the colleague; one that does not exist is refused like one that is away. */
static gboolean
find_target (HandoverStore   *store,
             const char      *business_id,
             const char      *target_id,
             HandoverPerson **target,
             gboolean        *available,
             GError         **error)
{
  g_autoptr (GError) inner = NULL;
  g_autoptr (HandoverOperator) operator = handover_store_get_operator (store, business_id, target_id, &inner);

  *target = NULL;
  *available = FALSE;
  if (g_error_matches (inner, HANDOVER_PROBLEM, HANDOVER_PROBLEM_NOT_FOUND))
    return TRUE;
  if (operator == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&inner));
      return FALSE;
    }

  *target = g_object_new (HANDOVER_TYPE_PERSON, NULL);
  (*target)->id = g_strdup (operator->id);
  (*target)->name = g_strdup (operator->name);
  *available = operator->active && operator->presence == HANDOVER_PRESENCE_AVAILABLE;
  return TRUE;
}

/**
 * handover_desk_transfer:
 * @store: the writer's store
 * @business_id: whose
 * @actor: the holder
 * @conversation_id: which conversation
 * @target_id: the colleague's id
 * @error: return location for an error
 *
 * Passes a conversation to a colleague.
 *
 * Returns: (transfer full): the conversation as it is now, or %NULL with @error set
 */
HandoverConversation *
handover_desk_transfer (HandoverStore   *store,
                        const char      *business_id,
                        HandoverPerson  *actor,
                        const char      *conversation_id,
                        const char      *target_id,
                        GError         **error)
{
  g_autoptr (HandoverDeskCase) desk_case = handover_desk_case_open (store, business_id, conversation_id, error);
  g_autoptr (HandoverPerson) target = NULL;
  HandoverControlInput input = { .command = HANDOVER_COMMAND_TRANSFER, .actor_id = actor->id };
  HandoverDeskDetails details = { .actor = actor, .confidence = -1 };

  if (desk_case == NULL ||
      !find_target (store, business_id, target_id, &target, &input.target_available, error))
    return NULL;

  input.target_id = target != NULL ? target->id : NULL;
  details.target = target;
  return change_control (desk_case, &input, &details, error);
}

/**
 * handover_desk_resolve:
 * @store: the writer's store
 * @business_id: whose
 * @actor: the holder
 * @conversation_id: which conversation
 * @outcome: whether it is closed or handed back to the AI
 * @resolution: how it ended; UNKNOWN for what goes without saying
 * @brief: (nullable): what the AI is told; dropped when closing
 * @error: return location for an error
 *
 * Ends the escalation.
 *
 * Returns: (transfer full): the conversation as it is now, or %NULL with @error set
 */
HandoverConversation *
handover_desk_resolve (HandoverStore       *store,
                       const char          *business_id,
                       HandoverPerson      *actor,
                       const char          *conversation_id,
                       HandoverOutcome      outcome,
                       HandoverResolution   resolution,
                       const char          *brief,
                       GError             **error)
{
  g_autoptr (HandoverDeskCase) desk_case = handover_desk_case_open (store, business_id, conversation_id, error);
  gboolean resume = outcome == HANDOVER_OUTCOME_RESUME_AGENT;
  HandoverControlInput input = {
    .command = resume ? HANDOVER_COMMAND_RESUME_AGENT : HANDOVER_COMMAND_CLOSE,
    .actor_id = actor->id,
  };
  HandoverDeskDetails details = { .actor = actor, .confidence = -1, .resolution = resolution, .brief = brief };

  if (resolution == HANDOVER_RESOLUTION_UNKNOWN)
    details.resolution = resume ? HANDOVER_RESOLUTION_CONTINUE : HANDOVER_RESOLUTION_SOLVED;

  return desk_case != NULL ? change_control (desk_case, &input, &details, error) : NULL;
}

/**
 * handover_desk_release_all_of:
 * @store: the writer's store
 * @business_id: whose
 * @operator_id: an operator who is being deactivated
 * @error: return location for an error
 *
 * Lets everything that an operator holds wait for a person again.
 *
 * Returns: whether all of it was written
 */
gboolean
handover_desk_release_all_of (HandoverStore  *store,
                              const char     *business_id,
                              const char     *operator_id,
                              GError        **error)
{
  g_autoptr (GPtrArray) held = handover_store_list_held (store, business_id, operator_id, error);

  if (held == NULL)
    return FALSE;

  for (guint i = 0; i < held->len; i++)
    {
      HandoverConversation *conversation = held->pdata[i];
      g_autoptr (HandoverPerson) holder = g_object_ref (conversation->holder);
      g_autoptr (HandoverDeskCase) desk_case = handover_desk_case_new (store, business_id, g_object_ref (conversation));
      g_autoptr (HandoverConversation) released = NULL;
      HandoverControlInput input = { .command = HANDOVER_COMMAND_HOLDER_LOST, .actor_id = operator_id };
      HandoverDeskDetails details = { .actor = holder, .confidence = -1 };

      released = change_control (desk_case, &input, &details, error);
      if (released == NULL)
        return FALSE;
    }

  return TRUE;
}
