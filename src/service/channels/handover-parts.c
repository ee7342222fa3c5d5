/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/channels/handover-parts.h"

#include <string.h>

/**
 * handover_part_free:
 * @self: (transfer full): a part
 *
 * Frees it.
 */
void
handover_part_free (HandoverPart *self)
{
  g_free (self->text);
  g_clear_object (&self->file);
  g_free (self);
}

static HandoverPart *
make_part (char               *text,
           HandoverAttachment *file)
{
  HandoverPart *part = g_new0 (HandoverPart, 1);

  part->text = text;
  g_set_object (&part->file, file);
  return part;
}

static guint
measure_character (gunichar         character,
                   HandoverTextUnit unit)
{
  switch (unit)
    {
    case HANDOVER_TEXT_UTF16:
      return character > 0xffff ? 2 : 1;
    case HANDOVER_TEXT_BYTES:
      return g_unichar_to_utf8 (character, NULL);
    case HANDOVER_TEXT_CHARACTERS:
    default:
      return 1;
    }
}

/**
 * handover_parts_measure:
 * @text: a text in UTF-8
 * @length: its length in bytes, or -1
 * @unit: what to count
 *
 * Tells how long a platform takes a text to be.
 *
 * Returns: its length
 */
gsize
handover_parts_measure (const char       *text,
                        gssize            length,
                        HandoverTextUnit  unit)
{
  const char *end = length >= 0 ? text + length : text + strlen (text);
  gsize size = 0;

  for (; text < end; text = g_utf8_next_char (text))
    size += measure_character (g_utf8_get_char (text), unit);
  return size;
}

/* What belongs to the character before it: a cut there would leave half of what a person sees as one. */
static gboolean
is_joined (gunichar before,
           gunichar character)
{
  return g_unichar_ismark (character) || character == 0x200d || before == 0x200d ||
         (character >= 0x1f3fb && character <= 0x1f3ff) || (character >= 0xfe00 && character <= 0xfe0f);
}

static const char *
skip_space (const char *text)
{
  while (*text != '\0' && g_unichar_isspace (g_utf8_get_char (text)))
    text = g_utf8_next_char (text);
  return text;
}

/* Where the first part ends: after the last whole word that fits, else between two characters, else anywhere. */
static const char *
find_end (const char       *text,
          guint             limit,
          HandoverTextUnit  unit)
{
  const char *word = NULL;
  const char *character = NULL;
  gunichar before = 0;
  gsize size = 0;

  for (const char *here = text;; here = g_utf8_next_char (here))
    {
      gunichar now = g_utf8_get_char (here);

      if (now == 0)
        return here;
      if (here > text && g_unichar_isspace (now) && !g_unichar_isspace (before))
        word = here;
      if (here > text && !is_joined (before, now))
        character = here;
      size += measure_character (now, unit);
      if (size > limit)
        {
          const char *end = word != NULL ? word : character;

          /* What does not fit by itself is cut where it must be. */
          return end != NULL ? end : here > text ? here : g_utf8_next_char (here);
        }
      before = now;
    }
}

/**
 * handover_parts_split:
 * @text: a text in UTF-8
 * @limit: how long a part may be
 * @unit: what is counted
 *
 * Cuts a text at the ends of words, so that each part fits. What is between two parts is white space.
 *
 * Returns: (transfer full) (element-type utf8): the parts; none of them is empty
 */
GPtrArray *
handover_parts_split (const char       *text,
                      guint             limit,
                      HandoverTextUnit  unit)
{
  GPtrArray *parts = g_ptr_array_new_with_free_func (g_free);

  for (text = skip_space (text); *text != '\0'; text = skip_space (text))
    {
      const char *end = find_end (text, limit, unit);

      g_ptr_array_add (parts, g_strchomp (g_strndup (text, end - text)));
      text = end;
    }

  return parts;
}

static gboolean
check_files (HandoverMessage              *message,
             const HandoverChannelLimits  *limits,
             const char                  **refusal)
{
  *refusal = NULL;
  for (guint i = 0; message->attachments != NULL && i < message->attachments->len; i++)
    {
      HandoverAttachment *file = g_ptr_array_index (message->attachments, i);

      if (limits->sent_file == 0)
        *refusal = "This channel does not take files.";
      else if (file->size > limits->sent_file)
        *refusal = "A file is larger than this channel takes.";
    }
  return *refusal == NULL;
}

/**
 * handover_parts_plan:
 * @message: a message for a customer
 * @limits: what the channel allows
 * @refusal: (out) (transfer none) (nullable): why it cannot be sent at all, in a whole sentence
 *
 * Says in which requests a message goes: always in the same ones, so that what was sent before a restart is not sent
 * again. A text that fits stands beside the first file; a longer one goes before.
 *
 * Returns: (transfer full) (element-type HandoverPart) (nullable): the parts, or %NULL with @refusal set
 */
GPtrArray *
handover_parts_plan (HandoverMessage              *message,
                     const HandoverChannelLimits  *limits,
                     const char                  **refusal)
{
  guint n_files = message->attachments != NULL ? message->attachments->len : 0;
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func ((GDestroyNotify) handover_part_free);
  gboolean beside = n_files > 0 && handover_parts_measure (message->text, -1, limits->unit) <= limits->caption;

  if (!check_files (message, limits, refusal))
    return NULL;

  if (!beside)
    {
      g_autoptr (GPtrArray) texts = handover_parts_split (message->text, limits->text, limits->unit);

      for (guint i = 0; i < texts->len; i++)
        g_ptr_array_add (parts, make_part (g_strdup (texts->pdata[i]), NULL));
    }
  for (guint i = 0; i < n_files; i++)
    g_ptr_array_add (parts, make_part (g_strdup (beside && i == 0 ? message->text : ""), message->attachments->pdata[i]));

  if (parts->len == 0)
    *refusal = "There is nothing in this message.";
  return parts->len > 0 ? g_steal_pointer (&parts) : NULL;
}
