/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "core/handover-customer.h"
#include "service/store/handover-store.h"

G_BEGIN_DECLS

gboolean handover_store_insert_customer (HandoverStore     *self,
                                         const char        *business_id,
                                         HandoverCustomer  *customer,
                                         GError           **error);
gboolean handover_store_save_customer   (HandoverStore     *self,
                                         const char        *business_id,
                                         HandoverCustomer  *customer,
                                         GError           **error);

G_END_DECLS
