/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "answers.h"
#include "service-fixture.h"

#include <string.h>

#define ADD(name, function) \
  g_test_add (name, ServiceFixture, NULL, service_fixture_set_up, function, service_fixture_tear_down)

static void
assert_refused (ServiceFixture *self,
                JsonNode       *answer,
                guint           status,
                const char     *code)
{
  g_assert_cmpuint (self->status, ==, status);
  g_assert_cmpstr (soup_message_headers_get_content_type (self->headers, NULL), ==, "application/problem+json");
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (answer), "code"), ==, code);
  g_assert_cmpuint (strlen (json_object_get_string_member (json_node_get_object (answer), "detail")), >, 10);
}

static char *
dup_member (JsonNode   *node,
            const char *member)
{
  return g_strdup (json_object_get_string_member (json_node_get_object (node), member));
}

static void
test_sign_in (ServiceFixture *self,
              gconstpointer   data)
{
  g_autoptr (JsonNode) wrong = NULL;
  g_autoptr (JsonNode) unknown = NULL;
  g_autoptr (JsonNode) right = NULL;
  g_autoptr (JsonNode) taken = NULL;
  g_autoptr (JsonNode) me = NULL;

  wrong = service_fixture_call (self, "POST", "/v1/auth/sign-in", NULL, NULL,
                                "{\"email\": \"kim@example.com\", \"password\": \"not this one\"}");
  assert_refused (self, wrong, 401, "invalid_credentials");
  unknown = service_fixture_call (self, "POST", "/v1/auth/sign-in", NULL, NULL,
                                  "{\"email\": \"nobody@example.com\", \"password\": \"not this one\"}");
  assert_refused (self, unknown, 401, "invalid_credentials");
  g_assert_true (json_node_equal (wrong, unknown));

  right = service_fixture_call (self, "POST", "/v1/auth/sign-in", NULL, NULL,
                                "{\"email\": \" KIM@example.com\", \"password\": \"" PASSWORD "\"}");
  g_assert_cmpuint (self->status, ==, 422);
  g_clear_pointer (&right, json_node_unref);
  right = service_fixture_call (self, "POST", "/v1/auth/sign-in", NULL, NULL,
                                "{\"email\": \"KIM@example.com\", \"password\": \"" PASSWORD "\"}");
  g_assert_cmpuint (self->status, ==, 200);

  taken = service_fixture_call (self, "POST", "/v1/auth/sign-up", NULL, NULL,
                                "{\"business_name\": \"B\", \"name\": \"N\", \"email\": \"Kim@Example.com\","
                                " \"password\": \"" PASSWORD "\"}");
  assert_refused (self, taken, 409, "email_taken");

  me = service_fixture_call (self, "GET", "/v1/me", self->token, NULL, NULL);
  g_assert_cmpuint (self->status, ==, 200);
  g_assert_cmpstr (soup_message_headers_get_one (self->headers, "Handover-Sequence"), ==, "1");
}

static void
test_guessing_is_slowed (ServiceFixture *self,
                         gconstpointer   data)
{
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (JsonNode) answer = NULL;

      answer = service_fixture_call (self, "POST", "/v1/auth/sign-in", NULL, NULL,
                                     "{\"email\": \"kim@example.com\", \"password\": \"not this one\"}");
      g_assert_cmpuint (self->status, ==, 401);
    }

  {
    g_autoptr (JsonNode) answer = NULL;

    answer = service_fixture_call (self, "POST", "/v1/auth/sign-in", NULL, NULL,
                                   "{\"email\": \"kim@example.com\", \"password\": \"" PASSWORD "\"}");
    assert_refused (self, answer, 429, "too_many_requests");
    g_assert_nonnull (soup_message_headers_get_one (self->headers, "Retry-After"));
  }
}

static void
test_repeats (ServiceFixture *self,
              gconstpointer   data)
{
  g_autoptr (JsonNode) first = NULL;
  g_autoptr (JsonNode) again = NULL;
  g_autoptr (JsonNode) other = NULL;
  g_autoptr (JsonNode) secret = NULL;
  g_autoptr (JsonNode) elsewhere = NULL;
  g_autoptr (JsonNode) agents = NULL;
  g_autofree char *id = NULL;
  g_autofree char *path = NULL;
  JsonObject *agent;

  first = service_fixture_call (self, "POST", "/v1/agents", self->token, "k", "{\"name\": \"Bot\"}");
  g_assert_cmpuint (self->status, ==, 201);
  again = service_fixture_call (self, "POST", "/v1/agents", self->token, "k", "{\"name\": \"Bot\"}");
  g_assert_cmpuint (self->status, ==, 201);
  g_assert_true (json_node_equal (first, again));
  other = service_fixture_call (self, "POST", "/v1/agents", self->token, "k", "{\"name\": \"Else\"}");
  assert_refused (self, other, 409, "idempotency_mismatch");

  id = dup_member (first, "id");
  path = g_strconcat ("/v1/agents/", id, "/keys", NULL);
  elsewhere = service_fixture_call (self, "POST", path, self->token, "k", "{}");
  g_assert_cmpuint (self->status, ==, 201);
  secret = service_fixture_call (self, "POST", path, self->token, "k", "{}");
  assert_refused (self, secret, 409, "already_done");

  agents = service_fixture_call (self, "GET", "/v1/agents", self->token, NULL, NULL);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (json_node_get_object (agents), "items")),
                    ==, 1);
  agent = json_array_get_object_element (json_object_get_array_member (json_node_get_object (agents), "items"), 0);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (agent, "keys")), ==, 1);
  g_assert_cmpstr (soup_message_headers_get_one (self->headers, "Handover-Sequence"), ==, "3");
}

static void
test_roles_and_dismissal (ServiceFixture *self,
                          gconstpointer   data)
{
  g_autoptr (JsonNode) invite = service_fixture_call (self, "POST", "/v1/team/invites", self->token, NULL,
                                                      "{\"role\": \"operator\"}");
  g_autofree char *invite_token = dup_member (invite, "invite");
  g_autofree char *form = g_strdup_printf ("{\"invite\": \"%s\", \"name\": \"Noor\", \"email\": \"noor@example.com\","
                                           " \"password\": \"" PASSWORD "\"}", invite_token);
  g_autoptr (JsonNode) joined = service_fixture_call (self, "POST", "/v1/auth/accept-invite", NULL, NULL, form);
  g_autofree char *token = dup_member (joined, "token");
  g_autofree char *path = NULL;
  g_autoptr (JsonNode) used = NULL;
  g_autoptr (JsonNode) forbidden = NULL;
  g_autoptr (JsonNode) last_owner = NULL;
  g_autoptr (JsonNode) dismissed = NULL;
  g_autoptr (JsonNode) gone = NULL;
  g_autoptr (JsonNode) me = NULL;
  g_autoptr (GIOStream) stream = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *own_path = NULL;

  used = service_fixture_call (self, "POST", "/v1/auth/accept-invite", NULL, NULL, form);
  assert_refused (self, used, 410, "invite_invalid");
  forbidden = service_fixture_call (self, "POST", "/v1/team/invites", token, NULL, "{\"role\": \"operator\"}");
  assert_refused (self, forbidden, 403, "forbidden");

  me = service_fixture_call (self, "GET", "/v1/me", self->token, NULL, NULL);
  own_path = g_strconcat ("/v1/team/", json_object_get_string_member (json_node_get_object (me), "id"), NULL);
  last_owner = service_fixture_call (self, "PATCH", own_path, self->token, NULL, "{\"role\": \"admin\"}");
  assert_refused (self, last_owner, 409, "last_owner");

  stream = service_fixture_stream (self, token, "/v1/events?after=0");
  g_assert_true (service_fixture_read (stream, text, "operator.created"));
  path = g_strconcat ("/v1/team/",
                      json_object_get_string_member (json_object_get_object_member (json_node_get_object (joined),
                                                                                    "operator"), "id"), NULL);
  dismissed = service_fixture_call (self, "PATCH", path, self->token, NULL, "{\"active\": false}");
  g_assert_cmpuint (self->status, ==, 200);
  g_assert_false (service_fixture_read (stream, text, NULL));
  gone = service_fixture_call (self, "GET", "/v1/me", token, NULL, NULL);
  assert_refused (self, gone, 401, "unauthorized");
}

static void
test_new_password_ends_other_sessions (ServiceFixture *self,
                                       gconstpointer   data)
{
  g_autoptr (JsonNode) other = service_fixture_call (self, "POST", "/v1/auth/sign-in", NULL, NULL,
                                                     "{\"email\": \"kim@example.com\", \"password\": \"" PASSWORD "\"}");
  g_autofree char *token = dup_member (other, "token");
  g_autoptr (JsonNode) wrong = NULL;
  g_autoptr (JsonNode) weak = NULL;
  g_autoptr (JsonNode) gone = NULL;
  g_autoptr (JsonNode) me = NULL;

  wrong = service_fixture_call (self, "PUT", "/v1/me/password", self->token, NULL,
                                "{\"old\": \"not this one\", \"new\": \"an even better one\"}");
  assert_refused (self, wrong, 422, "invalid_member");
  weak = service_fixture_call (self, "PUT", "/v1/me/password", self->token, NULL,
                               "{\"old\": \"" PASSWORD "\", \"new\": \"short\"}");
  assert_refused (self, weak, 422, "invalid_member");
  service_fixture_call (self, "PUT", "/v1/me/password", self->token, NULL,
                        "{\"old\": \"" PASSWORD "\", \"new\": \"an even better one\"}");
  g_assert_cmpuint (self->status, ==, 204);
  gone = service_fixture_call (self, "GET", "/v1/me", token, NULL, NULL);
  assert_refused (self, gone, 401, "unauthorized");
  me = service_fixture_call (self, "GET", "/v1/me", self->token, NULL, NULL);
  g_assert_cmpuint (self->status, ==, 200);
}

/* The answer may get lost on its way: whoever asks again is not told that the old password is wrong. */
static void
test_new_password_is_set_once (ServiceFixture *self,
                               gconstpointer   data)
{
  static const char body[] = "{\"old\": \"" PASSWORD "\", \"new\": \"an even better one\"}";
  g_autoptr (JsonNode) refused = NULL;

  for (guint i = 0; i < 2; i++)
    {
      service_fixture_call (self, "PUT", "/v1/me/password", self->token, "k", body);
      g_assert_cmpuint (self->status, ==, 204);
    }
  refused = service_fixture_call (self, "PUT", "/v1/me/password", self->token, "another", body);
  assert_refused (self, refused, 422, "invalid_member");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/accounts/sign-in", test_sign_in);
  ADD ("/accounts/guessing-is-slowed", test_guessing_is_slowed);
  ADD ("/accounts/repeats", test_repeats);
  ADD ("/accounts/roles-and-dismissal", test_roles_and_dismissal);
  ADD ("/accounts/new-password-ends-other-sessions", test_new_password_ends_other_sessions);
  ADD ("/accounts/new-password-is-set-once", test_new_password_is_set_once);
  answers_add_test ("/accounts/as-documented");

  return g_test_run ();
}
