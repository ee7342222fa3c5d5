/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * HandoverStreamStart:
 * @wanted: whether the connection becomes an event stream
 * @after: the number after which it starts
 *
 * What the handler of an event stream asks for.
 */
typedef struct
{
  gboolean wanted;
  gint64 after;
} HandoverStreamStart;

/**
 * HandoverFileStart:
 * @id: (nullable): the attachment whose bytes are the body
 * @offset: where in it the body begins
 * @length: how many bytes the body has
 *
 * What the handler of a download asks for.
 */
typedef struct
{
  char *id;
  gint64 offset;
  gint64 length;
} HandoverFileStart;

/**
 * HandoverResponse:
 * @status: the HTTP status; 200 until something else is set
 * @data: (nullable): the body
 * @content_type: (nullable): the type of @data
 * @sequence: the number of the business's log at which a read is true
 * @log_id: (nullable): which log that number is of
 * @headers: (element-type utf8 utf8): more headers
 * @secret: whether the body holds a secret, so that it must never be stored
 * @ended: (element-type utf8): ids of operators, sessions, agents or keys whose streams end once this is committed
 * @stream: set by the routes of event streams
 * @file: set by the routes of downloads
 *
 * The answer to one request, free of the HTTP library.
 */
typedef struct
{
  guint status;
  GBytes *data;
  const char *content_type;
  gint64 sequence;
  char *log_id;
  GHashTable *headers;
  gboolean secret;
  GPtrArray *ended;
  HandoverStreamStart stream;
  HandoverFileStart file;
} HandoverResponse;

HandoverResponse *handover_response_new          (void);
void              handover_response_free         (HandoverResponse *self);
void              handover_response_clear        (HandoverResponse *self);
void              handover_response_take_text    (HandoverResponse *self,
                                                  guint             status,
                                                  char             *text);
void              handover_response_take_body    (HandoverResponse *self,
                                                  guint             status,
                                                  JsonNode         *body);
void              handover_response_take_records (HandoverResponse *self,
                                                  GPtrArray        *records,
                                                  const char       *next_cursor);
void              handover_response_set_empty    (HandoverResponse *self,
                                                  guint             status);
void              handover_response_set_data     (HandoverResponse *self,
                                                  guint             status,
                                                  const char       *content_type,
                                                  GBytes           *data);
void              handover_response_set_file     (HandoverResponse *self,
                                                  guint             status,
                                                  const char       *id,
                                                  gint64            offset,
                                                  gint64            length);
GError           *handover_response_to_problem   (const GError     *error);
void              handover_response_set_problem  (HandoverResponse *self,
                                                  const GError     *error,
                                                  JsonObject       *members);
void              handover_response_set_header   (HandoverResponse *self,
                                                  const char       *name,
                                                  const char       *value);
void              handover_response_end_streams  (HandoverResponse *self,
                                                  const char       *id);
GBytes           *handover_response_get_bytes    (HandoverResponse *self);
char             *handover_response_dup_text     (HandoverResponse *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HandoverResponse, handover_response_free)

G_END_DECLS
