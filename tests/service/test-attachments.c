/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "answers.h"
#include "file-calls.h"

#include <string.h>

#include "service/store/handover-store-attachments.h"

#define ADD(name, function) \
  g_test_add ("/attachments/" name, ServiceFixture, NULL, service_fixture_set_up, function, service_fixture_tear_down)

#define PNG "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x40\0\0\0\x30\x08"

static void
test_sizes (ServiceFixture *self,
            gconstpointer   data)
{
  const gsize sizes[] = {
    1, 1000, HANDOVER_ATTACHMENT_PART - 1, HANDOVER_ATTACHMENT_PART, HANDOVER_ATTACHMENT_PART + 1,
    3 * HANDOVER_ATTACHMENT_PART, 5 * HANDOVER_ATTACHMENT_PART + 77,
  };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree guint8 *bytes = g_malloc (sizes[i]);
      g_autoptr (HandoverAttachment) attachment = NULL;
      g_autoptr (GBytes) sent = NULL;

      for (gsize j = 0; j < sizes[i]; j++)
        bytes[j] = j ^ j >> 8 ^ j >> 16;
      sent = g_bytes_new (bytes, sizes[i]);
      {
        g_auto (FileAnswer) answer = file_upload (self, "/v1/attachments", self->token, NULL, NULL, bytes, sizes[i]);

        g_assert_cmpuint (answer.status, ==, 201);
        attachment = file_read_attachment (&answer);
        g_assert_cmpint (attachment->size, ==, sizes[i]);
        g_assert_cmpstr (attachment->name, ==, "file");
      }
      {
        g_auto (FileAnswer) answer = file_download (self, "/v1", self->token, attachment->id, NULL);

        g_assert_cmpuint (answer.status, ==, 200);
        g_assert_cmpint (soup_message_headers_get_content_length (answer.headers), ==, sizes[i]);
        g_assert_true (g_bytes_equal (answer.bytes, sent));
      }
    }
}

static void
test_what_it_is (ServiceFixture *self,
                 gconstpointer   data)
{
  g_auto (FileAnswer) up = file_upload (self, "/v1/attachments", self->token, "attachment; filename*=UTF-8''..%2Fgr%C3%BCn%20%22x%22.html",
                                        NULL, PNG, sizeof PNG - 1);
  g_autoptr (HandoverAttachment) attachment = file_read_attachment (&up);
  g_auto (FileAnswer) down = file_download (self, "/v1", self->token, attachment->id, NULL);
  const struct
  {
    const char *name;
    const char *value;
  } headers[] = {
    { "Content-Type", "image/png" },
    { "Content-Disposition", "attachment; filename=\"gr__n _x_.html\"; filename*=UTF-8''gr%C3%BCn%20%22x%22.html" },
    { "X-Content-Type-Options", "nosniff" },
    { "Content-Security-Policy", "sandbox; default-src 'none'" },
    { "Cache-Control", "private, max-age=86400, immutable" },
    { "Accept-Ranges", "bytes" },
  };

  g_assert_cmpstr (attachment->name, ==, "grün \"x\".html");
  g_assert_cmpstr (attachment->type, ==, "image/png");
  g_assert_cmpint (attachment->width, ==, 64);
  g_assert_cmpint (attachment->height, ==, 48);
  for (guint i = 0; i < G_N_ELEMENTS (headers); i++)
    g_assert_cmpstr (soup_message_headers_get_one (down.headers, headers[i].name), ==, headers[i].value);
}

/* Whatever a browser would run comes as what it cannot run. */
static void
test_no_page (ServiceFixture *self,
              gconstpointer   data)
{
  g_autofree char *id = file_put (self, "/v1", self->token, "<html><script>alert(1)</script></html>");
  g_auto (FileAnswer) answer = file_download (self, "/v1", self->token, id, NULL);

  g_assert_cmpstr (soup_message_headers_get_one (answer.headers, "Content-Type"), ==, "text/plain");
  g_assert_true (g_str_has_prefix (soup_message_headers_get_one (answer.headers, "Content-Disposition"), "attachment;"));
}

static void
test_ranges (ServiceFixture *self,
             gconstpointer   data)
{
  const gsize size = 2 * HANDOVER_ATTACHMENT_PART + 10;
  g_autofree guint8 *bytes = g_malloc (size);
  g_autoptr (HandoverAttachment) attachment = NULL;
  const struct
  {
    const char *range;
    gsize first;
    gsize length;
  } cases[] = {
    { "bytes=0-0", 0, 1 },
    { "bytes=5-", 5, 2 * HANDOVER_ATTACHMENT_PART + 5 },
    { "bytes=262140-262150", 262140, 11 },
    { "bytes=262144-524287", 262144, 262144 },
    { "bytes=-7", 2 * HANDOVER_ATTACHMENT_PART + 3, 7 },
    { "bytes=524290-9999999999", 524290, 8 },
    { "bytes=-9999999999", 0, 2 * HANDOVER_ATTACHMENT_PART + 10 },
    /* What is no range of the file is answered with all of it. */
    { "bytes=524298-", 0, 0 },
    { "bytes=9-5", 0, 0 },
    { "bytes=0-1,5-6", 0, 0 },
    { "bytes=x-", 0, 0 },
    { "bytes=-", 0, 0 },
    { "bytes=-0", 0, 0 },
    { "bytes=1", 0, 0 },
    { "bytes=18446744073709551616-", 0, 0 },
    { "lines=1-2", 0, 0 },
  };

  for (gsize i = 0; i < size; i++)
    bytes[i] = i ^ i >> 7;
  {
    g_auto (FileAnswer) answer = file_upload (self, "/v1/attachments", self->token, NULL, NULL, bytes, size);

    attachment = file_read_attachment (&answer);
  }
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (FileAnswer) answer = file_download (self, "/v1", self->token, attachment->id, cases[i].range);
      gsize length = cases[i].length > 0 ? cases[i].length : size;

      g_test_message ("%s", cases[i].range);
      g_assert_cmpuint (answer.status, ==, cases[i].length > 0 ? 206 : 200);
      g_assert_cmpmem (g_bytes_get_data (answer.bytes, NULL), g_bytes_get_size (answer.bytes), bytes + cases[i].first, length);
    }
}

static void
test_repeated (ServiceFixture *self,
               gconstpointer   data)
{
  g_autofree char *bytes = g_strnfill (HANDOVER_ATTACHMENT_PART + 5, 'x');
  g_auto (FileAnswer) first = file_upload (self, "/v1/attachments", self->token, NULL, "k", bytes, strlen (bytes));
  g_auto (FileAnswer) again = file_upload (self, "/v1/attachments", self->token, NULL, "k", bytes, strlen (bytes));
  g_auto (FileAnswer) other = file_upload (self, "/v1/attachments", self->token, NULL, "k", "y", 1);
  g_auto (FileAnswer) named = file_upload (self, "/v1/attachments", self->token, "attachment; filename=y", "k", bytes, strlen (bytes));

  g_assert_cmpuint (first.status, ==, 201);
  g_assert_cmpuint (again.status, ==, 201);
  g_assert_true (g_bytes_equal (first.bytes, again.bytes));
  g_assert_cmpuint (other.status, ==, 409);
  g_assert_cmpuint (named.status, ==, 409);

  /* What came twice was stored once. */
  while (file_ask (self, "SELECT count(*) FROM attachment_parts") != 2)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpint (file_ask (self, "SELECT count(*) FROM attachments"), ==, 1);
}

static void
test_refused (ServiceFixture *self,
              gconstpointer   data)
{
  g_autofree char *key = file_make_key (self, self->token, "Bot");
  const struct
  {
    const char *path;
    const char *token;
    const char *bytes;
    guint status;
  } cases[] = {
    { "/v1/attachments", NULL, "x", 401 },
    { "/v1/attachments", "nonsense", "x", 401 },
    { "/v1/attachments", key, "x", 401 },
    { "/agent/v1/attachments", self->token, "x", 401 },
    { "/v1/attachments", self->token, "", 400 },
    { "/agent/v1/attachments", key, "", 400 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (FileAnswer) answer = file_upload (self, cases[i].path, cases[i].token, NULL, NULL, cases[i].bytes, strlen (cases[i].bytes));

      g_assert_cmpuint (answer.status, ==, cases[i].status);
    }
  g_assert_cmpint (file_ask (self, "SELECT count(*) FROM attachments"), ==, 0);
}

static void
begin_upload (GIOStream  *connection,
              const char *token,
              const char *how)
{
  g_autofree char *head = g_strdup_printf ("POST /v1/attachments HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n"
                                           "%s\r\n\r\n", token, how);

  service_fixture_write (connection, head);
}

/* Before the first byte where the head says it, else as soon as it is seen; and nothing of it stays. */
static void
test_too_large (ServiceFixture *self,
                gconstpointer   data)
{
  const char *const heads[] = {
    "Content-Length: 26214401",
    "Content-Length: 26214401\r\nExpect: 100-continue",
    "Transfer-Encoding: chunked",
  };
  g_autofree char *filling = g_strnfill (HANDOVER_LIMIT_ATTACHMENT + 1, 'x');

  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    {
      g_autoptr (GIOStream) connection = service_fixture_connect (self);
      g_autoptr (GString) text = g_string_new (NULL);

      begin_upload (connection, self->token, heads[i]);
      if (i == 2)
        {
          service_fixture_write (connection, "1900001\r\n");
          service_fixture_write (connection, filling);
        }
      g_assert_true (service_fixture_read (connection, text, "\"too_large\""));
      g_assert_true (g_str_has_prefix (text->str, "HTTP/1.1 413 "));
    }

  while (file_ask (self, "SELECT count(*) FROM attachments") > 0 || file_ask (self, "SELECT count(*) FROM attachment_parts") > 0)
    g_main_context_iteration (NULL, FALSE);
}

/* The largest file there may be goes in and out. */
static void
test_largest (ServiceFixture *self,
              gconstpointer   data)
{
  g_autofree char *bytes = g_strnfill (HANDOVER_LIMIT_ATTACHMENT, 'x');
  g_auto (FileAnswer) up = file_upload (self, "/v1/attachments", self->token, NULL, NULL, bytes, HANDOVER_LIMIT_ATTACHMENT);
  g_autoptr (HandoverAttachment) attachment = file_read_attachment (&up);
  g_auto (FileAnswer) down = file_download (self, "/v1", self->token, attachment->id, NULL);

  g_assert_cmpuint (up.status, ==, 201);
  g_assert_cmpmem (g_bytes_get_data (down.bytes, NULL), g_bytes_get_size (down.bytes), bytes, HANDOVER_LIMIT_ATTACHMENT);
}

/* Whoever leaves in the middle leaves nothing behind, wherever the service was just then. */
static void
test_client_leaves (ServiceFixture *self,
                    gconstpointer   data)
{
  g_autofree char *bytes = g_strnfill (3 * HANDOVER_ATTACHMENT_PART, 'x');

  for (guint i = 0; i < 12; i++)
    {
      g_autoptr (GIOStream) connection = service_fixture_connect (self);

      begin_upload (connection, self->token, "Content-Length: 2000000");
      bytes[i * 65536] = '\0';
      service_fixture_write (connection, bytes);
      bytes[i * 65536] = 'x';
      if (i % 2 == 0)
        while (file_ask (self, "SELECT count(*) FROM attachment_parts") < (gint64) (i / 4))
          g_main_context_iteration (NULL, FALSE);
      g_io_stream_close (connection, NULL, NULL);
      while (file_ask (self, "SELECT count(*) FROM attachments") > 0 || file_ask (self, "SELECT count(*) FROM attachment_parts") > 0)
        g_main_context_iteration (NULL, FALSE);
    }
}

/* One caller holds four places, and no more; when one is free, the next is let in. */
static void
test_crowded (ServiceFixture *self,
              gconstpointer   data)
{
  g_autoptr (GPtrArray) connections = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *key = file_make_key (self, self->token, "Bot");
  g_autofree char *bytes = g_strnfill (HANDOVER_ATTACHMENT_PART, 'x');
  g_autofree char *other = NULL;

  for (guint i = 0; i < 4; i++)
    {
      g_ptr_array_add (connections, service_fixture_connect (self));
      begin_upload (g_ptr_array_index (connections, i), self->token, "Content-Length: 2000000");
      service_fixture_write (g_ptr_array_index (connections, i), bytes);
    }
  while (file_ask (self, "SELECT count(*) FROM attachments") < 4)
    g_main_context_iteration (NULL, FALSE);
  {
    g_auto (FileAnswer) answer = file_upload (self, "/v1/attachments", self->token, NULL, NULL, "x", 1);

    g_assert_cmpuint (answer.status, ==, 503);
    g_assert_cmpstr (soup_message_headers_get_one (answer.headers, "Retry-After"), ==, "1");
  }
  other = file_put (self, "/agent/v1", key, "x");

  g_io_stream_close (g_ptr_array_index (connections, 0), NULL, NULL);
  while (file_ask (self, "SELECT count(*) FROM attachments") > 4)
    g_main_context_iteration (NULL, FALSE);
  g_clear_pointer (&other, g_free);
  other = file_put (self, "/v1", self->token, "x");
}

static void
stopped_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      data)
{
  g_assert_true (handover_service_stop_finish (HANDOVER_SERVICE (object), result, NULL));
  *(gboolean *) data = TRUE;
}

static void
stop (ServiceFixture *self)
{
  gboolean done = FALSE;

  handover_service_stop_async (self->service, stopped_cb, &done);
  service_fixture_spin (&done);
  g_clear_object (&self->service);
}

static void
be_patient_for (ServiceFixture *self,
                guint           seconds)
{
  HandoverServiceOptions options = { self->folder, "127.0.0.1:0", self->config, NULL, TRUE };
  g_autoptr (GError) error = NULL;

  stop (self);
  self->config->body_seconds = seconds;
  self->service = handover_service_new (&options, &error);
  g_assert_no_error (error);
  g_free (self->uri);
  self->uri = handover_service_get_uri (self->service);
}

static gboolean
drip_cb (gpointer data)
{
  g_socket_send (g_socket_connection_get_socket (data), "x", 1, NULL, NULL);
  return G_SOURCE_CONTINUE;
}

/* Whoever sends a byte now and then does not hold a place for ever, and leaves nothing behind. */
static void
test_slow (ServiceFixture *self,
           gconstpointer   data)
{
  g_autoptr (GIOStream) connection = NULL;
  g_autofree char *bytes = g_strnfill (HANDOVER_ATTACHMENT_PART, 'x');
  g_autoptr (GString) text = g_string_new (NULL);
  gint64 begun;
  guint drip;

  be_patient_for (self, 1);
  connection = service_fixture_connect (self);
  begun = g_get_monotonic_time ();
  begin_upload (connection, self->token, "Content-Length: 2000000");
  service_fixture_write (connection, bytes);
  while (file_ask (self, "SELECT count(*) FROM attachment_parts") < 1)
    g_main_context_iteration (NULL, FALSE);

  drip = g_timeout_add (50, drip_cb, connection);
  g_assert_false (service_fixture_read (connection, text, NULL));
  g_source_remove (drip);
  g_assert_cmpstr (text->str, ==, "");
  g_assert_cmpint (g_get_monotonic_time () - begun, >=, G_USEC_PER_SEC);
  while (file_ask (self, "SELECT count(*) FROM attachments") > 0 || file_ask (self, "SELECT count(*) FROM attachment_parts") > 0)
    g_main_context_iteration (NULL, FALSE);
}

/* Stopping waits for nobody who is slow to send. */
static void
test_stopping (ServiceFixture *self,
               gconstpointer   data)
{
  g_autoptr (GIOStream) connection = service_fixture_connect (self);
  g_autofree char *bytes = g_strnfill (HANDOVER_ATTACHMENT_PART, 'x');

  begin_upload (connection, self->token, "Content-Length: 2000000");
  service_fixture_write (connection, bytes);
  while (file_ask (self, "SELECT count(*) FROM attachments") < 1)
    g_main_context_iteration (NULL, FALSE);
  stop (self);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("sizes", test_sizes);
  ADD ("what-it-is", test_what_it_is);
  ADD ("no-page", test_no_page);
  ADD ("ranges", test_ranges);
  ADD ("repeated", test_repeated);
  ADD ("refused", test_refused);
  ADD ("too-large", test_too_large);
  ADD ("largest", test_largest);
  ADD ("client-leaves", test_client_leaves);
  ADD ("crowded", test_crowded);
  ADD ("slow", test_slow);
  ADD ("stopping", test_stopping);
  answers_add_test ("/attachments/as-documented");

  return g_test_run ();
}
