/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#define G_LOG_DOMAIN "handover-response"

#include "service/http/handover-response.h"

#include <string.h>

#include "core/handover-problem.h"
#include "core/handover-record.h"

/**
 * handover_response_new:
 *
 * Makes an empty answer with status 200.
 *
 * Returns: (transfer full): an answer
 */
HandoverResponse *
handover_response_new (void)
{
  HandoverResponse *self = g_new0 (HandoverResponse, 1);

  self->status = 200;
  self->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->ended = g_ptr_array_new_with_free_func (g_free);

  return self;
}

/**
 * handover_response_clear:
 * @self: an answer
 *
 * Makes it empty again, as after a roll-back. Headers stay: a refusal may have set when to try again.
 */
void
handover_response_clear (HandoverResponse *self)
{
  self->status = 200;
  self->content_type = NULL;
  self->sequence = 0;
  g_clear_pointer (&self->log_id, g_free);
  self->secret = FALSE;
  self->stream = (HandoverStreamStart) { 0 };
  g_clear_pointer (&self->file.id, g_free);
  g_clear_pointer (&self->data, g_bytes_unref);
  g_ptr_array_set_size (self->ended, 0);
}

/**
 * handover_response_free:
 * @self: (transfer full): an answer
 *
 * Frees an answer.
 */
void
handover_response_free (HandoverResponse *self)
{
  handover_response_clear (self);
  g_hash_table_unref (self->headers);
  g_ptr_array_unref (self->ended);
  g_free (self);
}

/**
 * handover_response_take_text:
 * @self: an answer
 * @status: the status
 * @text: (transfer full): JSON
 *
 * Answers JSON that is written already.
 */
void
handover_response_take_text (HandoverResponse *self,
                             guint             status,
                             char             *text)
{
  self->status = status;
  self->content_type = status >= 400 ? "application/problem+json" : "application/json";
  g_clear_pointer (&self->data, g_bytes_unref);
  self->data = g_bytes_new_take (text, strlen (text));
}

/**
 * handover_response_take_body:
 * @self: an answer
 * @status: the status
 * @body: (transfer full): the body
 *
 * Answers JSON. It is written here, where the handler runs, and not on the main loop.
 */
void
handover_response_take_body (HandoverResponse *self,
                             guint             status,
                             JsonNode         *body)
{
  handover_response_take_text (self, status, json_to_string (body, FALSE));
  json_node_unref (body);
}

/**
 * handover_response_take_records:
 * @self: an answer
 * @records: (element-type HandoverRecord): one page of a list
 * @next_cursor: (nullable): where the next page starts; %NULL when this is the last
 *
 * Answers a list as the interface shapes it.
 */
void
handover_response_take_records (HandoverResponse *self,
                                GPtrArray        *records,
                                const char       *next_cursor)
{
  GString *text = g_string_sized_new (512 * (records->len + 1));

  g_string_append (text, "{\"items\":[");
  for (guint i = 0; i < records->len; i++)
    {
      if (i > 0)
        g_string_append_c (text, ',');
      handover_record_write (g_ptr_array_index (records, i), text);
    }

  /* A cursor is of our own making and needs no escaping. */
  if (next_cursor != NULL)
    g_string_append_printf (text, "],\"next_cursor\":\"%s\"}", next_cursor);
  else
    g_string_append (text, "],\"next_cursor\":null}");
  handover_response_take_text (self, 200, g_string_free (text, FALSE));
}

/**
 * handover_response_set_empty:
 * @self: an answer
 * @status: the status
 *
 * Answers without a body.
 */
void
handover_response_set_empty (HandoverResponse *self,
                             guint             status)
{
  self->status = status;
  g_clear_pointer (&self->data, g_bytes_unref);
}

/**
 * handover_response_set_data:
 * @self: an answer
 * @status: the status
 * @content_type: its type, a constant
 * @data: the body
 *
 * Answers a body that is ready made.
 */
void
handover_response_set_data (HandoverResponse *self,
                            guint             status,
                            const char       *content_type,
                            GBytes           *data)
{
  self->status = status;
  self->content_type = content_type;
  g_clear_pointer (&self->data, g_bytes_unref);
  self->data = g_bytes_ref (data);
}

/**
 * handover_response_to_problem:
 * @error: what went wrong
 *
 * Makes of an error what may be told to whoever asks: itself, or that something is wrong inside.
 *
 * Returns: (transfer full): a #HANDOVER_PROBLEM
 */
GError *
handover_response_to_problem (const GError *error)
{
  if (error->domain == HANDOVER_PROBLEM)
    return g_error_copy (error);

  /* What went wrong inside is for the service's own log, not for whoever asks. */
  g_warning ("A request failed: %s", error->message);
  return g_error_new_literal (HANDOVER_PROBLEM, HANDOVER_PROBLEM_INTERNAL,
                              "The service could not do this. Nothing was changed; try again later.");
}

/**
 * handover_response_set_problem:
 * @self: an answer
 * @error: what is wrong; anything but #HANDOVER_PROBLEM is answered as `internal`
 * @members: (nullable) (transfer full): more members of the problem
 *
 * Answers a problem. A handler that does so and returns %TRUE keeps what it wrote.
 */
void
handover_response_set_problem (HandoverResponse *self,
                               const GError     *error,
                               JsonObject       *members)
{
  g_autoptr (GError) problem = handover_response_to_problem (error);
  JsonObject *object = members != NULL ? members : json_object_new ();
  JsonNode *body = json_node_new (JSON_NODE_OBJECT);
  guint status = handover_problem_get_status (problem->code);

  json_object_set_string_member (object, "type", "about:blank");
  json_object_set_string_member (object, "title", handover_problem_get_title (problem->code));
  json_object_set_int_member (object, "status", status);
  json_object_set_string_member (object, "detail", problem->message);
  json_object_set_string_member (object, "code", handover_problem_get_code (problem->code));
  json_node_take_object (body, object);
  handover_response_take_body (self, status, body);
}

/**
 * handover_response_set_file:
 * @self: an answer
 * @status: the status
 * @id: the id of an attachment of the caller's business
 * @offset: where in it the answer begins
 * @length: how many bytes of it are answered
 *
 * Answers with the bytes of a file. Its type is to be set as a header.
 */
void
handover_response_set_file (HandoverResponse *self,
                            guint             status,
                            const char       *id,
                            gint64            offset,
                            gint64            length)
{
  self->status = status;
  g_set_str (&self->file.id, id);
  self->file.offset = offset;
  self->file.length = length;
}

/**
 * handover_response_set_header:
 * @self: an answer
 * @name: a header's name
 * @value: its value
 *
 * Sets a header.
 */
void
handover_response_set_header (HandoverResponse *self,
                              const char       *name,
                              const char       *value)
{
  g_hash_table_replace (self->headers, g_strdup (name), g_strdup (value));
}

/**
 * handover_response_end_streams:
 * @self: an answer
 * @id: the id of an operator, a session, an agent or a key
 *
 * Asks that the open event streams of @id end once the request's changes are committed.
 */
void
handover_response_end_streams (HandoverResponse *self,
                               const char       *id)
{
  g_ptr_array_add (self->ended, g_strdup (id));
}

/**
 * handover_response_get_bytes:
 * @self: an answer
 *
 * Gets the body as it goes over the wire.
 *
 * Returns: (transfer full) (nullable): the bytes; %NULL when there is no body
 */
GBytes *
handover_response_get_bytes (HandoverResponse *self)
{
  return self->data != NULL ? g_bytes_ref (self->data) : NULL;
}

/**
 * handover_response_dup_text:
 * @self: an answer
 *
 * Gets the body as text.
 *
 * Returns: (transfer full): the text; empty when there is no body
 */
char *
handover_response_dup_text (HandoverResponse *self)
{
  gconstpointer data;
  gsize size;

  if (self->data == NULL)
    return g_strdup ("");

  data = g_bytes_get_data (self->data, &size);
  return g_strndup (data, size);
}
