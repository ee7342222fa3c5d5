/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "client/handover-client.h"

#include <string.h>

/* A service that is restarted closes every connection that the client kept. Here each connection answers once and is
 * closed at its second request: what the client keeps is always stale. */

#define KEPT 4
#define ANSWER "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"

typedef struct
{
  GSocketService *service;
  HandoverClient *client;
  guint pending;
  guint answered;
  gint used_again;
  GError *error;
  gboolean broken;
} Fixture;

static void
serve_once (Fixture   *fixture,
            GIOStream *connection)
{
  GInputStream *input = g_io_stream_get_input_stream (connection);
  GOutputStream *output = g_io_stream_get_output_stream (connection);
  char buffer[4096];

  if (g_input_stream_read (input, buffer, sizeof buffer, NULL, NULL) > 0)
    g_output_stream_write_all (output, ANSWER, strlen (ANSWER), NULL, NULL, NULL);
  if (g_input_stream_read (input, buffer, sizeof buffer, NULL, NULL) > 0)
    g_atomic_int_inc (&fixture->used_again);
  g_io_stream_close (connection, NULL, NULL);
}

static gboolean
run_cb (GThreadedSocketService *service,
        GSocketConnection      *connection,
        GObject                *source,
        gpointer                user_data)
{
  serve_once (user_data, G_IO_STREAM (connection));
  return TRUE;
}

static void
feature_gone_cb (gpointer  user_data,
                 GObject  *where)
{
  Fixture *fixture = user_data;

  fixture->broken = fixture->client != NULL;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *address = NULL;
  guint16 port;

  fixture->service = g_threaded_socket_service_new (2 * KEPT);
  port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (fixture->service), NULL, &error);
  g_assert_no_error (error);
  g_signal_connect (fixture->service, "run", G_CALLBACK (run_cb), fixture);

  address = g_strdup_printf ("http://127.0.0.1:%u", port);
  fixture->client = handover_client_new (address, &error);
  g_assert_no_error (error);
  /* The session's own parts are the first to go when it counts wrong. */
  g_object_weak_ref (G_OBJECT (soup_session_get_feature (handover_client_get_session (fixture->client),
                                                         SOUP_TYPE_CONTENT_DECODER)),
                     feature_gone_cb, fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (HandoverClient) client = g_steal_pointer (&fixture->client);

  g_socket_service_stop (fixture->service);
  g_socket_listener_close (G_SOCKET_LISTENER (fixture->service));
  g_clear_object (&fixture->service);
  g_clear_error (&fixture->error);
}

static void
called_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  Fixture *fixture = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (HandoverReply) reply = handover_client_call_finish (HANDOVER_CLIENT (object), result, &error);

  fixture->pending--;
  if (reply != NULL)
    fixture->answered++;
  else if (fixture->error == NULL)
    fixture->error = g_steal_pointer (&error);
}

static void
call (Fixture    *fixture,
      const char *method,
      guint       times)
{
  for (guint i = 0; i < times; i++)
    {
      handover_client_call_async (fixture->client, HANDOVER_CALL_RETRY, method, "/v1/me", NULL, NULL, 10000, NULL,
                                  called_cb, fixture);
      fixture->pending++;
    }

  while (fixture->pending > 0)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_stale (Fixture       *fixture,
            gconstpointer  data)
{
  const char *method = data;

  call (fixture, "POST", KEPT);
  call (fixture, method, 1);

  g_assert_no_error (fixture->error);
  g_assert_cmpuint (fixture->answered, ==, KEPT + 1);
  g_assert_false (fixture->broken);
}

static void
test_distrusted (Fixture       *fixture,
                 gconstpointer  data)
{
  call (fixture, "POST", KEPT);
  handover_client_distrust_connections (fixture->client);
  call (fixture, "POST", KEPT);

  g_assert_no_error (fixture->error);
  g_assert_cmpuint (fixture->answered, ==, 2 * KEPT);
  g_assert_cmpint (g_atomic_int_get (&fixture->used_again), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/kept-connections/get", Fixture, "GET", set_up, test_stale, tear_down);
  g_test_add ("/kept-connections/post", Fixture, "POST", set_up, test_stale, tear_down);
  g_test_add ("/kept-connections/put", Fixture, "PUT", set_up, test_stale, tear_down);
  g_test_add ("/kept-connections/delete", Fixture, "DELETE", set_up, test_stale, tear_down);

  g_test_add ("/kept-connections/distrusted", Fixture, NULL, set_up, test_distrusted, tear_down);

  return g_test_run ();
}
