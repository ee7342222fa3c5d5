/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service-fixture.h"

#include <stdlib.h>
#include <string.h>

#include <glib/gstdio.h>
#include <sodium.h>

#include "answers.h"

#define EXCHANGE_DATA "exchange"

static gboolean
accept_certificate_cb (gpointer              object,
                       GTlsCertificate      *certificate,
                       GTlsCertificateFlags  errors,
                       gpointer              data)
{
  return TRUE;
}

static HandoverConfig *
make_config (void)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();

  g_key_file_set_integer (file, "passwords", "passes", 1);
  g_key_file_set_integer (file, "passwords", "memory-mebibytes", 8);
  g_key_file_set_integer (file, "sign-in", "attempts-per-account", 3);
  return handover_config_read (file, NULL);
}

static void
sign_up (ServiceFixture *self)
{
  g_autoptr (JsonNode) answer = NULL;

  answer = service_fixture_call (self, "POST", "/v1/auth/sign-up", NULL, NULL,
                                 "{\"business_name\": \"Shop\", \"name\": \"Kim\", \"email\": \"kim@example.com\","
                                 " \"password\": \"" PASSWORD "\"}");
  g_assert_cmpuint (self->status, ==, 201);
  self->token = g_strdup (json_object_get_string_member (json_node_get_object (answer), "token"));
}

void
service_fixture_set_up (ServiceFixture *self,
                        gconstpointer   tls)
{
  HandoverServiceOptions options = { NULL, "127.0.0.1:0", NULL, NULL, TRUE };
  g_autoptr (GTlsCertificate) certificate = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (sodium_init (), >=, 0);
  self->folder = g_dir_make_tmp ("handover-service-XXXXXX", NULL);
  self->config = make_config ();
  if (tls != NULL)
    {
      g_autofree char *certificate_file = g_test_build_filename (G_TEST_DIST, "tls-certificate.pem", NULL);
      g_autofree char *key_file = g_test_build_filename (G_TEST_DIST, "tls-key.pem", NULL);

      certificate = g_tls_certificate_new_from_files (certificate_file, key_file, &error);
      g_assert_no_error (error);
    }

  options.data_folder = self->folder;
  options.config = self->config;
  options.certificate = certificate;
  self->service = handover_service_new (&options, &error);
  g_assert_no_error (error);
  self->uri = handover_service_get_uri (self->service);
  self->session = soup_session_new ();
  sign_up (self);
}

static void
stopped_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      data)
{
  gboolean *done = data;

  g_assert_true (handover_service_stop_finish (HANDOVER_SERVICE (object), result, NULL));
  *done = TRUE;
}

void
service_fixture_tear_down (ServiceFixture *self,
                           gconstpointer   tls)
{
  g_autoptr (GDir) folder = g_dir_open (self->folder, 0, NULL);
  const char *name;
  gboolean done = FALSE;

  if (self->service != NULL)
    {
      handover_service_stop_async (self->service, stopped_cb, &done);
      service_fixture_spin (&done);
    }
  g_clear_object (&self->service);
  g_clear_object (&self->session);
  g_clear_pointer (&self->headers, soup_message_headers_unref);
  handover_config_free (self->config);
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (self->folder);
  g_free (self->folder);
  g_free (self->uri);
  g_free (self->token);
}

static gboolean
give_up_cb (gpointer data)
{
  g_error ("Nothing happened for 30 seconds");
  return G_SOURCE_REMOVE;
}

void
service_fixture_spin (gboolean *done)
{
  guint timeout = g_timeout_add_seconds (30, give_up_cb, NULL);

  while (!*done)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (timeout);
}

typedef struct
{
  gboolean done;
  gpointer value;
  gssize size;
  GError *error;
} Outcome;

static void
answered_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      data)
{
  Outcome *outcome = data;

  outcome->value = soup_session_send_and_read_finish (SOUP_SESSION (object), result, &outcome->error);
  outcome->done = TRUE;
}

JsonNode *
service_fixture_call (ServiceFixture *self,
                      const char     *method,
                      const char     *path,
                      const char     *token,
                      const char     *key,
                      const char     *body)
{
  g_autofree char *address = g_strconcat (self->uri, path, NULL);
  g_autoptr (SoupMessage) message = soup_message_new (method, address);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);
  g_autofree char *bearer = g_strconcat ("Bearer ", token, NULL);
  g_autoptr (GBytes) sent = body != NULL ? g_bytes_new (body, strlen (body)) : NULL;
  g_autoptr (GBytes) received = NULL;
  g_autofree char *text = NULL;
  Outcome outcome = { 0 };

  g_signal_connect (message, "accept-certificate", G_CALLBACK (accept_certificate_cb), NULL);
  if (token != NULL)
    soup_message_headers_replace (headers, "Authorization", bearer);
  if (key != NULL)
    soup_message_headers_replace (headers, "Idempotency-Key", key);
  if (sent != NULL)
    soup_message_set_request_body_from_bytes (message, "application/json", sent);

  soup_session_send_and_read_async (self->session, message, G_PRIORITY_DEFAULT, NULL, answered_cb, &outcome);
  service_fixture_spin (&outcome.done);
  g_assert_no_error (outcome.error);
  received = outcome.value;
  self->status = soup_message_get_status (message);
  g_clear_pointer (&self->headers, soup_message_headers_unref);
  self->headers = soup_message_headers_ref (soup_message_get_response_headers (message));
  text = g_strndup (g_bytes_get_size (received) > 0 ? g_bytes_get_data (received, NULL) : "", g_bytes_get_size (received));
  answers_note (method, path, self->status, soup_message_headers_get_content_type (self->headers, NULL), text);

  return *text != '\0' ? json_from_string (text, NULL) : NULL;
}

static void
connected_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      data)
{
  Outcome *outcome = data;

  outcome->value = g_socket_client_connect_to_uri_finish (G_SOCKET_CLIENT (object), result, &outcome->error);
  outcome->done = TRUE;
}

static void
client_event_cb (GSocketClient      *client,
                 GSocketClientEvent  event,
                 GSocketConnectable *connectable,
                 GIOStream          *connection,
                 gpointer            data)
{
  if (event == G_SOCKET_CLIENT_TLS_HANDSHAKING)
    g_signal_connect (connection, "accept-certificate", G_CALLBACK (accept_certificate_cb), NULL);
}

GIOStream *
service_fixture_connect (ServiceFixture *self)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  Outcome outcome = { 0 };

  g_socket_client_set_tls (client, g_str_has_prefix (self->uri, "https:"));
  g_signal_connect (client, "event", G_CALLBACK (client_event_cb), NULL);
  g_socket_client_connect_to_uri_async (client, self->uri, 0, NULL, connected_cb, &outcome);
  service_fixture_spin (&outcome.done);
  g_assert_no_error (outcome.error);

  return outcome.value;
}

/* What was asked on a connection, and how much of the answer is noted already. */
typedef struct
{
  char *method;
  char *target;
  gsize n_noted;
  gboolean whole;
} Exchange;

static void
exchange_free (gpointer data)
{
  Exchange *exchange = data;

  g_free (exchange->method);
  g_free (exchange->target);
  g_free (exchange);
}

static void
begin_exchange (GIOStream  *connection,
                const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", 3);
  Exchange *exchange;

  if (g_object_get_data (G_OBJECT (connection), EXCHANGE_DATA) != NULL)
    return;

  exchange = g_new0 (Exchange, 1);
  exchange->method = g_strdup (words[0]);
  exchange->target = g_strdup (words[1]);
  g_object_set_data_full (G_OBJECT (connection), EXCHANGE_DATA, exchange, exchange_free);
}

static char *
get_header (const char *head,
            const char *name)
{
  g_autofree char *start = g_strconcat ("\r\n", name, ": ", NULL);
  const char *found = strstr (head, start);

  return found != NULL ? g_strndup (found + strlen (start), strcspn (found + strlen (start), ";\r")) : NULL;
}

static void
note_events (Exchange   *exchange,
             const char *text)
{
  const char *end;

  while ((end = strchr (text + exchange->n_noted, '\n')) != NULL)
    {
      const char *line = text + exchange->n_noted;

      if (g_str_has_prefix (line, "data: "))
        {
          g_autofree char *data = g_strndup (line + 6, end - line - 6);

          answers_note_event (data);
        }
      exchange->n_noted = end + 1 - text;
    }
}

/* Notes what is new of an answer. A stream's events are noted as they come, anything else once it is whole. */
static void
note_answer (Exchange   *exchange,
             const char *text)
{
  const char *end = strstr (text, "\r\n\r\n");
  g_autofree char *head = end != NULL ? g_strndup (text, end + 2 - text) : NULL;
  g_autofree char *type = end != NULL ? get_header (head, "Content-Type") : NULL;
  g_autofree char *length = end != NULL ? get_header (head, "Content-Length") : NULL;

  if (end == NULL)
    return;
  if (exchange->whole || (length != NULL && strlen (end + 4) < strtoul (length, NULL, 10)))
    {
      if (length == NULL)
        note_events (exchange, text);
      return;
    }

  g_assert_true (g_str_has_prefix (text, "HTTP/1.1 "));
  answers_note (exchange->method, exchange->target, atoi (text + 9), type, length != NULL ? end + 4 : "");
  exchange->whole = TRUE;
  if (length == NULL)
    note_events (exchange, text);
}

static void
written_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      data)
{
  Outcome *outcome = data;

  g_output_stream_write_all_finish (G_OUTPUT_STREAM (object), result, NULL, NULL);
  outcome->done = TRUE;
}

void
service_fixture_write (GIOStream  *connection,
                       const char *text)
{
  Outcome outcome = { 0 };

  begin_exchange (connection, text);
  g_output_stream_write_all_async (g_io_stream_get_output_stream (connection), text, strlen (text),
                                   G_PRIORITY_DEFAULT, NULL, written_cb, &outcome);
  service_fixture_spin (&outcome.done);
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      data)
{
  Outcome *outcome = data;

  outcome->size = g_input_stream_read_finish (G_INPUT_STREAM (object), result, &outcome->error);
  outcome->done = TRUE;
}

/* Reads until the text holds what is wanted and the answer is whole; tells whether both came before the end. */
gboolean
service_fixture_read (GIOStream  *connection,
                      GString    *text,
                      const char *wanted)
{
  Exchange *exchange = g_object_get_data (G_OBJECT (connection), EXCHANGE_DATA);

  while (wanted == NULL || strstr (text->str, wanted) == NULL || !exchange->whole)
    {
      char buffer[4096];
      Outcome outcome = { 0 };

      g_input_stream_read_async (g_io_stream_get_input_stream (connection), buffer, sizeof buffer,
                                 G_PRIORITY_DEFAULT, NULL, read_cb, &outcome);
      service_fixture_spin (&outcome.done);
      g_clear_error (&outcome.error);
      if (outcome.size <= 0)
        return FALSE;
      g_string_append_len (text, buffer, outcome.size);
      note_answer (exchange, text->str);
    }

  return TRUE;
}

GIOStream *
service_fixture_stream (ServiceFixture *self,
                        const char     *token,
                        const char     *path)
{
  GIOStream *connection = service_fixture_connect (self);
  g_autofree char *request = g_strdup_printf ("GET %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n\r\n",
                                              path, token);

  service_fixture_write (connection, request);
  return connection;
}
