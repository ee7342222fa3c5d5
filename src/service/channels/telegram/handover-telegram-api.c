/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/channels/telegram/handover-telegram-api.h"

#include <string.h>

#include <sodium.h>

#include "service/channels/handover-channel-error.h"

#define ADDRESS "https://api.telegram.org"
#define POLL_METHOD "getUpdates"
#define LONGEST_TOKEN 120

/* Of silence on the line; in seconds. What is asked with the platform's own time to wait gets that on top. */
#define SILENCE 20

/* For a call as a whole, however busily the line drips; in seconds. */
#define SMALL_DEADLINE 60
#define LARGE_DEADLINE 600
#define LARGE_BODY (64 * 1024)

/* A hundred updates, each with the longest of texts, in escapes. */
#define LONGEST_ANSWER (16 * 1024 * 1024)
#define CHUNK (64 * 1024)

struct _HandoverTelegramApi
{
  GObject parent_instance;

  char *address;
  SoupSession *calls;
  SoupSession *polls;
};

G_DEFINE_FINAL_TYPE (HandoverTelegramApi, handover_telegram_api, G_TYPE_OBJECT)

/* One call on its way. */
typedef struct
{
  SoupMessage *message;
  GCancellable *cancellable;
  GCancellable *outer;
  gulong cancelled_handler;
  guint deadline;
  gboolean is_late;
  gboolean left;
  GByteArray *body;
} Call;

static void
call_free (Call *call)
{
  g_cancellable_disconnect (call->outer, call->cancelled_handler);
  g_clear_object (&call->outer);
  g_clear_handle_id (&call->deadline, g_source_remove);
  if (call->message != NULL)
    g_signal_handlers_disconnect_by_data (call->message, call);
  g_clear_object (&call->message);
  g_clear_object (&call->cancellable);
  g_clear_pointer (&call->body, g_byte_array_unref);
  g_free (call);
}

static void
handover_telegram_api_finalize (GObject *object)
{
  HandoverTelegramApi *self = HANDOVER_TELEGRAM_API (object);

  g_clear_object (&self->calls);
  g_clear_object (&self->polls);
  g_free (self->address);

  G_OBJECT_CLASS (handover_telegram_api_parent_class)->finalize (object);
}

static void
handover_telegram_api_class_init (HandoverTelegramApiClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = handover_telegram_api_finalize;
}

static SoupSession *
session_new (guint silence)
{
  return soup_session_new_with_options ("timeout", silence,
                                        "idle-timeout", 60,
                                        "max-conns", 64,
                                        "max-conns-per-host", 64,
                                        "user-agent", "handoverd",
                                        NULL);
}

static void
handover_telegram_api_init (HandoverTelegramApi *self)
{
  self->calls = session_new (SILENCE);
  self->polls = session_new (HANDOVER_TELEGRAM_POLL + SILENCE);
}

/**
 * handover_telegram_api_new:
 * @address: (nullable): where the platform is, without a slash at its end; %NULL for where it always is
 *
 * Makes a caller of the platform's methods.
 *
 * Returns: (transfer full): the caller
 */
HandoverTelegramApi *
handover_telegram_api_new (const char *address)
{
  HandoverTelegramApi *self = g_object_new (HANDOVER_TYPE_TELEGRAM_API, NULL);

  self->address = g_strdup (address != NULL ? address : ADDRESS);
  return self;
}

/**
 * handover_telegram_api_is_token:
 * @token: what somebody pasted
 *
 * Tells whether it has the shape of a bot's token. It becomes a part of addresses, so nothing else ever leaves.
 *
 * Returns: whether it may be one
 */
gboolean
handover_telegram_api_is_token (const char *token)
{
  gsize length = strlen (token);
  gsize digits = strspn (token, "0123456789");

  return digits > 0 && length <= LONGEST_TOKEN && token[digits] == ':' && token[digits + 1] != '\0' &&
         digits + 1 + strspn (token + digits + 1, G_CSET_A_2_Z G_CSET_a_2_z "0123456789_-") == length;
}

static gboolean
deadline_passed_cb (gpointer data)
{
  Call *call = data;

  call->deadline = 0;
  call->is_late = TRUE;
  g_cancellable_cancel (call->cancellable);
  return G_SOURCE_REMOVE;
}

static void
outer_cancelled_cb (GCancellable *outer,
                    gpointer      data)
{
  g_cancellable_cancel (data);
}

static void
wrote_body_cb (SoupMessage *message,
               gpointer     data)
{
  Call *call = data;

  call->left = TRUE;
}

/* The address holds the token: whoever wants to log it does not get it from here. */
static SoupMessage *
message_new (HandoverTelegramApi *self,
             const char          *http_method,
             const char          *prefix,
             const char          *token,
             const char          *path)
{
  char *uri = g_strconcat (self->address, prefix, token, "/", path, NULL);
  SoupMessage *message = handover_telegram_api_is_token (token) ? soup_message_new (http_method, uri) : NULL;

  sodium_memzero (uri, strlen (uri));
  g_free (uri);
  if (message != NULL)
    soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  return message;
}

static GTask *
call_new (HandoverTelegramApi *self,
          SoupMessage         *message,
          guint                seconds,
          GCancellable        *cancellable,
          GAsyncReadyCallback  callback,
          gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Call *call = g_new0 (Call, 1);

  /* An answer that came counts, also when nobody waits for it any more. */
  g_task_set_check_cancellable (task, FALSE);
  call->message = message;
  call->cancellable = g_cancellable_new ();
  call->body = g_byte_array_new ();
  call->deadline = g_timeout_add_seconds (seconds, deadline_passed_cb, call);
  if (cancellable != NULL)
    {
      call->outer = g_object_ref (cancellable);
      call->cancelled_handler = g_cancellable_connect (cancellable, G_CALLBACK (outer_cancelled_cb),
                                                       g_object_ref (call->cancellable), g_object_unref);
    }
  g_task_set_task_data (task, call, (GDestroyNotify) call_free);
  return task;
}

static void
return_no_token (GTask *task)
{
  g_task_return_new_error_literal (task, HANDOVER_CHANNEL_ERROR, HANDOVER_CHANNEL_ERROR_LOCKED_OUT,
                                   "This is no token of a bot. @BotFather gives one that looks like 123456:ABC-DEF.");
}

/* Whoever cancelled hears so; everything else is a line that does not work. */
static void
return_unreachable (GTask  *task,
                    GError *error)
{
  Call *call = g_task_get_task_data (task);

  if (g_task_return_error_if_cancelled (task))
    g_error_free (error);
  else if (call->is_late || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    {
      g_task_return_new_error_literal (task, HANDOVER_CHANNEL_ERROR, HANDOVER_CHANNEL_ERROR_UNREACHABLE,
                                       "Telegram did not answer in time.");
      g_error_free (error);
    }
  else
    {
      g_task_return_new_error (task, HANDOVER_CHANNEL_ERROR, HANDOVER_CHANNEL_ERROR_UNREACHABLE,
                               "Telegram cannot be reached: %s", error->message);
      g_error_free (error);
    }
}

static void
return_answer (GTask *task)
{
  Call *call = g_task_get_task_data (task);
  g_autoptr (GBytes) body = g_byte_array_free_to_bytes (g_steal_pointer (&call->body));

  g_task_return_pointer (task, handover_telegram_answer_parse (soup_message_get_status (call->message), body),
                         (GDestroyNotify) handover_telegram_answer_free);
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (GTask) task = data;
  Call *call = g_task_get_task_data (task);
  GInputStream *stream = G_INPUT_STREAM (object);
  GError *error = NULL;
  g_autoptr (GBytes) bytes = g_input_stream_read_bytes_finish (stream, result, &error);

  if (bytes == NULL)
    {
      return_unreachable (task, error);
      return;
    }

  g_byte_array_append (call->body, g_bytes_get_data (bytes, NULL), (guint) g_bytes_get_size (bytes));
  if (g_bytes_get_size (bytes) == 0)
    return_answer (task);
  else if (call->body->len > LONGEST_ANSWER)
    return_unreachable (task, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE, "its answer has no end"));
  else
    g_input_stream_read_bytes_async (stream, CHUNK, G_PRIORITY_DEFAULT, call->cancellable, read_cb, g_steal_pointer (&task));
}

static void
sent_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (GTask) task = data;
  Call *call = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GInputStream) stream = soup_session_send_finish (SOUP_SESSION (object), result, &error);

  if (stream == NULL)
    return_unreachable (task, error);
  else
    g_input_stream_read_bytes_async (stream, CHUNK, G_PRIORITY_DEFAULT, call->cancellable, read_cb, g_steal_pointer (&task));
}

static guint
choose_deadline (const HandoverTelegramRequest *request,
                 gboolean                       is_poll)
{
  if (is_poll)
    return HANDOVER_TELEGRAM_POLL + SMALL_DEADLINE;
  return handover_telegram_request_get_size (request) > LARGE_BODY ? LARGE_DEADLINE : SMALL_DEADLINE;
}

/**
 * handover_telegram_api_call_async:
 * @self: a caller
 * @token: the bot's token
 * @request: (transfer full): the call
 * @cancellable: (nullable): ends it
 * @callback: called when it is answered
 * @user_data: for @callback
 *
 * Calls a method, once. A call that sends opens a connection of its own: on one that the platform had just left, nobody
 * could tell whether it arrived.
 */
void
handover_telegram_api_call_async (HandoverTelegramApi     *self,
                                  const char              *token,
                                  HandoverTelegramRequest *request,
                                  GCancellable            *cancellable,
                                  GAsyncReadyCallback      callback,
                                  gpointer                 user_data)
{
  gboolean is_poll = g_str_equal (request->method, POLL_METHOD);
  SoupMessage *message = message_new (self, "POST", "/bot", token, request->method);
  g_autoptr (GTask) task = call_new (self, message, choose_deadline (request, is_poll), cancellable, callback, user_data);
  g_autoptr (GInputStream) body = handover_telegram_request_open (request);
  Call *call = g_task_get_task_data (task);

  g_task_set_source_tag (task, handover_telegram_api_call_async);
  if (message == NULL)
    {
      return_no_token (task);
      handover_telegram_request_free (request);
      return;
    }

  if (is_poll)
    soup_message_add_flags (message, SOUP_MESSAGE_IDEMPOTENT);
  soup_message_set_request_body (message, request->type, body, (gssize) handover_telegram_request_get_size (request));
  g_signal_connect (message, "wrote-body", G_CALLBACK (wrote_body_cb), call);
  soup_session_send_async (is_poll ? self->polls : self->calls, message, G_PRIORITY_DEFAULT, call->cancellable, sent_cb,
                           g_steal_pointer (&task));
  handover_telegram_request_free (request);
}

/**
 * handover_telegram_api_call_finish:
 * @self: a caller
 * @result: the result
 * @left: (out) (optional): whether the whole call may have reached the platform
 * @error: return location
 *
 * Finishes [method@TelegramApi.call_async].
 *
 * Returns: (transfer full) (nullable): what was answered, granted or not; %NULL where no answer came
 */
HandoverTelegramAnswer *
handover_telegram_api_call_finish (HandoverTelegramApi  *self,
                                   GAsyncResult         *result,
                                   gboolean             *left,
                                   GError              **error)
{
  Call *call = g_task_get_task_data (G_TASK (result));

  if (left != NULL)
    *left = call->left;
  return g_task_propagate_pointer (G_TASK (result), error);
}

static gboolean
is_path (const char *path)
{
  return *path != '/' && strstr (path, "..") == NULL &&
         strspn (path, G_CSET_A_2_Z G_CSET_a_2_z "0123456789_-./") == strlen (path);
}

static void
opened_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (GTask) task = data;
  Call *call = g_task_get_task_data (task);
  GError *error = NULL;
  GInputStream *stream = soup_session_send_finish (SOUP_SESSION (object), result, &error);
  guint status = soup_message_get_status (call->message);

  if (stream == NULL)
    return_unreachable (task, error);
  else if (status == SOUP_STATUS_OK)
    {
      g_object_set_data_full (G_OBJECT (stream), "session", g_object_ref (object), g_object_unref);
      g_task_return_pointer (task, stream, g_object_unref);
    }
  else
    {
      g_object_unref (stream);
      g_task_return_error (task, status >= 500 || status == HANDOVER_TELEGRAM_TOO_MANY_REQUESTS
                           ? handover_channel_error_new_later ("Telegram has a fault of its own.", 0)
                           : g_error_new_literal (HANDOVER_CHANNEL_ERROR, HANDOVER_CHANNEL_ERROR_GONE,
                                                  "Telegram does not have the file any more."));
    }
}

/**
 * handover_telegram_api_open_async:
 * @self: a caller
 * @token: the bot's token
 * @path: what the platform calls the file
 * @cancellable: (nullable): ends it
 * @callback: called when its first bytes are there
 * @user_data: for @callback
 *
 * Opens a file that somebody sent.
 */
void
handover_telegram_api_open_async (HandoverTelegramApi *self,
                                  const char          *token,
                                  const char          *path,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  SoupMessage *message = is_path (path) ? message_new (self, "GET", "/file/bot", token, path) : NULL;
  g_autoptr (GTask) task = call_new (self, message, SMALL_DEADLINE, cancellable, callback, user_data);
  Call *call = g_task_get_task_data (task);

  g_task_set_source_tag (task, handover_telegram_api_open_async);
  if (message == NULL)
    g_task_return_new_error_literal (task, HANDOVER_CHANNEL_ERROR, HANDOVER_CHANNEL_ERROR_INVALID,
                                     "Telegram names a place for the file that nobody can read.");
  else
    soup_session_send_async (self->calls, message, G_PRIORITY_DEFAULT, call->cancellable, opened_cb,
                             g_steal_pointer (&task));
}

/**
 * handover_telegram_api_open_finish:
 * @self: a caller
 * @result: the result
 * @error: return location
 *
 * Finishes [method@TelegramApi.open_async].
 *
 * Returns: (transfer full) (nullable): the file's bytes, which may go on for longer than was said
 */
GInputStream *
handover_telegram_api_open_finish (HandoverTelegramApi  *self,
                                   GAsyncResult         *result,
                                   GError              **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
