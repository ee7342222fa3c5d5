/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* A real HTTP server in the same process, which answers what a test told it to and remembers what it was asked. */

typedef struct _ScriptedServer ScriptedServer;

/* Statuses that are none: what the server does instead of answering. */
#define SCRIPTED_SILENCE 0
#define SCRIPTED_DROP 1

typedef struct
{
  char *call; /* such as "GET /v1/me" */
  char *query;
  char *body;
  char *authorization;
  char *idempotency_key;
  char *disposition;
  char *last_event_id;
  char *user_agent;
} ScriptedRequest;

ScriptedServer        *scripted_server_new          (void);
ScriptedServer        *scripted_server_new_tls      (GTlsCertificate *certificate);
void                   scripted_server_free         (ScriptedServer  *self);
const char            *scripted_server_get_address  (ScriptedServer  *self);
void                   scripted_server_answer       (ScriptedServer  *self,
                                                     const char      *call,
                                                     guint            status,
                                                     const char      *body);
void                   scripted_server_set_header   (ScriptedServer  *self,
                                                     const char      *call,
                                                     const char      *name,
                                                     const char      *value);
guint                  scripted_server_count        (ScriptedServer  *self,
                                                     const char      *call);
const ScriptedRequest *scripted_server_get_request  (ScriptedServer  *self,
                                                     const char      *call,
                                                     guint            index);

/* The event stream: GET /v1/events answers 200 and stays open, unless an answer was scripted. */
gboolean               scripted_server_has_stream   (ScriptedServer  *self);
void                   scripted_server_send         (ScriptedServer  *self,
                                                     const char      *text);
void                   scripted_server_drop_stream  (ScriptedServer  *self);

/* Runs the main loop until the condition holds; a test that waits too long fails. */
#define wait_until(condition)                          \
  G_STMT_START                                         \
  {                                                    \
    gint64 wait_end_ = g_get_monotonic_time () + 20 * G_USEC_PER_SEC; \
    while (!(condition))                               \
      {                                                \
        g_assert_cmpint (g_get_monotonic_time (), <, wait_end_); \
        scripted_server_turn ();                       \
      }                                                \
  }                                                    \
  G_STMT_END

/* One turn of the main loop, at most 50 ms long. */
void                   scripted_server_turn         (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScriptedServer, scripted_server_free)

G_END_DECLS
