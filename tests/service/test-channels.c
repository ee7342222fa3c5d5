/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include <string.h>

#include <glib/gstdio.h>

#include "channel-fixture.h"
#include "service/channels/handover-typing.h"
#include "service/handover-vault.h"

static gboolean
folder_holds (ServiceFixture *self,
              const char     *secret)
{
  g_autoptr (GDir) folder = g_dir_open (self->folder, 0, NULL);
  gboolean found = FALSE;
  const char *name;

  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->folder, name, NULL);
      g_autofree char *content = NULL;
      gsize length;

      g_assert_true (g_file_get_contents (path, &content, &length, NULL));
      found |= memmem (content, length, secret, strlen (secret)) != NULL;
    }
  return found;
}

static void
assert_refused (ServiceFixture *self,
                const char     *body,
                guint           status,
                const char     *code)
{
  JsonObject *problem = channel_fixture_call (self, "POST", "/v1/channels", self->token, status, "%s", body);

  g_assert_cmpstr (json_object_get_string_member (problem, "code"), ==, code);
}

/* A token is tried before anything is stored, and then lies sealed. */
static void
test_connect (ServiceFixture *self,
              gconstpointer   data)
{
  g_autofree char *key = g_build_filename (self->folder, "channel-key", NULL);
  g_autofree char *id = NULL;
  g_autofree char *path = NULL;
  g_autofree char *again = NULL;
  JsonObject *channel;
  GStatBuf info;

  assert_refused (self, "{\"kind\":\"sms\",\"token\":\"unknown\"}", 422, "invalid_token");
  assert_refused (self, "{\"kind\":\"sms\",\"token\":\"\"}", 422, "invalid_member");
  assert_refused (self, "{\"kind\":\"whatsapp\",\"token\":\"a:b\"}", 400, "not_supported");
  assert_refused (self, "{\"kind\":\"sms\",\"token\":\"a:b\",\"agent_id\":\"nobody\"}", 404, "not_found");
  fake_account_get ("a")->down = TRUE;
  assert_refused (self, "{\"kind\":\"sms\",\"token\":\"a:b\"}", 503, "channel_unreachable");
  fake_account_get ("a")->down = FALSE;

  id = channel_fixture_connect (self, "a");
  assert_refused (self, "{\"kind\":\"sms\",\"token\":\"a:other\"}", 409, "already_connected");
  g_assert_false (folder_holds (self, "a:secret"));
  g_assert_cmpint (g_stat (key, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);

  channel_fixture_wait (fake_account_get ("a")->cursors->len == 1);
  path = g_strconcat ("/v1/channels/", id, NULL);
  channel_fixture_call (self, "DELETE", path, self->token, 204, "%s", "");
  channel_fixture_call (self, "DELETE", path, self->token, 204, "%s", "");
  channel_fixture_expect (channel_fixture_describe (self, id), "disconnected");

  again = channel_fixture_connect (self, "a");
  g_assert_cmpstr (again, ==, id);
  channel_fixture_wait (fake_account_get ("a")->cursors->len == 2);
  channel = channel_fixture_call (self, "PATCH", path, self->token, 200, "{\"agent_id\":null}");
  g_assert_cmpstr (json_object_get_string_member (channel, "name"), ==, "Shop a");
  g_assert_cmpstr (json_object_get_string_member (channel, "handle"), ==, "@a");
}

/* Nobody listens but people: the customer waits for one from the first word, and is told so. */
static void
test_without_agent (ServiceFixture *self,
                    gconstpointer   data)
{
  FakeAccount *account = fake_account_get ("a");
  g_autofree char *channel = channel_fixture_connect (self, "a");
  g_autofree char *id = NULL;
  g_autofree char *path = NULL;
  g_autofree char *external = g_strdup_printf ("sms:%s:ana", channel);
  JsonObject *conversation;
  JsonObject *escalation;

  fake_account_write (account, "ana", "Hello");
  channel_fixture_wait (account->sent->len == 1);
  id = channel_fixture_find (self, "ana");
  path = g_strconcat ("/v1/conversations/", id, NULL);
  conversation = channel_fixture_call (self, "GET", path, self->token, 200, "%s", "");
  g_assert_cmpstr (json_object_get_string_member (conversation, "control"), ==, "waiting");
  g_assert_cmpstr (json_object_get_string_member (conversation, "external_id"), ==, external);
  g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (conversation, "customer"), "name"), ==,
                   "Customer ana");
  g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (conversation, "channel"), "id"), ==, channel);
  escalation = json_object_get_object_member (conversation, "escalation");
  g_assert_cmpstr (json_object_get_string_member (escalation, "trigger"), ==, "other");
  g_assert_cmpstr (json_object_get_string_member (escalation, "summary"), ==,
                   "A customer wrote, and no agent is connected to this channel.");
}

/* Each thing once, however often it comes; what makes no sense keeps nothing else out; the place to go on is kept. */
static void
test_arrivals (ServiceFixture *self,
               gconstpointer   data)
{
  FakeAccount *account = fake_account_get ("a");
  g_autofree char *channel = channel_fixture_connect (self, "a");
  HandoverInboundEvent *event;
  g_autofree char *id = NULL;

  channel_fixture_quieten (self);
  fake_account_write (account, "ana", "One");
  event = fake_account_write (account, "ana", "One again");
  g_set_str (&event->key, "key-0");
  fake_account_write (account, "ben", "Hi");
  event = fake_account_write (account, "ana", "Won");
  event->kind = HANDOVER_INBOUND_EDIT;
  g_set_str (&event->remote_id, "in-0");
  event = fake_account_write (account, "ana", "From before");
  event->kind = HANDOVER_INBOUND_EDIT;
  g_set_str (&event->remote_id, "never-seen");
  fake_account_write (account, "ana", "Two");

  channel_fixture_wait (g_strcmp0 (account->cursors->pdata[account->cursors->len - 1], "6") == 0);
  id = channel_fixture_find (self, "ana");
  channel_fixture_expect (channel_fixture_read (self, id), "customer: Won\ncustomer: From before\ncustomer: Two");

  channel_fixture_stop (self);
  g_ptr_array_set_size (account->cursors, 0);
  channel_fixture_start (self);
  channel_fixture_wait (account->cursors->len == 1);
  g_assert_cmpstr (account->cursors->pdata[0], ==, "6");
  fake_account_write (account, "ana", "Three");
  channel_fixture_expect (channel_fixture_read (self, id),
                          "customer: Won\ncustomer: From before\ncustomer: Two\ncustomer: Three");
}

/* An agent reads and answers through its own interface, fenced as ever. */
static void
test_with_agent (ServiceFixture *self,
                 gconstpointer   data)
{
  FakeAccount *account = fake_account_get ("a");
  g_autofree char *channel = channel_fixture_connect (self, "a");
  g_autofree char *key = NULL;
  g_autofree char *agent = channel_fixture_agent (self, &key);
  g_autofree char *path = g_strconcat ("/v1/channels/", channel, NULL);
  g_autofree char *standing = g_strdup_printf ("/agent/v1/conversations/sms%%3A%s%%3Aana", channel);
  g_autofree char *messages = g_strconcat (standing, "/messages", NULL);
  g_autofree char *id = NULL;
  g_autofree char *body = NULL;
  g_autofree char *message = NULL;
  g_autofree char *status = NULL;
  g_autofree char *resolve = NULL;
  JsonObject *answer;
  JsonObject *hello;

  channel_fixture_quieten (self);
  channel_fixture_call (self, "PATCH", path, self->token, 200, "{\"agent_id\":\"%s\"}", agent);
  fake_account_write (account, "ana", "Hello");
  channel_fixture_wait ((id = channel_fixture_find (self, "ana")) != NULL);
  answer = channel_fixture_call (self, "GET", standing, key, 200, "%s", "");
  g_assert_cmpstr (json_object_get_string_member (answer, "control"), ==, "agent");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (answer, "messages")), ==, 1);

  hello = json_array_get_object_element (json_object_get_array_member (answer, "messages"), 0);
  body = g_strdup_printf ("{\"author\":\"agent\",\"text\":\"Hi Ana\",\"reply_to\":\"%s\"}",
                          json_object_get_string_member (hello, "id"));
  answer = channel_fixture_call (self, "POST", messages, key, 201, "%s", body);
  message = g_strdup (json_object_get_string_member (answer, "message_id"));
  channel_fixture_expect (channel_fixture_read (self, id), "customer: Hello\nagent: Hi Ana <- Hello (sent)");
  channel_fixture_call (self, "POST", messages, key, 400, "{\"author\":\"customer\",\"text\":\"Not from here\"}");
  status = g_strdup_printf ("/agent/v1/messages/%s/status", message);
  channel_fixture_call (self, "POST", status, key, 400, "{\"state\":\"read\"}");

  g_free (channel_fixture_claim (self, "ana"));
  channel_fixture_call (self, "POST", messages, key, 409, "{\"author\":\"agent\",\"text\":\"Me again\",\"epoch\":1}");
  channel_fixture_reply (self, id, "A person");
  resolve = g_strdup_printf ("/v1/conversations/%s/resolve", id);
  channel_fixture_call (self, "POST", resolve, self->token, 200, "{\"outcome\":\"resume_agent\",\"brief\":\"Go on\"}");
  answer = channel_fixture_call (self, "GET", standing, key, 200, "%s", "");
  channel_fixture_call (self, "POST", messages, key, 201,
                        "{\"author\":\"agent\",\"text\":\"Back\",\"epoch\":%" G_GINT64_FORMAT "}",
                        json_object_get_int_member (answer, "epoch"));
  channel_fixture_expect (fake_account_read (account, "ana"), "Hi Ana <- in-0\nA person\nBack");

  /* Without its agent the channel's conversation needs a person again. */
  channel_fixture_call (self, "PATCH", path, self->token, 200, "{\"agent_id\":null}");
  fake_account_write (account, "ana", "Anybody?");
  path = (g_free (path), g_strconcat ("/v1/conversations/", id, NULL));
  channel_fixture_wait (g_strcmp0 (json_object_get_string_member (
                                     channel_fixture_call (self, "GET", path, self->token, 200, "%s", ""), "control"), "waiting") == 0);
}

static void
send_webhook (ServiceFixture *self,
              const char     *channel,
              const char     *body)
{
  g_autoptr (HandoverVault) vault = handover_vault_open (self->folder, FALSE, NULL);
  g_autofree char *secret = handover_vault_derive (vault, "webhook", channel);
  g_autoptr (GIOStream) connection = service_fixture_connect (self);
  g_autofree char *request = g_strdup_printf ("POST /channels/%s/webhook HTTP/1.1\r\nHost: localhost\r\nX-Secret: %s\r\n"
                                              "Content-Length: %zu\r\nConnection: close\r\n\r\n%s",
                                              channel, secret, strlen (body), body);
  g_autoptr (GString) answer = g_string_new (NULL);

  service_fixture_write (connection, request);
  service_fixture_read (connection, answer, NULL);
  g_assert_true (g_str_has_prefix (answer->str, "HTTP/1.1 204 "));
}

static void
type (ServiceFixture *self,
      const char     *token,
      const char     *conversation_id,
      const char     *kind)
{
  channel_fixture_call (self, "POST", "/v1/signals", token, 204, "{\"conversation_id\":\"%s\",\"kind\":\"%s\"}",
                        conversation_id, kind);
}

/* It is shown again when the platform no longer shows it, to each for themselves. */
static void
test_typing_pause (void)
{
  g_autoptr (HandoverChannel) channel = handover_channel_new (FAKE_TYPE_CHANNEL, "pause:secret", NULL);
  GPtrArray *shown = fake_account_get ("pause")->typing;
  HandoverTyping *typing = handover_typing_new (channel);

  handover_typing_show (typing, "ana", 0);
  handover_typing_show (typing, "ana", 3 * G_USEC_PER_SEC);
  g_assert_cmpuint (shown->len, ==, 1);
  handover_typing_show (typing, "ben", 3 * G_USEC_PER_SEC);
  g_assert_cmpuint (shown->len, ==, 2);
  handover_typing_show (typing, "ana", 4 * G_USEC_PER_SEC);
  g_assert_cmpuint (shown->len, ==, 3);

  handover_typing_free (typing);
  fake_accounts_forget ();
}

/* A customer sees that somebody writes while it is the one who answers them, and of nobody else. */
static void
test_typing (ServiceFixture *self,
             gconstpointer   data)
{
  FakeAccount *account = fake_account_get ("a");
  g_autofree char *channel = channel_fixture_connect (self, "a");
  g_autofree char *ana = NULL;
  g_autofree char *ben = NULL;
  g_autofree char *release = NULL;

  channel_fixture_quieten (self);
  fake_account_write (account, "ben", "Hello");
  fake_account_write (account, "ana", "Hello");
  channel_fixture_wait ((ben = channel_fixture_find (self, "ben")) != NULL);
  type (self, self->token, ben, "typing");
  ana = channel_fixture_claim (self, "ana");
  type (self, self->token, ana, "viewing");
  type (self, self->token, ana, "typing");
  channel_fixture_reply (self, ana, "One");
  channel_fixture_expect (fake_account_read (account, "ana"), "One");
  channel_fixture_wait (account->typing->len == 1);
  g_assert_cmpstr (account->typing->pdata[0], ==, "ana");

  /* They come in order: what would be shown of this is shown before what follows. */
  release = g_strdup_printf ("/v1/conversations/%s/release", ana);
  channel_fixture_call (self, "POST", release, self->token, 200, "{}");
  type (self, self->token, ana, "typing");
  g_free (channel_fixture_claim (self, "ben"));
  type (self, self->token, ben, "typing");
  channel_fixture_wait (account->typing->len == 2);
  g_assert_cmpstr (account->typing->pdata[1], ==, "ben");
}

/* Whoever writes reads in the transcript that nothing arrives any more, and that it does again. */
static void
test_blocked (ServiceFixture *self,
              gconstpointer   data)
{
  FakeAccount *account = fake_account_get ("a");
  g_autofree char *channel = channel_fixture_connect (self, "a");
  g_autofree char *ana = NULL;
  g_autofree char *path = NULL;
  const HandoverInboundKind kinds[] = { HANDOVER_INBOUND_BLOCKED, HANDOVER_INBOUND_UNBLOCKED };
  const char *const told[] = { "blocked", "unblocked" };
  JsonArray *items;

  fake_account_push (account, handover_inbound_event_new (HANDOVER_INBOUND_BLOCKED, "nobody", "nobody"));
  fake_account_write (account, "ana", "Hello");
  ana = channel_fixture_claim (self, "ana");
  g_assert_null (channel_fixture_find (self, "nobody"));
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      fake_account_push (account, handover_inbound_event_new (kinds[i], told[i], "ana"));
      fake_account_push (account, handover_inbound_event_new (kinds[i], told[i], "ana"));
    }
  fake_account_write (account, "ana", "Back");
  channel_fixture_expect (channel_fixture_read (self, ana), "customer: Hello\ncustomer: Back");

  path = g_strdup_printf ("/v1/conversations/%s/messages", ana);
  items = json_object_get_array_member (channel_fixture_call (self, "GET", path, self->token, 200, "%s", ""), "items");
  for (guint i = 0; i < G_N_ELEMENTS (told); i++)
    {
      JsonObject *message = json_array_get_object_element (items, 2 - i);

      g_assert_cmpstr (json_object_get_string_member (message, "kind"), ==, "control");
      g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (message, "change"), "kind"), ==, told[i]);
    }
}

/* What a platform sends on its own is taken from nobody else, and once. */
static void
test_webhook (ServiceFixture *self,
              gconstpointer   data)
{
  FakeAccount *account = fake_account_get ("a");
  g_autofree char *channel = channel_fixture_connect (self, "a");
  g_autofree char *path = g_strdup_printf ("/channels/%s/webhook", channel);
  g_autofree char *id = NULL;

  channel_fixture_call (self, "POST", path, NULL, 403, "key ana Hello");
  channel_fixture_call (self, "POST", "/channels/nobody/webhook", NULL, 404, "key ana Hello");
  g_assert_null (channel_fixture_find (self, "ana"));

  channel_fixture_quieten (self);
  send_webhook (self, channel, "key ana Hello");
  send_webhook (self, channel, "key ana Hello");
  id = channel_fixture_find (self, "ana");
  channel_fixture_expect (channel_fixture_read (self, id), "customer: Hello");

  /* A button waits for an answer on this way as well; a second one does no harm. */
  channel_fixture_wait (account->presses->len == 2);
  g_assert_cmpstr (account->presses->pdata[0], ==, "key");
}

/* What customers send is fetched and put to its message, or the message says why not. */
static void
test_media (ServiceFixture *self,
            gconstpointer   data)
{
  FakeAccount *account = fake_account_get ("a");
  g_autofree char *channel = channel_fixture_connect (self, "a");
  HandoverInboundEvent *event;
  HandoverInboundMedia *media;
  g_autofree char *id = NULL;
  g_autofree char *large = g_strnfill (FAKE_FILE_LIMIT + 1, 'x');

  channel_fixture_quieten (self);
  fake_account_put (account, "file-1", "plain words");
  fake_account_put (account, "file-2", large);
  event = fake_account_write (account, "ana", "");
  media = handover_inbound_media_new ("file-1", "Document");
  media->name = g_strdup ("words.txt");
  handover_inbound_event_add_media (event, media);
  event = fake_account_write (account, "ana", "Look");
  handover_inbound_event_add_media (event, handover_inbound_media_new ("file-2", "Photo"));
  event = fake_account_write (account, "ana", "");
  handover_inbound_event_add_media (event, handover_inbound_media_new ("file-3", "Photo"));

  channel_fixture_wait ((id = channel_fixture_find (self, "ana")) != NULL);
  channel_fixture_expect (channel_fixture_read (self, id),
                          "customer: [words.txt]\n"
                          "customer: Look\nPhoto (It is too large to be fetched.)\n"
                          "customer: Photo (The platform has it no more.)");
}

static void
add (const char *name,
     void      (*test) (ServiceFixture *, gconstpointer))
{
  g_autofree char *path = g_strconcat ("/channels/", name, NULL);

  g_test_add (path, ServiceFixture, NULL, channel_fixture_set_up, test, channel_fixture_tear_down);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add ("connect", test_connect);
  add ("without-agent", test_without_agent);
  add ("arrivals", test_arrivals);
  add ("with-agent", test_with_agent);
  add ("typing", test_typing);
  g_test_add_func ("/channels/typing-pause", test_typing_pause);
  add ("blocked", test_blocked);
  add ("webhook", test_webhook);
  add ("media", test_media);

  return g_test_run ();
}
