/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include <string.h>

#include <gio/gio.h>
#include <sodium.h>

#include "service/channels/telegram/handover-telegram.h"

#define TOKEN "123456:ABC-DEF_ghi"

/* A platform of one thread: says what the test tells it to, and keeps what it was asked. NULL: it hangs up. */
typedef struct
{
  GSocketService *service;
  char *address;
  GMutex lock;
  GPtrArray *answers;
  GPtrArray *asked;
} Platform;

typedef struct
{
  Platform *platform;
  HandoverChannel *channel;
  GAsyncResult *result;
} Fixture;

static char *
read_request (GInputStream *input)
{
  g_autoptr (GDataInputStream) data = g_data_input_stream_new (input);
  g_autoptr (GString) text = g_string_new (NULL);
  gsize length = 0;

  g_data_input_stream_set_newline_type (data, G_DATA_STREAM_NEWLINE_TYPE_CR_LF);
  for (;;)
    {
      g_autofree char *line = g_data_input_stream_read_line (data, NULL, NULL, NULL);

      if (line == NULL || *line == '\0')
        break;
      g_string_append_printf (text, "%s\n", line);
      if (g_ascii_strncasecmp (line, "Content-Length: ", 16) == 0)
        length = g_ascii_strtoull (line + 16, NULL, 10);
    }

  if (length > 0)
    {
      g_autofree char *body = g_malloc0 (length + 1);

      g_input_stream_read_all (G_INPUT_STREAM (data), body, length, NULL, NULL, NULL);
      g_string_append (text, body);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
run_cb (GThreadedSocketService *service,
        GSocketConnection      *connection,
        GObject                *source,
        gpointer                data)
{
  Platform *platform = data;
  char *asked = read_request (g_io_stream_get_input_stream (G_IO_STREAM (connection)));
  g_autofree char *answer = NULL;

  g_mutex_lock (&platform->lock);
  g_ptr_array_add (platform->asked, asked);
  if (platform->answers->len > 0)
    answer = g_ptr_array_steal_index (platform->answers, 0);
  g_mutex_unlock (&platform->lock);

  if (answer != NULL)
    g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), answer, strlen (answer), NULL,
                               NULL, NULL);
  g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
  return TRUE;
}

static Platform *
platform_new (void)
{
  Platform *platform = g_new0 (Platform, 1);
  guint16 port;

  g_mutex_init (&platform->lock);
  platform->answers = g_ptr_array_new_with_free_func (g_free);
  platform->asked = g_ptr_array_new_with_free_func (g_free);
  platform->service = g_threaded_socket_service_new (1);
  port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (platform->service), NULL, NULL);
  platform->address = g_strdup_printf ("http://127.0.0.1:%u", port);
  g_signal_connect (platform->service, "run", G_CALLBACK (run_cb), platform);
  g_socket_service_start (platform->service);
  return platform;
}

static void
answer_with (Platform   *platform,
             guint       status,
             const char *body)
{
  g_mutex_lock (&platform->lock);
  g_ptr_array_add (platform->answers, body == NULL ? NULL :
                   g_strdup_printf ("HTTP/1.1 %u Whatever\r\nContent-Length: %zu\r\nConnection: close\r\n\r\n%s", status,
                                    strlen (body), body));
  g_mutex_unlock (&platform->lock);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->platform = platform_new ();
  fixture->channel = handover_channel_new (HANDOVER_TYPE_TELEGRAM, data != NULL ? data : TOKEN, fixture->platform->address);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  Platform *platform = fixture->platform;

  g_clear_object (&fixture->result);
  g_assert_finalize_object (fixture->channel);
  g_socket_service_stop (platform->service);
  g_socket_listener_close (G_SOCKET_LISTENER (platform->service));
  g_object_unref (platform->service);
  g_ptr_array_unref (platform->answers);
  g_ptr_array_unref (platform->asked);
  g_mutex_clear (&platform->lock);
  g_free (platform->address);
  g_free (platform);
}

static void
done_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      data)
{
  Fixture *fixture = data;

  fixture->result = g_object_ref (result);
}

static void
wait (Fixture *fixture)
{
  while (fixture->result == NULL)
    g_main_context_iteration (NULL, TRUE);
  /* The result holds its source. */
  while (g_main_context_iteration (NULL, FALSE))
    continue;
}

static const char *
asked (Fixture *fixture,
       guint    number)
{
  g_assert_cmpuint (fixture->platform->asked->len, >, number);
  return g_ptr_array_index (fixture->platform->asked, number);
}

static void
test_verify (Fixture       *fixture,
             gconstpointer  data)
{
  HandoverChannelClass *klass = HANDOVER_CHANNEL_GET_CLASS (fixture->channel);
  g_autoptr (HandoverIdentity) identity = NULL;
  g_autoptr (GError) error = NULL;

  answer_with (fixture->platform, 200, "{\"ok\":true,\"result\":{\"id\":4503599627370495,\"is_bot\":true,"
               "\"first_name\":\"Demo\\u0007 Shop\",\"username\":\"demo_bot\"}}");
  klass->verify_async (fixture->channel, NULL, done_cb, fixture);
  wait (fixture);
  identity = klass->verify_finish (fixture->channel, fixture->result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (identity->remote_id, ==, "4503599627370495");
  g_assert_cmpstr (identity->name, ==, "Demo Shop");
  g_assert_cmpstr (identity->handle, ==, "@demo_bot");
  g_assert_true (g_str_has_prefix (asked (fixture, 0), "POST /bot" TOKEN "/getMe HTTP/1.1\n"));
}

static void
assert_verify_fails (Fixture              *fixture,
                     HandoverChannelError  code)
{
  HandoverChannelClass *klass = HANDOVER_CHANNEL_GET_CLASS (fixture->channel);
  g_autoptr (HandoverIdentity) identity = NULL;
  g_autoptr (GError) error = NULL;

  klass->verify_async (fixture->channel, NULL, done_cb, fixture);
  wait (fixture);
  identity = klass->verify_finish (fixture->channel, fixture->result, &error);
  g_assert_null (identity);
  g_assert_error (error, HANDOVER_CHANNEL_ERROR, (int) code);
  g_assert_null (strstr (error->message, TOKEN));
  g_clear_object (&fixture->result);
}

static void
test_verify_fails (Fixture       *fixture,
                   gconstpointer  data)
{
  answer_with (fixture->platform, 401, "{\"ok\":false,\"error_code\":401,\"description\":\"Unauthorized\"}");
  assert_verify_fails (fixture, HANDOVER_CHANNEL_ERROR_LOCKED_OUT);
  answer_with (fixture->platform, 200, "{\"ok\":true,\"result\":{\"id\":\"7\"}}");
  assert_verify_fails (fixture, HANDOVER_CHANNEL_ERROR_INVALID);
  answer_with (fixture->platform, 302, "<html>");
  assert_verify_fails (fixture, HANDOVER_CHANNEL_ERROR_INVALID);
  assert_verify_fails (fixture, HANDOVER_CHANNEL_ERROR_UNREACHABLE);
}

/* What was pasted never becomes another address. */
static void
test_odd_token (Fixture       *fixture,
                gconstpointer  data)
{
  assert_verify_fails (fixture, HANDOVER_CHANNEL_ERROR_LOCKED_OUT);
  g_assert_cmpuint (fixture->platform->asked->len, ==, 0);
}

static void
test_receive (Fixture       *fixture,
              gconstpointer  data)
{
  HandoverChannelClass *klass = HANDOVER_CHANNEL_GET_CLASS (fixture->channel);
  g_autoptr (HandoverInboundBatch) batch = NULL;
  g_autoptr (GError) error = NULL;

  answer_with (fixture->platform, 200, "{\"ok\":true,\"result\":[{\"update_id\":871,\"message\":{\"message_id\":15,"
               "\"chat\":{\"id\":991,\"type\":\"private\"},\"text\":\"hola\"}}]}");
  klass->receive_async (fixture->channel, "871", NULL, done_cb, fixture);
  wait (fixture);
  batch = klass->receive_finish (fixture->channel, fixture->result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (batch->events->len, ==, 1);
  g_assert_cmpstr (batch->cursor, ==, "872");
  g_assert_nonnull (strstr (asked (fixture, 0), "\"offset\":871,"));
}

static HandoverInboundBatch *
receive (Fixture  *fixture,
         GError  **error)
{
  HandoverChannelClass *klass = HANDOVER_CHANNEL_GET_CLASS (fixture->channel);

  g_clear_object (&fixture->result);
  klass->receive_async (fixture->channel, NULL, NULL, done_cb, fixture);
  wait (fixture);
  return klass->receive_finish (fixture->channel, fixture->result, error);
}

/* Deeper than anything is read. All that came with it is asked for again, and it alone is lost. */
static void
test_receive_unreadable (Fixture       *fixture,
                         gconstpointer  data)
{
  g_autofree char *depth = g_strnfill (100, '[');
  g_autofree char *height = g_strnfill (100, ']');
  g_autofree char *body = g_strconcat ("{\"ok\":true,\"result\":[{\"update_id\": 871,\"message\":", depth, height, "}]}", NULL);
  g_autoptr (HandoverInboundBatch) batch = NULL;
  g_autoptr (GError) error = NULL;

  answer_with (fixture->platform, 200, body);
  g_assert_null (receive (fixture, &error));
  g_assert_error (error, HANDOVER_CHANNEL_ERROR, HANDOVER_CHANNEL_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_nonnull (strstr (asked (fixture, 0), "\"limit\":100,"));

  g_test_expect_message ("handover-telegram", G_LOG_LEVEL_WARNING, "*passed over");
  answer_with (fixture->platform, 200, body);
  batch = receive (fixture, &error);
  g_test_assert_expected_messages ();
  g_assert_no_error (error);
  g_assert_nonnull (strstr (asked (fixture, 1), "\"limit\":1,"));
  g_assert_cmpuint (batch->events->len, ==, 0);
  g_assert_cmpstr (batch->cursor, ==, "872");
}

/* What is cut off may be whole the next time. */
static void
test_receive_cut_off (Fixture       *fixture,
                      gconstpointer  data)
{
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (GError) error = NULL;

      answer_with (fixture->platform, 200, "{\"ok\":true,\"result\":[{\"update_id\":871,\"message\":");
      g_assert_null (receive (fixture, &error));
      g_assert_error (error, HANDOVER_CHANNEL_ERROR, HANDOVER_CHANNEL_ERROR_INVALID);
    }
}

static HandoverSendResult *
send_hello (Fixture      *fixture,
            GCancellable *cancellable)
{
  HandoverChannelClass *klass = HANDOVER_CHANNEL_GET_CLASS (fixture->channel);
  HandoverOutboundPart part = { .contact = (char *) "991", .text = (char *) "Hello" };
  HandoverSendResult *result;

  g_clear_object (&fixture->result);
  klass->send_async (fixture->channel, &part, cancellable, done_cb, fixture);
  wait (fixture);
  result = klass->send_finish (fixture->channel, fixture->result);
  g_assert_nonnull (result);
  return result;
}

static void
test_send (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (HandoverSendResult) sent = NULL;

  answer_with (fixture->platform, 200, "{\"ok\":true,\"result\":{\"message_id\":77}}");
  sent = send_hello (fixture, NULL);
  g_assert_cmpint (sent->outcome, ==, HANDOVER_SEND_SENT);
  g_assert_cmpstr (sent->remote_id, ==, "77");
  g_assert_true (g_str_has_suffix (asked (fixture, 0), "{\"chat_id\":991,\"text\":\"Hello\"}"));
}

/* It left, and the line broke: asked again, the platform might say it twice. It is asked once. */
static void
test_send_cut (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (HandoverSendResult) cut = send_hello (fixture, NULL);

  g_assert_cmpint (cut->outcome, ==, HANDOVER_SEND_UNKNOWN);
  g_assert_cmpuint (fixture->platform->asked->len, ==, 1);
}

static void
test_send_nobody_there (Fixture       *fixture,
                        gconstpointer  data)
{
  g_autoptr (HandoverSendResult) result = NULL;

  g_socket_service_stop (fixture->platform->service);
  g_socket_listener_close (G_SOCKET_LISTENER (fixture->platform->service));
  result = send_hello (fixture, NULL);
  g_assert_cmpint (result->outcome, ==, HANDOVER_SEND_AGAIN);
  g_assert_true (g_str_has_prefix (result->reason, "Telegram cannot be reached: "));
  g_assert_null (strstr (result->reason, TOKEN));
}

static void
test_send_cancelled (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (HandoverSendResult) result = NULL;

  g_cancellable_cancel (cancellable);
  result = send_hello (fixture, cancellable);
  g_assert_cmpint (result->outcome, ==, HANDOVER_SEND_AGAIN);
  g_assert_cmpuint (fixture->platform->asked->len, ==, 0);
}

static GInputStream *
fetch (Fixture  *fixture,
       GError  **error)
{
  HandoverChannelClass *klass = HANDOVER_CHANNEL_GET_CLASS (fixture->channel);
  g_autoptr (HandoverInboundMedia) media = handover_inbound_media_new ("AgAC7", "Photo");

  g_clear_object (&fixture->result);
  klass->fetch_async (fixture->channel, media, NULL, done_cb, fixture);
  wait (fixture);
  return klass->fetch_finish (fixture->channel, fixture->result, error);
}

static void
test_fetch (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GError) error = NULL;
  char bytes[20] = "";

  answer_with (fixture->platform, 200, "{\"ok\":true,\"result\":{\"file_id\":\"AgAC7\",\"file_path\":\"photos/file_7.jpg\"}}");
  answer_with (fixture->platform, 200, "picture");
  stream = fetch (fixture, &error);
  g_assert_no_error (error);
  g_assert_true (g_input_stream_read_all (stream, bytes, sizeof bytes - 1, NULL, NULL, &error));
  g_assert_cmpstr (bytes, ==, "picture");
  g_assert_true (g_str_has_prefix (asked (fixture, 1), "GET /file/bot" TOKEN "/photos/file_7.jpg HTTP/1.1\n"));
}

static void
test_fetch_fails (Fixture       *fixture,
                  gconstpointer  data)
{
  static const struct
  {
    guint status;
    const char *found;
    const char *file;
    HandoverChannelError code;
  } cases[] = {
    { 200, "{\"ok\":true,\"result\":{\"file_path\":\"../../etc/passwd\"}}", NULL, HANDOVER_CHANNEL_ERROR_INVALID },
    { 200, "{\"ok\":true,\"result\":{\"file_path\":\"/var/lib/file\"}}", NULL, HANDOVER_CHANNEL_ERROR_INVALID },
    { 200, "{\"ok\":true,\"result\":{\"file_path\":\"a?b#c\"}}", NULL, HANDOVER_CHANNEL_ERROR_INVALID },
    { 200, "{\"ok\":true,\"result\":{}}", NULL, HANDOVER_CHANNEL_ERROR_GONE },
    { 200, "{\"ok\":true,\"result\":{\"file_size\":20971521,\"file_path\":\"a\"}}", NULL, HANDOVER_CHANNEL_ERROR_TOO_LARGE },
    { 400, "{\"ok\":false,\"error_code\":400,\"description\":\"Bad Request: file is too big\"}", NULL,
      HANDOVER_CHANNEL_ERROR_TOO_LARGE },
    { 404, "{\"ok\":true,\"result\":{\"file_path\":\"a\"}}", "gone", HANDOVER_CHANNEL_ERROR_GONE },
    { 502, "{\"ok\":true,\"result\":{\"file_path\":\"a\"}}", "later", HANDOVER_CHANNEL_ERROR_BUSY },
    { 302, "{\"ok\":true,\"result\":{\"file_path\":\"a\"}}", "elsewhere", HANDOVER_CHANNEL_ERROR_GONE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GInputStream) stream = NULL;
      g_autoptr (GError) error = NULL;

      answer_with (fixture->platform, cases[i].file != NULL ? 200 : cases[i].status, cases[i].found);
      if (cases[i].file != NULL)
        answer_with (fixture->platform, cases[i].status, cases[i].file);
      stream = fetch (fixture, &error);
      g_assert_null (stream);
      g_assert_error (error, HANDOVER_CHANNEL_ERROR, (int) cases[i].code);
    }
}

static HandoverInboundBatch *
read_webhook (Fixture     *fixture,
              const char  *given,
              const char  *secret,
              const char  *body,
              GError     **error)
{
  g_autoptr (GHashTable) headers = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GBytes) bytes = g_bytes_new_static (body, strlen (body));
  HandoverWebhook webhook = { .secret = secret, .headers = headers, .body = bytes };

  if (given != NULL)
    g_hash_table_insert (headers, (gpointer) "x-telegram-bot-api-secret-token", (gpointer) given);
  return HANDOVER_CHANNEL_GET_CLASS (fixture->channel)->read_webhook (&webhook, error);
}

static void
test_webhook (Fixture       *fixture,
              gconstpointer  data)
{
  static const char update[] = "{\"update_id\":871,\"message\":{\"message_id\":15,\"chat\":{\"id\":991,\"type\":\"private\"},"
                               "\"text\":\"hola\"}}";
  static const char * const forged[] = { NULL, "", "s3cre", "s3crets", "S3cret" };
  g_autoptr (GError) error = NULL;
  g_autoptr (HandoverInboundBatch) batch = read_webhook (fixture, "s3cret", "s3cret", update, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (batch->events->len, ==, 1);
  g_assert_null (batch->cursor);
  for (guint i = 0; i < G_N_ELEMENTS (forged); i++)
    {
      g_autoptr (GError) refusal = NULL;

      g_assert_null (read_webhook (fixture, forged[i], "s3cret", update, &refusal));
      g_assert_error (refusal, HANDOVER_CHANNEL_ERROR, HANDOVER_CHANNEL_ERROR_FORGED);
    }

  g_assert_null (read_webhook (fixture, "", "", update, &error));
  g_assert_error (error, HANDOVER_CHANNEL_ERROR, HANDOVER_CHANNEL_ERROR_FORGED);
  g_clear_error (&error);
  g_assert_null (read_webhook (fixture, "s3cret", "s3cret", "{\"update_id\":", &error));
  g_assert_error (error, HANDOVER_CHANNEL_ERROR, HANDOVER_CHANNEL_ERROR_INVALID);
}

#define ADD(name, token, function) g_test_add ("/telegram/calls/" name, Fixture, token, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (sodium_init () < 0)
    return 1;

  ADD ("verify", NULL, test_verify);
  ADD ("verify-fails", NULL, test_verify_fails);
  ADD ("odd-token/path", "123456:ABC/../../x", test_odd_token);
  ADD ("odd-token/words", "my token", test_odd_token);
  ADD ("odd-token/empty", "", test_odd_token);
  ADD ("receive", NULL, test_receive);
  ADD ("receive-unreadable", NULL, test_receive_unreadable);
  ADD ("receive-cut-off", NULL, test_receive_cut_off);
  ADD ("send", NULL, test_send);
  ADD ("send-cut", NULL, test_send_cut);
  ADD ("send-nobody-there", NULL, test_send_nobody_there);
  ADD ("send-cancelled", NULL, test_send_cancelled);
  ADD ("fetch", NULL, test_fetch);
  ADD ("fetch-fails", NULL, test_fetch_fails);
  ADD ("webhook", NULL, test_webhook);

  return g_test_run ();
}
