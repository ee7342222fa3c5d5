/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/store/handover-store-businesses.h"

#include "service/store/handover-store-rows.h"

static gpointer
read_business (HandoverStatement *row)
{
  HandoverBusiness *business = g_object_new (HANDOVER_TYPE_BUSINESS, NULL);

  business->id = handover_statement_dup_text (row, 0);
  business->name = handover_statement_dup_text (row, 1);
  business->transition_message = handover_statement_dup_text (row, 2);
  business->created_at = handover_statement_get_int (row, 3);

  return business;
}

/**
 * handover_store_get_business:
 * @self: a store
 * @business_id: the business
 * @error: return location for an error
 *
 * Gets a business.
 *
 * Returns: (transfer full) (nullable): the business
 */
HandoverBusiness *
handover_store_get_business (HandoverStore  *self,
                             const char     *business_id,
                             GError        **error)
{
  return handover_store_read_one (self, read_business, "business", error, "business.by_id", "t", business_id);
}

/**
 * handover_store_add_business:
 * @self: the writer's store
 * @business: a new business
 * @error: return location for an error
 *
 * Stores a new business and starts its log.
 *
 * Returns: whether it was stored
 */
gboolean
handover_store_add_business (HandoverStore     *self,
                             HandoverBusiness  *business,
                             GError           **error)
{
  return handover_database_run (handover_store_get_database (self), "business.insert", error, "ttti",
                                business->id, business->name, business->transition_message, business->created_at) &&
         handover_store_start_log (self, business->id, error);
}

/**
 * handover_store_update_business:
 * @self: the writer's store
 * @business: a business that was changed
 * @error: return location for an error
 *
 * Stores a changed business and logs it.
 *
 * Returns: whether it was stored
 */
gboolean
handover_store_update_business (HandoverStore     *self,
                                HandoverBusiness  *business,
                                GError           **error)
{
  return handover_database_run (handover_store_get_database (self), "business.update", error, "ttt",
                                business->id, business->name, business->transition_message) &&
         handover_store_append_event (self, business->id, "business.updated", HANDOVER_RECORD (business), NULL, error);
}
