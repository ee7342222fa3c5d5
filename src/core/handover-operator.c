/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "core/handover-operator.h"

#include "core/handover-enum-types.h"

G_DEFINE_FINAL_TYPE (HandoverOperator, handover_operator, HANDOVER_TYPE_RECORD)

static const HandoverMember members[] = {
  HANDOVER_MEMBER (HandoverOperator, id, STRING, REQUIRED),
  HANDOVER_MEMBER (HandoverOperator, name, STRING, REQUIRED),
  HANDOVER_MEMBER (HandoverOperator, email, STRING, OPTIONAL),
  HANDOVER_MEMBER_TYPED (HandoverOperator, role, ENUM, REQUIRED, handover_role_get_type),
  HANDOVER_MEMBER_TYPED (HandoverOperator, presence, ENUM, OPTIONAL, handover_presence_get_type),
  HANDOVER_MEMBER (HandoverOperator, active, BOOLEAN, OPTIONAL),
};

static void
handover_operator_class_init (HandoverOperatorClass *klass)
{
  handover_record_class_set_members (HANDOVER_RECORD_CLASS (klass), members, G_N_ELEMENTS (members));
}

static void
handover_operator_init (HandoverOperator *self)
{
}
