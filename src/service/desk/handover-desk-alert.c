/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/desk/handover-desk-alert.h"

#include "service/desk/handover-desk-case.h"
#include "service/store/handover-store-escalations.h"

/* What is known of an escalation once one operator's alert has come so far. */
static HandoverReceipt
get_receipt (HandoverAlertState state)
{
  switch (state)
    {
    case HANDOVER_ALERT_STATE_SHOWN:
    case HANDOVER_ALERT_STATE_MISSED:
      return HANDOVER_RECEIPT_ALERTED;
    case HANDOVER_ALERT_STATE_ACTED:
    case HANDOVER_ALERT_STATE_READ:
      return HANDOVER_RECEIPT_SEEN;
    case HANDOVER_ALERT_STATE_UNKNOWN:
    default:
      return HANDOVER_RECEIPT_UNKNOWN;
    }
}

/**
 * handover_desk_alert:
 * @store: the writer's store
 * @business_id: whose
 * @escalation_id: what the alert is about
 * @state: what became of it
 * @error: return location for an error
 *
 * Hears what became of an operator's alert. The receipt of an open escalation goes forward with it, never back; what is
 * told late changes nothing.
 *
 * Returns: whether it was written
 */
gboolean
handover_desk_alert (HandoverStore       *store,
                     const char          *business_id,
                     const char          *escalation_id,
                     HandoverAlertState   state,
                     GError             **error)
{
  g_autofree char *conversation_id = handover_store_find_escalation (store, business_id, escalation_id, error);
  g_autoptr (HandoverDeskCase) desk_case = NULL;
  HandoverEscalation *open;

  if (conversation_id == NULL)
    return FALSE;

  desk_case = handover_desk_case_open (store, business_id, conversation_id, error);
  if (desk_case == NULL)
    return FALSE;

  open = desk_case->conversation->escalation;
  if (open == NULL || !g_str_equal (open->id, escalation_id))
    return TRUE;

  return handover_desk_case_advance (desk_case, get_receipt (state), error) &&
         handover_desk_case_finish (desk_case, error);
}
