/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/store/handover-store-alerts.h"

#include "core/handover-enum-types.h"

/**
 * handover_store_put_alert:
 * @self: the writer's store
 * @business_id: whose
 * @escalation_id: which escalation the alert is about
 * @operator_id: whose desktop shows it
 * @state: what became of it
 * @at: when that was heard
 * @error: return location for an error
 *
 * Remembers what became of an operator's alert: the first time that it was shown, acted on and read, and the last that
 * it was missed.
 *
 * Returns: whether it was stored
 */
gboolean
handover_store_put_alert (HandoverStore       *self,
                          const char          *business_id,
                          const char          *escalation_id,
                          const char          *operator_id,
                          HandoverAlertState   state,
                          gint64               at,
                          GError             **error)
{
  return handover_database_run (handover_store_get_database (self), "alert.put", error, "tttti", business_id,
                                escalation_id, operator_id,
                                handover_enum_to_nick (HANDOVER_TYPE_ALERT_STATE, state), at);
}
