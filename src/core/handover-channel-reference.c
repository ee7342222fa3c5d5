/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "core/handover-channel-reference.h"

#include "core/handover-enum-types.h"

G_DEFINE_FINAL_TYPE (HandoverChannelReference, handover_channel_reference, HANDOVER_TYPE_RECORD)

static const HandoverMember members[] = {
  HANDOVER_MEMBER (HandoverChannelReference, id, STRING, OPTIONAL),
  HANDOVER_MEMBER_TYPED (HandoverChannelReference, kind, ENUM, REQUIRED, handover_channel_kind_get_type),
};

static void
handover_channel_reference_class_init (HandoverChannelReferenceClass *klass)
{
  handover_record_class_set_members (HANDOVER_RECORD_CLASS (klass), members, G_N_ELEMENTS (members));
}

static void
handover_channel_reference_init (HandoverChannelReference *self)
{
}
