/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/http/handover-request.h"

#include <gio/gio.h>

#include "core/handover-json.h"
#include "core/handover-problem.h"

static GHashTable *
make_table (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

static gboolean
parse_query (GHashTable *table,
             const char *query)
{
  GUriParamsIter iter;
  g_autoptr (GError) error = NULL;
  char *name;
  char *value;

  if (query == NULL)
    return TRUE;

  g_uri_params_iter_init (&iter, query, -1, "&", G_URI_PARAMS_WWW_FORM);
  while (g_uri_params_iter_next (&iter, &name, &value, &error))
    g_hash_table_replace (table, name, value);

  return error == NULL;
}

/**
 * handover_request_new:
 * @method: the method
 * @path: the path, still percent-encoded
 * @query: (nullable): the query, still encoded
 *
 * Makes a request without headers, body and parameters.
 *
 * Returns: (transfer full): a request
 */
HandoverRequest *
handover_request_new (const char *method,
                      const char *path,
                      const char *query)
{
  HandoverRequest *self = g_new0 (HandoverRequest, 1);

  self->method = g_strdup (method);
  self->path = g_strdup (path);
  self->parameters = make_table ();
  self->query = make_table ();
  self->headers = make_table ();
  self->malformed = !parse_query (self->query, query);

  return self;
}

/**
 * handover_request_free:
 * @self: (transfer full): a request
 *
 * Frees a request.
 */
void
handover_request_free (HandoverRequest *self)
{
  handover_request_set_prepared (self, NULL, NULL);
  g_free (self->method);
  g_free (self->path);
  g_hash_table_unref (self->parameters);
  g_hash_table_unref (self->query);
  g_hash_table_unref (self->headers);
  g_clear_pointer (&self->data, g_bytes_unref);
  g_clear_pointer (&self->body, json_node_unref);
  g_free (self->remote_address);
  g_free (self);
}

/**
 * handover_request_parse:
 * @self: a request
 * @error: return location for a #HANDOVER_PROBLEM error
 *
 * Reads the body as JSON into `body`, which stays %NULL when there is no body. A body must be an object.
 *
 * Returns: whether the body is sound
 */
gboolean
handover_request_parse (HandoverRequest  *self,
                        GError          **error)
{
  g_clear_pointer (&self->body, json_node_unref);
  if (self->data == NULL || g_bytes_get_size (self->data) == 0)
    return TRUE;

  self->body = handover_json_parse (self->data, error);
  if (self->body == NULL)
    return FALSE;

  if (!JSON_NODE_HOLDS_OBJECT (self->body))
    {
      g_set_error_literal (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_INVALID_REQUEST,
                           "The body must be a JSON object.");
      return FALSE;
    }

  return TRUE;
}

/**
 * handover_request_get_parameter:
 * @self: a request
 * @name: the name between braces in the route's pattern
 *
 * Gets one segment of the path, decoded.
 *
 * Returns: the value; never %NULL for a name of the route's pattern
 */
const char *
handover_request_get_parameter (HandoverRequest *self,
                                const char      *name)
{
  return g_hash_table_lookup (self->parameters, name);
}

/**
 * handover_request_get_query:
 * @self: a request
 * @name: a member of the query
 *
 * Gets one member of the query, decoded.
 *
 * Returns: (nullable): the value
 */
const char *
handover_request_get_query (HandoverRequest *self,
                            const char      *name)
{
  return g_hash_table_lookup (self->query, name);
}

/**
 * handover_request_get_integer:
 * @self: a request
 * @name: a member of the query
 * @minimum: the least value allowed
 * @maximum: the greatest value allowed
 * @fallback: the value when the member is missing
 * @value: (out): the value
 * @error: return location for a #HANDOVER_PROBLEM error
 *
 * Reads a number from the query.
 *
 * Returns: whether the member is missing or sound
 */
gboolean
handover_request_get_integer (HandoverRequest  *self,
                              const char       *name,
                              gint64            minimum,
                              gint64            maximum,
                              gint64            fallback,
                              gint64           *value,
                              GError          **error)
{
  const char *text = handover_request_get_query (self, name);

  *value = fallback;
  if (text == NULL)
    return TRUE;

  if (!g_ascii_string_to_signed (text, 10, minimum, maximum, value, NULL))
    {
      g_set_error (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_INVALID_MEMBER,
                   "“%s” in the query must be a whole number from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT ".",
                   name, minimum, maximum);
      return FALSE;
    }

  return TRUE;
}

/**
 * handover_request_get_header:
 * @self: a request
 * @name: a header's name in lower case
 *
 * Gets a header; when it came more than once, its values joined by commas.
 *
 * Returns: (nullable): the value
 */
const char *
handover_request_get_header (HandoverRequest *self,
                             const char      *name)
{
  return g_hash_table_lookup (self->headers, name);
}

/**
 * handover_request_get_object:
 * @self: a request
 *
 * Gets the body as an object; an empty one when there is no body.
 *
 * Returns: (transfer none): the object
 */
JsonObject *
handover_request_get_object (HandoverRequest *self)
{
  if (self->body == NULL)
    {
      self->body = json_node_new (JSON_NODE_OBJECT);
      json_node_take_object (self->body, json_object_new ());
    }

  return json_node_get_object (self->body);
}

/**
 * handover_request_get_hash:
 * @self: a request
 *
 * Gets the SHA-256 of the body's bytes, by which a repeated request is told from another.
 *
 * Returns: (transfer full): 32 bytes
 */
GBytes *
handover_request_get_hash (HandoverRequest *self)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize length = sizeof digest;

  if (self->data != NULL)
    {
      gsize size;
      const guchar *data = g_bytes_get_data (self->data, &size);

      g_checksum_update (checksum, data, size);
    }
  g_checksum_get_digest (checksum, digest, &length);

  return g_bytes_new (digest, length);
}

/**
 * handover_request_set_prepared:
 * @self: a request
 * @prepared: (nullable) (transfer full): what a step found
 * @free_prepared: (nullable): frees @prepared
 *
 * Leaves something for the next step of the route.
 */
void
handover_request_set_prepared (HandoverRequest *self,
                               gpointer         prepared,
                               GDestroyNotify   free_prepared)
{
  if (self->prepared != NULL && self->free_prepared != NULL)
    self->free_prepared (self->prepared);
  self->prepared = prepared;
  self->free_prepared = free_prepared;
}
