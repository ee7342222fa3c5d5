/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/http/handover-refusal.h"

#include "core/handover-problem.h"
#include "service/http/handover-response.h"

/* A connection that closes with bytes unread is reset, and the client may lose the answer with it. So what it still
 * sends is read for a while. */
#define LINGER_SECONDS 5

typedef struct
{
  GIOStream *connection;
  GCancellable *cancellable;
  GSource *timeout;
  GBytes *answer;
  char buffer[16 * 1024];
} Refusal;

static void
refusal_free (Refusal *self)
{
  g_source_destroy (self->timeout);
  g_source_unref (self->timeout);
  g_object_unref (self->cancellable);
  g_object_unref (self->connection);
  g_bytes_unref (self->answer);
  g_free (self);
}

static gboolean
timeout_cb (gpointer data)
{
  Refusal *self = data;

  g_cancellable_cancel (self->cancellable);
  return G_SOURCE_REMOVE;
}

static void
closed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      data)
{
  g_io_stream_close_finish (G_IO_STREAM (object), result, NULL);
  refusal_free (data);
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      data)
{
  Refusal *self = data;
  GInputStream *input = G_INPUT_STREAM (object);

  if (g_input_stream_read_finish (input, result, NULL) > 0)
    g_input_stream_read_async (input, self->buffer, sizeof self->buffer, G_PRIORITY_DEFAULT, self->cancellable,
                               read_cb, self);
  else
    g_io_stream_close_async (self->connection, G_PRIORITY_DEFAULT, NULL, closed_cb, self);
}

static void
written_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      data)
{
  Refusal *self = data;

  g_output_stream_write_all_finish (G_OUTPUT_STREAM (object), result, NULL, NULL);
  g_input_stream_read_async (g_io_stream_get_input_stream (self->connection), self->buffer, sizeof self->buffer,
                             G_PRIORITY_DEFAULT, self->cancellable, read_cb, self);
}

static GBytes *
make_answer (const GError *error)
{
  g_autoptr (HandoverResponse) response = handover_response_new ();
  g_autoptr (GBytes) body = NULL;
  GString *text = g_string_new (NULL);

  handover_response_set_problem (response, error, NULL);
  body = handover_response_get_bytes (response);
  g_string_append_printf (text,
                          "HTTP/1.1 %u %s\r\n"
                          "Content-Type: application/problem+json\r\n"
                          "Content-Length: %" G_GSIZE_FORMAT "\r\n"
                          "%s%s"
                          "Connection: close\r\n"
                          "\r\n",
                          response->status, handover_problem_get_title (error->code), g_bytes_get_size (body),
                          response->status == 503 ? "Retry-After: 1\r\n" : "",
                          response->status == 401 ? "WWW-Authenticate: Bearer\r\n" : "");
  g_string_append_len (text, g_bytes_get_data (body, NULL), g_bytes_get_size (body));

  return g_string_free_to_bytes (text);
}

/**
 * handover_refusal_send:
 * @connection: a connection taken away from the server in the middle of a request
 * @error: a #HANDOVER_PROBLEM
 *
 * Answers before the body was read, and closes.
 */
void
handover_refusal_send (GIOStream    *connection,
                       const GError *error)
{
  Refusal *self = g_new0 (Refusal, 1);

  self->connection = g_object_ref (connection);
  self->cancellable = g_cancellable_new ();
  self->answer = make_answer (error);
  self->timeout = g_timeout_source_new_seconds (LINGER_SECONDS);
  g_source_set_callback (self->timeout, timeout_cb, self, NULL);
  g_source_attach (self->timeout, g_main_context_get_thread_default ());

  g_output_stream_write_all_async (g_io_stream_get_output_stream (connection),
                                   g_bytes_get_data (self->answer, NULL), g_bytes_get_size (self->answer),
                                   G_PRIORITY_DEFAULT, self->cancellable, written_cb, self);
}

/* Made once: every request begins with it, and nearly all take it back. */
static GBytes *
get_library_problem (void)
{
  static GBytes *body;

  if (g_once_init_enter_pointer (&body))
    {
      g_autoptr (GError) error = g_error_new_literal (HANDOVER_PROBLEM, HANDOVER_PROBLEM_INVALID_REQUEST,
                                                      "This is not HTTP as it is served here. Check the first line of "
                                                      "the request, and its headers.");
      g_autoptr (HandoverResponse) response = handover_response_new ();

      handover_response_set_problem (response, error, NULL);
      g_once_init_leave_pointer (&body, handover_response_get_bytes (response));
    }

  return body;
}

/**
 * handover_refusal_prepare:
 * @message: a message that begins
 *
 * Prepares an answer for what the library refuses on its own, without asking anybody and without a word: what is no HTTP,
 * or none that is served here.
 */
void
handover_refusal_prepare (SoupServerMessage *message)
{
  soup_message_headers_set_content_type (soup_server_message_get_response_headers (message), "application/problem+json",
                                         NULL);
  soup_message_body_append_bytes (soup_server_message_get_response_body (message), get_library_problem ());
}

/**
 * handover_refusal_withdraw:
 * @message: a message whose head is in order
 *
 * Takes back what [func@refusal_prepare] prepared.
 */
void
handover_refusal_withdraw (SoupServerMessage *message)
{
  soup_message_headers_remove (soup_server_message_get_response_headers (message), "Content-Type");
  soup_message_body_truncate (soup_server_message_get_response_body (message));
}
