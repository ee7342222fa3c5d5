/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "core/handover-customer.h"
#include "core/handover-message.h"
#include "service/desk/handover-desk-case.h"

G_BEGIN_DECLS

/**
 * HandoverDeskLine:
 * @id: (nullable): the agent's own id of the entry, in a transcript
 * @author: who said or did it
 * @text: what was said
 * @tool: (nullable): what was done
 * @attachments: (nullable): the ids of the files that came with it
 * @reply_to: (nullable): the id of the message that it answers
 * @at: when, or 0 for now
 * @epoch: the epoch that the agent's turn began with, or 0
 *
 * One thing that an agent tells.
 */
typedef struct
{
  const char *id;
  HandoverAuthor author;
  const char *text;
  HandoverTool *tool;
  char **attachments;
  const char *reply_to;
  gint64 at;
  gint64 epoch;
} HandoverDeskLine;

/**
 * HandoverDeskAnswer:
 * @conversation: (nullable): the conversation as it is now
 * @message: (nullable): the message that was stored, or was before
 * @refusal: (nullable): why it was refused; what was written to record that must still be committed
 *
 * What an agent is answered.
 */
typedef struct
{
  HandoverConversation *conversation;
  HandoverMessage *message;
  GError *refusal;
} HandoverDeskAnswer;

void     handover_desk_answer_clear  (HandoverDeskAnswer           *self);

HandoverMessage *handover_desk_line_to_message (const HandoverDeskLine *line);

gboolean handover_desk_agent_message (HandoverStore                *store,
                                      const char                   *business_id,
                                      const char                   *agent_id,
                                      const char                   *external_id,
                                      HandoverCustomer             *contact,
                                      const HandoverDeskLine       *line,
                                      const HandoverMessageOrigin  *origin,
                                      HandoverDeskAnswer           *answer,
                                      GError                      **error);
gboolean handover_desk_agent_close   (HandoverStore                *store,
                                      const char                   *business_id,
                                      const char                   *agent_id,
                                      const char                   *external_id,
                                      gint64                        epoch,
                                      HandoverDeskAnswer           *answer,
                                      GError                      **error);
gboolean handover_desk_agent_status  (HandoverStore                *store,
                                      const char                   *business_id,
                                      const char                   *agent_id,
                                      const char                   *message_id,
                                      HandoverDeliveryState         state,
                                      const char                   *reason,
                                      HandoverDeskAnswer           *answer,
                                      GError                      **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HandoverDeskAnswer, handover_desk_answer_clear)

G_END_DECLS
