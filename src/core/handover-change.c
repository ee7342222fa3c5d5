/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "core/handover-change.h"

#include "core/handover-enum-types.h"

G_DEFINE_FINAL_TYPE (HandoverChange, handover_change, HANDOVER_TYPE_RECORD)

static const HandoverMember members[] = {
  HANDOVER_MEMBER_TYPED (HandoverChange, kind, ENUM, REQUIRED, handover_change_kind_get_type),
  HANDOVER_MEMBER_TYPED (HandoverChange, to, RECORD, OPTIONAL, handover_person_get_type),
  HANDOVER_MEMBER_TYPED (HandoverChange, trigger, ENUM, OPTIONAL, handover_trigger_get_type),
  HANDOVER_MEMBER_TYPED (HandoverChange, resolution, ENUM, OPTIONAL, handover_resolution_get_type),
  HANDOVER_MEMBER (HandoverChange, brief, STRING, OPTIONAL),
};

static void
handover_change_class_init (HandoverChangeClass *klass)
{
  handover_record_class_set_members (HANDOVER_RECORD_CLASS (klass), members, G_N_ELEMENTS (members));
}

static void
handover_change_init (HandoverChange *self)
{
}
