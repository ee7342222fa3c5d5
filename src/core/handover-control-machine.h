/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "core/handover-enums.h"

G_BEGIN_DECLS

/**
 * HandoverControlState:
 * @control: who may speak to the customer
 * @epoch: grows by one at each change of control or holder; 1 at first
 * @holder_id: (nullable): the operator who has control, exactly while @control is `operator`
 * @escalation_open: whether an escalation is open, exactly while @control is `waiting` or `operator`
 *
 * What decides who may speak in a conversation.
 */
typedef struct
{
  HandoverControl control;
  gint64 epoch;
  const char *holder_id;
  gboolean escalation_open;
} HandoverControlState;

/**
 * HandoverCommand:
 * @HANDOVER_COMMAND_ESCALATE: the agent calls for a person
 * @HANDOVER_COMMAND_AGENT_MESSAGE: the agent speaks to the customer
 * @HANDOVER_COMMAND_AGENT_CLOSE: the agent ends the conversation
 * @HANDOVER_COMMAND_CUSTOMER_MESSAGE: the customer writes
 * @HANDOVER_COMMAND_CLAIM: an operator takes over
 * @HANDOVER_COMMAND_REPLY: an operator speaks to the customer
 * @HANDOVER_COMMAND_RELEASE: the holder gives control up
 * @HANDOVER_COMMAND_HOLDER_LOST: the holder is deactivated
 * @HANDOVER_COMMAND_TRANSFER: the holder passes control to a colleague
 * @HANDOVER_COMMAND_RESUME_AGENT: the holder hands back to the AI
 * @HANDOVER_COMMAND_CLOSE: the holder ends the conversation
 *
 * What can happen to a conversation.
 */
typedef enum
{
  HANDOVER_COMMAND_ESCALATE,
  HANDOVER_COMMAND_AGENT_MESSAGE,
  HANDOVER_COMMAND_AGENT_CLOSE,
  HANDOVER_COMMAND_CUSTOMER_MESSAGE,
  HANDOVER_COMMAND_CLAIM,
  HANDOVER_COMMAND_REPLY,
  HANDOVER_COMMAND_RELEASE,
  HANDOVER_COMMAND_HOLDER_LOST,
  HANDOVER_COMMAND_TRANSFER,
  HANDOVER_COMMAND_RESUME_AGENT,
  HANDOVER_COMMAND_CLOSE,
  HANDOVER_N_COMMANDS,
} HandoverCommand;

/**
 * HandoverControlInput:
 * @command: what happens
 * @actor_id: (nullable): the operator who acts, for an operator's commands
 * @target_id: (nullable): the colleague, for a transfer
 * @target_available: whether that colleague is active and not away
 * @agent_enabled: whether the conversation has an enabled agent with a key
 * @epoch: the epoch that the caller knows, or 0 where it was left out
 *
 * One happening, with what the machine has to know about the world.
 */
typedef struct
{
  HandoverCommand command;
  const char *actor_id;
  const char *target_id;
  gboolean target_available;
  gboolean agent_enabled;
  gint64 epoch;
} HandoverControlInput;

/**
 * HandoverEscalationStep:
 * @HANDOVER_ESCALATION_KEEP: nothing happens to it
 * @HANDOVER_ESCALATION_ADD: what the call brings is added to the open one
 * @HANDOVER_ESCALATION_OPEN: a new one is opened
 * @HANDOVER_ESCALATION_CLAIM: the open one is claimed
 * @HANDOVER_ESCALATION_OPEN_AND_CLAIM: a new one is opened and claimed at once
 * @HANDOVER_ESCALATION_RELEASE: the open one waits again
 * @HANDOVER_ESCALATION_RESOLVE: the open one is resolved
 *
 * What a transition does to the conversation's escalation.
 */
typedef enum
{
  HANDOVER_ESCALATION_KEEP,
  HANDOVER_ESCALATION_ADD,
  HANDOVER_ESCALATION_OPEN,
  HANDOVER_ESCALATION_CLAIM,
  HANDOVER_ESCALATION_OPEN_AND_CLAIM,
  HANDOVER_ESCALATION_RELEASE,
  HANDOVER_ESCALATION_RESOLVE,
} HandoverEscalationStep;

/**
 * HandoverTransition:
 * @next: the state afterwards; its holder is the input's @actor_id or @target_id, not a copy
 * @changed: whether control or holder change, and so the epoch
 * @escalation: what happens to the escalation
 * @trigger: why one is opened, where the machine itself decides that, else UNKNOWN: the caller's own
 * @transition_message: whether the customer is now told that a person will come
 * @change: what the transcript reports, or UNKNOWN for nothing
 *
 * What a command does.
 */
typedef struct
{
  HandoverControlState next;
  gboolean changed;
  HandoverEscalationStep escalation;
  HandoverTrigger trigger;
  gboolean transition_message;
  HandoverChangeKind change;
} HandoverTransition;

gboolean handover_control_machine_apply  (const HandoverControlState  *state,
                                          const HandoverControlInput  *input,
                                          HandoverTransition          *transition,
                                          GError                     **error);
gboolean handover_control_machine_allows (const HandoverControlState  *state,
                                          const HandoverControlInput  *input);

G_END_DECLS
