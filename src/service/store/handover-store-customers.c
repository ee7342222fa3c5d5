/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/store/handover-store-customers.h"

#include "core/handover-time.h"

/**
 * handover_store_insert_customer:
 * @self: the writer's store
 * @business_id: whose
 * @customer: a new customer
 * @error: return location for an error
 *
 * Stores a customer.
 *
 * Returns: whether it was stored
 */
gboolean
handover_store_insert_customer (HandoverStore     *self,
                                const char        *business_id,
                                HandoverCustomer  *customer,
                                GError           **error)
{
  return handover_database_run (handover_store_get_database (self), "customer.insert", error, "tttttti",
                                customer->id, business_id, customer->name, customer->email, customer->phone,
                                customer->user_id, handover_time_now ());
}

/**
 * handover_store_save_customer:
 * @self: the writer's store
 * @business_id: whose
 * @customer: the customer as it is now
 * @error: return location for an error
 *
 * Writes what can change in a customer.
 *
 * Returns: whether it was written
 */
gboolean
handover_store_save_customer (HandoverStore     *self,
                              const char        *business_id,
                              HandoverCustomer  *customer,
                              GError           **error)
{
  return handover_database_run (handover_store_get_database (self), "customer.save", error, "tttttt",
                                business_id, customer->id, customer->name, customer->email, customer->phone,
                                customer->user_id);
}
