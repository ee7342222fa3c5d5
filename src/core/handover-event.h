/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "core/handover-agent.h"
#include "core/handover-business.h"
#include "core/handover-channel-account.h"
#include "core/handover-conversation.h"
#include "core/handover-customer.h"
#include "core/handover-escalation.h"
#include "core/handover-message.h"
#include "core/handover-operator.h"
#include "core/handover-template.h"

G_BEGIN_DECLS

#define HANDOVER_TYPE_EVENT (handover_event_get_type ())

G_DECLARE_FINAL_TYPE (HandoverEvent, handover_event, HANDOVER, EVENT, HandoverRecord)

/**
 * HandoverEvent:
 *
 * One numbered line of a business's log, with the changed object under its name.
 *
 * Its members are read-only for everybody but the code that makes it.
 */
struct _HandoverEvent
{
  HandoverRecord parent_instance;

  /*< public >*/
  gint64 sequence;
  char *kind;
  gint64 at;
  HandoverConversation *conversation;
  HandoverMessage *message;
  HandoverEscalation *escalation;
  HandoverOperator *operator;
  HandoverAgent *agent;
  HandoverChannelAccount *channel;
  HandoverTemplate *template;
  HandoverBusiness *business;
  HandoverCustomer *customer;
};

G_END_DECLS
