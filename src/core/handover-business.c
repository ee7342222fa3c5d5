/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "core/handover-business.h"

G_DEFINE_FINAL_TYPE (HandoverBusiness, handover_business, HANDOVER_TYPE_RECORD)

static const HandoverMember members[] = {
  HANDOVER_MEMBER (HandoverBusiness, id, STRING, REQUIRED),
  HANDOVER_MEMBER (HandoverBusiness, name, STRING, REQUIRED),
  HANDOVER_MEMBER (HandoverBusiness, transition_message, STRING, OPTIONAL),
  HANDOVER_MEMBER (HandoverBusiness, created_at, TIME, OPTIONAL),
};

static void
handover_business_class_init (HandoverBusinessClass *klass)
{
  handover_record_class_set_members (HANDOVER_RECORD_CLASS (klass), members, G_N_ELEMENTS (members));
}

static void
handover_business_init (HandoverBusiness *self)
{
}
