/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "core/handover-control-machine.h"
#include "core/handover-conversation.h"
#include "service/store/handover-store-messages.h"

G_BEGIN_DECLS

/**
 * HandoverDeskCase:
 * @store: the store of the running transaction
 * @business_id: whose conversation it is
 * @conversation: the conversation as the command changes it
 * @ended: (nullable): the escalation that the command resolved
 *
 * One conversation while one command works on it. What the command does is collected here and written, with one
 * event for the conversation, by handover_desk_case_finish().
 */
typedef struct
{
  HandoverStore *store;
  char *business_id;
  HandoverConversation *conversation;
  HandoverEscalation *ended;

  /*< private >*/
  const char *escalation_event;
  gboolean dirty;
  gboolean touched;
  gboolean control_changed;
} HandoverDeskCase;

/**
 * HandoverDeskDetails:
 * @actor: (nullable): the operator who acts
 * @target: (nullable): the colleague, for a transfer
 * @trigger: why an escalation is opened, where the caller knows
 * @summary: (nullable): the same in words
 * @confidence: how sure the agent was; negative when it did not say
 * @sentiment: (nullable): how the customer feels
 * @priority: how urgent it is; UNKNOWN for the trigger's own
 * @evidence: (nullable): the messages that show it
 * @resolution: how it ended, for resolving
 * @brief: (nullable): what the AI is told, for handing back
 *
 * What a command brings along that does not decide anything.
 */
typedef struct
{
  HandoverPerson *actor;
  HandoverPerson *target;
  HandoverTrigger trigger;
  const char *summary;
  double confidence;
  const char *sentiment;
  HandoverPriority priority;
  char **evidence;
  HandoverResolution resolution;
  const char *brief;
} HandoverDeskDetails;

HandoverDeskCase *handover_desk_case_new    (HandoverStore                *store,
                                             const char                   *business_id,
                                             HandoverConversation         *conversation);
HandoverDeskCase *handover_desk_case_open   (HandoverStore                *store,
                                             const char                   *business_id,
                                             const char                   *conversation_id,
                                             GError                      **error);
void              handover_desk_case_free   (HandoverDeskCase             *self);

void              handover_desk_case_touch  (HandoverDeskCase             *self);
void              handover_desk_case_alter  (HandoverDeskCase             *self);
gboolean          handover_desk_case_update (HandoverDeskCase             *self,
                                             GError                      **error);
gboolean          handover_desk_case_advance (HandoverDeskCase             *self,
                                              HandoverReceipt               receipt,
                                              GError                      **error);
gboolean          handover_desk_case_add    (HandoverDeskCase             *self,
                                             HandoverMessage              *message,
                                             const HandoverMessageOrigin  *origin,
                                             GError                      **error);
gboolean          handover_desk_case_decide (HandoverDeskCase             *self,
                                             HandoverControlInput         *input,
                                             HandoverTransition           *transition,
                                             GError                      **error);
gboolean          handover_desk_case_apply  (HandoverDeskCase             *self,
                                             const HandoverTransition     *transition,
                                             const HandoverDeskDetails    *details,
                                             GError                      **error);
gboolean          handover_desk_case_finish (HandoverDeskCase             *self,
                                             GError                      **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HandoverDeskCase, handover_desk_case_free)

G_END_DECLS
