/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef struct _HandoverHttpContext HandoverHttpContext;

/**
 * HandoverRequest:
 * @method: the method, upper case
 * @path: the path as it came, still percent-encoded, without the query
 * @parameters: (element-type utf8 utf8): what the route's {names} matched, decoded
 * @query: (element-type utf8 utf8): the query's members, decoded
 * @malformed: whether the query or the idempotency key is no text
 * @headers: (element-type utf8 utf8): the headers by lower-case name
 * @data: (nullable): the body as it came
 * @body: (nullable): the body as JSON; never set for routes that take a raw body
 * @remote_address: where the request comes from, behind any trusted proxy
 * @context: what the pipeline lends to the routes of `http/`
 * @prepared: (nullable): what a route's lookup and prepare steps leave for its handler
 * @free_prepared: frees @prepared
 *
 * One request, free of the HTTP library, so that a handler can run on any thread.
 */
typedef struct
{
  char *method;
  char *path;
  GHashTable *parameters;
  GHashTable *query;
  gboolean malformed;
  GHashTable *headers;
  GBytes *data;
  JsonNode *body;
  char *remote_address;
  HandoverHttpContext *context;
  gpointer prepared;
  GDestroyNotify free_prepared;
} HandoverRequest;

HandoverRequest *handover_request_new           (const char       *method,
                                                 const char       *path,
                                                 const char       *query);
void             handover_request_free          (HandoverRequest  *self);
gboolean         handover_request_parse         (HandoverRequest  *self,
                                                 GError          **error);
const char      *handover_request_get_parameter (HandoverRequest  *self,
                                                 const char       *name);
const char      *handover_request_get_query     (HandoverRequest  *self,
                                                 const char       *name);
gboolean         handover_request_get_integer   (HandoverRequest  *self,
                                                 const char       *name,
                                                 gint64            minimum,
                                                 gint64            maximum,
                                                 gint64            fallback,
                                                 gint64           *value,
                                                 GError          **error);
const char      *handover_request_get_header    (HandoverRequest  *self,
                                                 const char       *name);
JsonObject      *handover_request_get_object    (HandoverRequest  *self);
GBytes          *handover_request_get_hash      (HandoverRequest  *self);
void             handover_request_set_prepared  (HandoverRequest  *self,
                                                 gpointer          prepared,
                                                 GDestroyNotify    free_prepared);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HandoverRequest, handover_request_free)

G_END_DECLS
