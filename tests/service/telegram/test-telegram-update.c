/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/channels/handover-channel-error.h"
#include "service/channels/telegram/handover-telegram-json.h"
#include "service/channels/telegram/handover-telegram-update.h"

#define ANA "\"from\":{\"id\":991,\"is_bot\":false,\"first_name\":\"Ana\",\"last_name\":\"López\"}," \
            "\"chat\":{\"id\":991,\"type\":\"private\",\"first_name\":\"Ana\",\"last_name\":\"López\"},\"date\":1749416383,"
#define KIM_IN_GROUP "\"from\":{\"id\":5,\"is_bot\":false,\"first_name\":\"Kim\"}," \
                     "\"chat\":{\"id\":-4001,\"type\":\"group\",\"title\":\"Neighbours\"},\"date\":1749416383,"

static JsonNode *
parse (const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (GError) error = NULL;
  JsonNode *node = handover_telegram_json_parse (bytes, &error);

  g_assert_no_error (error);
  return node;
}

static HandoverInboundBatch *
read_update (const char *text)
{
  HandoverInboundBatch *batch = handover_inbound_batch_new ();
  g_autoptr (JsonNode) node = parse (text);

  handover_telegram_update_read (node, batch);
  return batch;
}

/* What a message of Ana's becomes. */
static HandoverInboundEvent *
read_content (const char *content)
{
  g_autofree char *text = g_strconcat ("{\"update_id\":871,\"message\":{" ANA "\"message_id\":15,", content, "}}", NULL);
  g_autoptr (HandoverInboundBatch) batch = read_update (text);

  return batch->events->len > 0 ? g_ptr_array_steal_index (batch->events, 0) : NULL;
}

static void
assert_text (const char *content,
             const char *text)
{
  g_autoptr (HandoverInboundEvent) event = read_content (content);

  g_assert_nonnull (event);
  g_assert_cmpstr (event->text, ==, text);
}

static void
assert_media (const char *content,
              const char *remote_id,
              const char *label,
              const char *type,
              const char *caption)
{
  g_autoptr (HandoverInboundEvent) event = read_content (content);
  HandoverInboundMedia *media;

  g_assert_nonnull (event);
  g_assert_nonnull (event->media);
  g_assert_cmpuint (event->media->len, ==, 1);
  media = g_ptr_array_index (event->media, 0);
  g_assert_cmpstr (media->remote_id, ==, remote_id);
  g_assert_cmpstr (media->label, ==, label);
  g_assert_cmpstr (media->type, ==, type);
  g_assert_cmpstr (event->text, ==, caption);
}

static void
test_text (void)
{
  g_autoptr (HandoverInboundEvent) event = read_content ("\"text\":\"hola 😀\",\"entities\":[{\"type\":\"bold\"}],"
                                                         "\"reply_to_message\":{\"message_id\":12,\"text\":\"before\"}");

  g_assert_cmpint (event->kind, ==, HANDOVER_INBOUND_MESSAGE);
  g_assert_cmpstr (event->key, ==, "message/991/15");
  g_assert_cmpstr (event->contact, ==, "991");
  g_assert_cmpstr (event->remote_id, ==, "15");
  g_assert_cmpstr (event->reply_to, ==, "12");
  g_assert_cmpstr (event->text, ==, "hola 😀");
  g_assert_cmpint (event->at, ==, G_GINT64_CONSTANT (1749416383000));
  g_assert_cmpstr (event->customer->name, ==, "Ana López");
  g_assert_cmpstr (event->customer->user_id, ==, "telegram:991");
  g_assert_null (event->media);
}

static void
test_large_ids (void)
{
  g_autoptr (HandoverInboundBatch) batch = read_update (
    "{\"update_id\":1,\"message\":{\"message_id\":4503599627370495,\"chat\":{\"id\":-1001234567890123,"
    "\"type\":\"supergroup\",\"title\":\"Shop\"},\"from\":{\"id\":4503599627370495,\"first_name\":\"Kim\"},\"text\":\"hi\"}}");
  HandoverInboundEvent *event = g_ptr_array_index (batch->events, 0);

  g_assert_cmpstr (event->contact, ==, "-1001234567890123");
  g_assert_cmpstr (event->remote_id, ==, "4503599627370495");
}

static void
test_media (void)
{
  assert_media ("\"caption\":\"here\",\"photo\":[{\"file_id\":\"s\",\"width\":90,\"height\":60},"
                "{\"file_id\":\"l\",\"width\":1280,\"height\":853},{\"file_id\":\"m\",\"width\":320,\"height\":213}]",
                "l", "Photo", "image/jpeg", "here");
  assert_media ("\"voice\":{\"file_id\":\"v\",\"duration\":72,\"mime_type\":\"audio/ogg\"}", "v", "Voice message (1:12)",
                "audio/ogg", NULL);
  assert_media ("\"audio\":{\"file_id\":\"a\",\"duration\":3725,\"mime_type\":\"audio/mpeg\"}", "a", "Audio (1:02:05)",
                "audio/mpeg", NULL);
  assert_media ("\"video\":{\"file_id\":\"v\",\"duration\":5}", "v", "Video (0:05)", "video/mp4", NULL);
  assert_media ("\"video_note\":{\"file_id\":\"n\",\"duration\":8,\"length\":240}", "n", "Video message (0:08)",
                "video/mp4", NULL);
  assert_media ("\"document\":{\"file_id\":\"d\"},\"animation\":{\"file_id\":\"g\",\"duration\":0}", "g", "Animation",
                "video/mp4", NULL);
  assert_media ("\"document\":{\"file_id\":\"d\",\"file_name\":\"in\\u0007voice.pdf\",\"mime_type\":\"application/pdf\"}", "d",
                "File", "application/pdf", NULL);
  assert_media ("\"sticker\":{\"file_id\":\"t\",\"emoji\":\"👍\"}", "t", "Sticker 👍", "image/webp", NULL);
}

static void
test_file_facts (void)
{
  g_autoptr (HandoverInboundEvent) event = read_content ("\"document\":{\"file_id\":\"d\",\"file_name\":\"in\\u0007voice.pdf\","
                                                         "\"file_size\":12345678901}");
  HandoverInboundMedia *media = g_ptr_array_index (event->media, 0);

  g_assert_cmpstr (media->name, ==, "invoice.pdf");
  g_assert_cmpint (media->size, ==, G_GINT64_CONSTANT (12345678901));
}

/* Each message of an album is one of its own; only one has the caption. */
static void
test_album (void)
{
  assert_media ("\"media_group_id\":\"7\",\"photo\":[{\"file_id\":\"a\",\"width\":9,\"height\":9}],\"caption\":\"both\"", "a",
                "Photo", "image/jpeg", "both");
  assert_media ("\"media_group_id\":\"7\",\"photo\":[{\"file_id\":\"b\",\"width\":9,\"height\":9}]", "b", "Photo",
                "image/jpeg", NULL);
}

static void
test_words_for_the_rest (void)
{
  assert_text ("\"sticker\":{\"file_id\":\"t\",\"emoji\":\"🎉\",\"is_animated\":true}", "Sticker 🎉");
  assert_text ("\"location\":{\"latitude\":52.5200081,\"longitude\":13}",
               "Location: 52.520008, 13.000000\nhttps://www.openstreetmap.org/?mlat=52.520008&mlon=13.000000");
  assert_text ("\"venue\":{\"title\":\"Café\",\"address\":\"Main St 1\",\"location\":{\"latitude\":-1,\"longitude\":200}},"
               "\"location\":{\"latitude\":-1,\"longitude\":200}",
               "Café\nMain St 1\nLocation: -1.000000, 180.000000\n"
               "https://www.openstreetmap.org/?mlat=-1.000000&mlon=180.000000");
  assert_text ("\"contact\":{\"first_name\":\"Bo\",\"last_name\":\"Li\",\"phone_number\":\"+4930123\"}",
               "Contact: Bo Li, +4930123");
  assert_text ("\"dice\":{\"emoji\":\"🎲\",\"value\":4}", "🎲 4");
  assert_text ("\"poll\":{\"question\":\"When?\",\"options\":[{\"text\":\"Today\"},{\"text\":\"Never\"},7]}",
               "Poll: When?\n• Today\n• Never");
  assert_text ("\"paid_media\":{\"star_count\":5}", "The customer sent something that cannot be shown here: paid media.");
  assert_text ("\"has_media_spoiler\":true", "The customer sent something that cannot be shown here.");
  assert_text ("\"photo\":[]", "The customer sent something that cannot be shown here: photo.");
}

static void
test_nothing_for_us (void)
{
  static const char * const updates[] = {
    "{}", "[]", "7", "null",
    "{\"update_id\":1}",
    "{\"update_id\":1,\"message\":[]}",
    "{\"update_id\":1,\"message\":{\"message_id\":\"1\",\"chat\":{\"id\":991,\"type\":\"private\"},\"text\":\"x\"}}",
    "{\"update_id\":1,\"message\":{\"message_id\":1,\"chat\":{\"type\":\"private\"},\"text\":\"x\"}}",
    "{\"update_id\":1,\"message\":{\"message_id\":1,\"chat\":{\"id\":99.5,\"type\":\"private\"},\"text\":\"x\"}}",
    "{\"update_id\":1,\"message\":{\"message_id\":1,\"chat\":{\"id\":-9,\"type\":\"channel\"},\"text\":\"x\"}}",
    "{\"update_id\":1,\"message\":{\"message_id\":1,\"from\":{\"id\":3,\"is_bot\":true},"
    "\"chat\":{\"id\":-9,\"type\":\"group\"},\"text\":\"x\"}}",
    "{\"update_id\":1,\"message\":{" KIM_IN_GROUP "\"message_id\":1,\"new_chat_members\":[{\"id\":8}]}}",
    "{\"update_id\":1,\"message\":{" ANA "\"message_id\":1,\"pinned_message\":{\"message_id\":3}}}",
    "{\"update_id\":1,\"my_chat_member\":{" ANA "\"old_chat_member\":{\"status\":\"left\"},\"new_chat_member\":{\"status\":"
    "\"member\"}}}",
    "{\"update_id\":1,\"my_chat_member\":{\"chat\":{\"id\":-4001,\"type\":\"group\"},\"date\":1,\"new_chat_member\":"
    "{\"status\":\"kicked\"}}}",
    "{\"update_id\":1,\"something_new\":{\"message\":{}}}",
    "{\"update_id\":1,\"callback_query\":{\"id\":\"4\",\"from\":{\"id\":991},\"inline_message_id\":\"z\",\"data\":\"y\"}}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (updates); i++)
    {
      g_autoptr (HandoverInboundBatch) batch = read_update (updates[i]);

      g_assert_cmpuint (batch->events->len, ==, 0);
    }
}

static void
test_edit (void)
{
  g_autoptr (HandoverInboundBatch) batch = read_update (
    "{\"update_id\":872,\"edited_message\":{" ANA "\"message_id\":15,\"edit_date\":1749416400,\"text\":\"adiós\"}}");
  HandoverInboundEvent *event = g_ptr_array_index (batch->events, 0);

  g_assert_cmpint (event->kind, ==, HANDOVER_INBOUND_EDIT);
  g_assert_cmpstr (event->key, ==, "edit/991/15/1749416400/872");
  g_assert_cmpstr (event->remote_id, ==, "15");
  g_assert_cmpstr (event->text, ==, "adiós");
  g_assert_cmpint (event->at, ==, G_GINT64_CONSTANT (1749416400000));
}

static void
test_group (void)
{
  g_autoptr (HandoverInboundBatch) batch = read_update (
    "{\"update_id\":1,\"message\":{" KIM_IN_GROUP "\"message_id\":3,\"text\":\"me too\"}}");
  HandoverInboundEvent *event = g_ptr_array_index (batch->events, 0);

  g_assert_cmpstr (event->contact, ==, "-4001");
  g_assert_cmpstr (event->customer->name, ==, "Neighbours");
  g_assert_cmpstr (event->text, ==, "Kim: me too");
}

static void
test_migration (void)
{
  static const char * const updates[] = {
    "{\"update_id\":1,\"message\":{" KIM_IN_GROUP "\"message_id\":3,\"migrate_to_chat_id\":-1001234567890}}",
    "{\"update_id\":2,\"message\":{\"message_id\":1,\"chat\":{\"id\":-1001234567890,\"type\":\"supergroup\"},"
    "\"migrate_from_chat_id\":-4001}}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (updates); i++)
    {
      g_autoptr (HandoverInboundBatch) batch = read_update (updates[i]);
      HandoverInboundEvent *event = g_ptr_array_index (batch->events, 0);

      g_assert_cmpint (event->kind, ==, HANDOVER_INBOUND_MOVED);
      g_assert_cmpstr (event->key, ==, "moved/-4001/-1001234567890");
      g_assert_cmpstr (event->contact, ==, "-4001");
      g_assert_cmpstr (event->moved_to, ==, "-1001234567890");
    }
}

#define PRESS(data) \
  "{\"update_id\":1,\"callback_query\":{\"id\":\"700100200300400500\",\"from\":{\"id\":991,\"first_name\":\"Ana\"},\"data\":" \
  data ",\"message\":{" ANA "\"message_id\":20,\"reply_markup\":{\"inline_keyboard\":[[{\"text\":\"No\",\"callback_data\":\"n\"}]," \
  "[{\"text\":\"Yes, please\",\"callback_data\":\"y\"}]]}}}}"

static void
test_press (void)
{
  g_autoptr (HandoverInboundBatch) labelled = read_update (PRESS ("\"y\""));
  g_autoptr (HandoverInboundBatch) bare = read_update (PRESS ("\"other\""));
  HandoverInboundEvent *event = g_ptr_array_index (labelled->events, 0);

  g_assert_cmpstr (event->key, ==, "press/700100200300400500");
  g_assert_cmpstr (event->text, ==, "Yes, please");
  g_assert_cmpstr (event->reply_to, ==, "20");
  g_assert_cmpstr (event->contact, ==, "991");
  event = g_ptr_array_index (bare->events, 0);
  g_assert_cmpstr (event->text, ==, "other");
  g_assert_cmpuint (bare->presses->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (bare->presses, 0), ==, "700100200300400500");
}

#define MEMBER(old, now) \
  "{\"update_id\":1,\"my_chat_member\":{" ANA "\"old_chat_member\":{\"status\":\"" old "\"},\"new_chat_member\":{\"status\":\"" \
  now "\"}}}"

static void
test_blocked (void)
{
  g_autoptr (HandoverInboundBatch) blocked = read_update (MEMBER ("member", "kicked"));
  g_autoptr (HandoverInboundBatch) unblocked = read_update (MEMBER ("kicked", "member"));
  HandoverInboundEvent *event = g_ptr_array_index (blocked->events, 0);

  g_assert_cmpint (event->kind, ==, HANDOVER_INBOUND_BLOCKED);
  g_assert_cmpstr (event->contact, ==, "991");
  g_assert_true (g_str_has_prefix (event->key, "blocked/991/"));
  event = g_ptr_array_index (unblocked->events, 0);
  g_assert_cmpint (event->kind, ==, HANDOVER_INBOUND_UNBLOCKED);
}

static HandoverInboundBatch *
read_list (const char  *text,
           GError     **error)
{
  g_autoptr (JsonNode) node = parse (text);

  return handover_telegram_updates_read (node, error);
}

static void
test_cursor (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HandoverInboundBatch) none = read_list ("[]", &error);
  g_autoptr (HandoverInboundBatch) some = read_list ("[{\"update_id\":8},{\"update_id\":9},7,{\"update_id\":3}]", &error);

  g_assert_no_error (error);
  g_assert_null (none->cursor);
  g_assert_cmpstr (some->cursor, ==, "10");
}

/* Asked again at once for what cannot be confirmed, the platform would give it again at once. */
static void
test_no_cursor (void)
{
  static const char * const lists[] = { "{}", "null", "7", "[7]", "[{\"update_id\":\"7\"}]", "[{\"update_id\":-7}]" };

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (HandoverInboundBatch) batch = read_list (lists[i], &error);

      g_assert_null (batch);
      g_assert_error (error, HANDOVER_CHANNEL_ERROR, HANDOVER_CHANNEL_ERROR_INVALID);
    }
}

/* An answer that nobody can read is passed over when it is whole, and when it tells which one it is. */
static void
test_skip (void)
{
  static const struct
  {
    const char *answer;
    const char *cursor;
  } answers[] = {
    { "", NULL },
    { " ", NULL },
    { "{\"ok\":true,\"result\":[{\"update_id\":7,", NULL },
    { "{\"ok\":false,\"update_id\":7}", NULL },
    { "{\"ok\":true,\"result\":[{\"update_id\":7,\"message\":oops}]}", "8" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (answers[i].answer, strlen (answers[i].answer));
      HandoverInboundBatch *batch = handover_telegram_updates_skip (bytes);

      g_assert_cmpstr (batch != NULL ? batch->cursor : NULL, ==, answers[i].cursor);
      g_clear_pointer (&batch, handover_inbound_batch_free);
    }
}

static void
test_odd_texts (void)
{
  assert_text ("\"text\":\"a\\ud83db\\udc00c\\u0000d\\u0007\"", "a\357\277\275b\357\277\275c\357\277\275d");
  assert_text ("\"text\":\"\\ud83d\\ude00 \\\\ud83d \\/\"", "😀 \\ud83d /");
  assert_text ("\"text\":\"\xff\"", "\357\277\275");
}

static void
test_much_text (void)
{
  g_autofree char *many = g_strnfill (20000, 'x');
  g_autofree char *content = g_strdup_printf ("\"text\":\"%s\"", many);
  g_autoptr (HandoverInboundEvent) event = read_content (content);

  g_assert_cmpuint (strlen (event->text), ==, 16 * 1024);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/telegram/update/text", test_text);
  g_test_add_func ("/telegram/update/large-ids", test_large_ids);
  g_test_add_func ("/telegram/update/media", test_media);
  g_test_add_func ("/telegram/update/file-facts", test_file_facts);
  g_test_add_func ("/telegram/update/album", test_album);
  g_test_add_func ("/telegram/update/words-for-the-rest", test_words_for_the_rest);
  g_test_add_func ("/telegram/update/nothing-for-us", test_nothing_for_us);
  g_test_add_func ("/telegram/update/edit", test_edit);
  g_test_add_func ("/telegram/update/group", test_group);
  g_test_add_func ("/telegram/update/migration", test_migration);
  g_test_add_func ("/telegram/update/press", test_press);
  g_test_add_func ("/telegram/update/blocked", test_blocked);
  g_test_add_func ("/telegram/update/cursor", test_cursor);
  g_test_add_func ("/telegram/update/no-cursor", test_no_cursor);
  g_test_add_func ("/telegram/update/skip", test_skip);
  g_test_add_func ("/telegram/update/odd-texts", test_odd_texts);
  g_test_add_func ("/telegram/update/much-text", test_much_text);

  return g_test_run ();
}
