/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/http/routes/handover-routes-desk.h"

#include "config.h"
#include "core/handover-json.h"
#include "core/handover-problem.h"
#include "service/http/routes/handover-mcp-tools.h"

/* The Model Context Protocol by Streamable HTTP, without sessions: each POST is one JSON-RPC message and is answered
 * with one JSON object. The router answers GET and DELETE with 405, as the protocol wants of a server that neither
 * streams nor keeps sessions. */

#define PARSE_ERROR -32700
#define INVALID_REQUEST -32600
#define METHOD_NOT_FOUND -32601
#define INVALID_PARAMS -32602
#define UNSUPPORTED_VERSION -32022

#define MODERN_VERSION_MEMBER "io.modelcontextprotocol/protocolVersion"

static const char *const versions[] = { "2025-11-25", "2025-06-18", "2025-03-26" };

static const char instructions[] =
  "Handover lets a person take over from you. Call get_control when your turn begins; speak to the customer only while "
  "may_reply is true, and only by send_customer_message. Call escalate_to_human when the customer asks for a person or "
  "you should not go on, and then stop: whatever you say until control is yours again is refused.";

static gboolean
answer_node (HandoverResponse *response,
             guint             status,
             JsonObject       *object)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (GBytes) data = NULL;
  char *text;

  json_node_take_object (node, object);
  text = json_to_string (node, FALSE);
  data = g_bytes_new_take (text, strlen (text));
  handover_response_set_data (response, status, "application/json", data);
  return TRUE;
}

static JsonObject *
make_answer (JsonNode *id)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "jsonrpc", "2.0");
  if (id != NULL)
    json_object_set_member (object, "id", json_node_copy (id));
  else
    json_object_set_null_member (object, "id");
  return object;
}

static gboolean
answer_error (HandoverResponse *response,
              guint             status,
              JsonNode         *id,
              int               code,
              const char       *message,
              JsonNode         *data)
{
  JsonObject *answer = make_answer (id);
  JsonObject *failure = json_object_new ();

  json_object_set_int_member (failure, "code", code);
  json_object_set_string_member (failure, "message", message);
  if (data != NULL)
    json_object_set_member (failure, "data", data);
  json_object_set_object_member (answer, "error", failure);
  return answer_node (response, status, answer);
}

static gboolean
answer_result (HandoverResponse *response,
               JsonNode         *id,
               JsonNode         *result)
{
  JsonObject *answer = make_answer (id);

  json_object_set_member (answer, "result", result);
  return answer_node (response, 200, answer);
}

static gboolean
is_known_version (const char *version)
{
  for (guint i = 0; i < G_N_ELEMENTS (versions); i++)
    if (g_strcmp0 (version, versions[i]) == 0)
      return TRUE;

  return FALSE;
}

static gboolean
answer_unsupported (HandoverResponse *response,
                    JsonNode         *id,
                    const char       *requested)
{
  g_autofree char *message = g_strdup_printf ("Protocol version %s is not supported", requested);
  JsonObject *object = json_object_new ();
  JsonArray *supported = json_array_new ();
  JsonNode *data = json_node_new (JSON_NODE_OBJECT);

  for (guint i = 0; i < G_N_ELEMENTS (versions); i++)
    json_array_add_string_element (supported, versions[i]);
  json_object_set_array_member (object, "supported", supported);
  json_object_set_string_member (object, "requested", requested);
  json_node_take_object (data, object);
  return answer_error (response, 400, id, UNSUPPORTED_VERSION, message, data);
}

static const char *
get_string (JsonObject *object,
            const char *member)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
           ? json_node_get_string (node)
           : NULL;
}

static JsonObject *
get_object (JsonObject *object,
            const char *member)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/* The version that a client of the stateless revision names in each body, or %NULL. */
static const char *
get_modern_version (JsonObject *params)
{
  return get_string (get_object (params, "_meta"), MODERN_VERSION_MEMBER);
}

static gboolean
initialize (HandoverResponse *response,
            JsonNode         *id,
            JsonObject       *params)
{
  const char *requested = get_string (params, "protocolVersion");
  JsonObject *object = json_object_new ();
  JsonObject *capabilities = json_object_new ();
  JsonObject *tools = json_object_new ();
  JsonObject *server = json_object_new ();
  JsonNode *result = json_node_new (JSON_NODE_OBJECT);

  json_object_set_boolean_member (tools, "listChanged", FALSE);
  json_object_set_object_member (capabilities, "tools", tools);
  json_object_set_string_member (server, "name", "handover");
  json_object_set_string_member (server, "title", "Handover");
  json_object_set_string_member (server, "version", PACKAGE_VERSION);

  json_object_set_string_member (object, "protocolVersion", is_known_version (requested) ? requested : versions[0]);
  json_object_set_object_member (object, "capabilities", capabilities);
  json_object_set_object_member (object, "serverInfo", server);
  json_object_set_string_member (object, "instructions", instructions);
  json_node_take_object (result, object);
  return answer_result (response, id, result);
}

static gboolean
call_tool (HandoverStore            *store,
           const HandoverPrincipal  *principal,
           HandoverRequest          *request,
           HandoverResponse         *response,
           JsonNode                 *id,
           JsonObject               *params,
           GError                  **error)
{
  const char *name = get_string (params, "name");
  const char *pinned = handover_request_get_header (request, "handover-conversation");
  g_autoptr (JsonObject) nothing = json_object_new ();
  JsonObject *arguments = get_object (params, "arguments");
  JsonNode *result;

  if (name == NULL || !handover_mcp_tools_has (name))
    return answer_error (response, 200, id, INVALID_PARAMS, "There is no tool of that name", NULL);
  if (arguments == NULL && params != NULL && json_object_has_member (params, "arguments"))
    return answer_error (response, 200, id, INVALID_PARAMS, "The arguments must be an object", NULL);
  if (pinned != NULL && (*pinned == '\0' || strlen (pinned) > HANDOVER_LIMIT_EXTERNAL_ID || !handover_json_is_text (pinned)))
    return answer_error (response, 400, id, INVALID_REQUEST, "Handover-Conversation must have 1 to 200 characters of text",
                         NULL);

  result = handover_mcp_tools_call (store, principal, name, arguments != NULL ? arguments : nothing, pinned, error);
  return result != NULL && answer_result (response, id, result);
}

static gboolean
dispatch (HandoverStore            *store,
          const HandoverPrincipal  *principal,
          HandoverRequest          *request,
          HandoverResponse         *response,
          JsonObject               *message,
          GError                  **error)
{
  const char *method = get_string (message, "method");
  JsonNode *id = json_object_get_member (message, "id");
  JsonObject *params = get_object (message, "params");
  const char *modern = get_modern_version (params);
  const char *header = handover_request_get_header (request, "mcp-protocol-version");

  if (modern != NULL)
    return answer_unsupported (response, id, modern);
  if (g_str_equal (method, "initialize"))
    return initialize (response, id, params);
  if (header != NULL && !is_known_version (header))
    return answer_unsupported (response, id, header);
  if (g_str_equal (method, "ping"))
    return answer_result (response, id, json_from_string ("{}", NULL));
  if (g_str_equal (method, "tools/list"))
    return answer_result (response, id, handover_mcp_tools_list ());
  if (g_str_equal (method, "tools/call"))
    return call_tool (store, principal, request, response, id, params, error);

  return answer_error (response, 200, id, METHOD_NOT_FOUND, "There is no method of that name", NULL);
}

static gboolean
is_valid_id (JsonNode *id)
{
  GType type = JSON_NODE_HOLDS_VALUE (id) ? json_node_get_value_type (id) : G_TYPE_INVALID;

  return type == G_TYPE_STRING || type == G_TYPE_INT64;
}

static gboolean
accepts_json (HandoverRequest *request)
{
  const char *accept = handover_request_get_header (request, "accept");

  return accept == NULL || strstr (accept, "application/json") != NULL || strstr (accept, "application/*") != NULL ||
         strstr (accept, "*/*") != NULL || strstr (accept, "text/event-stream") != NULL;
}

/* Looks at what stands around the message: whether a browser's page sent it, and what answer it wants. */
static gboolean
check_envelope (HandoverRequest  *request,
                GError          **error)
{
  if (handover_request_get_header (request, "origin") != NULL)
    {
      g_set_error_literal (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_FORBIDDEN,
                           "Web pages may not call this address; call it from a server, without an Origin header.");
      return FALSE;
    }
  if (!accepts_json (request))
    {
      g_set_error_literal (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_NOT_ACCEPTABLE,
                           "The answer is JSON; send Accept: application/json, text/event-stream.");
      return FALSE;
    }

  return TRUE;
}

static gboolean
post_mcp (HandoverStore            *store,
          const HandoverPrincipal  *principal,
          HandoverRequest          *request,
          HandoverResponse         *response,
          GError                  **error)
{
  g_autoptr (GBytes) empty = g_bytes_new_static ("", 0);
  g_autoptr (JsonNode) body = NULL;
  g_autoptr (GError) parse_error = NULL;
  JsonObject *message;
  JsonNode *id;

  if (!check_envelope (request, error))
    return FALSE;

  body = handover_json_parse (request->data != NULL ? request->data : empty, &parse_error);
  if (body == NULL)
    return answer_error (response, 400, NULL, PARSE_ERROR, parse_error->message, NULL);
  if (!JSON_NODE_HOLDS_OBJECT (body))
    return answer_error (response, 400, NULL, INVALID_REQUEST, "Send one JSON-RPC message, not a batch", NULL);

  message = json_node_get_object (body);
  id = json_object_get_member (message, "id");
  if (g_strcmp0 (get_string (message, "jsonrpc"), "2.0") != 0 || (id != NULL && !is_valid_id (id)))
    return answer_error (response, 400, NULL, INVALID_REQUEST, "This is not a JSON-RPC 2.0 request", NULL);

  /* Notifications, and answers to what this server never asks, need no answer. */
  if ((id == NULL && get_string (message, "method") != NULL) ||
      (get_string (message, "method") == NULL &&
       (json_object_has_member (message, "result") || json_object_has_member (message, "error"))))
    {
      handover_response_set_empty (response, 202);
      return TRUE;
    }
  if (get_string (message, "method") == NULL)
    return answer_error (response, 400, id, INVALID_REQUEST, "The method is missing", NULL);

  return dispatch (store, principal, request, response, message, error);
}

const HandoverRoute handover_routes_mcp[] = {
  { "POST", "/mcp", HANDOVER_ACCESS_AGENT, HANDOVER_ROUTE_WRITE | HANDOVER_ROUTE_RAW_BODY | HANDOVER_ROUTE_OWN_KEY, post_mcp },
  { NULL },
};
