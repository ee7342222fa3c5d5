/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include <string.h>

#include "client/handover-event-stream.h"
#include "client/scripted-server.h"

#define CALL "GET /v1/events"

typedef struct
{
  ScriptedServer *server;
  HandoverClient *client;
  HandoverEventStream *stream;
  GString *log;
  guint unauthorized;
  guint expired;
  gboolean stop_at_event;
} Fixture;

/* Delays that tests can wait for; one that asserts that nothing happens sets them long instead. */
typedef struct
{
  guint quiet_limit;
  guint first_delay;
} Timing;

static const Timing quick = { .quiet_limit = 10000, .first_delay = 5 };
static const Timing impatient = { .quiet_limit = 400, .first_delay = 5 };
static const Timing slow = { .quiet_limit = 10000, .first_delay = 60 * 60 * 1000 };

static void
event_cb (Fixture    *fixture,
          gint64      sequence,
          const char *kind,
          const char *data)
{
  g_string_append_printf (fixture->log, "[%" G_GINT64_FORMAT "|%s|%s]", sequence, kind, data);
  if (fixture->stop_at_event)
    handover_event_stream_stop (fixture->stream);
}

static void
count_cb (guint *count)
{
  (*count)++;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  const Timing *timing = data;
  g_autoptr (GError) error = NULL;

  fixture->server = scripted_server_new ();
  fixture->client = handover_client_new (scripted_server_get_address (fixture->server), &error);
  g_assert_no_error (error);
  handover_client_set_token (fixture->client, "token-of-kim");
  fixture->stream = g_object_new (HANDOVER_TYPE_EVENT_STREAM,
                                  "client", fixture->client,
                                  "quiet-limit", timing->quiet_limit,
                                  "first-delay", timing->first_delay,
                                  "last-delay", timing->first_delay * 4,
                                  NULL);
  fixture->log = g_string_new (NULL);
  g_signal_connect_swapped (fixture->stream, "event", G_CALLBACK (event_cb), fixture);
  g_signal_connect_swapped (fixture->stream, "expired", G_CALLBACK (count_cb), &fixture->expired);
  g_signal_connect_swapped (fixture->client, "unauthorized", G_CALLBACK (count_cb), &fixture->unauthorized);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  handover_event_stream_stop (fixture->stream);
  /* A cancelled request lets go of the stream when it has heard of it. */
  wait_until (G_OBJECT (fixture->stream)->ref_count == 1);
  g_assert_finalize_object (fixture->stream);
  g_clear_object (&fixture->client);
  scripted_server_free (fixture->server);
  g_string_free (fixture->log, TRUE);
}

static void
connect_after (Fixture *fixture,
               gint64   sequence)
{
  handover_event_stream_start (fixture->stream, sequence);
  wait_until (scripted_server_has_stream (fixture->server));
}

static gboolean
is_connected (Fixture *fixture)
{
  return handover_event_stream_get_connection (fixture->stream) == HANDOVER_CONNECTION_CONNECTED;
}

static const char *
last_id (Fixture *fixture,
         guint    request)
{
  return scripted_server_get_request (fixture->server, CALL, request)->last_event_id;
}

static void
test_in_order (Fixture       *fixture,
               gconstpointer  data)
{
  connect_after (fixture, 7);
  g_assert_cmpstr (last_id (fixture, 0), ==, "7");

  scripted_server_send (fixture->server, ": here\n\nid: 8\nevent: message.created\nda");
  wait_until (is_connected (fixture));
  scripted_server_send (fixture->server, "ta: {}\n\nid: 9\nevent: withheld\ndata: {}\n");
  scripted_server_send (fixture->server, "\nevent: signal\ndata: {\"kind\":\"typing\"}\n\nid: 10\nevent: x\ndata: y\n\n");
  wait_until (strstr (fixture->log->str, "[10") != NULL);

  g_assert_cmpstr (fixture->log->str, ==,
                   "[8|message.created|{}][9|withheld|{}][0|signal|{\"kind\":\"typing\"}][10|x|y]");
  g_assert_cmpuint (handover_event_stream_get_gaps (fixture->stream), ==, 0);
}

static void
test_resume (Fixture       *fixture,
             gconstpointer  data)
{
  connect_after (fixture, 1);
  scripted_server_send (fixture->server, "id: 2\ndata: a\n\nid: 3\ndata: b\n\nid: 4\ndata: half");
  wait_until (strstr (fixture->log->str, "[3") != NULL);

  for (guint i = 1; i <= 3; i++)
    {
      scripted_server_drop_stream (fixture->server);
      wait_until (scripted_server_has_stream (fixture->server));
      g_assert_cmpstr (last_id (fixture, i), ==, "3");
    }

  /* What the service repeats is not told twice. */
  scripted_server_send (fixture->server, "id: 3\ndata: b\n\nid: 4\ndata: whole\n\n");
  wait_until (strstr (fixture->log->str, "[4") != NULL);
  g_assert_cmpstr (fixture->log->str, ==, "[2|message|a][3|message|b][4|message|whole]");
  g_assert_cmpuint (handover_event_stream_get_gaps (fixture->stream), ==, 0);
}

static void
test_gaps (Fixture       *fixture,
           gconstpointer  data)
{
  connect_after (fixture, 1);
  g_test_expect_message ("handover-event-stream", G_LOG_LEVEL_WARNING, "Events 2 to 3 are missing");
  scripted_server_send (fixture->server, "id: 4\ndata: a\n\nid: 5\ndata: b\n\n");
  wait_until (strstr (fixture->log->str, "[5") != NULL);
  g_test_assert_expected_messages ();
  g_assert_cmpuint (handover_event_stream_get_gaps (fixture->stream), ==, 2);
}

/* A peer that is gone without a word: nothing closes the connection, nothing arrives. */
static void
test_dead_peer (Fixture       *fixture,
                gconstpointer  data)
{
  gint64 start;

  connect_after (fixture, 1);
  scripted_server_send (fixture->server, "id: 2\ndata: a\n\n");
  wait_until (fixture->log->len > 0);
  start = g_get_monotonic_time ();
  wait_until (scripted_server_count (fixture->server, CALL) == 2);

  g_assert_cmpint (g_get_monotonic_time () - start, >=, 200 * 1000);
  g_assert_cmpstr (last_id (fixture, 1), ==, "2");
}

/* A service that takes the request and never answers is dead, too. */
static void
test_dead_from_the_start (Fixture       *fixture,
                          gconstpointer  data)
{
  scripted_server_answer (fixture->server, CALL, SCRIPTED_SILENCE, NULL);
  handover_event_stream_start (fixture->stream, 1);
  wait_until (scripted_server_count (fixture->server, CALL) == 3);
  g_assert_false (is_connected (fixture));
}

typedef struct
{
  Fixture *fixture;
  gint64 last;
  gint64 longest_pause;
} Heart;

static gboolean
heartbeat_cb (gpointer user_data)
{
  Heart *heart = user_data;
  gint64 now = g_get_monotonic_time ();

  heart->longest_pause = MAX (heart->longest_pause, now - heart->last);
  heart->last = now;
  scripted_server_send (heart->fixture->server, ":\n\n");

  return G_SOURCE_CONTINUE;
}

/* Four times as long as the service may be silent, but with heartbeats. Tells whether there was one in time: here it is
 * this very program that sends them, and it may have to wait for the machine. */
static gboolean
beat (Fixture *fixture)
{
  Heart heart = { fixture, g_get_monotonic_time (), 0 };
  guint source = g_timeout_add (50, heartbeat_cb, &heart);
  gint64 end = heart.last + 4 * impatient.quiet_limit * 1000;

  wait_until (g_get_monotonic_time () > end);
  g_source_remove (source);
  return MAX (heart.longest_pause, g_get_monotonic_time () - heart.last) < impatient.quiet_limit * 1000 * 3 / 4;
}

static void
test_heartbeats (Fixture       *fixture,
                 gconstpointer  data)
{
  guint n_calls;

  connect_after (fixture, 1);
  do
    {
      wait_until (is_connected (fixture));
      n_calls = scripted_server_count (fixture->server, CALL);
    }
  while (!beat (fixture));

  g_assert_true (is_connected (fixture));
  g_assert_cmpuint (scripted_server_count (fixture->server, CALL), ==, n_calls);
}

static void
test_revoked (Fixture       *fixture,
              gconstpointer  data)
{
  scripted_server_answer (fixture->server, CALL, 401, "{\"code\":\"unauthorized\",\"detail\":\"Ended.\"}");
  handover_event_stream_start (fixture->stream, 1);
  wait_until (fixture->unauthorized > 0);

  for (guint i = 0; i < 5; i++)
    scripted_server_turn ();
  g_assert_cmpuint (scripted_server_count (fixture->server, CALL), ==, 1);
  g_assert_cmpuint (fixture->expired, ==, 0);
}

static void
test_expired (Fixture       *fixture,
              gconstpointer  data)
{
  scripted_server_answer (fixture->server, CALL, 410, "{\"code\":\"cursor_expired\",\"detail\":\"Too old.\"}");
  handover_event_stream_start (fixture->stream, 1);
  wait_until (fixture->expired > 0);

  for (guint i = 0; i < 5; i++)
    scripted_server_turn ();
  g_assert_cmpuint (scripted_server_count (fixture->server, CALL), ==, 1);
  g_assert_cmpuint (fixture->unauthorized, ==, 0);
}

/* Refused, then again at once, then it would wait for an hour; but the network changes. */
static void
test_network_changed (Fixture       *fixture,
                      gconstpointer  data)
{
  scripted_server_answer (fixture->server, CALL, 503, "{\"code\":\"busy\",\"detail\":\"Busy.\"}");
  handover_event_stream_start (fixture->stream, 1);
  wait_until (scripted_server_count (fixture->server, CALL) == 2 &&
              handover_event_stream_get_connection (fixture->stream) == HANDOVER_CONNECTION_OFFLINE);
  for (guint i = 0; i < 5; i++)
    scripted_server_turn ();
  g_assert_cmpuint (scripted_server_count (fixture->server, CALL), ==, 2);

  g_signal_emit_by_name (g_network_monitor_get_default (), "network-changed", TRUE);
  wait_until (scripted_server_count (fixture->server, CALL) == 3);

  for (guint i = 0; i < 5; i++)
    scripted_server_turn ();
  handover_event_stream_retry (fixture->stream);
  wait_until (scripted_server_count (fixture->server, CALL) == 4);
}

/* Nothing is wrong with the connection that one could see, but it runs over a network that is gone. */
static void
test_network_changed_while_connected (Fixture       *fixture,
                                      gconstpointer  data)
{
  connect_after (fixture, 1);
  wait_until (is_connected (fixture));
  g_signal_emit_by_name (g_network_monitor_get_default (), "network-changed", FALSE);
  g_assert_true (is_connected (fixture));

  g_signal_emit_by_name (g_network_monitor_get_default (), "network-changed", TRUE);
  g_assert_false (is_connected (fixture));
  wait_until (scripted_server_count (fixture->server, CALL) == 2 && is_connected (fixture));
}

static void
test_stop_in_handler (Fixture       *fixture,
                      gconstpointer  data)
{
  fixture->stop_at_event = TRUE;
  connect_after (fixture, 1);
  scripted_server_send (fixture->server, "id: 2\ndata: a\n\n");
  wait_until (fixture->log->len > 0);

  for (guint i = 0; i < 5; i++)
    scripted_server_turn ();
  g_assert_cmpstr (fixture->log->str, ==, "[2|message|a]");
  g_assert_cmpuint (scripted_server_count (fixture->server, CALL), ==, 1);
}

static void
test_no_stream (Fixture       *fixture,
                gconstpointer  data)
{
  scripted_server_answer (fixture->server, CALL, 200, "{\"not\":\"a stream\"}");
  handover_event_stream_start (fixture->stream, 1);
  wait_until (scripted_server_count (fixture->server, CALL) == 3);
  g_assert_false (is_connected (fixture));
  g_assert_cmpuint (fixture->log->len, ==, 0);
}

static void
add (const char   *name,
     const Timing *timing,
     void        (*test) (Fixture *, gconstpointer))
{
  g_autofree char *path = g_strconcat ("/client/event-stream/", name, NULL);

  g_test_add (path, Fixture, timing, set_up, test, tear_down);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add ("in-order", &quick, test_in_order);
  add ("resume", &quick, test_resume);
  add ("gaps", &quick, test_gaps);
  add ("dead-peer", &impatient, test_dead_peer);
  add ("dead-from-the-start", &impatient, test_dead_from_the_start);
  add ("heartbeats", &impatient, test_heartbeats);
  add ("revoked", &quick, test_revoked);
  add ("expired", &quick, test_expired);
  add ("network-changed", &slow, test_network_changed);
  add ("network-changed-while-connected", &slow, test_network_changed_while_connected);
  add ("stop-in-handler", &quick, test_stop_in_handler);
  add ("no-stream", &quick, test_no_stream);

  return g_test_run ();
}
