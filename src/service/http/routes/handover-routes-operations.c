/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/http/routes/handover-routes.h"

#include "handover-openapi-resources.h"

#define DOCUMENT "/dev/handover/handoverd/openapi.json"

static gboolean
get_health (HandoverStore            *store,
            const HandoverPrincipal  *principal,
            HandoverRequest          *request,
            HandoverResponse         *response,
            GError                  **error)
{
  JsonObject *object = json_object_new ();
  JsonNode *body = json_node_new (JSON_NODE_OBJECT);

  json_object_set_string_member (object, "status", "ok");
  json_node_take_object (body, object);
  handover_response_take_body (response, 200, body);

  return TRUE;
}

static gboolean
get_document (HandoverStore            *store,
              const HandoverPrincipal  *principal,
              HandoverRequest          *request,
              HandoverResponse         *response,
              GError                  **error)
{
  g_autoptr (GBytes) data = g_resource_lookup_data (handover_openapi_resources_get_resource (), DOCUMENT,
                                                    G_RESOURCE_LOOKUP_FLAGS_NONE, error);

  if (data == NULL)
    return FALSE;

  handover_response_set_data (response, 200, "application/json", data);
  return TRUE;
}

const HandoverRoute handover_routes_operations[] = {
  { "GET", "/healthz", HANDOVER_ACCESS_PUBLIC, HANDOVER_ROUTE_READ, get_health },
  { "GET", "/openapi.json", HANDOVER_ACCESS_PUBLIC, HANDOVER_ROUTE_READ, get_document },
  { NULL },
};
