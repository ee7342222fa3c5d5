/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "core/handover-channel-account.h"

#include "core/handover-enum-types.h"

G_DEFINE_FINAL_TYPE (HandoverChannelAccount, handover_channel_account, HANDOVER_TYPE_RECORD)

static const HandoverMember members[] = {
  HANDOVER_MEMBER (HandoverChannelAccount, id, STRING, REQUIRED),
  HANDOVER_MEMBER_TYPED (HandoverChannelAccount, kind, ENUM, REQUIRED, handover_channel_kind_get_type),
  HANDOVER_MEMBER (HandoverChannelAccount, name, STRING, REQUIRED),
  HANDOVER_MEMBER (HandoverChannelAccount, handle, STRING, OPTIONAL),
  HANDOVER_MEMBER (HandoverChannelAccount, agent_id, STRING, OPTIONAL),
  HANDOVER_MEMBER_TYPED (HandoverChannelAccount, state, ENUM, REQUIRED, handover_channel_state_get_type),
  HANDOVER_MEMBER (HandoverChannelAccount, last_received_at, TIME, OPTIONAL),
  HANDOVER_MEMBER (HandoverChannelAccount, last_sent_at, TIME, OPTIONAL),
  HANDOVER_MEMBER (HandoverChannelAccount, last_error, STRING, OPTIONAL),
  HANDOVER_MEMBER (HandoverChannelAccount, last_error_at, TIME, OPTIONAL),
  HANDOVER_MEMBER (HandoverChannelAccount, created_at, TIME, REQUIRED),
  HANDOVER_MEMBER (HandoverChannelAccount, version, INTEGER, REQUIRED),
};

static void
handover_channel_account_class_init (HandoverChannelAccountClass *klass)
{
  handover_record_class_set_members (HANDOVER_RECORD_CLASS (klass), members, G_N_ELEMENTS (members));
}

static void
handover_channel_account_init (HandoverChannelAccount *self)
{
}
