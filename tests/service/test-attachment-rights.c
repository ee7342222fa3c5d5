/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "answers.h"
#include "file-calls.h"

#include <string.h>

#define ADD(name, function) \
  g_test_add ("/attachment-rights/" name, ServiceFixture, NULL, service_fixture_set_up, function, service_fixture_tear_down)

static char *
sign_up_another (ServiceFixture *self)
{
  return file_call (self, "POST", "/v1/auth/sign-up", NULL,
                    "{\"business_name\":\"Other\",\"name\":\"Lee\",\"email\":\"lee@example.com\",\"password\":\"" PASSWORD "\"}",
                    201, "token");
}

static char *
invite_colleague (ServiceFixture *self)
{
  g_autofree char *link = file_call (self, "POST", "/v1/team/invites", self->token, "{\"role\":\"operator\"}", 201, "invite");
  g_autofree char *body = g_strdup_printf ("{\"invite\":\"%s\",\"name\":\"Ann\",\"email\":\"ann@example.com\","
                                           "\"password\":\"" PASSWORD "\"}", link);

  return file_call (self, "POST", "/v1/auth/accept-invite", NULL, body, 201, "token");
}

static void
assert_download (ServiceFixture *self,
                 const char     *prefix,
                 const char     *token,
                 const char     *id,
                 guint           status)
{
  g_auto (FileAnswer) answer = file_download (self, prefix, token, id, NULL);

  g_assert_cmpuint (answer.status, ==, status);
}

static char *
claim_conversation (ServiceFixture *self,
                    const char     *key,
                    const char     *external_id)
{
  g_autofree char *body = g_strdup_printf ("{\"conversation\":{\"external_id\":\"%s\"},\"summary\":\"x\",\"trigger\":\"policy\"}",
                                           external_id);
  g_autofree char *id = file_call (self, "POST", "/agent/v1/escalations", key, body, 201, "conversation_id");
  g_autofree char *claim = g_strdup_printf ("/v1/conversations/%s/claim", id);

  file_call (self, "POST", claim, self->token, NULL, 200, NULL);
  return g_steal_pointer (&id);
}

/* One message with one file, or the refusal of it. */
static void
post (ServiceFixture *self,
      const char     *path,
      const char     *token,
      const char     *members,
      const char     *id,
      guint           status)
{
  g_autofree char *body = g_strdup_printf ("{%s,\"attachments\":[\"%s\"]}", members, id);

  file_call (self, "POST", path, token, body, status, NULL);
}

static void
test_reply (ServiceFixture *self,
            gconstpointer   data)
{
  g_autofree char *key = file_make_key (self, self->token, "Bot");
  g_autofree char *stranger = file_make_key (self, self->token, "Other bot");
  g_autofree char *colleague = invite_colleague (self);
  g_autofree char *other = sign_up_another (self);
  g_autofree char *conversation = claim_conversation (self, key, "talk");
  g_autofree char *messages = g_strdup_printf ("/v1/conversations/%s/messages", conversation);
  g_autofree char *id = file_put (self, "/v1", self->token, "a rose");
  g_autofree char *theirs = file_put (self, "/v1", colleague, "a thorn");

  /* Before it is sent it is its uploader's alone. */
  assert_download (self, "/v1", self->token, id, 200);
  assert_download (self, "/v1", colleague, id, 404);
  assert_download (self, "/v1", other, id, 404);
  assert_download (self, "/agent/v1", key, id, 404);
  post (self, messages, self->token, "\"kind\":\"reply\"", theirs, 422);
  post (self, messages, self->token, "\"kind\":\"reply\"", "at_none", 422);
  post (self, messages, other, "\"kind\":\"reply\"", id, 404);

  {
    g_autofree char *body = g_strdup_printf ("{\"kind\":\"reply\",\"attachments\":[\"%s\"]}", id);
    g_autoptr (JsonNode) answer = service_fixture_call (self, "POST", messages, self->token, "k", body);
    g_autoptr (JsonNode) again = service_fixture_call (self, "POST", messages, self->token, "k", body);
    JsonArray *attachments = json_object_get_array_member (json_node_get_object (answer), "attachments");

    g_assert_cmpuint (self->status, ==, 201);
    g_assert_true (json_node_equal (answer, again));
    g_assert_cmpstr (json_object_get_string_member (json_node_get_object (answer), "text"), ==, "");
    g_assert_cmpuint (json_array_get_length (attachments), ==, 1);
    g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (attachments, 0), "name"), ==, "rose.txt");
  }
  post (self, messages, self->token, "\"kind\":\"reply\"", id, 422);

  assert_download (self, "/v1", colleague, id, 200);
  assert_download (self, "/agent/v1", key, id, 200);
  assert_download (self, "/agent/v1", stranger, id, 404);
  assert_download (self, "/v1", other, id, 404);
  assert_download (self, "/v1", NULL, id, 401);
  assert_download (self, "/v1", key, id, 401);
  assert_download (self, "/agent/v1", self->token, id, 401);

  /* The row of a list says what came last, though it has no words. */
  {
    g_autofree char *path = g_strdup_printf ("/v1/conversations/%s", conversation);
    g_autoptr (JsonNode) answer = service_fixture_call (self, "GET", path, self->token, NULL, NULL);
    JsonObject *last = json_object_get_object_member (json_node_get_object (answer), "last_message");
    JsonArray *attachments = json_object_get_array_member (last, "attachments");

    g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (attachments, 0), "id"), ==, id);
  }
}

/* A note is the team's own, with all that is in it. */
static void
test_note (ServiceFixture *self,
           gconstpointer   data)
{
  g_autofree char *key = file_make_key (self, self->token, "Bot");
  g_autofree char *colleague = invite_colleague (self);
  g_autofree char *conversation = claim_conversation (self, key, "talk");
  g_autofree char *messages = g_strdup_printf ("/v1/conversations/%s/messages", conversation);
  g_autofree char *id = file_put (self, "/v1", self->token, "between us");

  post (self, messages, self->token, "\"kind\":\"note\"", id, 201);
  assert_download (self, "/v1", colleague, id, 200);
  assert_download (self, "/agent/v1", key, id, 404);
  post (self, "/agent/v1/conversations/talk/messages", key, "\"author\":\"customer\"", id, 422);
}

static void
test_agent (ServiceFixture *self,
            gconstpointer   data)
{
  g_autofree char *key = file_make_key (self, self->token, "Bot");
  g_autofree char *stranger = file_make_key (self, self->token, "Other bot");
  g_autofree char *photo = file_put (self, "/agent/v1", key, "what arrived");
  g_autofree char *menu = file_put (self, "/agent/v1", key, "the menu");
  g_autofree char *late = file_put (self, "/agent/v1", key, "too late");
  g_autofree char *cry = NULL;
  g_autofree char *path = NULL;
  g_autofree char *id = NULL;

  assert_download (self, "/v1", self->token, photo, 404);
  post (self, "/agent/v1/conversations/talk/messages", stranger, "\"author\":\"customer\"", photo, 422);
  post (self, "/agent/v1/conversations/talk/messages", key, "\"author\":\"customer\"", photo, 201);
  post (self, "/agent/v1/conversations/talk/messages", key, "\"author\":\"agent\",\"text\":\"Here\"", menu, 201);
  post (self, "/agent/v1/conversations/other/messages", key, "\"author\":\"agent\",\"text\":\"Here\"", menu, 422);
  assert_download (self, "/v1", self->token, photo, 200);
  assert_download (self, "/agent/v1", stranger, photo, 404);

  /* The transcript may tell of them again, and of one more; what is there is not stored twice. */
  cry = g_strdup_printf ("{\"conversation\":{\"external_id\":\"talk\"},\"summary\":\"x\",\"trigger\":\"policy\",\"transcript\":["
                         "{\"author\":\"customer\",\"attachments\":[\"%s\"]},"
                         "{\"author\":\"agent\",\"text\":\"Here\",\"attachments\":[\"%s\"]},"
                         "{\"author\":\"customer\",\"text\":\"Look again\",\"attachments\":[\"%s\"]}]}", photo, menu, photo);
  id = file_call (self, "POST", "/agent/v1/escalations", key, cry, 201, "conversation_id");
  path = g_strdup_printf ("/v1/conversations/%s/messages", id);
  {
    g_autoptr (JsonNode) answer = service_fixture_call (self, "GET", path, self->token, NULL, NULL);
    JsonArray *items = json_object_get_array_member (json_node_get_object (answer), "items");
    guint n_with_files = 0;

    for (guint i = 0; i < json_array_get_length (items); i++)
      n_with_files += json_array_get_length (json_object_get_array_member (json_array_get_object_element (items, i),
                                                                           "attachments"));
    g_assert_cmpuint (n_with_files, ==, 3);
  }

  /* Frozen: what it tries is kept with its file, for people alone. */
  post (self, "/agent/v1/conversations/talk/messages", key, "\"author\":\"agent\",\"text\":\"No\",\"epoch\":1", late, 409);
  assert_download (self, "/v1", self->token, late, 200);
}

/* A summary is needed where nobody wrote a word. */
static void
test_photo_reopens (ServiceFixture *self,
                    gconstpointer   data)
{
  g_autofree char *key = file_make_key (self, self->token, "Bot");
  g_autofree char *conversation = claim_conversation (self, key, "talk");
  g_autofree char *resolve = g_strdup_printf ("/v1/conversations/%s/resolve", conversation);
  g_autofree char *path = g_strdup_printf ("/v1/conversations/%s", conversation);
  g_autofree char *photo = file_put (self, "/agent/v1", key, "what arrived");
  g_autoptr (JsonNode) agents = NULL;
  g_autofree char *agent = NULL;

  file_call (self, "POST", resolve, self->token, "{\"outcome\":\"close\"}", 200, NULL);
  agents = service_fixture_call (self, "GET", path, self->token, NULL, NULL);
  agent = g_strdup_printf ("/v1/agents/%s", json_object_get_string_member (json_node_get_object (agents), "agent_id"));
  file_call (self, "PATCH", agent, self->token, "{\"enabled\":false}", 200, NULL);
  post (self, "/agent/v1/conversations/talk/messages", key, "\"author\":\"customer\"", photo, 201);
  {
    g_autoptr (JsonNode) answer = service_fixture_call (self, "GET", path, self->token, NULL, NULL);
    JsonObject *escalation = json_object_get_object_member (json_node_get_object (answer), "escalation");

    g_assert_cmpstr (json_object_get_string_member (escalation, "summary"), ==, "The customer sent a file: rose.txt");
  }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("reply", test_reply);
  ADD ("note", test_note);
  ADD ("agent", test_agent);
  ADD ("photo-reopens", test_photo_reopens);
  answers_add_test ("/attachment-rights/as-documented");

  return g_test_run ();
}
