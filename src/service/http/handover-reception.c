/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/http/handover-reception.h"

#include "core/handover-problem.h"

#define RECEPTION_DATA "handover-reception"

static void
end_reception (HandoverReception *self)
{
  if (!self->open)
    return;

  self->open = FALSE;
  self->ended (self->user_data);
}

static void
message_ended_cb (SoupServerMessage *message,
                  gpointer           data)
{
  end_reception (data);
}

static void
refuse_size (SoupServerMessage *message,
             gsize              limit)
{
  g_autoptr (GError) error = g_error_new (HANDOVER_PROBLEM, HANDOVER_PROBLEM_TOO_LARGE,
                                          "The body must not be larger than %" G_GSIZE_FORMAT " bytes.", limit);

  handover_reception_refuse (message, error);
}

static void
refuse_framing (SoupServerMessage *message)
{
  g_autoptr (GError) error = g_error_new_literal (HANDOVER_PROBLEM, HANDOVER_PROBLEM_INVALID_REQUEST,
                                                  "Say how long the body is once: in one Content-Length, a whole number, or "
                                                  "by Transfer-Encoding: chunked.");

  handover_reception_refuse (message, error);
}

/* Where two readers of a request may disagree on its end, one of them can be made to see a request that the other does
 * not: a proxy and this service, say. */
static gboolean
is_framed_once (SoupMessageHeaders *headers)
{
  const char *length = soup_message_headers_get_list (headers, "Content-Length");
  guint64 value;

  if (length == NULL)
    return TRUE;

  return soup_message_headers_get_one (headers, "Transfer-Encoding") == NULL &&
         g_ascii_string_to_unsigned (length, 10, 0, G_MAXINT64, &value, NULL);
}

static void
got_chunk_cb (SoupServerMessage *message,
              GBytes            *chunk,
              gpointer           data)
{
  HandoverReception *self = data;

  self->n_received += g_bytes_get_size (chunk);
  if (self->n_received > self->limit)
    refuse_size (message, self->limit);
}

/**
 * handover_reception_begin:
 * @message: a message whose head has come
 * @ended: (scope forever): called once, when it is answered, or its client left, or its connection was taken away
 * @refuse_message: (scope forever): called once, when it is refused before its body is read; takes the connection away
 * @user_data: for @ended and @refuse_message; outlives the message
 *
 * Begins to watch a message.
 *
 * Returns: (transfer none): what is known of it
 */
HandoverReception *
handover_reception_begin (SoupServerMessage *message,
                          void             (*ended) (gpointer user_data),
                          void             (*refuse_message) (SoupServerMessage *message,
                                                              const GError      *error,
                                                              gpointer           user_data),
                          gpointer           user_data)
{
  HandoverReception *self = g_new0 (HandoverReception, 1);

  self->started = g_get_monotonic_time ();
  self->open = TRUE;
  self->ended = ended;
  self->refuse = refuse_message;
  self->user_data = user_data;
  g_object_set_data_full (G_OBJECT (message), RECEPTION_DATA, self, g_free);
  g_signal_connect (message, "finished", G_CALLBACK (message_ended_cb), self);
  g_signal_connect (message, "disconnected", G_CALLBACK (message_ended_cb), self);

  return self;
}

/**
 * handover_reception_get:
 * @message: a message
 *
 * Gets what is known of a message.
 *
 * Returns: (transfer none) (nullable): it
 */
HandoverReception *
handover_reception_get (SoupServerMessage *message)
{
  return g_object_get_data (G_OBJECT (message), RECEPTION_DATA);
}

/**
 * handover_reception_check:
 * @message: a message that is watched
 * @limit: how many bytes its body may have
 *
 * Refuses a body that says it is too large, or says its length in two ways, and counts one that does not say.
 */
void
handover_reception_check (SoupServerMessage *message,
                          gsize              limit)
{
  HandoverReception *self = handover_reception_get (message);
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  self->limit = limit;
  if (!is_framed_once (headers))
    refuse_framing (message);
  else if (soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH &&
           soup_message_headers_get_content_length (headers) > (goffset) limit)
    refuse_size (message, limit);
  else
    g_signal_connect (message, "got-chunk", G_CALLBACK (got_chunk_cb), self);
}

/**
 * handover_reception_refuse:
 * @message: a message that is watched
 * @error: why; a #HANDOVER_PROBLEM
 *
 * Refuses a message whose body is not wanted any more. Only the first refusal counts.
 */
void
handover_reception_refuse (SoupServerMessage *message,
                           const GError      *error)
{
  HandoverReception *self = handover_reception_get (message);

  if (self->refused)
    return;

  self->refused = TRUE;
  self->refuse (message, error, self->user_data);
}

/**
 * handover_reception_steal:
 * @message: a message that is watched
 *
 * Takes the connection away from the server, which tells nothing more of the message then.
 *
 * Returns: (transfer full): the connection
 */
GIOStream *
handover_reception_steal (SoupServerMessage *message)
{
  GIOStream *connection = soup_server_message_steal_connection (message);

  end_reception (handover_reception_get (message));
  return connection;
}
