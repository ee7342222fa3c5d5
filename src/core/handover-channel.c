/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "core/handover-channel.h"

#include "core/handover-enum-types.h"

G_DEFINE_FINAL_TYPE (HandoverChannel, handover_channel, HANDOVER_TYPE_RECORD)

static const HandoverMember members[] = {
  HANDOVER_MEMBER (HandoverChannel, id, STRING, OPTIONAL),
  HANDOVER_MEMBER_TYPED (HandoverChannel, kind, ENUM, REQUIRED, handover_channel_kind_get_type),
};

static void
handover_channel_class_init (HandoverChannelClass *klass)
{
  handover_record_class_set_members (HANDOVER_RECORD_CLASS (klass), members, G_N_ELEMENTS (members));
}

static void
handover_channel_init (HandoverChannel *self)
{
}
