/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/http/handover-call.h"

#include "service/http/handover-upload.h"

static void
disconnected_cb (SoupServerMessage *message,
                 gpointer           data)
{
  HandoverCall *self = data;

  self->left = TRUE;
}

/**
 * handover_call_new:
 * @calls: what takes it through the pipeline
 * @message: a message whose head has come
 * @request: (transfer full): what it asks
 *
 * Begins a call.
 *
 * Returns: (transfer full): a call
 */
HandoverCall *
handover_call_new (HandoverCalls     *calls,
                   SoupServerMessage *message,
                   HandoverRequest   *request)
{
  HandoverCall *self = g_new0 (HandoverCall, 1);

  self->calls = handover_calls_ref (calls);
  self->message = g_object_ref (message);
  self->exchange.request = request;
  self->exchange.response = handover_response_new ();
  g_signal_connect (message, "disconnected", G_CALLBACK (disconnected_cb), self);
  return self;
}

/**
 * handover_call_free:
 * @self: (transfer full): a call
 *
 * Ends a call that is answered, or whose client left.
 */
void
handover_call_free (HandoverCall *self)
{
  g_signal_handlers_disconnect_by_data (self->message, self);
  if (self->upload != NULL)
    handover_upload_free (self->upload);
  handover_exchange_clear (&self->exchange);
  g_clear_error (&self->error);
  g_object_unref (self->message);
  handover_calls_free (self->calls);
  g_free (self);
}

/**
 * handover_call_write_headers:
 * @self: a call
 *
 * Gives the library the status and the headers of the answer.
 */
void
handover_call_write_headers (HandoverCall *self)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (self->message);
  HandoverResponse *response = self->exchange.response;
  GHashTableIter iter;
  gpointer name;
  gpointer value;

  soup_message_headers_replace (headers, "Cache-Control", "no-store");
  g_hash_table_iter_init (&iter, response->headers);
  while (g_hash_table_iter_next (&iter, &name, &value))
    soup_message_headers_replace (headers, name, value);

  if (g_strcmp0 (self->exchange.request->method, "GET") == 0)
    {
      g_autofree char *sequence = g_strdup_printf ("%" G_GINT64_FORMAT, response->sequence);

      soup_message_headers_replace (headers, "Handover-Sequence", sequence);
      if (response->log_id != NULL)
        soup_message_headers_replace (headers, "Handover-Log", response->log_id);
    }
  soup_message_headers_replace (headers, "X-Content-Type-Options", "nosniff");

  /* The library knows no words for this one. */
  soup_server_message_set_status (self->message, response->status,
                                  response->status == 429 ? "Too Many Requests" : NULL);
}

static void
write_answer (HandoverCall *self)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (self->message);
  HandoverResponse *response = self->exchange.response;
  g_autoptr (GBytes) body = handover_response_get_bytes (response);

  handover_call_write_headers (self);
  if (body != NULL)
    {
      soup_message_headers_set_content_type (headers, response->content_type, NULL);
      soup_message_body_append_bytes (soup_server_message_get_response_body (self->message), body);
    }
  else if (response->status != SOUP_STATUS_NO_CONTENT)
    {
      soup_message_headers_set_content_length (headers, 0);
    }
}

/**
 * handover_call_answer:
 * @self: (transfer full): a call whose message is paused
 *
 * Answers, and ends the call.
 */
void
handover_call_answer (HandoverCall *self)
{
  handover_calls_log (self->calls, self->message, self->exchange.response->status);
  /* A client that left has taken the connection with it: there is nothing to write to. */
  if (!self->left)
    {
      write_answer (self);
      soup_server_message_unpause (self->message);
    }
  handover_call_free (self);
}

/**
 * handover_call_fail:
 * @self: (transfer full): a call whose message is paused
 * @error: why
 *
 * Answers with a problem, and ends the call.
 */
void
handover_call_fail (HandoverCall *self,
                    const GError *error)
{
  handover_exchange_fail (&self->exchange, error);
  handover_call_answer (self);
}
