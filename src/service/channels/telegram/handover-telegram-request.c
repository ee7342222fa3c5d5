/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/channels/telegram/handover-telegram-request.h"

#include <string.h>

#include <json-glib/json-glib.h>

#include "service/channels/handover-channel-error.h"

#define PHOTO_BYTES (10 * 1024 * 1024)
#define PHOTO_SIDES 10000
#define PHOTO_RATIO 20
#define LONGEST_NAME 120

typedef struct
{
  const char *type;
  const char *method;
  const char *field;
} Media;

/* What the platform shows or plays; everything else is a document. */
static const Media media_kinds[] = {
  { "image/jpeg", "sendPhoto", "photo" },
  { "image/png", "sendPhoto", "photo" },
  { "video/mp4", "sendVideo", "video" },
  { "audio/mpeg", "sendAudio", "audio" },
  { "audio/mp4", "sendAudio", "audio" },
  { "audio/ogg", "sendVoice", "voice" },
};

static const Media document = { NULL, "sendDocument", "document" };

static HandoverTelegramRequest *
request_new (const char *method,
             const char *type)
{
  HandoverTelegramRequest *self = g_new0 (HandoverTelegramRequest, 1);

  self->method = method;
  self->type = g_strdup (type);
  self->pieces = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  return self;
}

static void
add_text (HandoverTelegramRequest *self,
          char                    *text)
{
  g_ptr_array_add (self->pieces, g_bytes_new_take (text, strlen (text)));
}

static HandoverTelegramRequest *
request_from_json (const char  *method,
                   JsonBuilder *builder)
{
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  HandoverTelegramRequest *self = request_new (method, "application/json");

  add_text (self, json_to_string (root, FALSE));
  return self;
}

static void
add_members (JsonBuilder *builder,
             const char  *format,
             va_list      arguments)
{
  for (const char *kind = format; *kind != '\0'; kind++)
    {
      json_builder_set_member_name (builder, va_arg (arguments, const char *));
      if (*kind == 's')
        json_builder_add_string_value (builder, va_arg (arguments, const char *));
      else if (*kind == 'i')
        json_builder_add_int_value (builder, va_arg (arguments, gint64));
      else if (*kind == 'j')
        json_builder_add_value (builder, va_arg (arguments, JsonNode *));
      else
        g_assert_not_reached ();
    }
}

/**
 * handover_telegram_request_new:
 * @method: (transfer none): a method, by a name that stays
 * @format: a letter for each parameter: `s` text, `i` #gint64, `j` (transfer full) #JsonNode
 * @...: a name and a value for each
 *
 * Makes a call.
 *
 * Returns: (transfer full): the call
 */
HandoverTelegramRequest *
handover_telegram_request_new (const char *method,
                               const char *format,
                               ...)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  va_list arguments;

  json_builder_begin_object (builder);
  va_start (arguments, format);
  add_members (builder, format, arguments);
  va_end (arguments);
  json_builder_end_object (builder);
  return request_from_json (method, builder);
}

static gboolean
fits_as_photo (const HandoverOutboundFile *file)
{
  guint longer = MAX (file->width, file->height);
  guint shorter = MIN (file->width, file->height);

  return g_bytes_get_size (file->bytes) <= PHOTO_BYTES && shorter > 0 && longer < PHOTO_SIDES &&
         longer + shorter <= PHOTO_SIDES && longer / shorter < PHOTO_RATIO;
}

static const Media *
find_media (const HandoverOutboundFile *file)
{
  for (guint i = 0; i < G_N_ELEMENTS (media_kinds); i++)
    {
      const Media *media = &media_kinds[i];

      if (g_strcmp0 (file->type, media->type) != 0)
        continue;
      return g_str_equal (media->field, "photo") && !fits_as_photo (file) ? &document : media;
    }

  return &document;
}

/* A name stands between quotes in the form, where not every reader knows how to undo what is escaped. */
static char *
tame_name (const char *name)
{
  g_autoptr (GString) tame = g_string_new (NULL);

  for (const char *c = name; c != NULL && *c != '\0' && tame->len < LONGEST_NAME; c = g_utf8_next_char (c))
    {
      gunichar character = g_utf8_get_char (c);

      if (character < 0x20 || character == 0x7f || strchr ("\"\\/%", (int) MIN (character, 0x7f)) != NULL)
        g_string_append_c (tame, '_');
      else
        g_string_append_unichar (tame, character);
    }

  return g_string_free (g_steal_pointer (&tame), FALSE);
}

/* It stands nowhere in what it parts: a random one of 128 bits is never guessed. */
static char *
make_boundary (void)
{
  g_autofree char *uuid = g_uuid_string_random ();

  return g_strconcat ("handover-", uuid, NULL);
}

static void
add_field (GString    *form,
           const char *boundary,
           const char *name,
           const char *value)
{
  g_string_append_printf (form, "--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n", boundary, name, value);
}

static char *
write_reply (gint64 message_id)
{
  return g_strdup_printf ("{\"message_id\":%" G_GINT64_FORMAT ",\"allow_sending_without_reply\":true}", message_id);
}

static HandoverTelegramRequest *
request_for_file (const HandoverOutboundPart *part,
                  gint64                      reply_to)
{
  const Media *media = find_media (part->file);
  g_autofree char *boundary = make_boundary ();
  g_autofree char *name = tame_name (part->file->name);
  g_autofree char *type = g_strconcat ("multipart/form-data; boundary=", boundary, NULL);
  g_autofree char *reply = write_reply (reply_to);
  HandoverTelegramRequest *self = request_new (media->method, type);
  g_autoptr (GString) form = g_string_new (NULL);

  add_field (form, boundary, "chat_id", part->contact);
  if (part->text != NULL && *part->text != '\0')
    add_field (form, boundary, "caption", part->text);
  if (reply_to > 0)
    add_field (form, boundary, "reply_parameters", reply);
  g_string_append_printf (form,
                          "--%s\r\nContent-Disposition: form-data; name=\"%s\"; filename=\"%s\"\r\nContent-Type: %s\r\n\r\n",
                          boundary, media->field, *name != '\0' ? name : "file",
                          part->file->type != NULL ? part->file->type : "application/octet-stream");

  add_text (self, g_string_free (g_steal_pointer (&form), FALSE));
  g_ptr_array_add (self->pieces, g_bytes_ref (part->file->bytes));
  add_text (self, g_strdup_printf ("\r\n--%s--\r\n", boundary));
  return self;
}

static HandoverTelegramRequest *
request_for_text (const HandoverOutboundPart *part,
                  gint64                      contact,
                  gint64                      reply_to)
{
  g_autofree char *reply = write_reply (reply_to);

  if (reply_to <= 0)
    return handover_telegram_request_new ("sendMessage", "is", "chat_id", contact, "text", part->text);
  return handover_telegram_request_new ("sendMessage", "isj", "chat_id", contact, "text", part->text,
                                        "reply_parameters", json_from_string (reply, NULL));
}

/**
 * handover_telegram_request_for_part:
 * @part: what is to be sent
 * @error: return location
 *
 * Makes the call that takes a part to its customer. The text is sent as it is, never marked up.
 *
 * Returns: (transfer full) (nullable): the call; %NULL for a part that no call can take
 */
HandoverTelegramRequest *
handover_telegram_request_for_part (const HandoverOutboundPart  *part,
                                    GError                     **error)
{
  gint64 contact;
  gint64 reply_to = 0;

  if (!g_ascii_string_to_signed (part->contact, 10, G_MININT64 + 1, G_MAXINT64, &contact, NULL) || contact == 0)
    {
      g_set_error_literal (error, HANDOVER_CHANNEL_ERROR, HANDOVER_CHANNEL_ERROR_GONE, "This is no chat of Telegram's.");
      return NULL;
    }

  if (part->reply_to != NULL)
    g_ascii_string_to_signed (part->reply_to, 10, 1, G_MAXINT64, &reply_to, NULL);
  return part->file != NULL ? request_for_file (part, reply_to) : request_for_text (part, contact, reply_to);
}

/**
 * handover_telegram_request_get_size:
 * @self: a call
 *
 * Returns: how many bytes its body has
 */
gsize
handover_telegram_request_get_size (const HandoverTelegramRequest *self)
{
  gsize size = 0;

  for (guint i = 0; i < self->pieces->len; i++)
    size += g_bytes_get_size (g_ptr_array_index (self->pieces, i));
  return size;
}

/**
 * handover_telegram_request_open:
 * @self: a call
 *
 * Opens its body for reading, one piece after the other.
 *
 * Returns: (transfer full): a stream
 */
GInputStream *
handover_telegram_request_open (const HandoverTelegramRequest *self)
{
  GInputStream *stream = g_memory_input_stream_new ();

  for (guint i = 0; i < self->pieces->len; i++)
    g_memory_input_stream_add_bytes (G_MEMORY_INPUT_STREAM (stream), g_ptr_array_index (self->pieces, i));
  return stream;
}

/**
 * handover_telegram_request_free:
 * @self: (transfer full): a call
 *
 * Frees it.
 */
void
handover_telegram_request_free (HandoverTelegramRequest *self)
{
  g_free (self->type);
  g_ptr_array_unref (self->pieces);
  g_free (self);
}
