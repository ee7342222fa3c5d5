/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#define G_LOG_DOMAIN "handover-client-call"

#include "client/handover-client.h"

#include <string.h>

#include "client/handover-answer.h"
#include "core/handover-problem.h"

/* The calls of a client: one answer after as many tries as its time allows. */

#define FIRST_RETRY_DELAY 250
#define LAST_RETRY_DELAY 2000

/* One call, over all its tries. */
typedef struct
{
  HandoverCallFlags flags;
  char *method;
  char *path;
  char *key;
  GBytes *body;
  gboolean authorized;

  SoupMessage *message;
  GCancellable *inner;
  GCancellable *outer;
  gulong outer_handler;
  GSource *deadline;
  GSource *retry;
  guint delay;
  gboolean timed_out;
} Call;

typedef struct
{
  gsize length;
  char data[];
} Secret;

static void try_call (GTask *task);

static void
secret_free (gpointer data)
{
  Secret *secret = data;

  explicit_bzero (secret->data, secret->length);
  g_free (secret);
}

/* Bodies hold passwords: the copy that is sent is wiped after use. */
static GBytes *
serialize (JsonNode *body)
{
  g_autofree char *text = json_to_string (body, FALSE);
  gsize length = strlen (text);
  Secret *secret = g_malloc (sizeof (Secret) + length);

  secret->length = length;
  memcpy (secret->data, text, length);
  explicit_bzero (text, length);

  return g_bytes_new_with_free_func (secret->data, length, secret_free, secret);
}

static void
clear_source (GSource **source)
{
  if (*source == NULL)
    return;

  g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static void
call_free (gpointer data)
{
  Call *call = data;

  clear_source (&call->deadline);
  clear_source (&call->retry);
  g_cancellable_disconnect (call->outer, call->outer_handler);
  g_clear_object (&call->outer);
  g_clear_object (&call->inner);
  g_clear_object (&call->message);
  g_clear_pointer (&call->body, g_bytes_unref);
  g_free (call->method);
  g_free (call->path);
  g_free (call->key);
  g_free (call);
}

static GSource *
add_timeout (guint       milliseconds,
             GSourceFunc func,
             GTask      *task)
{
  g_autoptr (GSource) source = g_timeout_source_new (milliseconds);

  g_source_set_callback (source, func, task, NULL);
  g_source_attach (source, g_task_get_context (task));

  return g_steal_pointer (&source);
}

/* Ends the call. Its timers and its hold on the caller's cancellable go first: they point at the task. */
static void
finish_call (GTask         *task,
             HandoverReply *reply,
             const GError  *error)
{
  g_autoptr (GTask) owned = task;
  HandoverClient *self = g_task_get_source_object (task);
  Call *call = g_task_get_task_data (task);

  clear_source (&call->deadline);
  clear_source (&call->retry);
  g_cancellable_disconnect (call->outer, call->outer_handler);
  call->outer_handler = 0;

  if (reply != NULL)
    {
      g_task_return_pointer (task, reply, (GDestroyNotify) handover_reply_free);
      return;
    }

  if (call->authorized && g_error_matches (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_UNAUTHORIZED))
    g_signal_emit_by_name (self, "unauthorized");

  g_task_return_error (task, handover_answer_explain (error, handover_client_get_host (self)));
}

static gboolean
retry_cb (gpointer user_data)
{
  GTask *task = user_data;
  Call *call = g_task_get_task_data (task);

  g_clear_pointer (&call->retry, g_source_unref);
  try_call (task);

  return G_SOURCE_REMOVE;
}

static void
fail_try (GTask        *task,
          const GError *error)
{
  Call *call = g_task_get_task_data (task);

  if (call->timed_out)
    {
      g_autoptr (GError) late = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "no answer in time");

      finish_call (task, NULL, late);
      return;
    }

  if (!(call->flags & HANDOVER_CALL_RETRY) || !handover_answer_may_retry (error))
    {
      finish_call (task, NULL, error);
      return;
    }

  g_debug ("Trying %s %s again in %u ms: %s", call->method, call->path, call->delay, error->message);
  call->retry = add_timeout (call->delay, retry_cb, task);
  call->delay = MIN (call->delay * 2, LAST_RETRY_DELAY);
}

static gint64
get_sequence (SoupMessage *message)
{
  const char *text = soup_message_headers_get_one (soup_message_get_response_headers (message), "Handover-Sequence");
  gint64 sequence;

  if (text == NULL || !g_ascii_string_to_signed (text, 10, 0, G_MAXINT64, &sequence, NULL))
    return -1;

  return sequence;
}

static void
sent_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  GTask *task = user_data;
  HandoverClient *self = g_task_get_source_object (task);
  Call *call = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (HandoverReply) reply = NULL;
  SoupMessageHeaders *headers;

  body = soup_session_send_and_read_finish (SOUP_SESSION (object), result, &error);
  if (body == NULL)
    {
      fail_try (task, error);
      return;
    }

  headers = soup_message_get_response_headers (call->message);
  reply = g_new0 (HandoverReply, 1);
  reply->sequence = get_sequence (call->message);
  reply->log = g_strdup (soup_message_headers_get_one (headers, "Handover-Log"));
  reply->body = handover_answer_read (soup_message_get_status (call->message),
                                      soup_message_headers_get_content_type (headers, NULL),
                                      body, handover_client_get_host (self), &error);
  if (error != NULL)
    fail_try (task, error);
  else
    finish_call (task, g_steal_pointer (&reply), NULL);
}

static void
try_call (GTask *task)
{
  HandoverClient *self = g_task_get_source_object (task);
  Call *call = g_task_get_task_data (task);
  g_autoptr (SoupMessage) message = handover_client_new_message (self, call->method, call->path);

  g_set_object (&call->message, message);
  if (call->key != NULL)
    soup_message_headers_append (soup_message_get_request_headers (message), "Idempotency-Key", call->key);
  if (call->body != NULL)
    soup_message_set_request_body_from_bytes (message, "application/json", call->body);

  soup_session_send_and_read_async (handover_client_get_session (self), message, G_PRIORITY_DEFAULT, call->inner, sent_cb, task);
}

static gboolean
deadline_cb (gpointer user_data)
{
  GTask *task = user_data;
  Call *call = g_task_get_task_data (task);

  call->timed_out = TRUE;
  g_clear_pointer (&call->deadline, g_source_unref);

  if (call->retry != NULL)
    fail_try (task, NULL);
  else
    g_cancellable_cancel (call->inner);

  return G_SOURCE_REMOVE;
}

static gboolean
stop_cb (gpointer user_data)
{
  GTask *task = user_data;
  Call *call = g_task_get_task_data (task);
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "cancelled");

  g_clear_pointer (&call->retry, g_source_unref);
  finish_call (task, NULL, error);

  return G_SOURCE_REMOVE;
}

/* Runs inside g_cancellable_cancel(), where the handler cannot be disconnected: a waiting call ends from the loop. */
static void
cancelled_cb (GCancellable *outer,
              gpointer      user_data)
{
  GTask *task = user_data;
  Call *call = g_task_get_task_data (task);

  if (call->retry != NULL)
    {
      clear_source (&call->retry);
      call->retry = add_timeout (0, stop_cb, task);
    }
  else
    {
      g_cancellable_cancel (call->inner);
    }
}

/**
 * handover_reply_free:
 * @self: (transfer full): an answer
 *
 * Frees an answer.
 */
void
handover_reply_free (HandoverReply *self)
{
  g_clear_pointer (&self->body, json_node_unref);
  g_free (self->log);
  g_free (self);
}

/**
 * handover_client_call_async:
 * @self: a client
 * @flags: how to make the call
 * @method: the HTTP method
 * @path: the path, with its query
 * @body: (nullable) (transfer none): what to send
 * @idempotency_key: (nullable): the key of the call; %NULL to have one made where the method wants it
 * @milliseconds: how long the call may take in all
 * @cancellable: (nullable): a cancellable
 * @callback: called when the call has ended
 * @user_data: data for @callback
 *
 * Calls the service. Every write carries an idempotency key, so that a try whose answer was lost does not count twice.
 */
void
handover_client_call_async (HandoverClient      *self,
                            HandoverCallFlags    flags,
                            const char          *method,
                            const char          *path,
                            JsonNode            *body,
                            const char          *idempotency_key,
                            guint                milliseconds,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  GTask *task;
  Call *call;

  g_return_if_fail (HANDOVER_IS_CLIENT (self));
  g_return_if_fail (method != NULL && path != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, handover_client_call_async);
  g_task_set_check_cancellable (task, FALSE);

  call = g_new0 (Call, 1);
  g_task_set_task_data (task, call, call_free);
  call->flags = flags;
  call->method = g_strdup (method);
  call->path = g_strdup (path);
  call->body = body != NULL ? serialize (body) : NULL;
  call->authorized = handover_client_get_token (self) != NULL;
  call->delay = FIRST_RETRY_DELAY;
  call->inner = g_cancellable_new ();
  if (idempotency_key != NULL)
    call->key = g_strdup (idempotency_key);
  else if (!g_str_equal (method, "GET"))
    call->key = g_uuid_string_random ();

  call->deadline = add_timeout (milliseconds, deadline_cb, task);
  try_call (task);
  if (cancellable != NULL)
    {
      call->outer = g_object_ref (cancellable);
      call->outer_handler = g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb), task, NULL);
    }
}

/**
 * handover_client_call_finish:
 * @self: a client
 * @result: the result
 * @error: return location for a %HANDOVER_PROBLEM error, or %G_IO_ERROR_CANCELLED
 *
 * Ends a call.
 *
 * Returns: (transfer full) (nullable): the answer, or %NULL with @error
 */
HandoverReply *
handover_client_call_finish (HandoverClient  *self,
                             GAsyncResult    *result,
                             GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
