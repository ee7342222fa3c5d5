/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "client/scripted-server.h"

#include <string.h>

typedef struct
{
  GQueue answers; /* of Answer; the last one stays */
  GHashTable *headers;
} Script;

typedef struct
{
  guint status;
  char *body;
} Answer;

struct _ScriptedServer
{
  SoupServer *server;
  char *address;
  GHashTable *scripts;
  GPtrArray *requests;
  SoupServerMessage *stream;
};

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_free (answer->body);
  g_free (answer);
}

static void
script_free (gpointer data)
{
  Script *script = data;

  g_queue_clear_full (&script->answers, answer_free);
  g_hash_table_unref (script->headers);
  g_free (script);
}

static void
request_free (gpointer data)
{
  ScriptedRequest *request = data;

  g_free (request->call);
  g_free (request->query);
  g_free (request->body);
  g_free (request->authorization);
  g_free (request->idempotency_key);
  g_free (request->last_event_id);
  g_free (request->disposition);
  g_free (request->user_agent);
  g_free (request);
}

static char *
get_header (SoupServerMessage *message,
            const char        *name)
{
  return g_strdup (soup_message_headers_get_one (soup_server_message_get_request_headers (message), name));
}

static const ScriptedRequest *
remember (ScriptedServer    *self,
          SoupServerMessage *message)
{
  ScriptedRequest *request = g_new0 (ScriptedRequest, 1);
  GUri *uri = soup_server_message_get_uri (message);
  SoupMessageBody *body = soup_server_message_get_request_body (message);

  request->call = g_strconcat (soup_server_message_get_method (message), " ", g_uri_get_path (uri), NULL);
  request->query = g_strdup (g_uri_get_query (uri));
  request->body = g_strndup (body->data, body->length);
  request->authorization = get_header (message, "Authorization");
  request->idempotency_key = get_header (message, "Idempotency-Key");
  request->disposition = get_header (message, "Content-Disposition");
  request->last_event_id = get_header (message, "Last-Event-ID");
  request->user_agent = get_header (message, "User-Agent");
  g_ptr_array_add (self->requests, request);

  return request;
}

/* A script for the path with its query goes before one for the path alone. */
static Script *
find_script (ScriptedServer        *self,
             const ScriptedRequest *request)
{
  g_autofree char *exact = g_strconcat (request->call, "?", request->query, NULL);
  Script *script = request->query != NULL ? g_hash_table_lookup (self->scripts, exact) : NULL;

  return script != NULL ? script : g_hash_table_lookup (self->scripts, request->call);
}

static void
drop (SoupServerMessage *message)
{
  g_autoptr (GIOStream) stream = soup_server_message_steal_connection (message);

  g_io_stream_close (stream, NULL, NULL);
}

static void
answer_script (Script            *script,
               SoupServerMessage *message)
{
  Answer *answer = g_queue_peek_head (&script->answers);
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  GHashTableIter iter;
  gpointer name, value;

  g_hash_table_iter_init (&iter, script->headers);
  while (g_hash_table_iter_next (&iter, &name, &value))
    soup_message_headers_replace (headers, name, value);

  if (answer->status == SCRIPTED_SILENCE)
    {
      soup_server_message_pause (message);
    }
  else if (answer->status == SCRIPTED_DROP)
    {
      drop (message);
    }
  else
    {
      const char *type = answer->body != NULL && *answer->body == '<' ? "text/html"
                         : answer->status >= 400 ? "application/problem+json"
                                                 : "application/json";

      soup_server_message_set_status (message, answer->status, NULL);
      if (answer->body != NULL)
        soup_server_message_set_response (message, type, SOUP_MEMORY_COPY, answer->body, strlen (answer->body));
    }

  if (script->answers.length > 1)
    answer_free (g_queue_pop_head (&script->answers));
}

static void
open_stream (ScriptedServer    *self,
             SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_message_headers_set_encoding (headers, SOUP_ENCODING_CHUNKED);
  soup_message_headers_set_content_type (headers, "text/event-stream", NULL);
  soup_message_body_set_accumulate (soup_server_message_get_response_body (message), FALSE);
  g_set_object (&self->stream, message);
}

static void
handle_cb (SoupServer        *server,
           SoupServerMessage *message,
           const char        *path,
           GHashTable        *query,
           gpointer           user_data)
{
  ScriptedServer *self = user_data;
  const ScriptedRequest *request = remember (self, message);
  Script *script = find_script (self, request);

  if (script != NULL)
    answer_script (script, message);
  else if (g_str_equal (request->call, "GET /v1/events"))
    open_stream (self, message);
  else
    g_error ("Nobody told the server how to answer %s?%s", request->call, request->query);
}

ScriptedServer *
scripted_server_new_tls (GTlsCertificate *certificate)
{
  ScriptedServer *self = g_new0 (ScriptedServer, 1);
  SoupServerListenOptions options = SOUP_SERVER_LISTEN_IPV4_ONLY;
  g_autoptr (GError) error = NULL;
  GSList *uris;

  self->scripts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, script_free);
  self->requests = g_ptr_array_new_with_free_func (request_free);
  self->server = soup_server_new (NULL, NULL);
  if (certificate != NULL)
    {
      soup_server_set_tls_certificate (self->server, certificate);
      options |= SOUP_SERVER_LISTEN_HTTPS;
    }
  soup_server_add_handler (self->server, NULL, handle_cb, self, NULL);
  soup_server_listen_local (self->server, 0, options, &error);
  g_assert_no_error (error);

  uris = soup_server_get_uris (self->server);
  self->address = g_uri_to_string (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  if (g_str_has_suffix (self->address, "/"))
    self->address[strlen (self->address) - 1] = '\0';

  return self;
}

ScriptedServer *
scripted_server_new (void)
{
  return scripted_server_new_tls (NULL);
}

void
scripted_server_free (ScriptedServer *self)
{
  g_clear_object (&self->stream);
  soup_server_disconnect (self->server);
  g_clear_object (&self->server);
  g_hash_table_unref (self->scripts);
  g_ptr_array_unref (self->requests);
  g_free (self->address);
  g_free (self);
}

const char *
scripted_server_get_address (ScriptedServer *self)
{
  return self->address;
}

static Script *
ensure_script (ScriptedServer *self,
               const char     *call)
{
  Script *script = g_hash_table_lookup (self->scripts, call);

  if (script != NULL)
    return script;

  script = g_new0 (Script, 1);
  g_queue_init (&script->answers);
  script->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_hash_table_insert (self->scripts, g_strdup (call), script);

  return script;
}

/* Answers to one call are given in the order they were told, the last one again and again. */
void
scripted_server_answer (ScriptedServer *self,
                        const char     *call,
                        guint           status,
                        const char     *body)
{
  Answer *answer = g_new0 (Answer, 1);

  answer->status = status;
  answer->body = g_strdup (body);
  g_queue_push_tail (&ensure_script (self, call)->answers, answer);
}

void
scripted_server_set_header (ScriptedServer *self,
                            const char     *call,
                            const char     *name,
                            const char     *value)
{
  g_hash_table_insert (ensure_script (self, call)->headers, g_strdup (name), g_strdup (value));
}

guint
scripted_server_count (ScriptedServer *self,
                       const char     *call)
{
  guint count = 0;

  for (guint i = 0; i < self->requests->len; i++)
    {
      const ScriptedRequest *request = g_ptr_array_index (self->requests, i);

      count += g_str_equal (request->call, call);
    }

  return count;
}

const ScriptedRequest *
scripted_server_get_request (ScriptedServer *self,
                             const char     *call,
                             guint           index)
{
  for (guint i = 0; i < self->requests->len; i++)
    {
      const ScriptedRequest *request = g_ptr_array_index (self->requests, i);

      if (g_str_equal (request->call, call) && index-- == 0)
        return request;
    }

  g_assert_not_reached ();
}

gboolean
scripted_server_has_stream (ScriptedServer *self)
{
  return self->stream != NULL;
}

void
scripted_server_send (ScriptedServer *self,
                      const char     *text)
{
  g_assert_nonnull (self->stream);
  soup_message_body_append (soup_server_message_get_response_body (self->stream), SOUP_MEMORY_COPY, text,
                            strlen (text));
  soup_server_message_unpause (self->stream);
}

void
scripted_server_drop_stream (ScriptedServer *self)
{
  g_autoptr (SoupServerMessage) stream = g_steal_pointer (&self->stream);

  g_assert_nonnull (stream);
  drop (stream);
}

static gboolean
tick_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

void
scripted_server_turn (void)
{
  guint tick = g_timeout_add (50, tick_cb, NULL);

  g_main_context_iteration (NULL, TRUE);
  g_source_remove (tick);
}
