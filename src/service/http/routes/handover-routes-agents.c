/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/http/routes/handover-routes.h"

#include "core/handover-enum-types.h"
#include "core/handover-json.h"
#include "core/handover-problem.h"
#include "service/http/handover-token.h"
#include "service/http/routes/handover-route-help.h"
#include "service/store/handover-store-agents.h"
#include "service/store/handover-store-keys.h"

static gboolean
list_agents (HandoverStore            *store,
             const HandoverPrincipal  *principal,
             HandoverRequest          *request,
             HandoverResponse         *response,
             GError                  **error)
{
  g_autoptr (GPtrArray) agents = handover_store_list_agents (store, principal->business_id, error);

  return handover_route_help_answer_page (response, agents, NULL);
}

static gboolean
read_kind (JsonObject  *object,
           int         *kind,
           GError     **error)
{
  *kind = HANDOVER_AGENT_KIND_CUSTOM;
  if (json_object_has_member (object, "kind") &&
      !handover_json_read_enum (object, NULL, "kind", HANDOVER_JSON_REQUIRED, HANDOVER_TYPE_AGENT_KIND, kind, error))
    return FALSE;
  if (*kind == HANDOVER_AGENT_KIND_CUSTOM)
    return TRUE;

  g_set_error_literal (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_NOT_SUPPORTED,
                       "Only agents of the kind “custom” are supported yet: they call the service themselves.");
  return FALSE;
}

static gboolean
create_agent (HandoverStore            *store,
              const HandoverPrincipal  *principal,
              HandoverRequest          *request,
              HandoverResponse         *response,
              GError                  **error)
{
  g_autoptr (HandoverAgent) agent = g_object_new (HANDOVER_TYPE_AGENT, NULL);
  JsonObject *object = handover_request_get_object (request);
  const char *name;

  if (!handover_json_read_string (object, NULL, "name", HANDOVER_JSON_NOT_EMPTY, HANDOVER_LIMIT_NAME, &name, error) ||
      !read_kind (object, &agent->kind, error))
    return FALSE;

  agent->id = handover_store_new_id ("ag");
  agent->name = g_strdup (name);
  agent->enabled = TRUE;
  handover_response_take_body (response, 201, handover_record_to_json (HANDOVER_RECORD (agent)));

  return handover_store_add_agent (store, principal->business_id, agent, error);
}

static HandoverAgent *
get_agent (HandoverStore            *store,
           const HandoverPrincipal  *principal,
           HandoverRequest          *request,
           GError                  **error)
{
  return handover_store_get_agent (store, principal->business_id, handover_request_get_parameter (request, "id"),
                                   error);
}

static gboolean
update_agent (HandoverStore            *store,
              const HandoverPrincipal  *principal,
              HandoverRequest          *request,
              HandoverResponse         *response,
              GError                  **error)
{
  g_autoptr (HandoverAgent) agent = get_agent (store, principal, request, error);
  JsonObject *object = handover_request_get_object (request);
  const char *name = agent != NULL ? agent->name : NULL;

  if (agent == NULL)
    return FALSE;
  if (json_object_has_member (object, "name") &&
      !handover_json_read_string (object, NULL, "name", HANDOVER_JSON_NOT_EMPTY, HANDOVER_LIMIT_NAME, &name, error))
    return FALSE;
  if (json_object_has_member (object, "enabled") &&
      !handover_json_read_boolean (object, NULL, "enabled", HANDOVER_JSON_REQUIRED, &agent->enabled, error))
    return FALSE;

  g_set_str (&agent->name, name);
  handover_response_take_body (response, 200, handover_record_to_json (HANDOVER_RECORD (agent)));
  return handover_store_update_agent (store, principal->business_id, agent, error);
}

static gboolean
create_key (HandoverStore            *store,
            const HandoverPrincipal  *principal,
            HandoverRequest          *request,
            HandoverResponse         *response,
            GError                  **error)
{
  g_autoptr (HandoverAgent) agent = get_agent (store, principal, request, error);
  g_autofree char *id = handover_store_new_id ("ke");
  g_autoptr (GBytes) hash = NULL;
  const char *name;
  JsonObject *object;
  JsonNode *body;
  char *key;

  if (agent == NULL ||
      !handover_json_read_string (handover_request_get_object (request), NULL, "name", HANDOVER_JSON_OPTIONAL,
                                  HANDOVER_LIMIT_NAME, &name, error))
    return FALSE;

  key = handover_token_new ("hoa");
  hash = handover_token_hash (key);
  object = json_object_new ();
  json_object_set_string_member (object, "id", id);
  json_object_set_string_member (object, "key", key);
  handover_token_free (key);
  body = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (body, object);
  handover_response_take_body (response, 201, body);
  response->secret = TRUE;

  return handover_store_add_key (store, principal->business_id, agent->id, id, name, hash, error);
}

static gboolean
delete_key (HandoverStore            *store,
            const HandoverPrincipal  *principal,
            HandoverRequest          *request,
            HandoverResponse         *response,
            GError                  **error)
{
  const char *key_id = handover_request_get_parameter (request, "key_id");
  g_autoptr (HandoverAgent) agent = get_agent (store, principal, request, error);

  if (agent == NULL || !handover_store_delete_key (store, principal->business_id, agent->id, key_id, error))
    return FALSE;

  handover_response_end_streams (response, key_id);
  handover_response_set_empty (response, 204);
  return TRUE;
}

const HandoverRoute handover_routes_agents[] = {
  { "GET", "/v1/agents", HANDOVER_ACCESS_OPERATOR, HANDOVER_ROUTE_READ, list_agents },
  { "POST", "/v1/agents", HANDOVER_ACCESS_ADMIN, HANDOVER_ROUTE_WRITE, create_agent },
  { "PATCH", "/v1/agents/{id}", HANDOVER_ACCESS_ADMIN, HANDOVER_ROUTE_WRITE, update_agent },
  { "POST", "/v1/agents/{id}/keys", HANDOVER_ACCESS_ADMIN, HANDOVER_ROUTE_WRITE, create_key },
  { "DELETE", "/v1/agents/{id}/keys/{key_id}", HANDOVER_ACCESS_ADMIN, HANDOVER_ROUTE_WRITE, delete_key },
  { NULL },
};
