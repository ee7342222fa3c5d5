/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "core/handover-signal.h"

#include "core/handover-enum-types.h"

G_DEFINE_FINAL_TYPE (HandoverSignal, handover_signal, HANDOVER_TYPE_RECORD)

static const HandoverMember members[] = {
  HANDOVER_MEMBER (HandoverSignal, conversation_id, STRING, REQUIRED),
  HANDOVER_MEMBER_TYPED (HandoverSignal, kind, ENUM, REQUIRED, handover_signal_kind_get_type),
  HANDOVER_MEMBER_TYPED (HandoverSignal, operator, RECORD, REQUIRED, handover_person_get_type),
  HANDOVER_MEMBER (HandoverSignal, at, TIME, REQUIRED),
};

static void
handover_signal_class_init (HandoverSignalClass *klass)
{
  handover_record_class_set_members (HANDOVER_RECORD_CLASS (klass), members, G_N_ELEMENTS (members));
}

static void
handover_signal_init (HandoverSignal *self)
{
}
