/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "answers.h"
#include "service-fixture.h"

#include <string.h>

#define ADD(name, tls, function) \
  g_test_add (name, ServiceFixture, tls, service_fixture_set_up, function, service_fixture_tear_down)

static void
make_events (ServiceFixture *self,
             guint           n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *body = g_strdup_printf ("{\"name\": \"Kim %u\"}", i);
      g_autoptr (JsonNode) answer = service_fixture_call (self, "PATCH", "/v1/me", self->token, NULL, body);

      g_assert_cmpuint (self->status, ==, 200);
    }
}

/* Over TLS, any byte that is not encrypted would be no record, and end the connection with an error. */
static void
test_streams (ServiceFixture *self,
              gconstpointer   tls)
{
  make_events (self, 5);
  for (guint after = 0; after <= 6; after++)
    {
      g_autofree char *path = g_strdup_printf ("/v1/events?after=%u", after);
      g_autofree char *last = g_strdup_printf ("\nid: %u\n", 7 + after);
      g_autoptr (GIOStream) stream = service_fixture_stream (self, self->token, path);
      g_autoptr (GString) text = g_string_new (NULL);

      g_assert_true (service_fixture_read (stream, text, "\r\n\r\n"));
      make_events (self, 1);
      g_assert_true (service_fixture_read (stream, text, last));
      for (guint i = 1; i <= 7 + after; i++)
        {
          g_autofree char *id = g_strdup_printf ("\nid: %u\n", i);
          const char *found = strstr (text->str, id);

          g_assert_true ((found != NULL) == (i > after));
          g_assert_true (found == NULL || strstr (found + 1, id) == NULL);
        }
    }
}

static void
test_cursors (ServiceFixture *self,
              gconstpointer   tls)
{
  g_autoptr (JsonNode) future = service_fixture_call (self, "GET", "/v1/events?after=1000", self->token, NULL, NULL);

  g_assert_cmpuint (self->status, ==, 410);
}

static void
test_oversized (ServiceFixture *self,
                gconstpointer   tls)
{
  static const char * const heads[] = {
    "POST /v1/agents HTTP/1.1\r\nHost: localhost\r\nContent-Length: 900000000\r\n\r\n",
    "POST /v1/agents HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 900000000\r\n\r\n",
    "POST /v1/agents HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n500000\r\n",
  };
  g_autofree char *filling = g_strnfill (5 * 1024 * 1024, ' ');

  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    {
      g_autoptr (GIOStream) connection = service_fixture_connect (self);
      g_autoptr (GString) text = g_string_new (NULL);

      service_fixture_write (connection, heads[i]);
      if (i == 2)
        service_fixture_write (connection, filling);
      g_assert_true (service_fixture_read (connection, text, "\"too_large\""));
      g_assert_true (g_str_has_prefix (text->str, "HTTP/1.1 413 "));
    }
}

static void
test_client_leaves (ServiceFixture *self,
                    gconstpointer   tls)
{
  static const char body[] = "{\"email\": \"kim@example.com\", \"password\": \"" PASSWORD "\"}";

  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (GIOStream) connection = service_fixture_connect (self);
      g_autofree char *request = g_strdup_printf ("POST /v1/auth/sign-in HTTP/1.1\r\nHost: localhost\r\n"
                                                  "Content-Length: %d\r\n\r\n%.*s",
                                                  (int) strlen (body), (int) strlen (body) - (int) (i % 2), body);

      service_fixture_write (connection, request);
      g_io_stream_close (connection, NULL, NULL);
    }
  make_events (self, 1);
}

static void
stopped_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      data)
{
  gboolean *done = data;

  *done = TRUE;
}

static void
test_stopping_finishes (ServiceFixture *self,
                        gconstpointer   tls)
{
  static const char request[] = "POST /v1/auth/sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Length: 62\r\n\r\n"
                                "{\"email\":\"kim@example.com\",\"password\":\"" PASSWORD "\"}  ";
  g_autoptr (GIOStream) connection = service_fixture_connect (self);
  g_autoptr (GIOStream) stream = service_fixture_stream (self, self->token, "/v1/events");
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GString) events = g_string_new (NULL);
  gboolean done = FALSE;

  g_assert_true (service_fixture_read (stream, events, "\r\n\r\n"));
  service_fixture_write (connection, request);
  make_events (self, 1);
  handover_service_stop_async (self->service, stopped_cb, &done);
  g_assert_true (service_fixture_read (connection, text, "\"token\""));
  service_fixture_spin (&done);
  g_assert_false (service_fixture_read (stream, events, NULL));
  g_clear_object (&self->service);
}

static void
test_second_service (ServiceFixture *self,
                     gconstpointer   tls)
{
  HandoverServiceOptions options = { self->folder, "127.0.0.1:0", self->config, NULL, TRUE };
  g_autoptr (GError) error = NULL;

  g_assert_null (handover_service_new (&options, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_BUSY);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/server/streams", NULL, test_streams);
  ADD ("/server/streams-over-tls", "tls", test_streams);
  ADD ("/server/cursors", NULL, test_cursors);
  ADD ("/server/oversized", NULL, test_oversized);
  ADD ("/server/client-leaves", NULL, test_client_leaves);
  ADD ("/server/stopping-finishes", NULL, test_stopping_finishes);
  ADD ("/server/second-service", NULL, test_second_service);
  answers_add_test ("/server/as-documented");

  return g_test_run ();
}
