/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "service/desk/handover-desk-agent.h"

G_BEGIN_DECLS

/**
 * HandoverDeskCall:
 * @external_id: the agent's name for the conversation, which is made if it is new
 * @channel: where it takes place, if it is new
 * @contact: (nullable): what is told of the customer
 * @trigger: why
 * @summary: the same in words
 * @confidence: how sure the agent was; negative when it did not say
 * @sentiment: (nullable): how the customer feels
 * @priority: how urgent it is; UNKNOWN for the trigger's own
 * @evidence: (nullable): the messages that show it, by their ids or the agent's own
 * @metadata: (nullable): what the agent knows
 * @lines: (nullable) (array length=n_lines): the transcript, or its end
 * @n_lines: its length
 *
 * A call for a person.
 */
typedef struct
{
  const char *external_id;
  HandoverChannelKind channel;
  HandoverCustomer *contact;
  HandoverTrigger trigger;
  const char *summary;
  double confidence;
  const char *sentiment;
  HandoverPriority priority;
  char **evidence;
  JsonObject *metadata;
  const HandoverDeskLine *lines;
  guint n_lines;
} HandoverDeskCall;

gboolean handover_desk_escalate (HandoverStore           *store,
                                 const char              *business_id,
                                 const char              *agent_id,
                                 const HandoverDeskCall  *call,
                                 HandoverConversation   **conversation,
                                 gboolean                *opened,
                                 char                   **transition_message,
                                 GError                 **error);

G_END_DECLS
