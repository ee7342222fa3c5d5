/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "core/handover-conversation.h"

#include "core/handover-enum-types.h"

G_DEFINE_FINAL_TYPE (HandoverConversation, handover_conversation, HANDOVER_TYPE_RECORD)

static const HandoverMember members[] = {
  HANDOVER_MEMBER (HandoverConversation, id, STRING, REQUIRED),
  HANDOVER_MEMBER (HandoverConversation, external_id, STRING, OPTIONAL),
  HANDOVER_MEMBER_TYPED (HandoverConversation, channel, RECORD, REQUIRED, handover_channel_reference_get_type),
  HANDOVER_MEMBER (HandoverConversation, agent_id, STRING, OPTIONAL),
  HANDOVER_MEMBER_TYPED (HandoverConversation, customer, RECORD, REQUIRED, handover_customer_get_type),
  HANDOVER_MEMBER_TYPED (HandoverConversation, control, ENUM, REQUIRED, handover_control_get_type),
  HANDOVER_MEMBER (HandoverConversation, epoch, INTEGER, REQUIRED),
  HANDOVER_MEMBER_TYPED (HandoverConversation, holder, RECORD, OPTIONAL, handover_person_get_type),
  HANDOVER_MEMBER (HandoverConversation, waiting_since, TIME, OPTIONAL),
  HANDOVER_MEMBER_TYPED (HandoverConversation, escalation, RECORD, OPTIONAL, handover_escalation_get_type),
  HANDOVER_MEMBER (HandoverConversation, metadata, JSON, REQUIRED),
  HANDOVER_MEMBER_TYPED (HandoverConversation, last_message, RECORD, OPTIONAL, handover_preview_get_type),
  HANDOVER_MEMBER (HandoverConversation, unread_count, INTEGER, REQUIRED),
  HANDOVER_MEMBER (HandoverConversation, created_at, TIME, REQUIRED),
  HANDOVER_MEMBER (HandoverConversation, updated_at, TIME, REQUIRED),
  HANDOVER_MEMBER (HandoverConversation, version, INTEGER, REQUIRED),
};

static void
handover_conversation_class_init (HandoverConversationClass *klass)
{
  handover_record_class_set_members (HANDOVER_RECORD_CLASS (klass), members, G_N_ELEMENTS (members));
}

static void
handover_conversation_init (HandoverConversation *self)
{
}
