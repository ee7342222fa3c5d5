/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/channels/telegram/handover-telegram-request.h"

#include <string.h>

#include "core/handover-json.h"

static HandoverOutboundPart *
part_new (const char *text)
{
  HandoverOutboundPart *part = g_new0 (HandoverOutboundPart, 1);

  part->contact = g_strdup ("-1001234567890");
  part->text = g_strdup (text);
  return part;
}

static HandoverOutboundPart *
part_with_file (const char *name,
                const char *type,
                guint       width,
                guint       height)
{
  HandoverOutboundPart *part = part_new ("Here it is");

  part->file = g_new0 (HandoverOutboundFile, 1);
  part->file->name = g_strdup (name);
  part->file->type = g_strdup (type);
  part->file->bytes = g_bytes_new_static ("\0--\r\n", 5);
  part->file->width = width;
  part->file->height = height;
  return part;
}

static GBytes *
read_body (const HandoverTelegramRequest *request)
{
  g_autoptr (GInputStream) stream = handover_telegram_request_open (request);
  g_autoptr (GBytes) body = g_input_stream_read_bytes (stream, 1 << 20, NULL, NULL);

  g_assert_cmpuint (g_bytes_get_size (body), ==, handover_telegram_request_get_size (request));
  return g_steal_pointer (&body);
}

static HandoverTelegramRequest *
request_of (const HandoverOutboundPart *part)
{
  g_autoptr (GError) error = NULL;
  HandoverTelegramRequest *request = handover_telegram_request_for_part (part, &error);

  g_assert_no_error (error);
  return request;
}

static void
test_text (void)
{
  g_autoptr (HandoverOutboundPart) part = part_new ("1 < 2_3 & \"so\" 😀");
  g_autoptr (HandoverTelegramRequest) request = request_of (part);
  g_autoptr (GBytes) body = read_body (request);
  g_autoptr (JsonNode) node = handover_json_parse (body, NULL);
  JsonObject *object = json_node_get_object (node);

  g_assert_cmpstr (request->method, ==, "sendMessage");
  g_assert_cmpstr (request->type, ==, "application/json");
  g_assert_cmpuint (json_object_get_size (object), ==, 2);
  g_assert_cmpint (json_object_get_int_member (object, "chat_id"), ==, G_GINT64_CONSTANT (-1001234567890));
  g_assert_cmpstr (json_object_get_string_member (object, "text"), ==, "1 < 2_3 & \"so\" 😀");
}

static void
test_reply (void)
{
  g_autoptr (HandoverOutboundPart) part = part_new ("Yes");
  g_autoptr (HandoverTelegramRequest) request = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (JsonNode) node = NULL;
  JsonObject *reply;

  part->reply_to = g_strdup ("4503599627370495");
  request = request_of (part);
  body = read_body (request);
  node = handover_json_parse (body, NULL);
  reply = json_object_get_object_member (json_node_get_object (node), "reply_parameters");
  g_assert_cmpint (json_object_get_int_member (reply, "message_id"), ==, G_GINT64_CONSTANT (4503599627370495));
  g_assert_true (json_object_get_boolean_member (reply, "allow_sending_without_reply"));
}

/* What is no number of Telegram's cannot be replied to, but can be said. */
static void
test_odd_reply (void)
{
  g_autoptr (HandoverOutboundPart) part = part_new ("Yes");
  g_autoptr (HandoverTelegramRequest) request = NULL;
  g_autoptr (GBytes) body = NULL;

  part->reply_to = g_strdup ("1}");
  request = request_of (part);
  body = read_body (request);
  g_assert_null (g_strstr_len (g_bytes_get_data (body, NULL), (gssize) g_bytes_get_size (body), "reply_parameters"));
}

static void
test_no_chat (void)
{
  static const char * const contacts[] = { "", "0", "@shop", "12a", " 12", "9223372036854775808" };

  for (guint i = 0; i < G_N_ELEMENTS (contacts); i++)
    {
      g_autoptr (HandoverOutboundPart) part = part_new ("Hello");
      g_autoptr (GError) error = NULL;
      g_autoptr (HandoverTelegramRequest) request = NULL;

      g_free (part->contact);
      part->contact = g_strdup (contacts[i]);
      request = handover_telegram_request_for_part (part, &error);
      g_assert_null (request);
      g_assert_nonnull (error);
    }
}

static void
test_file (void)
{
  g_autoptr (HandoverOutboundPart) part = part_with_file ("a\"b\r\nc/é%.png", "image/png", 640, 480);
  g_autoptr (HandoverTelegramRequest) request = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autofree char *expected = NULL;
  const char *boundary;
  gsize size;

  part->reply_to = g_strdup ("7");
  request = request_of (part);
  body = read_body (request);
  g_assert_cmpstr (request->method, ==, "sendPhoto");
  g_assert_true (g_str_has_prefix (request->type, "multipart/form-data; boundary="));
  boundary = strchr (request->type, '=') + 1;
  expected = g_strdup_printf (
    "--%s\r\nContent-Disposition: form-data; name=\"chat_id\"\r\n\r\n-1001234567890\r\n"
    "--%s\r\nContent-Disposition: form-data; name=\"caption\"\r\n\r\nHere it is\r\n"
    "--%s\r\nContent-Disposition: form-data; name=\"reply_parameters\"\r\n\r\n"
    "{\"message_id\":7,\"allow_sending_without_reply\":true}\r\n"
    "--%s\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"a_b__c_é_.png\"\r\nContent-Type: image/png\r\n\r\n"
    "_--\r\n\r\n--%s--\r\n", boundary, boundary, boundary, boundary, boundary);
  *strstr (expected, "_--\r\n\r\n") = '\0';
  size = strlen (expected);
  g_assert_cmpmem (g_bytes_get_data (body, NULL), size, expected, size);
  expected[size] = '_';
  g_assert_cmpuint (g_bytes_get_size (body), ==, strlen (expected));
  g_assert_cmpmem ((const char *) g_bytes_get_data (body, NULL) + size, 5, "\0--\r\n", 5);
}

static void
test_methods (void)
{
  static const struct
  {
    const char *type;
    guint width;
    guint height;
    const char *method;
  } cases[] = {
    { "image/jpeg", 1280, 720, "sendPhoto" },
    { "image/jpeg", 9000, 1000, "sendPhoto" },
    { "image/jpeg", 9000, 1001, "sendDocument" },
    { "image/jpeg", 2000, 100, "sendDocument" },
    { "image/jpeg", 1999, 100, "sendPhoto" },
    { "image/jpeg", 0, 0, "sendDocument" },
    { "image/webp", 100, 100, "sendDocument" },
    { "video/mp4", 0, 0, "sendVideo" },
    { "audio/mpeg", 0, 0, "sendAudio" },
    { "audio/ogg", 0, 0, "sendVoice" },
    { "application/pdf", 0, 0, "sendDocument" },
    { NULL, 0, 0, "sendDocument" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (HandoverOutboundPart) part = part_with_file (NULL, cases[i].type, cases[i].width, cases[i].height);
      g_autoptr (HandoverTelegramRequest) request = request_of (part);

      g_assert_cmpstr (request->method, ==, cases[i].method);
    }
}

static void
test_large_photo (void)
{
  g_autoptr (HandoverOutboundPart) part = part_with_file ("photo.jpg", "image/jpeg", 4000, 3000);
  g_autoptr (HandoverTelegramRequest) request = NULL;
  gsize size = 10 * 1024 * 1024 + 1;

  g_bytes_unref (part->file->bytes);
  part->file->bytes = g_bytes_new_take (g_malloc0 (size), size);
  request = request_of (part);
  g_assert_cmpstr (request->method, ==, "sendDocument");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/telegram/request/text", test_text);
  g_test_add_func ("/telegram/request/reply", test_reply);
  g_test_add_func ("/telegram/request/odd-reply", test_odd_reply);
  g_test_add_func ("/telegram/request/no-chat", test_no_chat);
  g_test_add_func ("/telegram/request/file", test_file);
  g_test_add_func ("/telegram/request/methods", test_methods);
  g_test_add_func ("/telegram/request/large-photo", test_large_photo);

  return g_test_run ();
}
