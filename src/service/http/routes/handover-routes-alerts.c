/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/http/routes/handover-routes-desk.h"

#include "core/handover-enum-types.h"
#include "core/handover-json.h"
#include "service/desk/handover-desk-alert.h"
#include "service/http/routes/handover-route-help.h"

static gboolean
report_alert (HandoverStore            *store,
              const HandoverPrincipal  *principal,
              HandoverRequest          *request,
              HandoverResponse         *response,
              GError                  **error)
{
  g_autoptr (HandoverPerson) actor = handover_route_help_get_actor (principal);
  int state = HANDOVER_ALERT_STATE_UNKNOWN;

  if (!handover_json_read_enum (handover_request_get_object (request), NULL, "state", HANDOVER_JSON_REQUIRED,
                                HANDOVER_TYPE_ALERT_STATE, &state, error))
    return FALSE;

  handover_response_set_empty (response, 204);
  return handover_desk_alert (store, principal->business_id, actor, handover_request_get_parameter (request, "id"),
                              state, error);
}

const HandoverRoute handover_routes_alerts[] = {
  { "POST", "/v1/alerts/{id}", HANDOVER_ACCESS_OPERATOR, HANDOVER_ROUTE_WRITE, report_alert },
  { NULL },
};
