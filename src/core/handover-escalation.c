/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "core/handover-escalation.h"

#include "core/handover-enum-types.h"

G_DEFINE_FINAL_TYPE (HandoverEscalation, handover_escalation, HANDOVER_TYPE_RECORD)

static const HandoverMember members[] = {
  HANDOVER_MEMBER (HandoverEscalation, id, STRING, REQUIRED),
  HANDOVER_MEMBER (HandoverEscalation, conversation_id, STRING, REQUIRED),
  HANDOVER_MEMBER_TYPED (HandoverEscalation, trigger, ENUM, REQUIRED, handover_trigger_get_type),
  HANDOVER_MEMBER (HandoverEscalation, summary, STRING, REQUIRED),
  HANDOVER_MEMBER (HandoverEscalation, confidence, FRACTION, OPTIONAL),
  HANDOVER_MEMBER (HandoverEscalation, sentiment, STRING, OPTIONAL),
  HANDOVER_MEMBER_TYPED (HandoverEscalation, priority, ENUM, REQUIRED, handover_priority_get_type),
  HANDOVER_MEMBER (HandoverEscalation, evidence, STRINGS, OPTIONAL),
  HANDOVER_MEMBER (HandoverEscalation, opened_at, TIME, REQUIRED),
  HANDOVER_MEMBER (HandoverEscalation, claimed_at, TIME, OPTIONAL),
  HANDOVER_MEMBER_TYPED (HandoverEscalation, claimed_by, RECORD, OPTIONAL, handover_person_get_type),
  HANDOVER_MEMBER (HandoverEscalation, resolved_at, TIME, OPTIONAL),
  HANDOVER_MEMBER_TYPED (HandoverEscalation, resolution, ENUM, OPTIONAL, handover_resolution_get_type),
  HANDOVER_MEMBER_TYPED (HandoverEscalation, receipt, ENUM, REQUIRED, handover_receipt_get_type),
};

static void
handover_escalation_class_init (HandoverEscalationClass *klass)
{
  handover_record_class_set_members (HANDOVER_RECORD_CLASS (klass), members, G_N_ELEMENTS (members));
}

static void
handover_escalation_init (HandoverEscalation *self)
{
  self->confidence = -1.0;
}
