/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "answers.h"
#include "core/handover-json.h"
#include "desk-fixture.h"
#include "service/http/routes/handover-routes-desk.h"

#define CALL(name, arguments) \
  "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\",\"params\":{\"name\":\"" name "\",\"arguments\":" arguments "}}"
#define REQUEST(method, params) "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"" method "\",\"params\":" params "}"

/* One POST of the bot's. Header lines are `name: value`, apart by newlines. */
static HandoverResponse *
post (DeskFixture  *fixture,
      const char   *headers,
      const char   *body,
      GError      **error)
{
  g_autoptr (HandoverRequest) request = handover_request_new ("POST", "/mcp", NULL);
  g_autoptr (HandoverResponse) response = handover_response_new ();
  HandoverPrincipal principal = {
    .kind = HANDOVER_PRINCIPAL_AGENT,
    .business_id = (char *) SHOP,
    .id = (char *) BOT,
  };
  g_autoptr (GError) refusal = NULL;
  g_auto (GStrv) lines = g_strsplit (headers != NULL ? headers : "", "\n", -1);

  for (char **line = lines; *line != NULL; line++)
    {
      g_auto (GStrv) parts = g_strsplit (*line, ": ", 2);

      if (parts[0] != NULL && parts[1] != NULL)
        g_hash_table_replace (request->headers, g_strdup (parts[0]), g_strdup (parts[1]));
    }
  request->data = g_bytes_new (body, strlen (body));
  if (!handover_routes_mcp[0].handler (fixture->store, &principal, request, response, &refusal))
    {
      handover_response_set_problem (response, refusal, NULL);
      answers_note_response (request, response);
      g_propagate_error (error, g_steal_pointer (&refusal));
      return NULL;
    }

  answers_note_response (request, response);
  return g_steal_pointer (&response);
}

static JsonObject *
parse (HandoverResponse  *response,
       JsonNode         **node)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (response->content_type, ==, "application/json");
  *node = handover_json_parse (response->data, &error);
  g_assert_no_error (error);
  return json_node_get_object (*node);
}

static const struct
{
  const char *headers;
  const char *body;
  guint status;
  int code;
} envelopes[] = {
  { NULL, "{nonsense", 400, -32700 },
  { NULL, "", 400, -32700 },
  { NULL, "[]", 400, -32600 },
  { NULL, "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}]", 400, -32600 },
  { NULL, "{\"id\":1,\"method\":\"ping\"}", 400, -32600 },
  { NULL, "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"ping\"}", 400, -32600 },
  { NULL, "{\"jsonrpc\":\"2.0\",\"id\":1.5,\"method\":\"ping\"}", 400, -32600 },
  { NULL, "{\"jsonrpc\":\"2.0\",\"id\":1}", 400, -32600 },
  { NULL, REQUEST ("resources/list", "{}"), 200, -32601 },
  { NULL, REQUEST ("server/discover", "{}"), 200, -32601 },
  { NULL, CALL ("delete_everything", "{}"), 200, -32602 },
  { NULL, CALL ("get_control", "[]"), 200, -32602 },
  { NULL, REQUEST ("tools/call", "{}"), 200, -32602 },
  { "mcp-protocol-version: 1999-01-01", REQUEST ("ping", "{}"), 400, -32022 },
  { NULL, REQUEST ("tools/list", "{\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\"}}"), 400, -32022 },
};

static void
test_envelopes (DeskFixture   *fixture,
                gconstpointer  data)
{
  for (guint i = 0; i < G_N_ELEMENTS (envelopes); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (HandoverResponse) response = post (fixture, envelopes[i].headers, envelopes[i].body, &error);
      g_autoptr (JsonNode) node = NULL;
      JsonObject *answer;

      g_test_message ("%s", envelopes[i].body);
      g_assert_no_error (error);
      answer = parse (response, &node);
      g_assert_cmpuint (response->status, ==, envelopes[i].status);
      g_assert_cmpint (json_object_get_int_member (json_object_get_object_member (answer, "error"), "code"), ==, envelopes[i].code);
    }
}

static void
test_strangers (DeskFixture   *fixture,
                gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (post (fixture, "origin: https://evil.example", REQUEST ("ping", "{}"), &error));
  g_assert_error (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_FORBIDDEN);
  g_clear_error (&error);
  g_assert_null (post (fixture, "accept: text/html", REQUEST ("ping", "{}"), &error));
  g_assert_error (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_NOT_ACCEPTABLE);
}

static void
test_notifications (DeskFixture   *fixture,
                    gconstpointer  data)
{
  static const char *const bodies[] = {
    "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}",
    "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":1}}",
    "{\"jsonrpc\":\"2.0\",\"id\":3,\"result\":{}}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (HandoverResponse) response = post (fixture, NULL, bodies[i], NULL);

      g_assert_cmpuint (response->status, ==, 202);
      g_assert_null (response->data);
    }
}

static void
test_handshake (DeskFixture   *fixture,
                gconstpointer  data)
{
  static const char *const versions[][2] = {
    { "2025-03-26", "2025-03-26" }, { "2025-06-18", "2025-06-18" },
    { "2025-11-25", "2025-11-25" }, { "2024-11-05", "2025-11-25" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (versions); i++)
    {
      g_autofree char *body = g_strdup_printf (REQUEST ("initialize", "{\"protocolVersion\":\"%s\",\"capabilities\":{}}"), versions[i][0]);
      g_autoptr (HandoverResponse) response = post (fixture, NULL, body, NULL);
      g_autoptr (JsonNode) node = NULL;
      JsonObject *result = json_object_get_object_member (parse (response, &node), "result");

      g_assert_cmpstr (json_object_get_string_member (result, "protocolVersion"), ==, versions[i][1]);
      g_assert_true (json_object_has_member (json_object_get_object_member (result, "capabilities"), "tools"));
      g_assert_cmpuint (g_hash_table_size (response->headers), ==, 0);
    }
}

static void
test_tools_are_described (DeskFixture   *fixture,
                          gconstpointer  data)
{
  static const char *const names[] = { "escalate_to_human", "send_customer_message", "get_control" };
  g_autoptr (HandoverResponse) response = post (fixture, "mcp-protocol-version: 2025-06-18", REQUEST ("tools/list", "{}"), NULL);
  g_autoptr (JsonNode) node = NULL;
  JsonArray *tools = json_object_get_array_member (json_object_get_object_member (parse (response, &node), "result"), "tools");

  g_assert_cmpuint (json_array_get_length (tools), ==, G_N_ELEMENTS (names));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      JsonObject *tool = json_array_get_object_element (tools, i);

      g_assert_cmpstr (json_object_get_string_member (tool, "name"), ==, names[i]);
      g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (tool, "inputSchema"), "type"), ==, "object");
      g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (tool, "outputSchema"), "type"), ==, "object");
    }
}

/* Calls a tool and gives what a program reads of the result; of a failure, what the text says. */
static JsonObject *
call (DeskFixture  *fixture,
      const char   *headers,
      const char   *body,
      gboolean      failed,
      JsonNode    **node)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HandoverResponse) response = post (fixture, headers, body, &error);
  g_autoptr (JsonNode) envelope = NULL;
  JsonObject *result;
  JsonObject *block;

  g_assert_no_error (error);
  g_assert_cmpuint (response->status, ==, 200);
  result = json_object_get_object_member (parse (response, &envelope), "result");
  g_assert_nonnull (result);
  g_assert_cmpint (json_object_get_boolean_member (result, "isError"), ==, failed);
  block = json_array_get_object_element (json_object_get_array_member (result, "content"), 0);
  *node = json_from_string (json_object_get_string_member (block, "text"), NULL);
  g_assert_true (failed || json_node_equal (*node, json_object_get_member (result, "structuredContent")));
  return json_node_get_object (*node);
}

static void
test_main_job (DeskFixture   *fixture,
               gconstpointer  data)
{
  g_autoptr (JsonNode) heard = NULL;
  g_autoptr (JsonNode) escalated = NULL;
  g_autoptr (JsonNode) refused = NULL;
  g_autoptr (JsonNode) looked = NULL;
  g_autoptr (JsonNode) accepted = NULL;
  g_autoptr (HandoverConversation) claimed = NULL;
  g_autoptr (HandoverConversation) resumed = NULL;
  g_autoptr (HandoverMessage) reply = NULL;
  g_autoptr (GError) error = NULL;
  JsonObject *answer;
  const char *id;

  answer = call (fixture, NULL, CALL ("send_customer_message", "{\"external_id\":\"t1\",\"author\":\"customer\",\"text\":\"Hi\"}"), FALSE, &heard);
  g_assert_true (json_object_get_boolean_member (answer, "may_reply"));
  answer = call (fixture, NULL, CALL ("escalate_to_human", "{\"external_id\":\"t1\",\"trigger\":\"policy\",\"summary\":\"Refund\","
                                      "\"transcript\":[{\"author\":\"customer\",\"text\":\"Hi\"}]}"), FALSE, &escalated);
  g_assert_cmpstr (json_object_get_string_member (answer, "control"), ==, "waiting");
  g_assert_cmpstr (json_object_get_string_member (answer, "transition_message"), ==, TRANSITION_MESSAGE);
  id = json_object_get_string_member (answer, "conversation_id");

  answer = call (fixture, NULL, CALL ("send_customer_message", "{\"external_id\":\"t1\",\"text\":\"Wait\",\"epoch\":1}"), TRUE, &refused);
  g_assert_cmpstr (json_object_get_string_member (answer, "code"), ==, "conversation_frozen");
  g_assert_cmpstr (json_object_get_string_member (answer, "control"), ==, "waiting");
  g_assert_false (json_object_get_boolean_member (answer, "may_reply"));

  claimed = handover_desk_claim (fixture->store, SHOP, fixture->kim, id, &error);
  reply = handover_desk_reply (fixture->store, SHOP, fixture->kim, id, "Kim here", 0, NULL, &error);
  resumed = handover_desk_resolve (fixture->store, SHOP, fixture->kim, id, HANDOVER_OUTCOME_RESUME_AGENT,
                                   HANDOVER_RESOLUTION_UNKNOWN, "Refund by Friday", &error);
  g_assert_no_error (error);

  answer = call (fixture, NULL, CALL ("get_control", "{\"external_id\":\"t1\",\"after\":\"1\"}"), FALSE, &looked);
  g_assert_cmpstr (json_object_get_string_member (answer, "brief"), ==, "Refund by Friday");
  g_assert_true (json_object_get_boolean_member (answer, "may_reply"));
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (answer, "messages")), ==, 2);
  answer = call (fixture, NULL, CALL ("send_customer_message", "{\"external_id\":\"t1\",\"text\":\"Done\",\"epoch\":4,\"reply_to\":\"\"}"), FALSE, &accepted);
  g_assert_true (json_object_has_member (answer, "message_id"));
}

static void
test_conversation_is_pinned (DeskFixture   *fixture,
                             gconstpointer  data)
{
  g_autoptr (JsonNode) pinned = NULL;
  g_autoptr (JsonNode) differs = NULL;
  g_autoptr (JsonNode) made = NULL;
  g_autoptr (JsonNode) missing = NULL;
  JsonObject *answer;

  answer = call (fixture, "handover-conversation: p1", CALL ("send_customer_message", "{\"text\":\"Hi\"}"), FALSE, &pinned);
  g_assert_cmpstr (json_object_get_string_member (answer, "external_id"), ==, "p1");
  answer = call (fixture, "handover-conversation: p1", CALL ("get_control", "{\"external_id\":\"p2\"}"), TRUE, &differs);
  g_assert_cmpstr (json_object_get_string_member (answer, "code"), ==, "invalid_member");
  answer = call (fixture, NULL, CALL ("send_customer_message", "{\"text\":\"Hi\"}"), FALSE, &made);
  g_assert_true (g_str_has_prefix (json_object_get_string_member (answer, "external_id"), "mcp_"));
  call (fixture, NULL, CALL ("get_control", "{}"), TRUE, &missing);
}

static void
test_wrong_arguments_leave_nothing (DeskFixture   *fixture,
                                    gconstpointer  data)
{
  static const char *const bodies[] = {
    CALL ("escalate_to_human", "{\"external_id\":\"w\",\"trigger\":\"boredom\",\"summary\":\"x\"}"),
    CALL ("escalate_to_human", "{\"external_id\":\"w\",\"trigger\":\"operator_takeover\",\"summary\":\"x\"}"),
    CALL ("escalate_to_human", "{\"external_id\":\"w\",\"trigger\":\"policy\",\"summary\":\"  \"}"),
    CALL ("escalate_to_human", "{\"external_id\":\"w\",\"trigger\":\"policy\",\"summary\":\"x\",\"confidence\":2}"),
    CALL ("escalate_to_human", "{\"external_id\":\"w\",\"trigger\":\"policy\",\"summary\":\"x\",\"transcript\":[{\"author\":\"system\",\"text\":\"x\"}]}"),
    CALL ("send_customer_message", "{\"external_id\":\"w\",\"author\":\"operator\",\"text\":\"x\"}"),
    CALL ("send_customer_message", "{\"external_id\":\"w\"}"),
    CALL ("send_customer_message", "{\"external_id\":\"w\",\"text\":\"x\",\"reply_to\":\"ms_none\"}"),
    CALL ("send_customer_message", "{\"external_id\":\"w\",\"text\":\"x\",\"attachments\":[{}]}"),
    CALL ("get_control", "{\"external_id\":\"w\"}"),
    CALL ("get_control", "{\"external_id\":\"w\",\"after\":\"soon\"}"),
  };
  gint64 before;
  gint64 after;

  handover_store_get_sequence (fixture->store, SHOP, &before, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (JsonNode) node = NULL;

      g_test_message ("%s", bodies[i]);
      call (fixture, NULL, bodies[i], TRUE, &node);
    }
  handover_store_get_sequence (fixture->store, SHOP, &after, NULL);
  g_assert_cmpint (after, ==, before);
}

static void
test_repeated_message (DeskFixture   *fixture,
                       gconstpointer  data)
{
  g_autoptr (JsonNode) first = NULL;
  g_autoptr (JsonNode) second = NULL;
  g_autoptr (JsonNode) other = NULL;
  JsonObject *answer;
  const char *id;

  id = json_object_get_string_member (
    call (fixture, NULL, CALL ("send_customer_message", "{\"external_id\":\"r\",\"text\":\"Hi\",\"idempotency_key\":\"k\"}"), FALSE, &first), "message_id");
  answer = call (fixture, NULL, CALL ("send_customer_message", "{\"external_id\":\"r\",\"text\":\"Hi\",\"idempotency_key\":\"k\"}"), FALSE, &second);
  g_assert_cmpstr (json_object_get_string_member (answer, "message_id"), ==, id);
  answer = call (fixture, NULL, CALL ("send_customer_message", "{\"external_id\":\"r\",\"text\":\"Ho\",\"idempotency_key\":\"k\"}"), TRUE, &other);
  g_assert_cmpstr (json_object_get_string_member (answer, "code"), ==, "idempotency_mismatch");
}

static void
test_empty_key_is_none (DeskFixture   *fixture,
                        gconstpointer  data)
{
  g_autoptr (JsonNode) first = NULL;
  g_autoptr (JsonNode) second = NULL;

  call (fixture, NULL, CALL ("send_customer_message", "{\"external_id\":\"r\",\"text\":\"Hi\",\"idempotency_key\":\"\"}"), FALSE, &first);
  call (fixture, NULL, CALL ("send_customer_message", "{\"external_id\":\"r\",\"text\":\"Ho\",\"idempotency_key\":\"\"}"), FALSE, &second);
}

#define ADD(path, test) g_test_add (path, DeskFixture, NULL, desk_fixture_set_up, test, desk_fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/mcp/envelopes", test_envelopes);
  ADD ("/mcp/strangers", test_strangers);
  ADD ("/mcp/notifications", test_notifications);
  ADD ("/mcp/handshake", test_handshake);
  ADD ("/mcp/tools", test_tools_are_described);
  ADD ("/mcp/main-job", test_main_job);
  ADD ("/mcp/pinned", test_conversation_is_pinned);
  ADD ("/mcp/wrong-arguments", test_wrong_arguments_leave_nothing);
  ADD ("/mcp/repeated-message", test_repeated_message);
  ADD ("/mcp/empty-key", test_empty_key_is_none);
  answers_add_test ("/mcp/as-documented");

  return g_test_run ();
}
