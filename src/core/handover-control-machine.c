/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "core/handover-control-machine.h"

#include "core/handover-problem.h"

/* The one place that decides who may speak. It is pure: it reads what it is given and nothing else, so that the
 * service can decide with it inside a transaction and the app can know with it which buttons apply. */

static gboolean
refuse (GError         **error,
        HandoverProblem  problem,
        const char      *detail)
{
  g_set_error_literal (error, HANDOVER_PROBLEM, problem, detail);
  return FALSE;
}

static gboolean
is_holder (const HandoverControlState *state,
           const HandoverControlInput *input)
{
  return state->control == HANDOVER_CONTROL_OPERATOR && g_strcmp0 (state->holder_id, input->actor_id) == 0;
}

static void
move (HandoverTransition *transition,
      HandoverControl     control,
      const char         *holder_id)
{
  transition->next.control = control;
  transition->next.holder_id = holder_id;
  transition->next.epoch++;
  transition->next.escalation_open = control == HANDOVER_CONTROL_WAITING || control == HANDOVER_CONTROL_OPERATOR;
  transition->changed = TRUE;
}

static gboolean
escalate (const HandoverControlState *state,
          HandoverTransition         *transition)
{
  if (state->escalation_open)
    {
      transition->escalation = HANDOVER_ESCALATION_ADD;
      return TRUE;
    }

  move (transition, HANDOVER_CONTROL_WAITING, NULL);
  transition->escalation = HANDOVER_ESCALATION_OPEN;
  transition->transition_message = state->control == HANDOVER_CONTROL_AGENT;
  transition->change = HANDOVER_CHANGE_KIND_ESCALATED;
  return TRUE;
}

static gboolean
check_agent_epoch (const HandoverControlState  *state,
                   const HandoverControlInput  *input,
                   GError                     **error)
{
  if (input->epoch == 0 && state->epoch > 1)
    return refuse (error, HANDOVER_PROBLEM_EPOCH_REQUIRED,
                   "Control has changed before in this conversation; send the epoch that your turn began with");
  if (input->epoch != 0 && input->epoch != state->epoch)
    return refuse (error, HANDOVER_PROBLEM_STALE_EPOCH,
                   "Control has changed since your turn began; read the conversation again before you answer");

  return TRUE;
}

static gboolean
agent_message (const HandoverControlState  *state,
               const HandoverControlInput  *input,
               GError                     **error)
{
  if (state->control != HANDOVER_CONTROL_AGENT)
    return refuse (error, HANDOVER_PROBLEM_CONVERSATION_FROZEN,
                   "A person has been asked for or the conversation is closed; stay silent until control is yours again");
  if (!input->agent_enabled)
    return refuse (error, HANDOVER_PROBLEM_CONVERSATION_FROZEN,
                   "This agent is switched off; stay silent until somebody switches it on again");

  return check_agent_epoch (state, input, error);
}

static gboolean
agent_close (const HandoverControlState  *state,
             const HandoverControlInput  *input,
             HandoverTransition          *transition,
             GError                     **error)
{
  if (state->control == HANDOVER_CONTROL_CLOSED)
    return TRUE;
  if (state->control != HANDOVER_CONTROL_AGENT)
    return refuse (error, HANDOVER_PROBLEM_CONVERSATION_FROZEN, "Only a person can close a conversation that waits for one");
  if (input->epoch != 0 && !check_agent_epoch (state, input, error))
    return FALSE;

  move (transition, HANDOVER_CONTROL_CLOSED, NULL);
  transition->change = HANDOVER_CHANGE_KIND_CLOSED;
  return TRUE;
}

static gboolean
customer_message (const HandoverControlState *state,
                  const HandoverControlInput *input,
                  HandoverTransition         *transition)
{
  if (state->escalation_open || (state->control == HANDOVER_CONTROL_AGENT && input->agent_enabled))
    return TRUE;

  if (input->agent_enabled)
    {
      move (transition, HANDOVER_CONTROL_AGENT, NULL);
      transition->change = HANDOVER_CHANGE_KIND_REOPENED;
      return TRUE;
    }

  move (transition, HANDOVER_CONTROL_WAITING, NULL);
  transition->escalation = HANDOVER_ESCALATION_OPEN;
  transition->change = HANDOVER_CHANGE_KIND_ESCALATED;
  transition->transition_message = state->control == HANDOVER_CONTROL_AGENT;
  transition->trigger = state->control == HANDOVER_CONTROL_AGENT ? HANDOVER_TRIGGER_AGENT_FAILURE
                                                                 : HANDOVER_TRIGGER_CUSTOMER_RETURNED;
  return TRUE;
}

static gboolean
claim (const HandoverControlState  *state,
       const HandoverControlInput  *input,
       HandoverTransition          *transition,
       GError                     **error)
{
  if (is_holder (state, input))
    return TRUE;
  if (state->control == HANDOVER_CONTROL_OPERATOR)
    return refuse (error, HANDOVER_PROBLEM_ALREADY_CLAIMED, "Somebody else is answering this conversation");

  move (transition, HANDOVER_CONTROL_OPERATOR, input->actor_id);
  transition->change = HANDOVER_CHANGE_KIND_CLAIMED;
  if (state->escalation_open)
    {
      transition->escalation = HANDOVER_ESCALATION_CLAIM;
      return TRUE;
    }

  transition->escalation = HANDOVER_ESCALATION_OPEN_AND_CLAIM;
  transition->trigger = HANDOVER_TRIGGER_OPERATOR_TAKEOVER;
  transition->transition_message = state->control == HANDOVER_CONTROL_AGENT;
  return TRUE;
}

static gboolean
reply (const HandoverControlState  *state,
       const HandoverControlInput  *input,
       GError                     **error)
{
  if (input->epoch != 0 && input->epoch != state->epoch)
    return refuse (error, HANDOVER_PROBLEM_STALE_EPOCH, "Control has changed since you wrote this; read on before you send it");

  return TRUE;
}

static gboolean
transfer (const HandoverControlInput  *input,
          HandoverTransition          *transition,
          GError                     **error)
{
  if (input->target_id == NULL || !input->target_available || g_strcmp0 (input->target_id, input->actor_id) == 0)
    return refuse (error, HANDOVER_PROBLEM_OPERATOR_UNAVAILABLE, "Choose a colleague who is available");

  move (transition, HANDOVER_CONTROL_OPERATOR, input->target_id);
  transition->escalation = HANDOVER_ESCALATION_CLAIM;
  transition->change = HANDOVER_CHANGE_KIND_TRANSFERRED;
  return TRUE;
}

static gboolean
resume_agent (const HandoverControlInput  *input,
              HandoverTransition          *transition,
              GError                     **error)
{
  if (!input->agent_enabled)
    return refuse (error, HANDOVER_PROBLEM_NO_AGENT, "No AI agent is enabled for this conversation; close it or enable the agent");

  move (transition, HANDOVER_CONTROL_AGENT, NULL);
  transition->escalation = HANDOVER_ESCALATION_RESOLVE;
  transition->change = HANDOVER_CHANGE_KIND_RESUMED;
  return TRUE;
}

static gboolean
release (HandoverTransition *transition)
{
  move (transition, HANDOVER_CONTROL_WAITING, NULL);
  transition->escalation = HANDOVER_ESCALATION_RELEASE;
  transition->change = HANDOVER_CHANGE_KIND_RELEASED;
  return TRUE;
}

static gboolean
close_by_operator (HandoverTransition *transition)
{
  move (transition, HANDOVER_CONTROL_CLOSED, NULL);
  transition->escalation = HANDOVER_ESCALATION_RESOLVE;
  transition->change = HANDOVER_CHANGE_KIND_CLOSED;
  return TRUE;
}

static gboolean
apply_as_holder (const HandoverControlState  *state,
                 const HandoverControlInput  *input,
                 HandoverTransition          *transition,
                 GError                     **error)
{
  if (!is_holder (state, input))
    return refuse (error, HANDOVER_PROBLEM_NOT_HOLDER, "Take over the conversation first");

  switch (input->command)
    {
    case HANDOVER_COMMAND_REPLY:
      return reply (state, input, error);
    case HANDOVER_COMMAND_RELEASE:
      return release (transition);
    case HANDOVER_COMMAND_TRANSFER:
      return transfer (input, transition, error);
    case HANDOVER_COMMAND_RESUME_AGENT:
      return resume_agent (input, transition, error);
    case HANDOVER_COMMAND_CLOSE:
      return close_by_operator (transition);
    case HANDOVER_COMMAND_ESCALATE:
    case HANDOVER_COMMAND_AGENT_MESSAGE:
    case HANDOVER_COMMAND_AGENT_CLOSE:
    case HANDOVER_COMMAND_CUSTOMER_MESSAGE:
    case HANDOVER_COMMAND_CLAIM:
    case HANDOVER_COMMAND_HOLDER_LOST:
    case HANDOVER_N_COMMANDS:
    default:
      g_assert_not_reached ();
    }
}

/**
 * handover_control_machine_apply:
 * @state: the state before
 * @input: what happens
 * @transition: (out caller-allocates): what it does; untouched by a refusal
 * @error: return location for an error
 *
 * Decides what a command does. A command that changes nothing, like a second claim by the holder, succeeds with
 * @transition's `changed` unset.
 *
 * Returns: %FALSE with a %HANDOVER_PROBLEM error if the command is refused
 */
gboolean
handover_control_machine_apply (const HandoverControlState  *state,
                                const HandoverControlInput  *input,
                                HandoverTransition          *transition,
                                GError                     **error)
{
  HandoverTransition result = { .next = *state };
  gboolean allowed;

  g_return_val_if_fail (state->control != HANDOVER_CONTROL_UNKNOWN, FALSE);

  switch (input->command)
    {
    case HANDOVER_COMMAND_ESCALATE:
      allowed = escalate (state, &result);
      break;
    case HANDOVER_COMMAND_AGENT_MESSAGE:
      allowed = agent_message (state, input, error);
      break;
    case HANDOVER_COMMAND_AGENT_CLOSE:
      allowed = agent_close (state, input, &result, error);
      break;
    case HANDOVER_COMMAND_CUSTOMER_MESSAGE:
      allowed = customer_message (state, input, &result);
      break;
    case HANDOVER_COMMAND_CLAIM:
      allowed = claim (state, input, &result, error);
      break;
    case HANDOVER_COMMAND_HOLDER_LOST:
      allowed = is_holder (state, input) ? release (&result) : TRUE;
      break;
    case HANDOVER_COMMAND_REPLY:
    case HANDOVER_COMMAND_RELEASE:
    case HANDOVER_COMMAND_TRANSFER:
    case HANDOVER_COMMAND_RESUME_AGENT:
    case HANDOVER_COMMAND_CLOSE:
      allowed = apply_as_holder (state, input, &result, error);
      break;
    case HANDOVER_N_COMMANDS:
    default:
      g_return_val_if_reached (FALSE);
    }

  if (allowed)
    *transition = result;
  return allowed;
}

/**
 * handover_control_machine_allows:
 * @state: the state
 * @input: what might happen
 *
 * Tells whether a command would be accepted, for buttons.
 *
 * Returns: %TRUE if handover_control_machine_apply() would succeed
 */
gboolean
handover_control_machine_allows (const HandoverControlState *state,
                                 const HandoverControlInput *input)
{
  HandoverTransition transition;

  return handover_control_machine_apply (state, input, &transition, NULL);
}
