/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

/* The gap between a check and what it allows: the writer is held in it, while the other side acts. SQLite itself tells
 * when a statement begins, so that the service under test is the one that is shipped. */

#include <string.h>

#include <sqlite3.h>

#include "answers.h"
#include "service-fixture.h"

#define N_LATE 5

/* Where to hold a thread: at the last of these statements, once the same handle has begun the ones before. */
typedef struct
{
  const char *name;
  const char *statements[3];
} Place;

static struct
{
  GMutex lock;
  GCond let_go;
  const char * const *wanted;
  gpointer handle;
  gboolean held;
} gap;

static int
begun_cb (unsigned  kind,
          gpointer  handle,
          gpointer  statement,
          gpointer  text)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&gap.lock);

  if (gap.wanted == NULL || (gap.handle != NULL && gap.handle != handle) || !g_str_has_prefix (text, *gap.wanted))
    return 0;

  gap.handle = handle;
  gap.wanted++;
  if (*gap.wanted != NULL)
    return 0;

  gap.wanted = NULL;
  gap.held = TRUE;
  g_main_context_wakeup (NULL);
  while (gap.held)
    g_cond_wait (&gap.let_go, &gap.lock);
  return 0;
}

static int
opened_cb (sqlite3                     *handle,
           char                       **message,
           const sqlite3_api_routines  *routines)
{
  return sqlite3_trace_v2 (handle, SQLITE_TRACE_STMT, begun_cb, handle);
}

static void
arm (const Place *place)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&gap.lock);

  gap.handle = NULL;
  gap.wanted = place->statements;
}

static gboolean
is_held (void)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&gap.lock);

  return gap.held;
}

static gboolean
give_up_cb (gpointer data)
{
  g_error ("Nobody came to where the writer is held");
  return G_SOURCE_REMOVE;
}

static void
wait_held (void)
{
  guint timeout = g_timeout_add_seconds (30, give_up_cb, NULL);

  while (!is_held ())
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (timeout);
}

static void
let_go (void)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&gap.lock);

  gap.held = FALSE;
  g_cond_signal (&gap.let_go);
}

typedef struct
{
  ServiceFixture *fixture;
  char *key;
  char *id;
  gint64 epoch;
} Talk;

static void
talk_clear (Talk *self)
{
  g_free (self->key);
  g_free (self->id);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Talk, talk_clear)

static JsonObject *
insist (Talk        *self,
        const char  *method,
        const char  *path,
        const char  *token,
        const char  *body,
        JsonNode   **node)
{
  *node = service_fixture_call (self->fixture, method, path, token, NULL, body);
  g_assert_cmpuint (self->fixture->status / 100, ==, 2);
  return json_node_get_object (*node);
}

/* A conversation that the agent has, in its first epoch. */
static void
talk_begin (Talk           *self,
            ServiceFixture *fixture)
{
  g_autoptr (JsonNode) agent = NULL;
  g_autoptr (JsonNode) key = NULL;
  g_autoptr (JsonNode) said = NULL;
  g_autofree char *keys = NULL;
  const char *id;

  self->fixture = fixture;
  id = json_object_get_string_member (insist (self, "POST", "/v1/agents", fixture->token, "{\"name\": \"Bot\"}", &agent), "id");
  keys = g_strconcat ("/v1/agents/", id, "/keys", NULL);
  self->key = g_strdup (json_object_get_string_member (insist (self, "POST", keys, fixture->token, "{}", &key), "key"));
  self->id = g_strdup (json_object_get_string_member (insist (self, "POST", "/agent/v1/conversations/talk/messages",
                                                              self->key, "{\"author\": \"customer\", \"text\": \"Hello\"}",
                                                              &said), "conversation_id"));
  self->epoch = 1;
}

static GIOStream *
post (Talk       *self,
      const char *token,
      const char *path,
      const char *body)
{
  GIOStream *connection = service_fixture_connect (self->fixture);
  g_autofree char *request = g_strdup_printf ("POST %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n"
                                              "Content-Length: %d\r\n\r\n%s", path, token, (int) strlen (body), body);

  service_fixture_write (connection, request);
  return connection;
}

static GIOStream *
speak (Talk   *self,
       gint64  epoch)
{
  g_autofree char *body = g_strdup_printf ("{\"author\": \"agent\", \"text\": \"I am still here\", \"epoch\": %"
                                           G_GINT64_FORMAT "}", epoch);

  return post (self, self->key, "/agent/v1/conversations/talk/messages", body);
}

static GIOStream *
claim (Talk *self)
{
  g_autofree char *path = g_strdup_printf ("/v1/conversations/%s/claim", self->id);

  return post (self, self->fixture->token, path, "{}");
}

static gboolean
is_silent (GIOStream *connection)
{
  GInputStream *input = g_io_stream_get_input_stream (connection);

  return !g_pollable_input_stream_is_readable (G_POLLABLE_INPUT_STREAM (input));
}

static void
assert_answer (GIOStream  *connection,
               const char *status,
               const char *wanted)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *start = g_strdup_printf ("HTTP/1.1 %s ", status);

  g_assert_true (service_fixture_read (connection, text, wanted));
  g_assert_true (g_str_has_prefix (text->str, start));
}

/* While the writer is held, readers see what was before. These requests come after all that was posted, so when they are
 * answered the service has taken that in as well. */
static void
assert_nothing_happened (Talk *self)
{
  g_autofree char *path = g_strdup_printf ("/v1/conversations/%s", self->id);
  g_autofree char *messages = g_strconcat (path, "/messages", NULL);

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (JsonNode) conversation = NULL;
      g_autoptr (JsonNode) page = NULL;
      JsonObject *object = insist (self, "GET", path, self->fixture->token, NULL, &conversation);

      g_assert_cmpstr (json_object_get_string_member (object, "control"), ==, "agent");
      object = insist (self, "GET", messages, self->fixture->token, NULL, &page);
      g_assert_cmpuint (json_array_get_length (json_object_get_array_member (object, "items")), ==, 1);
    }
}

/* In the log, all that the agent said comes before control went to a person. */
static void
assert_order (Talk  *self,
              guint  n_said)
{
  g_autoptr (JsonNode) me = NULL;
  g_autoptr (GIOStream) stream = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *last = NULL;
  g_auto (GStrv) events = NULL;
  gboolean claimed = FALSE;
  guint n_found = 0;

  insist (self, "GET", "/v1/me", self->fixture->token, NULL, &me);
  last = g_strdup_printf ("\nid: %s\n", soup_message_headers_get_one (self->fixture->headers, "Handover-Sequence"));
  stream = service_fixture_stream (self->fixture, self->fixture->token, "/v1/events?after=0");
  g_assert_true (service_fixture_read (stream, text, last));
  events = g_strsplit (text->str, "\n\n", -1);
  for (char **event = events; *event != NULL; event++)
    {
      gboolean agent = strstr (*event, "event: message.created") != NULL && strstr (*event, "\"author\":\"agent\"") != NULL;

      g_assert_false (agent && claimed);
      n_found += agent;
      claimed = claimed || (strstr (*event, "event: control.changed") != NULL &&
                            strstr (*event, "\"control\":\"operator\"") != NULL);
    }
  g_assert_true (claimed);
  g_assert_cmpuint (n_found, ==, n_said);
}

/* With any epoch, the one that now is included. */
static void
assert_frozen (Talk *self)
{
  for (gint64 epoch = self->epoch; epoch <= self->epoch + 2; epoch++)
    {
      g_autoptr (GIOStream) refused = speak (self, epoch);

      assert_answer (refused, "409", "\"conversation_frozen\"");
    }
}

static void
test_claim_while_the_agent_speaks (ServiceFixture *fixture,
                                   gconstpointer   data)
{
  g_auto (Talk) talk = { NULL };
  g_autoptr (GIOStream) spoken = NULL;
  g_autoptr (GIOStream) claimed = NULL;
  GIOStream *late[N_LATE];

  talk_begin (&talk, fixture);
  arm (data);
  spoken = speak (&talk, talk.epoch);
  wait_held ();
  claimed = claim (&talk);
  for (guint i = 0; i < N_LATE; i++)
    late[i] = speak (&talk, talk.epoch);

  assert_nothing_happened (&talk);
  g_assert_true (is_silent (spoken));
  g_assert_true (is_silent (claimed));
  let_go ();

  assert_answer (claimed, "200", "\"control\":\"operator\"");
  assert_frozen (&talk);
  assert_answer (spoken, "201", "\"message_id\"");
  for (guint i = 0; i < N_LATE; i++)
    {
      assert_answer (late[i], "409", "\"conversation_frozen\"");
      g_object_unref (late[i]);
    }
  assert_order (&talk, 1);
}

static void
test_the_agent_speaks_while_claimed (ServiceFixture *fixture,
                                     gconstpointer   data)
{
  g_auto (Talk) talk = { NULL };
  g_autoptr (GIOStream) claimed = NULL;
  GIOStream *late[N_LATE];

  talk_begin (&talk, fixture);
  arm (data);
  claimed = claim (&talk);
  wait_held ();
  for (guint i = 0; i < N_LATE; i++)
    late[i] = speak (&talk, talk.epoch);

  assert_nothing_happened (&talk);
  g_assert_true (is_silent (claimed));
  for (guint i = 0; i < N_LATE; i++)
    g_assert_true (is_silent (late[i]));
  let_go ();

  for (guint i = 0; i < N_LATE; i++)
    {
      assert_answer (late[i], "409", "\"conversation_frozen\"");
      g_object_unref (late[i]);
    }
  assert_answer (claimed, "200", "\"control\":\"operator\"");
  assert_frozen (&talk);
  assert_order (&talk, 0);
}

static const Place speaking[] = {
  { "between check and insert", { "INSERT INTO messages" } },
  { "between insert and log", { "INSERT INTO messages", "INSERT INTO events" } },
  { "between insert and commit", { "INSERT INTO messages", "COMMIT" } },
};

static const Place claiming[] = {
  { "between check and change", { "UPDATE conversations" } },
  { "between change and commit", { "UPDATE conversations", "COMMIT" } },
};

static void
set_up (ServiceFixture *fixture,
        gconstpointer   data)
{
  service_fixture_set_up (fixture, NULL);
}

static void
add (const char  *name,
     const Place *place,
     void       (*test) (ServiceFixture *fixture,
                         gconstpointer   data))
{
  g_autofree char *path = g_strdelimit (g_strdup_printf ("/gap/%s/%s", name, place->name), " ", '-');

  g_test_add (path, ServiceFixture, place, set_up, test, service_fixture_tear_down);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (sqlite3_auto_extension ((void (*) (void)) opened_cb), ==, SQLITE_OK);

  for (guint i = 0; i < G_N_ELEMENTS (speaking); i++)
    add ("claim-while-the-agent-speaks", &speaking[i], test_claim_while_the_agent_speaks);
  for (guint i = 0; i < G_N_ELEMENTS (claiming); i++)
    add ("the-agent-speaks-while-claimed", &claiming[i], test_the_agent_speaks_while_claimed);
  answers_add_test ("/gap/zz/as-documented");

  return g_test_run ();
}
