/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "core/handover-delivery.h"

#include "core/handover-enum-types.h"

G_DEFINE_FINAL_TYPE (HandoverDelivery, handover_delivery, HANDOVER_TYPE_RECORD)

static const HandoverMember members[] = {
  HANDOVER_MEMBER_TYPED (HandoverDelivery, state, ENUM, REQUIRED, handover_delivery_state_get_type),
  HANDOVER_MEMBER (HandoverDelivery, reason, STRING, OPTIONAL),
};

static void
handover_delivery_class_init (HandoverDeliveryClass *klass)
{
  handover_record_class_set_members (HANDOVER_RECORD_CLASS (klass), members, G_N_ELEMENTS (members));
}

static void
handover_delivery_init (HandoverDelivery *self)
{
}
