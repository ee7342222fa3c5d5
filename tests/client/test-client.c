/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include <string.h>

#include "client/handover-client.h"
#include "client/scripted-server.h"
#include "core/handover-problem.h"

typedef struct
{
  ScriptedServer *server;
  HandoverClient *client;
  GAsyncResult *result;
  guint unauthorized;
} Fixture;

static void
unauthorized_cb (Fixture *fixture)
{
  fixture->unauthorized++;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  fixture->server = scripted_server_new ();
  fixture->client = handover_client_new (scripted_server_get_address (fixture->server), &error);
  g_assert_no_error (error);
  handover_client_set_token (fixture->client, "token-of-kim");
  g_signal_connect_swapped (fixture->client, "unauthorized", G_CALLBACK (unauthorized_cb), fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_assert_finalize_object (fixture->client);
  scripted_server_free (fixture->server);
}

static void
called_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  Fixture *fixture = user_data;

  g_set_object (&fixture->result, result);
}

static HandoverReply *
finish (Fixture  *fixture,
        GError  **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  wait_until (fixture->result != NULL);
  result = g_steal_pointer (&fixture->result);

  return handover_client_call_finish (fixture->client, result, error);
}

static HandoverReply *
call (Fixture            *fixture,
      HandoverCallFlags   flags,
      const char         *method,
      const char         *path,
      guint               milliseconds,
      GError            **error)
{
  g_autoptr (JsonNode) body = json_from_string ("{\"text\":\"hi\"}", NULL);

  handover_client_call_async (fixture->client, flags, method, path, g_str_equal (method, "GET") ? NULL : body, NULL,
                              milliseconds, NULL, called_cb, fixture);

  return finish (fixture, error);
}

static void
test_read (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HandoverReply) reply = NULL;
  const ScriptedRequest *request;

  scripted_server_answer (fixture->server, "GET /v1/me", 200, "{\"id\":\"op_1\"}");
  scripted_server_set_header (fixture->server, "GET /v1/me", "Handover-Sequence", "42");
  reply = call (fixture, HANDOVER_CALL_DEFAULT, "GET", "/v1/me", 5000, &error);

  g_assert_no_error (error);
  g_assert_cmpint (reply->sequence, ==, 42);
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (reply->body), "id"), ==, "op_1");
  request = scripted_server_get_request (fixture->server, "GET /v1/me", 0);
  g_assert_cmpstr (request->authorization, ==, "Bearer token-of-kim");
  g_assert_null (request->idempotency_key);
  g_assert_true (g_str_has_prefix (request->user_agent, "Handover/"));
}

static void
test_write (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HandoverReply) first = NULL;
  g_autoptr (HandoverReply) second = NULL;
  const char *key;

  scripted_server_answer (fixture->server, "POST /v1/x", 204, NULL);
  first = call (fixture, HANDOVER_CALL_DEFAULT, "POST", "/v1/x", 5000, &error);
  g_assert_no_error (error);
  g_assert_null (first->body);
  g_assert_cmpint (first->sequence, ==, -1);
  second = call (fixture, HANDOVER_CALL_DEFAULT, "POST", "/v1/x", 5000, &error);
  g_assert_no_error (error);

  key = scripted_server_get_request (fixture->server, "POST /v1/x", 0)->idempotency_key;
  g_assert_cmpuint (strlen (key), >=, 16);
  g_assert_cmpstr (key, !=, scripted_server_get_request (fixture->server, "POST /v1/x", 1)->idempotency_key);
  g_assert_cmpstr (scripted_server_get_request (fixture->server, "POST /v1/x", 0)->body, ==, "{\"text\":\"hi\"}");
}

static void
test_problem (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  scripted_server_answer (fixture->server, "POST /v1/x", 409,
                          "{\"status\":409,\"code\":\"already_claimed\",\"detail\":\"Kim took over.\"}");
  g_assert_null (call (fixture, HANDOVER_CALL_RETRY, "POST", "/v1/x", 5000, &error));
  g_assert_error (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_ALREADY_CLAIMED);
  g_assert_cmpstr (error->message, ==, "Kim took over.");
  g_assert_cmpuint (scripted_server_count (fixture->server, "POST /v1/x"), ==, 1);
}

static void
test_strangers (Fixture       *fixture,
                gconstpointer  data)
{
  const struct
  {
    guint status;
    const char *body;
    HandoverProblem problem;
  } answers[] = {
    { 200, "<html>Welcome</html>", HANDOVER_PROBLEM_UNEXPECTED_ANSWER },
    { 200, "{\"unfinished\":", HANDOVER_PROBLEM_UNEXPECTED_ANSWER },
    { 404, "<html>Not here</html>", HANDOVER_PROBLEM_UNEXPECTED_ANSWER },
    { 502, "<html>Bad gateway</html>", HANDOVER_PROBLEM_UNREACHABLE },
    { 418, "{\"code\":\"new_in_2030\",\"detail\":\"No.\"}", HANDOVER_PROBLEM_UNEXPECTED_ANSWER },
    { 409, "not even JSON", HANDOVER_PROBLEM_UNEXPECTED_ANSWER },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    scripted_server_answer (fixture->server, "GET /v1/x", answers[i].status, answers[i].body);

  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (call (fixture, HANDOVER_CALL_DEFAULT, "GET", "/v1/x", 5000, &error));
      g_assert_error (error, HANDOVER_PROBLEM, (int) answers[i].problem);
    }
}

static void
test_unauthorized (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  scripted_server_answer (fixture->server, "POST /v1/auth/sign-in", 401,
                          "{\"code\":\"invalid_credentials\",\"detail\":\"Wrong.\"}");
  scripted_server_answer (fixture->server, "GET /v1/me", 401, "{\"code\":\"unauthorized\",\"detail\":\"Ended.\"}");

  g_assert_null (call (fixture, HANDOVER_CALL_DEFAULT, "POST", "/v1/auth/sign-in", 5000, &error));
  g_assert_error (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_INVALID_CREDENTIALS);
  g_assert_cmpuint (fixture->unauthorized, ==, 0);
  g_clear_error (&error);

  g_assert_null (call (fixture, HANDOVER_CALL_DEFAULT, "GET", "/v1/me", 5000, &error));
  g_assert_error (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_UNAUTHORIZED);
  g_assert_cmpuint (fixture->unauthorized, ==, 1);
}

static void
test_no_answer_in_time (Fixture       *fixture,
                        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  scripted_server_answer (fixture->server, "POST /v1/x", SCRIPTED_SILENCE, NULL);
  g_assert_null (call (fixture, HANDOVER_CALL_RETRY, "POST", "/v1/x", 200, &error));
  g_assert_error (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_UNREACHABLE);
  g_assert_nonnull (strstr (error->message, "in time"));
}

static void
test_retry (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HandoverReply) reply = NULL;

  scripted_server_answer (fixture->server, "POST /v1/x", SCRIPTED_DROP, NULL);
  scripted_server_answer (fixture->server, "POST /v1/x", 503, "{\"code\":\"busy\",\"detail\":\"Busy.\"}");
  scripted_server_answer (fixture->server, "POST /v1/x", 200, "{}");
  reply = call (fixture, HANDOVER_CALL_RETRY, "POST", "/v1/x", 10000, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (scripted_server_count (fixture->server, "POST /v1/x"), >=, 3);
  g_assert_cmpstr (scripted_server_get_request (fixture->server, "POST /v1/x", 0)->idempotency_key, ==,
                   scripted_server_get_request (fixture->server, "POST /v1/x", 2)->idempotency_key);
}

static void
test_one_try (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  scripted_server_answer (fixture->server, "POST /v1/x", 503, "{\"code\":\"busy\",\"detail\":\"Busy.\"}");
  g_assert_null (call (fixture, HANDOVER_CALL_DEFAULT, "POST", "/v1/x", 10000, &error));
  g_assert_error (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_BUSY);
  g_assert_cmpuint (scripted_server_count (fixture->server, "POST /v1/x"), ==, 1);
}

static void
test_gives_up (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  gint64 start = g_get_monotonic_time ();

  scripted_server_answer (fixture->server, "POST /v1/x", 503, "{\"code\":\"busy\",\"detail\":\"Busy.\"}");
  g_assert_null (call (fixture, HANDOVER_CALL_RETRY, "POST", "/v1/x", 600, &error));
  g_assert_error (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_UNREACHABLE);
  g_assert_cmpint (g_get_monotonic_time () - start, >=, 600 * 1000);
  g_assert_cmpuint (scripted_server_count (fixture->server, "POST /v1/x"), >=, 2);
}

static void
test_nobody_there (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  scripted_server_free (fixture->server);
  fixture->server = scripted_server_new ();
  g_assert_null (call (fixture, HANDOVER_CALL_DEFAULT, "GET", "/v1/me", 5000, &error));
  g_assert_error (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_UNREACHABLE);
  g_assert_nonnull (strstr (error->message, "127.0.0.1"));
}

static void
test_cancel (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  /* While the service is asked. */
  scripted_server_answer (fixture->server, "GET /v1/x", SCRIPTED_SILENCE, NULL);
  handover_client_call_async (fixture->client, HANDOVER_CALL_RETRY, "GET", "/v1/x", NULL, NULL, 15000, cancellable,
                              called_cb, fixture);
  wait_until (scripted_server_count (fixture->server, "GET /v1/x") == 1);
  g_cancellable_cancel (cancellable);
  g_assert_null (finish (fixture, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);

  /* Between two tries. */
  g_cancellable_reset (cancellable);
  scripted_server_answer (fixture->server, "GET /v1/y", 503, "{\"code\":\"busy\",\"detail\":\"Busy.\"}");
  handover_client_call_async (fixture->client, HANDOVER_CALL_RETRY, "GET", "/v1/y", NULL, NULL, 15000, cancellable,
                              called_cb, fixture);
  wait_until (scripted_server_count (fixture->server, "GET /v1/y") == 3);
  for (guint i = 0; i < 4; i++)
    scripted_server_turn ();
  g_cancellable_cancel (cancellable);
  g_assert_null (finish (fixture, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);

  /* Before it begins. */
  handover_client_call_async (fixture->client, HANDOVER_CALL_RETRY, "GET", "/v1/x", NULL, NULL, 15000, cancellable,
                              called_cb, fixture);
  g_assert_null (finish (fixture, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* A redirect could carry the token to a stranger. */
static void
test_redirect (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (ScriptedServer) stranger = scripted_server_new ();
  g_autofree char *elsewhere = g_strconcat (scripted_server_get_address (stranger), "/v1/me", NULL);
  g_autoptr (GError) error = NULL;

  scripted_server_answer (stranger, "GET /v1/me", 200, "{}");
  scripted_server_answer (fixture->server, "GET /v1/me", 302, NULL);
  scripted_server_set_header (fixture->server, "GET /v1/me", "Location", elsewhere);
  g_assert_null (call (fixture, HANDOVER_CALL_DEFAULT, "GET", "/v1/me", 5000, &error));
  g_assert_error (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_UNEXPECTED_ANSWER);
  g_assert_cmpuint (scripted_server_count (stranger, "GET /v1/me"), ==, 0);
}

/* A certificate that nobody vouches for: nothing may be sent, however often it is tried. */
static void
test_certificate (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autofree char *file = g_test_build_filename (G_TEST_DIST, "self-signed.pem", NULL);
  g_autoptr (GTlsCertificate) certificate = NULL;
  g_autoptr (ScriptedServer) server = NULL;
  g_autoptr (GError) error = NULL;

  if (!g_tls_backend_supports_tls (g_tls_backend_get_default ()))
    {
      g_test_skip ("no TLS on this computer");
      return;
    }

  certificate = g_tls_certificate_new_from_file (file, &error);
  g_assert_no_error (error);
  server = scripted_server_new_tls (certificate);
  scripted_server_answer (server, "GET /v1/me", 200, "{}");
  g_clear_object (&fixture->client);
  fixture->client = handover_client_new (scripted_server_get_address (server), &error);
  g_assert_no_error (error);

  g_assert_null (call (fixture, HANDOVER_CALL_RETRY, "GET", "/v1/me", 5000, &error));
  g_assert_error (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_UNREACHABLE);
  g_assert_nonnull (strstr (error->message, "certificate"));
  g_assert_cmpuint (scripted_server_count (server, "GET /v1/me"), ==, 0);
}

static void
add (const char *name,
     void (*test) (Fixture *, gconstpointer))
{
  g_autofree char *path = g_strconcat ("/client/client/", name, NULL);

  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add ("read", test_read);
  add ("write", test_write);
  add ("problem", test_problem);
  add ("strangers", test_strangers);
  add ("unauthorized", test_unauthorized);
  add ("no-answer-in-time", test_no_answer_in_time);
  add ("retry", test_retry);
  add ("one-try", test_one_try);
  add ("gives-up", test_gives_up);
  add ("nobody-there", test_nobody_there);
  add ("cancel", test_cancel);
  add ("redirect", test_redirect);
  add ("certificate", test_certificate);

  return g_test_run ();
}
