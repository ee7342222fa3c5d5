/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "answers.h"
#include "core/handover-json.h"
#include "desk-fixture.h"
#include "service/http/handover-router.h"
#include "service/http/routes/handover-routes-desk.h"
#include "service/store/handover-store-keys.h"

/* The routes of the desk, called as the pipeline calls them. */

typedef struct
{
  guint status;
  JsonNode *node;
  JsonObject *body;
} Answer;

static void
answer_clear (Answer *self)
{
  g_clear_pointer (&self->node, json_node_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Answer, answer_clear)

typedef struct
{
  const HandoverRoute *route;
  HandoverPrincipal principal;
  HandoverRequest *request;
  HandoverResponse *response;
} Job;

static gboolean
run (HandoverStore  *store,
     gpointer        data,
     GError        **error)
{
  Job *job = data;

  if ((job->route->flags & HANDOVER_ROUTE_RAW_BODY) == 0 && !handover_request_parse (job->request, error))
    return FALSE;
  return job->route->handler (store, &job->principal, job->request, job->response, error);
}

/* One request: an operator's under /v1, else the bot's. A key after the path is its idempotency key. */
static Answer
ask (DeskFixture *fixture,
     const char  *business_id,
     const char  *method,
     const char  *target,
     const char  *key,
     const char  *body)
{
  g_auto (GStrv) parts = g_strsplit (target, "?", 2);
  g_autoptr (HandoverRequest) request = handover_request_new (method, parts[0], parts[1]);
  g_autoptr (HandoverResponse) response = handover_response_new ();
  HandoverRouter *router = handover_router_new ();
  gboolean agent = !g_str_has_prefix (target, "/v1/");
  gboolean other = g_str_equal (business_id, OTHER_SHOP);
  Job job = { .request = request, .response = response };
  g_autofree char *allowed = NULL;
  g_autoptr (GBytes) data = NULL;
  g_autoptr (GError) error = NULL;
  Answer answer = { 0 };

  handover_router_add (router, handover_routes_agent_api);
  handover_router_add (router, handover_routes_alerts);
  handover_router_add (router, handover_routes_conversations);
  handover_router_add (router, handover_routes_mcp);
  handover_router_add (router, handover_routes_templates);
  job.principal.kind = agent ? HANDOVER_PRINCIPAL_AGENT : HANDOVER_PRINCIPAL_OPERATOR;
  job.principal.business_id = (char *) business_id;
  job.principal.id = agent ? (char *) (other ? OTHER_BOT : BOT) : fixture->kim->id;
  job.principal.name = fixture->kim->name;
  if (key != NULL)
    g_hash_table_replace (request->headers, g_strdup ("idempotency-key"), g_strdup (key));
  if (body != NULL)
    request->data = g_bytes_new (body, strlen (body));

  job.route = handover_router_match (router, request, &allowed, &error);
  if (job.route == NULL || !handover_store_attempt (fixture->store, run, &job, &error))
    handover_response_set_problem (response, error, NULL);
  handover_router_free (router);

  answers_note_response (request, response);
  data = handover_response_get_bytes (response);
  answer.status = response->status;
  if (data != NULL)
    {
      answer.node = handover_json_parse (data, &error);
      answer.body = json_node_get_object (answer.node);
    }
  return answer;
}

static const char *
get (Answer     *answer,
     const char *member)
{
  return json_object_get_string_member_with_default (answer->body, member, "");
}

#define ASK(method, target, body) ask (fixture, SHOP, method, target, NULL, body)

static void
assert_answer (DeskFixture *fixture,
               const char  *business_id,
               const char  *method,
               const char  *target,
               const char  *body,
               guint        status,
               const char  *code)
{
  g_auto (Answer) answer = ask (fixture, business_id, method, target, NULL, body);

  g_test_message ("%s %s %.200s", method, target, body != NULL ? body : "");
  g_assert_cmpuint (answer.status, ==, status);
  if (code != NULL)
    g_assert_cmpstr (get (&answer, "code"), ==, code);
}

#define CRY \
  "{\"conversation\":{\"external_id\":\"talk 1\",\"channel\":\"whatsapp\"," \
  "\"customer\":{\"id\":\"u1\",\"name\":\"Crystal Minh\",\"email\":\"c@example.org\",\"phone\":\"+1 (55) 5\"}}," \
  "\"summary\":\"Wants to return jeans after 90 days\",\"trigger\":\"policy\",\"confidence\":0.41,\"sentiment\":\"angry\"," \
  "\"evidence\":[\"e1\",\"nothing\"]," \
  "\"metadata\":{\"order_number\":\"3348917502\",\"cart\":[{\"name\":\"jeans\",\"quantity\":1,\"unit_price\":\"94.00\"," \
  "\"currency\":\"USD\"}]},\"transcript\":[{\"id\":\"e1\",\"author\":\"customer\",\"text\":\"Hi! \u0645\u0631\u062d\u0628\u0627 \U0001F600\"}," \
  "{\"id\":\"e2\",\"author\":\"tool\",\"tool\":{\"name\":\"look_up\",\"arguments\":{\"id\":1},\"result\":[1,null]}}," \
  "{\"id\":\"e3\",\"author\":\"agent\",\"text\":\"May I have your name?\",\"at\":\"2026-01-31T09:30:00.000Z\"}]}"

static void
test_main_job (DeskFixture   *fixture,
               gconstpointer  data)
{
  g_auto (Answer) cried = ASK ("POST", "/agent/v1/escalations", CRY);
  g_auto (Answer) again = ASK ("POST", "/agent/v1/escalations", CRY);
  g_auto (Answer) frozen = ASK ("POST", "/agent/v1/conversations/talk%201/messages", "{\"author\":\"agent\",\"text\":\"Wait\",\"epoch\":1}");
  g_autofree char *at = g_strdup_printf ("/v1/conversations/%s", get (&cried, "conversation_id"));
  g_autofree char *claim = g_strconcat (at, "/claim", NULL);
  g_autofree char *messages = g_strconcat (at, "/messages", NULL);
  g_autofree char *resolve = g_strconcat (at, "/resolve", NULL);
  g_autofree char *read = g_strconcat (at, "/read", NULL);
  g_autofree char *escalations = g_strconcat (at, "/escalations", NULL);
  g_autofree char *mark = NULL;
  g_autofree char *status = NULL;

  g_assert_cmpuint (cried.status, ==, 201);
  g_assert_cmpuint (again.status, ==, 200);
  g_assert_cmpstr (get (&again, "escalation_id"), ==, get (&cried, "escalation_id"));
  g_assert_cmpstr (get (&again, "transition_message"), ==, TRANSITION_MESSAGE);
  g_assert_cmpuint (frozen.status, ==, 409);
  g_assert_cmpstr (get (&frozen, "code"), ==, "conversation_frozen");
  g_assert_cmpstr (get (&frozen, "control"), ==, "waiting");
  g_assert_cmpint (json_object_get_int_member (frozen.body, "epoch"), ==, 2);
  g_assert_false (json_object_get_boolean_member (frozen.body, "may_reply"));

  assert_answer (fixture, SHOP, "GET", "/v1/conversations?view=waiting&limit=5", NULL, 200, NULL);
  assert_answer (fixture, SHOP, "GET", at, NULL, 200, NULL);
  assert_answer (fixture, SHOP, "POST", claim, NULL, 200, NULL);
  assert_answer (fixture, SHOP, "POST", messages, "{\"kind\":\"note\",\"text\":\"Between us\"}", 201, NULL);
  {
    g_auto (Answer) first = ask (fixture, SHOP, "POST", messages, "key", "{\"kind\":\"reply\",\"text\":\"Kim here\",\"epoch\":3}");
    g_auto (Answer) second = ask (fixture, SHOP, "POST", messages, "key", "{\"kind\":\"reply\",\"text\":\"Kim here\",\"epoch\":3}");

    g_assert_cmpuint (second.status, ==, 201);
    g_assert_cmpstr (get (&first, "id"), ==, get (&second, "id"));
    mark = g_strdup_printf ("{\"message_id\":\"%s\"}", get (&first, "id"));
    status = g_strdup_printf ("/agent/v1/messages/%s/status", get (&first, "id"));
  }
  assert_answer (fixture, SHOP, "POST", status, "{\"state\":\"delivered\"}", 200, NULL);
  assert_answer (fixture, SHOP, "POST", status, "{\"state\":\"sent\"}", 422, "invalid_member");
  assert_answer (fixture, SHOP, "POST", read, mark, 204, NULL);
  assert_answer (fixture, SHOP, "GET", messages, NULL, 200, NULL);
  assert_answer (fixture, SHOP, "GET", escalations, NULL, 200, NULL);
  assert_answer (fixture, SHOP, "POST", resolve, "{\"outcome\":\"resume_agent\",\"resolution\":\"promised\",\"brief\":\"Refund\"}", 200, NULL);
  {
    g_auto (Answer) looked = ASK ("GET", "/agent/v1/conversations/talk%201?after=0", NULL);

    g_assert_cmpuint (looked.status, ==, 200);
    g_assert_cmpstr (get (&looked, "brief"), ==, "Refund");
    g_assert_true (json_object_get_boolean_member (looked.body, "may_reply"));
  }
  assert_answer (fixture, SHOP, "POST", "/agent/v1/conversations/talk%201/messages", "{\"author\":\"agent\",\"text\":\"Hi\"}", 409, "epoch_required");
  assert_answer (fixture, SHOP, "POST", "/agent/v1/conversations/talk%201/messages", "{\"author\":\"agent\",\"text\":\"Hi\",\"epoch\":1}", 409, "stale_epoch");
  assert_answer (fixture, SHOP, "POST", "/agent/v1/conversations/talk%201/messages", "{\"author\":\"agent\",\"text\":\"Hi\",\"epoch\":4}", 201, NULL);
  assert_answer (fixture, SHOP, "POST", "/agent/v1/conversations/talk%201/close", NULL, 200, NULL);
  assert_answer (fixture, SHOP, "GET", at, NULL, 200, NULL);
}

static void
test_bad_input (DeskFixture   *fixture,
                gconstpointer  data)
{
  g_autofree char *long_text = g_strnfill (16 * 1024 + 1, 'x');
  g_autofree char *long_message = g_strdup_printf ("{\"author\":\"customer\",\"text\":\"%s\"}", long_text);
  static const struct
  {
    const char *target;
    const char *body;
    guint status;
    const char *code;
  } cases[] = {
    { "/agent/v1/escalations", "{", 400, "malformed_json" },
    { "/agent/v1/escalations", "[]", 400, "invalid_request" },
    { "/agent/v1/escalations", "{}", 422, "invalid_member" },
    { "/agent/v1/escalations", "{\"conversation\":{},\"summary\":\"x\",\"trigger\":\"policy\"}", 422, "invalid_member" },
    { "/agent/v1/escalations", "{\"conversation\":{\"external_id\":\"a\",\"channel\":\"pigeon\"},\"summary\":\"x\",\"trigger\":\"policy\"}", 422, "invalid_member" },
    { "/agent/v1/escalations", "{\"conversation\":{\"external_id\":\"a\"},\"summary\":\"x\",\"trigger\":\"policy\",\"transcript\":[7]}", 422, "invalid_member" },
    { "/agent/v1/escalations", "{\"conversation\":{\"external_id\":\"a\"},\"summary\":\"x\",\"trigger\":\"policy\",\"metadata\":[]}", 422, "invalid_member" },
    { "/agent/v1/conversations/a/messages", "{\"author\":\"operator\",\"text\":\"x\"}", 422, "invalid_member" },
    { "/agent/v1/conversations/a/messages", "{\"author\":\"agent\"}", 422, "invalid_member" },
    { "/agent/v1/conversations/a/messages", "{\"author\":\"agent\",\"text\":\"x\",\"attachments\":[{}]}", 422, "invalid_member" },
    { "/agent/v1/conversations/a/messages", "{\"author\":\"agent\",\"text\":\"x\",\"attachments\":[\"a\",\"a\"]}", 422, "invalid_member" },
    { "/agent/v1/conversations/a/messages", "{\"author\":\"customer\",\"attachments\":[\"at_none\"]}", 422, "invalid_member" },
    { "/agent/v1/conversations/a/messages", "{\"author\":\"customer\",\"attachments\":[]}", 422, "invalid_member" },
    { "/agent/v1/conversations/a/messages", "{\"author\":\"customer\",\"text\":\"x\",\"reply_to\":\"ms_none\"}", 422, "invalid_member" },
    { "/agent/v1/conversations/a/messages", "{\"author\":\"tool\",\"text\":\"x\",\"reply_to\":\"ms_none\"}", 422, "invalid_member" },
    { "/agent/v1/conversations/a/close", "{}", 404, "not_found" },
    { "/agent/v1/messages/ms_none/status", "{\"state\":\"read\"}", 404, "not_found" },
    { "/v1/conversations/cv_none/claim", NULL, 404, "not_found" },
    { "/v1/conversations/cv_none/messages", "{\"kind\":\"shout\",\"text\":\"x\"}", 422, "invalid_member" },
    { "/v1/conversations/cv_none/resolve", "{\"outcome\":\"vanish\"}", 422, "invalid_member" },
    { "/v1/conversations/cv_none/transfer", "{}", 422, "invalid_member" },
    { "/v1/templates", "{\"name\":\" \",\"text\":\"x\"}", 422, "invalid_member" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_answer (fixture, SHOP, "POST", cases[i].target, cases[i].body, cases[i].status, cases[i].code);

  assert_answer (fixture, SHOP, "POST", "/agent/v1/conversations/a/messages", long_message, 413, "too_large");
  assert_answer (fixture, SHOP, "GET", "/v1/conversations?view=upside-down", NULL, 400, "invalid_request");
  assert_answer (fixture, SHOP, "GET", "/v1/conversations?limit=0", NULL, 422, "invalid_member");
  assert_answer (fixture, SHOP, "GET", "/v1/conversations?cursor=nonsense", NULL, 400, "invalid_request");
  assert_answer (fixture, SHOP, "GET", "/agent/v1/conversations/a", NULL, 404, "not_found");
  assert_answer (fixture, SHOP, "GET", "/mcp", NULL, 405, "method_not_allowed");
  assert_answer (fixture, SHOP, "DELETE", "/mcp", NULL, 405, "method_not_allowed");
}

static void
test_other_business (DeskFixture   *fixture,
                     gconstpointer  data)
{
  g_autoptr (HandoverConversation) conversation = desk_fixture_put (fixture, HANDOVER_CONTROL_OPERATOR, FALSE);
  static const struct
  {
    const char *method;
    const char *path;
    const char *body;
  } cases[] = {
    { "GET", "", NULL },
    { "GET", "/messages", NULL },
    { "GET", "/escalations", NULL },
    { "POST", "/claim", NULL },
    { "POST", "/release", NULL },
    { "POST", "/transfer", "{\"operator_id\":\"x\"}" },
    { "POST", "/resolve", "{\"outcome\":\"close\"}" },
    { "POST", "/messages", "{\"kind\":\"note\",\"text\":\"x\"}" },
    { "POST", "/read", "{\"message_id\":\"x\"}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *target = g_strdup_printf ("/v1/conversations/%s%s", conversation->id, cases[i].path);

      assert_answer (fixture, OTHER_SHOP, cases[i].method, target, cases[i].body, 404, "not_found");
    }
  {
    g_auto (Answer) list = ask (fixture, OTHER_SHOP, "GET", "/v1/conversations", NULL, NULL);
    g_autofree char *target = g_strdup_printf ("/agent/v1/conversations/%s", conversation->external_id);

    g_assert_cmpuint (json_array_get_length (json_object_get_array_member (list.body, "items")), ==, 0);
    assert_answer (fixture, OTHER_SHOP, "GET", target, NULL, 404, "not_found");
  }
}

static void
test_templates (DeskFixture   *fixture,
                gconstpointer  data)
{
  g_auto (Answer) made = ASK ("POST", "/v1/templates", "{\"name\":\"Hi\",\"shortcut\":\"h\",\"text\":\"Hello\",\"scope\":\"personal\"}");
  g_autofree char *target = g_strdup_printf ("/v1/templates/%s", get (&made, "id"));
  g_auto (Answer) changed = ASK ("PATCH", target, "{\"shortcut\":null,\"text\":\"Hello!\"}");

  g_assert_cmpuint (made.status, ==, 201);
  g_assert_cmpstr (get (&changed, "text"), ==, "Hello!");
  g_assert_false (json_object_has_member (changed.body, "shortcut"));
  assert_answer (fixture, SHOP, "GET", "/v1/templates", NULL, 200, NULL);
  assert_answer (fixture, OTHER_SHOP, "PATCH", target, "{\"text\":\"x\"}", 404, "not_found");
  assert_answer (fixture, OTHER_SHOP, "DELETE", target, NULL, 404, "not_found");
  assert_answer (fixture, SHOP, "DELETE", target, NULL, 204, NULL);
  assert_answer (fixture, SHOP, "DELETE", target, NULL, 404, "not_found");
}

static void
test_mcp (DeskFixture   *fixture,
          gconstpointer  data)
{
  assert_answer (fixture, SHOP, "POST", "/mcp", "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}", 200, NULL);
  assert_answer (fixture, SHOP, "POST", "/mcp", "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}", 202, NULL);
  assert_answer (fixture, SHOP, "POST", "/mcp", "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"nothing\"}", 200, NULL);
  assert_answer (fixture, SHOP, "POST", "/mcp", "{nonsense", 400, NULL);
}

/* What the agent is told of its call, when it calls again. */
static void
assert_receipt (DeskFixture *fixture,
                const char  *receipt)
{
  g_auto (Answer) again = ASK ("POST", "/agent/v1/escalations", CRY);

  g_assert_cmpstr (get (&again, "receipt"), ==, receipt);
}

static void
test_receipt (DeskFixture   *fixture,
              gconstpointer  data)
{
  g_auto (Answer) cried = ASK ("POST", "/agent/v1/escalations", CRY);
  g_autofree char *alert = g_strdup_printf ("/v1/alerts/%s", get (&cried, "escalation_id"));
  g_autofree char *at = g_strdup_printf ("/v1/conversations/%s", get (&cried, "conversation_id"));
  g_autofree char *claim = g_strconcat (at, "/claim", NULL);
  g_autofree char *release = g_strconcat (at, "/release", NULL);
  g_autofree char *messages = g_strconcat (at, "/messages", NULL);
  g_autofree char *resolve = g_strconcat (at, "/resolve", NULL);
  const struct
  {
    const char *target;
    const char *body;
    guint status;
    const char *receipt;
  } steps[] = {
    { alert, "{\"state\":\"shown\"}", 204, "alerted" },
    { alert, "{\"state\":\"missed\"}", 204, "alerted" },
    { alert, "{\"state\":\"read\"}", 204, "seen" },
    { alert, "{\"state\":\"shown\"}", 204, "seen" },
    { claim, NULL, 200, "claimed" },
    { alert, "{\"state\":\"acted\"}", 204, "claimed" },
    { release, NULL, 200, "claimed" },
    { alert, "{\"state\":\"shown\"}", 204, "claimed" },
    { claim, NULL, 200, "claimed" },
    { messages, "{\"kind\":\"reply\",\"text\":\"Hello\"}", 201, "answered" },
    { alert, "{\"state\":\"read\"}", 204, "answered" },
  };

  g_assert_cmpstr (get (&cried, "receipt"), ==, "queued");
  assert_answer (fixture, OTHER_SHOP, "POST", alert, "{\"state\":\"shown\"}", 404, "not_found");
  assert_answer (fixture, SHOP, "POST", "/v1/alerts/nothing", "{\"state\":\"shown\"}", 404, "not_found");
  assert_answer (fixture, SHOP, "POST", alert, "{\"state\":\"wished\"}", 422, "invalid_member");
  assert_answer (fixture, SHOP, "POST", alert, "{}", 422, "invalid_member");
  assert_receipt (fixture, "queued");

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      assert_answer (fixture, SHOP, "POST", steps[i].target, steps[i].body, steps[i].status, NULL);
      assert_receipt (fixture, steps[i].receipt);
    }

  /* The alert may outlive its escalation. */
  assert_answer (fixture, SHOP, "POST", resolve, "{\"outcome\":\"close\"}", 200, NULL);
  assert_answer (fixture, SHOP, "POST", alert, "{\"state\":\"missed\"}", 204, NULL);
}

/* By the real pipeline's own look at who asks: the key tells whether its agent is switched off. */
static void
test_disabled_agent (DeskFixture   *fixture,
                     gconstpointer  data)
{
  g_autoptr (GBytes) hash = g_bytes_new_static ("0123456789abcdef0123456789abcdef", 32);
  HandoverPrincipal principal = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_true (handover_database_run (fixture->database, "key.insert", &error, "ttttbi", "ak_more", SHOP, BOT, "More", hash,
                                        (gint64) 1));
  g_assert_true (handover_store_find_key (fixture->store, hash, 1, &principal, &error));
  g_assert_false (principal.disabled);
  handover_principal_clear (&principal);
  g_assert_true (handover_database_run (fixture->database, "agent.update", &error, "ttti", SHOP, BOT, "Bot", (gint64) 0));
  g_assert_true (handover_store_find_key (fixture->store, hash, 1, &principal, &error));
  g_assert_no_error (error);
  g_assert_true (principal.disabled);
  handover_principal_clear (&principal);

  assert_answer (fixture, SHOP, "POST", "/agent/v1/conversations/off/messages", "{\"author\":\"agent\",\"text\":\"Hi\"}", 409,
                 "conversation_frozen");
}

static gint64
get_sequence (DeskFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  gint64 sequence;

  handover_store_get_sequence (fixture->store, SHOP, &sequence, &error);
  g_assert_no_error (error);
  return sequence;
}

static void
test_receipt_is_told_once (DeskFixture   *fixture,
                           gconstpointer  data)
{
  g_auto (Answer) cried = ASK ("POST", "/agent/v1/escalations", CRY);
  g_autofree char *alert = g_strdup_printf ("/v1/alerts/%s", get (&cried, "escalation_id"));
  g_autofree char *at = g_strdup_printf ("/v1/conversations/%s", get (&cried, "conversation_id"));
  g_auto (Answer) before = ASK ("GET", at, NULL);
  gint64 start = get_sequence (fixture);

  /* The conversation and its escalation, once, without a move to the top of any list. */
  assert_answer (fixture, SHOP, "POST", alert, "{\"state\":\"shown\"}", 204, NULL);
  g_assert_cmpint (get_sequence (fixture), ==, start + 2);
  assert_answer (fixture, SHOP, "POST", alert, "{\"state\":\"shown\"}", 204, NULL);
  g_assert_cmpint (get_sequence (fixture), ==, start + 2);
  {
    g_auto (Answer) after = ASK ("GET", at, NULL);

    g_assert_cmpstr (get (&after, "updated_at"), ==, get (&before, "updated_at"));
  }
}

static void
test_signals (DeskFixture   *fixture,
              gconstpointer  data)
{
  g_autoptr (HandoverConversation) conversation = desk_fixture_put (fixture, HANDOVER_CONTROL_OPERATOR, FALSE);
  g_autofree char *body = g_strdup_printf ("{\"conversation_id\":\"%s\",\"kind\":\"typing\"}", conversation->id);
  g_autofree char *winking = g_strdup_printf ("{\"conversation_id\":\"%s\",\"kind\":\"winking\"}", conversation->id);
  g_autoptr (GPtrArray) lines = NULL;
  g_autofree char *start = NULL;
  HandoverLogLine *last;
  gint64 before = get_sequence (fixture);

  assert_answer (fixture, SHOP, "POST", "/v1/signals", body, 204, NULL);
  assert_answer (fixture, SHOP, "POST", "/v1/signals", winking, 422, "invalid_member");
  assert_answer (fixture, SHOP, "POST", "/v1/signals", "{\"conversation_id\":\"x\",\"kind\":\"typing\"}", 404,
                 "not_found");
  assert_answer (fixture, OTHER_SHOP, "POST", "/v1/signals", body, 404, "not_found");

  /* Told to the shop's operators, without a number. */
  g_assert_cmpint (get_sequence (fixture), ==, before);
  lines = handover_store_batch_ended (fixture->store, TRUE);
  last = g_ptr_array_index (lines, lines->len - 1);
  start = g_strdup_printf ("{\"conversation_id\":\"%s\",\"kind\":\"typing\",\"operator\":{\"id\":\"%s\",",
                           conversation->id, fixture->kim->id);
  g_assert_cmpint (last->sequence, ==, 0);
  g_assert_cmpstr (last->business_id, ==, SHOP);
  g_assert_cmpstr (last->kind, ==, "signal");
  g_assert_null (last->agent_id);
  g_assert_true (g_str_has_prefix (g_bytes_get_data (last->data, NULL), start));
}

#define ADD(path, test) g_test_add (path, DeskFixture, NULL, desk_fixture_set_up, test, desk_fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/desk/routes/main-job", test_main_job);
  ADD ("/desk/routes/bad-input", test_bad_input);
  ADD ("/desk/routes/other-business", test_other_business);
  ADD ("/desk/routes/templates", test_templates);
  ADD ("/desk/routes/mcp", test_mcp);
  ADD ("/desk/routes/receipt", test_receipt);
  ADD ("/desk/routes/signals", test_signals);
  ADD ("/desk/routes/receipt-is-told-once", test_receipt_is_told_once);
  ADD ("/desk/routes/disabled-agent", test_disabled_agent);
  answers_add_test ("/desk/routes/as-documented");

  return g_test_run ();
}
