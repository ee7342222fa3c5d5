/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/channels/telegram/handover-telegram-content.h"

#include "core/handover-json.h"
#include "service/channels/telegram/handover-telegram-json.h"

/* Most of a platform's service messages; each tells of the chat, and nothing that a customer says. */
static const char * const service_members[] = {
  "new_chat_", "left_chat_", "delete_chat_", "group_chat_", "supergroup_chat_", "channel_chat_", "message_auto_delete_",
  "pinned_message", "forum_topic_", "general_forum_", "video_chat_", "boost_added", "chat_background_", "write_access_",
  "connected_website", "proximity_alert_", "giveaway_created", "giveaway_completed", "migrate_",
};

/* What a message has besides its content. */
static const char * const envelope_members[] = {
  "from", "chat", "sender_chat", "sender_business_bot", "via_bot", "forward_origin", "reply_to_message",
  "external_reply", "quote", "reply_to_story", "entities", "caption_entities", "link_preview_options", "reply_markup",
  "direct_messages_topic", "suggested_post_info",
};

typedef struct
{
  const char *member;
  const char *label;
  const char *type;
} Media;

/* An animation comes as a document too, so it is looked for first. */
static const Media media_kinds[] = {
  { "animation", "Animation", "video/mp4" },
  { "video_note", "Video message", "video/mp4" },
  { "video", "Video", "video/mp4" },
  { "voice", "Voice message", "audio/ogg" },
  { "audio", "Audio", NULL },
  { "document", "File", NULL },
};

/**
 * handover_telegram_content_clean:
 * @text: (nullable): a text of a stranger's
 * @limit: the most bytes that it may have
 *
 * Leaves out control characters, and what is too much.
 *
 * Returns: (transfer full) (nullable): the text; %NULL where nothing is left
 */
char *
handover_telegram_content_clean (const char *text,
                                 gsize       limit)
{
  g_autoptr (GString) clean = g_string_new (NULL);

  for (const char *c = text; c != NULL && *c != '\0'; c = g_utf8_next_char (c))
    {
      gsize length = (gsize) (g_utf8_next_char (c) - c);

      if (((guchar) *c < 0x20 && *c != '\n' && *c != '\t') || *c == 0x7f)
        continue;
      if (clean->len + length > limit)
        break;
      g_string_append_len (clean, c, (gssize) length);
    }

  return clean->len > 0 ? g_string_free (g_steal_pointer (&clean), FALSE) : NULL;
}

static void
say (HandoverInboundEvent *event,
     const char           *text)
{
  g_free (event->text);
  event->text = handover_telegram_content_clean (text, HANDOVER_LIMIT_TEXT);
}

static char *
label_with_duration (const char *label,
                     JsonObject *file)
{
  gint64 seconds = 0;

  if (!handover_telegram_json_integer (file, "duration", &seconds) || seconds <= 0 || seconds > G_MAXINT32)
    return g_strdup (label);
  if (seconds >= 3600)
    return g_strdup_printf ("%s (%d:%02d:%02d)", label, (int) (seconds / 3600), (int) (seconds / 60 % 60),
                            (int) (seconds % 60));
  return g_strdup_printf ("%s (%d:%02d)", label, (int) (seconds / 60), (int) (seconds % 60));
}

static HandoverInboundMedia *
read_file (JsonObject *file,
           const char *label,
           const char *type)
{
  g_autofree char *id = handover_telegram_content_clean (handover_telegram_json_text (file, "file_id"), 1000);
  const char *given = handover_telegram_json_text (file, "mime_type");
  HandoverInboundMedia *media;

  if (id == NULL)
    return NULL;

  media = handover_inbound_media_new (id, label);
  media->name = handover_telegram_content_clean (handover_telegram_json_text (file, "file_name"), HANDOVER_LIMIT_NAME);
  media->type = handover_telegram_content_clean (given != NULL ? given : type, HANDOVER_LIMIT_NAME);
  handover_telegram_json_integer (file, "file_size", &media->size);
  media->size = MAX (media->size, 0);
  return media;
}

/* The sizes come in no promised order. */
static JsonObject *
find_largest (JsonArray *sizes)
{
  JsonObject *largest = NULL;
  double most = -1;

  for (guint i = 0; i < json_array_get_length (sizes); i++)
    {
      JsonNode *node = json_array_get_element (sizes, i);
      JsonObject *size = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      double width = 0;
      double height = 0;

      handover_telegram_json_number (size, "width", &width);
      handover_telegram_json_number (size, "height", &height);
      if (size != NULL && width * height > most)
        {
          most = width * height;
          largest = size;
        }
    }

  return largest;
}

static HandoverInboundMedia *
read_photo (JsonArray *sizes)
{
  return read_file (find_largest (sizes), "Photo", "image/jpeg");
}

/* Pictures that move come in formats that nobody else reads: their emoji says what they say. */
static gboolean
read_sticker (JsonObject           *sticker,
              HandoverInboundEvent *event)
{
  const char *emoji = handover_telegram_json_text (sticker, "emoji");
  g_autofree char *label = g_strdup_printf ("Sticker%s%s", emoji != NULL ? " " : "", emoji != NULL ? emoji : "");
  g_autofree char *clean = handover_telegram_content_clean (label, HANDOVER_LIMIT_NAME);
  HandoverInboundMedia *media = NULL;

  if (!handover_telegram_json_boolean (sticker, "is_animated") && !handover_telegram_json_boolean (sticker, "is_video"))
    media = read_file (sticker, clean, "image/webp");
  if (media != NULL)
    handover_inbound_event_add_media (event, media);
  else
    say (event, clean);

  return TRUE;
}

static gboolean
read_media (JsonObject           *message,
            HandoverInboundEvent *event)
{
  JsonArray *photo = handover_telegram_json_array (message, "photo");
  JsonObject *sticker = handover_telegram_json_object (message, "sticker");
  HandoverInboundMedia *media = NULL;

  if (sticker != NULL)
    return read_sticker (sticker, event);
  if (photo != NULL)
    media = read_photo (photo);

  for (guint i = 0; media == NULL && i < G_N_ELEMENTS (media_kinds); i++)
    {
      JsonObject *file = handover_telegram_json_object (message, media_kinds[i].member);
      g_autofree char *label = label_with_duration (media_kinds[i].label, file);

      media = read_file (file, label, media_kinds[i].type);
    }

  if (media == NULL)
    return FALSE;

  handover_inbound_event_add_media (event, media);
  say (event, handover_telegram_json_text (message, "caption"));
  return TRUE;
}

static gboolean
read_place (JsonObject           *message,
            HandoverInboundEvent *event)
{
  JsonObject *venue = handover_telegram_json_object (message, "venue");
  JsonObject *location = handover_telegram_json_object (venue != NULL ? venue : message, "location");
  g_autoptr (GString) text = g_string_new (NULL);
  char latitude_text[G_ASCII_DTOSTR_BUF_SIZE];
  char longitude_text[G_ASCII_DTOSTR_BUF_SIZE];
  double latitude;
  double longitude;

  if (!handover_telegram_json_number (location, "latitude", &latitude) ||
      !handover_telegram_json_number (location, "longitude", &longitude))
    return FALSE;

  g_ascii_formatd (latitude_text, sizeof latitude_text, "%.6f", CLAMP (latitude, -90, 90));
  g_ascii_formatd (longitude_text, sizeof longitude_text, "%.6f", CLAMP (longitude, -180, 180));
  for (guint i = 0; i < 2; i++)
    {
      const char *line = handover_telegram_json_text (venue, i == 0 ? "title" : "address");

      if (line != NULL)
        g_string_append_printf (text, "%s\n", line);
    }
  g_string_append_printf (text, "Location: %s, %s\nhttps://www.openstreetmap.org/?mlat=%s&mlon=%s", latitude_text,
                          longitude_text, latitude_text, longitude_text);
  say (event, text->str);
  return TRUE;
}

static gboolean
read_contact (JsonObject           *message,
              HandoverInboundEvent *event)
{
  JsonObject *contact = handover_telegram_json_object (message, "contact");
  const char *first = handover_telegram_json_text (contact, "first_name");
  const char *last = handover_telegram_json_text (contact, "last_name");
  const char *phone = handover_telegram_json_text (contact, "phone_number");
  g_autofree char *text = NULL;

  if (contact == NULL || (first == NULL && phone == NULL))
    return FALSE;

  text = g_strdup_printf ("Contact: %s%s%s%s%s", first != NULL ? first : "", last != NULL ? " " : "",
                          last != NULL ? last : "", phone != NULL ? ", " : "", phone != NULL ? phone : "");
  say (event, text);
  return TRUE;
}

static gboolean
read_game (JsonObject           *message,
           HandoverInboundEvent *event)
{
  JsonObject *dice = handover_telegram_json_object (message, "dice");
  JsonObject *poll = handover_telegram_json_object (message, "poll");
  JsonArray *options = handover_telegram_json_array (poll, "options");
  const char *emoji = handover_telegram_json_text (dice, "emoji");
  const char *question = handover_telegram_json_text (poll, "question");
  g_autoptr (GString) text = g_string_new (NULL);
  gint64 value = 0;

  if (dice != NULL && handover_telegram_json_integer (dice, "value", &value))
    g_string_append_printf (text, "%s %" G_GINT64_FORMAT, emoji != NULL ? emoji : "Dice", value);
  else if (question != NULL)
    g_string_append_printf (text, "Poll: %s", question);
  else
    return FALSE;

  for (guint i = 0; options != NULL && i < json_array_get_length (options); i++)
    {
      JsonNode *option = json_array_get_element (options, i);
      const char *line = JSON_NODE_HOLDS_OBJECT (option)
                         ? handover_telegram_json_text (json_node_get_object (option), "text") : NULL;

      if (line != NULL)
        g_string_append_printf (text, "\n• %s", line);
    }

  say (event, text->str);
  return TRUE;
}

static gboolean
is_service_member (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (service_members); i++)
    if (g_str_has_prefix (name, service_members[i]))
      return TRUE;

  return FALSE;
}

static gboolean
is_envelope_member (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (envelope_members); i++)
    if (g_str_equal (name, envelope_members[i]))
      return TRUE;

  return FALSE;
}

/* What is newer than this program is named as the platform names it. */
static gboolean
read_unknown (JsonObject           *message,
              HandoverInboundEvent *event)
{
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;
  JsonObjectIter iterator;
  const char *member;
  JsonNode *node;

  json_object_iter_init_ordered (&iterator, message);
  while (json_object_iter_next_ordered (&iterator, &member, &node))
    {
      if (is_service_member (member))
        return FALSE;
      if (name == NULL && !JSON_NODE_HOLDS_VALUE (node) && !JSON_NODE_HOLDS_NULL (node) && !is_envelope_member (member))
        name = g_strdelimit (g_strdup (member), "_", ' ');
    }

  text = g_strdup_printf ("The customer sent something that cannot be shown here%s%s.", name != NULL ? ": " : "",
                          name != NULL ? name : "");
  say (event, text);
  return TRUE;
}

/**
 * handover_telegram_content_read:
 * @message: a message of the platform's
 * @event: an event to add to
 *
 * Puts what a message says, and what was sent with it, into an event.
 *
 * Returns: %FALSE for what tells of the chat alone
 */
gboolean
handover_telegram_content_read (JsonObject           *message,
                                HandoverInboundEvent *event)
{
  const char *text = handover_telegram_json_text (message, "text");

  if (text != NULL)
    say (event, text);

  return event->text != NULL || read_media (message, event) || read_place (message, event) ||
         read_contact (message, event) || read_game (message, event) || read_unknown (message, event);
}
