/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "core/handover-event.h"

G_DEFINE_FINAL_TYPE (HandoverEvent, handover_event, HANDOVER_TYPE_RECORD)

static const HandoverMember members[] = {
  HANDOVER_MEMBER (HandoverEvent, sequence, INTEGER, REQUIRED),
  HANDOVER_MEMBER (HandoverEvent, kind, STRING, REQUIRED),
  HANDOVER_MEMBER (HandoverEvent, at, TIME, REQUIRED),
  HANDOVER_MEMBER_TYPED (HandoverEvent, conversation, RECORD, OPTIONAL, handover_conversation_get_type),
  HANDOVER_MEMBER_TYPED (HandoverEvent, message, RECORD, OPTIONAL, handover_message_get_type),
  HANDOVER_MEMBER_TYPED (HandoverEvent, escalation, RECORD, OPTIONAL, handover_escalation_get_type),
  HANDOVER_MEMBER_TYPED (HandoverEvent, operator, RECORD, OPTIONAL, handover_operator_get_type),
  HANDOVER_MEMBER_TYPED (HandoverEvent, agent, RECORD, OPTIONAL, handover_agent_get_type),
  HANDOVER_MEMBER_TYPED (HandoverEvent, channel, RECORD, OPTIONAL, handover_channel_account_get_type),
  HANDOVER_MEMBER_TYPED (HandoverEvent, template, RECORD, OPTIONAL, handover_template_get_type),
  HANDOVER_MEMBER_TYPED (HandoverEvent, business, RECORD, OPTIONAL, handover_business_get_type),
  HANDOVER_MEMBER_TYPED (HandoverEvent, customer, RECORD, OPTIONAL, handover_customer_get_type),
};

static void
handover_event_class_init (HandoverEventClass *klass)
{
  handover_record_class_set_members (HANDOVER_RECORD_CLASS (klass), members, G_N_ELEMENTS (members));
}

static void
handover_event_init (HandoverEvent *self)
{
}
