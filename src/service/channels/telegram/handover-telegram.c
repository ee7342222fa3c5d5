/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#define G_LOG_DOMAIN "handover-telegram"

#include "service/channels/telegram/handover-telegram.h"

#include <string.h>

#include <sodium.h>

#include "core/handover-json.h"
#include "service/channels/telegram/handover-telegram-api.h"
#include "service/channels/telegram/handover-telegram-content.h"
#include "service/channels/telegram/handover-telegram-json.h"
#include "service/channels/telegram/handover-telegram-request.h"
#include "service/channels/telegram/handover-telegram-update.h"

#define SECRET_HEADER "x-telegram-bot-api-secret-token"
#define MOST_UPDATES 100

/* In how many chats at once it may be on its way that somebody types. */
#define MOST_TYPING 8

struct _HandoverTelegram
{
  HandoverChannel parent_instance;

  HandoverTelegramApi *api;
  gboolean one_by_one;
  guint n_typing;
};

G_DEFINE_FINAL_TYPE (HandoverTelegram, handover_telegram, HANDOVER_TYPE_CHANNEL)

/* The base class knows the address only after it was made. */
static void
call_async (HandoverTelegram        *self,
            HandoverTelegramRequest *request,
            GCancellable            *cancellable,
            GAsyncReadyCallback      callback,
            gpointer                 user_data)
{
  HandoverChannel *channel = HANDOVER_CHANNEL (self);

  if (self->api == NULL)
    self->api = handover_telegram_api_new (handover_channel_get_address (channel));
  handover_telegram_api_call_async (self->api, handover_channel_get_token (channel), request, cancellable, callback,
                                    user_data);
}

/* The result of a call that was granted; an error for every other. */
static HandoverTelegramAnswer *
call_finish (GObject       *object,
             GAsyncResult  *result,
             GError       **error)
{
  g_autoptr (HandoverTelegramAnswer) answer =
    handover_telegram_api_call_finish (HANDOVER_TELEGRAM_API (object), result, NULL, error);

  if (answer == NULL || answer->result != NULL)
    return g_steal_pointer (&answer);

  g_propagate_error (error, handover_telegram_answer_to_error (answer));
  return NULL;
}

static void
verified_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  g_autoptr (HandoverTelegramAnswer) answer = call_finish (object, result, &error);
  JsonObject *user = answer != NULL && JSON_NODE_HOLDS_OBJECT (answer->result) ? json_node_get_object (answer->result) : NULL;
  const char *handle = handover_telegram_json_text (user, "username");
  HandoverIdentity *identity;
  gint64 id;

  if (answer == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (!handover_telegram_json_integer (user, "id", &id))
    {
      g_task_return_new_error_literal (task, HANDOVER_CHANNEL_ERROR, HANDOVER_CHANNEL_ERROR_INVALID,
                                       "Telegram did not say which bot this is.");
      return;
    }

  identity = g_new0 (HandoverIdentity, 1);
  identity->remote_id = g_strdup_printf ("%" G_GINT64_FORMAT, id);
  identity->name = handover_telegram_content_clean (handover_telegram_json_text (user, "first_name"), HANDOVER_LIMIT_NAME);
  if (identity->name == NULL)
    identity->name = g_strdup ("Telegram");
  if (handle != NULL)
    identity->handle = g_strdup_printf ("@%.64s", handle);
  g_task_return_pointer (task, identity, (GDestroyNotify) handover_identity_free);
}

static void
handover_telegram_verify_async (HandoverChannel     *channel,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  GTask *task = g_task_new (channel, cancellable, callback, user_data);

  g_task_set_source_tag (task, handover_telegram_verify_async);
  call_async (HANDOVER_TELEGRAM (channel), handover_telegram_request_new ("getMe", ""), cancellable, verified_cb, task);
}

static HandoverIdentity *
handover_telegram_verify_finish (HandoverChannel  *channel,
                                 GAsyncResult     *result,
                                 GError          **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static JsonNode *
list_update_kinds (void)
{
  static const char * const kinds[] = { HANDOVER_TELEGRAM_UPDATE_KINDS };
  JsonArray *array = json_array_new ();
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    json_array_add_string_element (array, kinds[i]);
  json_node_take_array (node, array);
  return node;
}

static void
opened_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  g_autoptr (HandoverTelegramAnswer) answer = call_finish (object, result, &error);

  if (answer == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

/* What waits with the platform stays there, whichever way it is fetched from now on. */
static void
handover_telegram_open_async (HandoverChannel     *channel,
                              const char          *webhook_address,
                              const char          *webhook_secret,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  GTask *task = g_task_new (channel, cancellable, callback, user_data);
  HandoverTelegramRequest *request;

  g_task_set_source_tag (task, handover_telegram_open_async);
  if (webhook_address != NULL)
    request = handover_telegram_request_new ("setWebhook", "ssj", "url", webhook_address, "secret_token", webhook_secret,
                                             "allowed_updates", list_update_kinds ());
  else
    request = handover_telegram_request_new ("deleteWebhook", "");
  call_async (HANDOVER_TELEGRAM (channel), request, cancellable, opened_cb, task);
}

static gboolean
handover_telegram_open_finish (HandoverChannel  *channel,
                               GAsyncResult     *result,
                               GError          **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* What cannot be read is asked for anew, one by one, until the one that cannot be read is found and passed over. */
static HandoverInboundBatch *
read_answer (HandoverTelegram       *self,
             HandoverTelegramAnswer *answer,
             GError                **error)
{
  gboolean is_unread = answer->unread != NULL && answer->code == 0;
  HandoverInboundBatch *batch = NULL;

  if (answer->result != NULL)
    batch = handover_telegram_updates_read (answer->result, error);
  else if (is_unread && self->one_by_one)
    batch = handover_telegram_updates_skip (answer->unread);

  if (is_unread && batch != NULL)
    g_warning ("What Telegram sent before number %s cannot be read, and is passed over", batch->cursor);
  if (batch == NULL && answer->result == NULL)
    g_propagate_error (error, handover_telegram_answer_to_error (answer));

  if (is_unread)
    self->one_by_one = batch == NULL;
  else if (batch != NULL && batch->cursor == NULL)
    self->one_by_one = FALSE;
  return batch;
}

static void
received_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (GTask) task = data;
  HandoverTelegram *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (HandoverTelegramAnswer) answer =
    handover_telegram_api_call_finish (HANDOVER_TELEGRAM_API (object), result, NULL, &error);
  g_autoptr (HandoverInboundBatch) batch = answer != NULL ? read_answer (self, answer, &error) : NULL;

  if (batch == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  g_task_return_pointer (task, g_steal_pointer (&batch), (GDestroyNotify) handover_inbound_batch_free);
}

static void
handover_telegram_receive_async (HandoverChannel     *channel,
                                 const char          *cursor,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  GTask *task = g_task_new (channel, cancellable, callback, user_data);
  gint64 offset = 0;
  HandoverTelegramRequest *request;

  g_task_set_source_tag (task, handover_telegram_receive_async);
  if (cursor != NULL)
    g_ascii_string_to_signed (cursor, 10, 0, G_MAXINT64, &offset, NULL);
  request = handover_telegram_request_new ("getUpdates", "iiij", "offset", offset, "limit", (gint64) (HANDOVER_TELEGRAM (channel)->one_by_one ? 1 : MOST_UPDATES),
                                           "timeout", (gint64) HANDOVER_TELEGRAM_POLL,
                                           "allowed_updates", list_update_kinds ());
  call_async (HANDOVER_TELEGRAM (channel), request, cancellable, received_cb, task);
}

static HandoverInboundBatch *
handover_telegram_receive_finish (HandoverChannel  *channel,
                                  GAsyncResult     *result,
                                  GError          **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static gboolean
is_genuine (const HandoverWebhook *webhook)
{
  const char *given = g_hash_table_lookup (webhook->headers, SECRET_HEADER);
  gsize length = webhook->secret != NULL ? strlen (webhook->secret) : 0;

  return given != NULL && length > 0 && strlen (given) == length && sodium_memcmp (given, webhook->secret, length) == 0;
}

static HandoverInboundBatch *
handover_telegram_read_webhook (const HandoverWebhook  *webhook,
                                GError                **error)
{
  g_autoptr (HandoverInboundBatch) batch = handover_inbound_batch_new ();
  g_autoptr (JsonNode) update = NULL;

  if (!is_genuine (webhook))
    {
      g_set_error_literal (error, HANDOVER_CHANNEL_ERROR, HANDOVER_CHANNEL_ERROR_FORGED,
                           "This does not come from Telegram.");
      return NULL;
    }

  update = handover_telegram_json_parse (webhook->body, NULL);
  if (update == NULL)
    {
      g_set_error_literal (error, HANDOVER_CHANNEL_ERROR, HANDOVER_CHANNEL_ERROR_INVALID,
                           "This is no update of Telegram's.");
      return NULL;
    }

  handover_telegram_update_read (update, batch);
  return g_steal_pointer (&batch);
}

/* Without an answer it matters whether all of the call had left. */
static HandoverSendResult *
tell_without_answer (gboolean      left,
                     const GError *error)
{
  if (g_error_matches (error, HANDOVER_CHANNEL_ERROR, HANDOVER_CHANNEL_ERROR_LOCKED_OUT))
    return handover_send_result_new (HANDOVER_SEND_LOCKED_OUT, error->message);
  if (!left)
    return handover_send_result_new (HANDOVER_SEND_AGAIN, error->message);
  return handover_send_result_new (HANDOVER_SEND_UNKNOWN, "Telegram did not say whether it took the message.");
}

static void
sent_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  gboolean left = FALSE;
  g_autoptr (HandoverTelegramAnswer) answer =
    handover_telegram_api_call_finish (HANDOVER_TELEGRAM_API (object), result, &left, &error);
  HandoverSendResult *outcome = answer != NULL
                                ? handover_telegram_answer_to_outcome (answer) : tell_without_answer (left, error);

  g_task_return_pointer (task, outcome, (GDestroyNotify) handover_send_result_free);
}

static void
handover_telegram_send_async (HandoverChannel            *channel,
                              const HandoverOutboundPart *part,
                              GCancellable               *cancellable,
                              GAsyncReadyCallback         callback,
                              gpointer                    user_data)
{
  g_autoptr (GTask) task = g_task_new (channel, NULL, callback, user_data);
  g_autoptr (GError) error = NULL;
  HandoverTelegramRequest *request = handover_telegram_request_for_part (part, &error);

  g_task_set_source_tag (task, handover_telegram_send_async);
  if (request == NULL)
    g_task_return_pointer (task, handover_send_result_new (HANDOVER_SEND_REFUSED, error->message),
                           (GDestroyNotify) handover_send_result_free);
  else
    call_async (HANDOVER_TELEGRAM (channel), request, cancellable, sent_cb, g_steal_pointer (&task));
}

static HandoverSendResult *
handover_telegram_send_finish (HandoverChannel *channel,
                               GAsyncResult    *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}

static void
passing_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HandoverTelegramAnswer) answer = call_finish (object, result, &error);

  if (answer == NULL)
    g_debug ("%s", error->message);
}

static void
typing_shown_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      data)
{
  g_autoptr (HandoverTelegram) self = data;

  self->n_typing--;
  passing_cb (object, result, NULL);
}

/* Where Telegram does not answer, this is not worth a connection that a message could use. */
static void
handover_telegram_show_typing (HandoverChannel *channel,
                               const char      *contact)
{
  HandoverTelegram *self = HANDOVER_TELEGRAM (channel);
  gint64 chat;

  if (self->n_typing >= MOST_TYPING || !g_ascii_string_to_signed (contact, 10, G_MININT64 + 1, G_MAXINT64, &chat, NULL))
    return;

  self->n_typing++;
  call_async (self, handover_telegram_request_new ("sendChatAction", "is", "chat_id", chat, "action", "typing"), NULL,
              typing_shown_cb, g_object_ref (self));
}

/* The button of whoever pressed it shows that it waits until then. Too late is no harm. */
static void
handover_telegram_answer_press (HandoverChannel *channel,
                                const char      *press)
{
  call_async (HANDOVER_TELEGRAM (channel),
              handover_telegram_request_new ("answerCallbackQuery", "s", "callback_query_id", press), NULL, passing_cb, NULL);
}

static void
file_opened_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  GInputStream *stream = handover_telegram_api_open_finish (HANDOVER_TELEGRAM_API (object), result, &error);

  if (stream == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, stream, g_object_unref);
}

static void
file_found_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      data)
{
  g_autoptr (GTask) task = data;
  HandoverTelegram *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (HandoverTelegramAnswer) answer = call_finish (object, result, &error);
  JsonObject *file = answer != NULL && JSON_NODE_HOLDS_OBJECT (answer->result) ? json_node_get_object (answer->result) : NULL;
  const char *path = handover_telegram_json_text (file, "file_path");
  gint64 size = 0;

  if (answer == NULL)
    g_task_return_error (task, error);
  else if (handover_telegram_json_integer (file, "file_size", &size) && size > HANDOVER_TELEGRAM_RECEIVED_FILE)
    g_task_return_new_error_literal (task, HANDOVER_CHANNEL_ERROR, HANDOVER_CHANNEL_ERROR_TOO_LARGE,
                                     "Telegram gives files of up to 20 MB to bots.");
  else if (path == NULL)
    g_task_return_new_error_literal (task, HANDOVER_CHANNEL_ERROR, HANDOVER_CHANNEL_ERROR_GONE,
                                     "Telegram does not have the file any more.");
  else
    handover_telegram_api_open_async (self->api, handover_channel_get_token (HANDOVER_CHANNEL (self)), path,
                                      g_task_get_cancellable (task), file_opened_cb, g_object_ref (task));
}

static void
handover_telegram_fetch_async (HandoverChannel            *channel,
                               const HandoverInboundMedia *media,
                               GCancellable               *cancellable,
                               GAsyncReadyCallback         callback,
                               gpointer                    user_data)
{
  g_autoptr (GTask) task = g_task_new (channel, cancellable, callback, user_data);

  g_task_set_source_tag (task, handover_telegram_fetch_async);
  if (media->size > HANDOVER_TELEGRAM_RECEIVED_FILE)
    g_task_return_new_error_literal (task, HANDOVER_CHANNEL_ERROR, HANDOVER_CHANNEL_ERROR_TOO_LARGE,
                                     "Telegram gives files of up to 20 MB to bots.");
  else
    call_async (HANDOVER_TELEGRAM (channel),
                handover_telegram_request_new ("getFile", "s", "file_id", media->remote_id), cancellable, file_found_cb,
                g_steal_pointer (&task));
}

static GInputStream *
handover_telegram_fetch_finish (HandoverChannel  *channel,
                                GAsyncResult     *result,
                                GError          **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
handover_telegram_dispose (GObject *object)
{
  HandoverTelegram *self = HANDOVER_TELEGRAM (object);

  g_clear_object (&self->api);

  G_OBJECT_CLASS (handover_telegram_parent_class)->dispose (object);
}

static void
handover_telegram_class_init (HandoverTelegramClass *klass)
{
  HandoverChannelClass *channel_class = HANDOVER_CHANNEL_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = handover_telegram_dispose;

  channel_class->limits = (HandoverChannelLimits) {
    .unit = HANDOVER_TEXT_UTF16,
    .text = HANDOVER_TELEGRAM_TEXT,
    .caption = HANDOVER_TELEGRAM_CAPTION,
    .sent_file = HANDOVER_TELEGRAM_SENT_FILE,
    .received_file = HANDOVER_TELEGRAM_RECEIVED_FILE,
    .per_second = 30,
    .chat_interval = 1000,
    .receives = TRUE,
  };
  channel_class->verify_async = handover_telegram_verify_async;
  channel_class->verify_finish = handover_telegram_verify_finish;
  channel_class->open_async = handover_telegram_open_async;
  channel_class->open_finish = handover_telegram_open_finish;
  channel_class->receive_async = handover_telegram_receive_async;
  channel_class->receive_finish = handover_telegram_receive_finish;
  channel_class->read_webhook = handover_telegram_read_webhook;
  channel_class->send_async = handover_telegram_send_async;
  channel_class->send_finish = handover_telegram_send_finish;
  channel_class->show_typing = handover_telegram_show_typing;
  channel_class->answer_press = handover_telegram_answer_press;
  channel_class->fetch_async = handover_telegram_fetch_async;
  channel_class->fetch_finish = handover_telegram_fetch_finish;
}

static void
handover_telegram_init (HandoverTelegram *self)
{
}
