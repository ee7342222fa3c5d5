/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

G_BEGIN_DECLS

/**
 * HandoverReply:
 * @body: (nullable): what the service answered; %NULL if it answered nothing
 * @sequence: the number of the log at which @body is true; -1 if the service did not say
 * @log: (nullable): which log that number is of; %NULL if the service did not say
 *
 * The answer to one call.
 */
typedef struct
{
  JsonNode *body;
  gint64 sequence;
  char *log;
} HandoverReply;

void handover_reply_free (HandoverReply *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HandoverReply, handover_reply_free)

/**
 * HandoverCallFlags:
 * @HANDOVER_CALL_DEFAULT: one try
 * @HANDOVER_CALL_RETRY: while the time of the call lasts, a dropped connection and a busy service are tried again,
 *   with the same key
 *
 * How to make a call.
 */
typedef enum
{
  HANDOVER_CALL_DEFAULT = 0,
  HANDOVER_CALL_RETRY = 1 << 0,
} HandoverCallFlags;

/* How long an operator waits for an immediate action, in milliseconds. */
#define HANDOVER_CALL_LIMIT 10000

/* How long a call may take for which nobody waits. */
#define HANDOVER_CALL_PATIENT 30000

#define HANDOVER_TYPE_CLIENT (handover_client_get_type ())

G_DECLARE_FINAL_TYPE (HandoverClient, handover_client, HANDOVER, CLIENT, GObject)

HandoverClient *handover_client_new         (const char           *service,
                                             GError              **error);
const char     *handover_client_get_service (HandoverClient       *self);
const char     *handover_client_get_address (HandoverClient       *self);
const char     *handover_client_get_host    (HandoverClient       *self);
SoupSession    *handover_client_get_session (HandoverClient       *self);
const char     *handover_client_get_token   (HandoverClient       *self);
void            handover_client_set_token   (HandoverClient       *self,
                                             const char           *token);
SoupMessage    *handover_client_new_message (HandoverClient       *self,
                                             const char           *method,
                                             const char           *path);
void            handover_client_distrust_connections (HandoverClient *self);
void            handover_client_call_async  (HandoverClient       *self,
                                             HandoverCallFlags     flags,
                                             const char           *method,
                                             const char           *path,
                                             JsonNode             *body,
                                             const char           *idempotency_key,
                                             guint                 milliseconds,
                                             GCancellable         *cancellable,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
HandoverReply  *handover_client_call_finish (HandoverClient       *self,
                                             GAsyncResult         *result,
                                             GError              **error);

G_END_DECLS
