/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "core/handover-record.h"

G_BEGIN_DECLS

#define HANDOVER_TYPE_DELIVERY (handover_delivery_get_type ())

G_DECLARE_FINAL_TYPE (HandoverDelivery, handover_delivery, HANDOVER, DELIVERY, HandoverRecord)

/**
 * HandoverDelivery:
 *
 * How far a reply has come on its way to the customer.
 *
 * Its members are read-only for everybody but the code that makes it.
 */
struct _HandoverDelivery
{
  HandoverRecord parent_instance;

  /*< public >*/
  int state; /* HandoverDeliveryState */
  char *reason;
};

G_END_DECLS
