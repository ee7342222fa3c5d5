/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#define G_LOG_DOMAIN "handover-response"

#include "service/http/handover-response.h"

#include <string.h>

#include "core/handover-problem.h"

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
  g_clear_pointer (&self->body, json_node_unref);
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
 * handover_response_take_body:
 * @self: an answer
 * @status: the status
 * @body: (transfer full): the body
 *
 * Answers JSON.
 */
void
handover_response_take_body (HandoverResponse *self,
                             guint             status,
                             JsonNode         *body)
{
  self->status = status;
  g_clear_pointer (&self->body, json_node_unref);
  self->body = body;
}

/**
 * handover_response_take_items:
 * @self: an answer
 * @items: (transfer full): one page of a list
 * @next_cursor: (nullable): where the next page starts; %NULL when this is the last
 *
 * Answers a list as the interface shapes it.
 */
void
handover_response_take_items (HandoverResponse *self,
                              JsonArray        *items,
                              const char       *next_cursor)
{
  JsonObject *object = json_object_new ();
  JsonNode *body = json_node_new (JSON_NODE_OBJECT);

  json_object_set_array_member (object, "items", items);
  if (next_cursor != NULL)
    json_object_set_string_member (object, "next_cursor", next_cursor);
  else
    json_object_set_null_member (object, "next_cursor");
  json_node_take_object (body, object);
  handover_response_take_body (self, 200, body);
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
  g_clear_pointer (&self->body, json_node_unref);
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

static const GError *
as_problem (const GError  *error,
            GError       **fallback)
{
  if (error->domain == HANDOVER_PROBLEM)
    return error;

  /* What went wrong inside is for the service's own log, not for whoever asks. */
  g_warning ("A request failed: %s", error->message);
  *fallback = g_error_new_literal (HANDOVER_PROBLEM, HANDOVER_PROBLEM_INTERNAL,
                                   "The service could not do this. Nothing was changed; try again later.");
  return *fallback;
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
  g_autoptr (GError) fallback = NULL;
  const GError *problem = as_problem (error, &fallback);
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
  g_autofree char *text = NULL;
  gsize length;

  if (self->data != NULL)
    return g_bytes_ref (self->data);
  if (self->body == NULL)
    return NULL;

  text = json_to_string (self->body, FALSE);
  length = strlen (text);
  return g_bytes_new_take (g_steal_pointer (&text), length);
}
