/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/http/routes/handover-routes-desk.h"

#include "core/handover-enum-types.h"
#include "core/handover-json.h"
#include "core/handover-time.h"
#include "service/desk/handover-desk-alert.h"
#include "service/desk/handover-desk-signal.h"
#include "service/http/routes/handover-route-help.h"

static gboolean
report_alert (HandoverStore            *store,
              const HandoverPrincipal  *principal,
              HandoverRequest          *request,
              HandoverResponse         *response,
              GError                  **error)
{
  int state = HANDOVER_ALERT_STATE_UNKNOWN;

  if (!handover_json_read_enum (handover_request_get_object (request), NULL, "state", HANDOVER_JSON_REQUIRED,
                                HANDOVER_TYPE_ALERT_STATE, &state, error))
    return FALSE;

  handover_response_set_empty (response, 204);
  return handover_desk_alert (store, principal->business_id, handover_request_get_parameter (request, "id"), state, error);
}

static gboolean
send_signal (HandoverStore            *store,
             const HandoverPrincipal  *principal,
             HandoverRequest          *request,
             HandoverResponse         *response,
             GError                  **error)
{
  JsonObject *body = handover_request_get_object (request);
  g_autoptr (HandoverSignal) signal = g_object_new (HANDOVER_TYPE_SIGNAL, NULL);
  const char *conversation_id;

  if (!handover_json_read_string (body, NULL, "conversation_id", HANDOVER_JSON_NOT_EMPTY, HANDOVER_LIMIT_NAME,
                                  &conversation_id, error) ||
      !handover_json_read_enum (body, NULL, "kind", HANDOVER_JSON_REQUIRED, HANDOVER_TYPE_SIGNAL_KIND, &signal->kind,
                                error))
    return FALSE;

  signal->conversation_id = g_strdup (conversation_id);
  signal->operator = handover_route_help_get_actor (principal);
  signal->at = handover_time_now ();
  handover_response_set_empty (response, 204);
  return handover_desk_signal (store, principal->business_id, signal, error);
}

/* Signals are told in order with what else happens, so they pass the writer; it has nothing to write for them, nor for
 * their keys. */
const HandoverRoute handover_routes_alerts[] = {
  { "POST", "/v1/alerts/{id}", HANDOVER_ACCESS_OPERATOR, HANDOVER_ROUTE_WRITE, report_alert },
  { "POST", "/v1/signals", HANDOVER_ACCESS_OPERATOR, HANDOVER_ROUTE_WRITE | HANDOVER_ROUTE_OWN_KEY, send_signal },
  { NULL },
};
