/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "core/handover-record.h"

G_BEGIN_DECLS

#define HANDOVER_TYPE_CUSTOMER (handover_customer_get_type ())

G_DECLARE_FINAL_TYPE (HandoverCustomer, handover_customer, HANDOVER, CUSTOMER, HandoverRecord)

/**
 * HandoverCustomer:
 *
 * Whom operators and agents talk to.
 *
 * Its members are read-only for everybody but the code that makes it.
 */
struct _HandoverCustomer
{
  HandoverRecord parent_instance;

  /*< public >*/
  char *id;
  char *name;
  char *email;
  char *phone;
  char *user_id;
};

G_END_DECLS
