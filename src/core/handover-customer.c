/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "core/handover-customer.h"

G_DEFINE_FINAL_TYPE (HandoverCustomer, handover_customer, HANDOVER_TYPE_RECORD)

static const HandoverMember members[] = {
  HANDOVER_MEMBER (HandoverCustomer, id, STRING, REQUIRED),
  HANDOVER_MEMBER (HandoverCustomer, name, STRING, OPTIONAL),
  HANDOVER_MEMBER (HandoverCustomer, email, STRING, OPTIONAL),
  HANDOVER_MEMBER (HandoverCustomer, phone, STRING, OPTIONAL),
  HANDOVER_MEMBER (HandoverCustomer, user_id, STRING, OPTIONAL),
};

static void
handover_customer_class_init (HandoverCustomerClass *klass)
{
  handover_record_class_set_members (HANDOVER_RECORD_CLASS (klass), members, G_N_ELEMENTS (members));
}

static void
handover_customer_init (HandoverCustomer *self)
{
}
