/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "core/handover-member.h"

#include <string.h>

#include "core/handover-time.h"

/* What a word that this version does not know is written as where there must be one, to be read as unknown again. */
#define UNKNOWN_WORD "unknown"

#define FIELD(Type, self, member) G_STRUCT_MEMBER (Type, self, (member)->offset)

static void
write_escaped (GString *text,
               guchar   character)
{
  switch (character)
    {
    case '"':
      g_string_append (text, "\\\"");
      break;
    case '\\':
      g_string_append (text, "\\\\");
      break;
    case '\n':
      g_string_append (text, "\\n");
      break;
    default:
      g_string_append_printf (text, "\\u%04x", character);
    }
}

/* Eight letters at a time: in a page of messages there is little else. */
static gboolean
is_plain (const char *letters)
{
  const guint64 ones = G_GUINT64_CONSTANT (0x0101010101010101);
  const guint64 highs = ones << 7;
  guint64 word, quote, backslash, delete;

  memcpy (&word, letters, sizeof word);
  quote = word ^ ones * '"';
  backslash = word ^ ones * '\\';
  delete = word ^ ones * 0x7f;

  /* A byte that is too small borrows, and nothing borrows before it: the highest bits are exact as a whole. */
  return ((((word - ones * 0x20) & ~word) | ((quote - ones) & ~quote) | ((backslash - ones) & ~backslash) |
           ((delete - ones) & ~delete)) & highs) == 0;
}

static void
write_string (GString    *text,
              const char *value)
{
  const char *start = value;
  const char *end = value + strlen (value);

  g_string_append_c (text, '"');
  while (value < end)
    {
      guchar character = *value;

      if (end - value >= 8 && is_plain (value))
        value += 8;
      else if (character >= 0x20 && character != '"' && character != '\\' && character != 0x7f)
        value++;
      else
        {
          g_string_append_len (text, start, value - start);
          write_escaped (text, character);
          start = ++value;
        }
    }
  g_string_append_len (text, start, end - start);
  g_string_append_c (text, '"');
}

static void
write_number (GString *text,
              gint64   value)
{
  char digits[24];

  g_string_append_len (text, digits, g_snprintf (digits, sizeof digits, "%" G_GINT64_FORMAT, value));
}

static void
write_fraction (GString *text,
                double   value)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append (text, g_ascii_dtostr (digits, sizeof digits, value));
}

static void
write_time (GString *text,
            gint64   value)
{
  g_autofree char *time = handover_time_format (value);

  write_string (text, time);
}

static void
write_enum (GString *text,
            GType    type,
            int      value)
{
  write_string (text, value != 0 ? handover_enum_to_nick (type, value) : UNKNOWN_WORD);
}

static void
write_strings (GString *text,
               char   **strings)
{
  g_string_append_c (text, '[');
  for (char **item = strings; *item != NULL; item++)
    {
      if (item > strings)
        g_string_append_c (text, ',');
      write_string (text, *item);
    }
  g_string_append_c (text, ']');
}

static void
write_records (GString   *text,
               GPtrArray *records)
{
  g_string_append_c (text, '[');
  for (guint i = 0; records != NULL && i < records->len; i++)
    {
      if (i > 0)
        g_string_append_c (text, ',');
      handover_record_write (g_ptr_array_index (records, i), text);
    }
  g_string_append_c (text, ']');
}

static void
write_json (GString  *text,
            JsonNode *node)
{
  g_autofree char *written = NULL;

  /* Most are empty. */
  if (JSON_NODE_HOLDS_ARRAY (node) && json_array_get_length (json_node_get_array (node)) == 0)
    {
      g_string_append (text, "[]");
      return;
    }

  written = json_to_string (node, FALSE);
  g_string_append (text, written);
}

/*< private >
 * handover_member_is_present:
 * @self: a record
 * @member: one of its members
 *
 * Says whether a member has anything to write.
 *
 * Returns: whether it has
 */
gboolean
handover_member_is_present (HandoverRecord       *self,
                            const HandoverMember *member)
{
  switch (member->kind)
    {
    case HANDOVER_MEMBER_STRING:
    case HANDOVER_MEMBER_STRINGS:
    case HANDOVER_MEMBER_RECORD:
    case HANDOVER_MEMBER_JSON:
      return FIELD (gpointer, self, member) != NULL;
    case HANDOVER_MEMBER_RECORDS:
      return (FIELD (GPtrArray *, self, member) != NULL && FIELD (GPtrArray *, self, member)->len > 0) ||
             (member->flags & HANDOVER_MEMBER_REQUIRED) != 0;
    case HANDOVER_MEMBER_INTEGER:
    case HANDOVER_MEMBER_TIME:
      return FIELD (gint64, self, member) != 0 || (member->flags & HANDOVER_MEMBER_REQUIRED) != 0;
    case HANDOVER_MEMBER_ENUM:
      return FIELD (int, self, member) != 0 || (member->flags & HANDOVER_MEMBER_REQUIRED) != 0;
    case HANDOVER_MEMBER_FRACTION:
      return FIELD (double, self, member) >= 0;
    case HANDOVER_MEMBER_BOOLEAN:
    default:
      return TRUE;
    }
}

/*< private >
 * handover_member_write:
 * @self: a record
 * @member: one of its members, which is present
 * @text: where to write
 *
 * Adds the value of a member to a text, as JSON.
 */
void
handover_member_write (HandoverRecord       *self,
                       const HandoverMember *member,
                       GString              *text)
{
  switch (member->kind)
    {
    case HANDOVER_MEMBER_STRING:
      write_string (text, FIELD (char *, self, member));
      break;
    case HANDOVER_MEMBER_INTEGER:
      write_number (text, FIELD (gint64, self, member));
      break;
    case HANDOVER_MEMBER_BOOLEAN:
      g_string_append (text, FIELD (gboolean, self, member) ? "true" : "false");
      break;
    case HANDOVER_MEMBER_FRACTION:
      write_fraction (text, FIELD (double, self, member));
      break;
    case HANDOVER_MEMBER_TIME:
      write_time (text, FIELD (gint64, self, member));
      break;
    case HANDOVER_MEMBER_ENUM:
      write_enum (text, member->get_type (), FIELD (int, self, member));
      break;
    case HANDOVER_MEMBER_RECORD:
      handover_record_write (FIELD (HandoverRecord *, self, member), text);
      break;
    case HANDOVER_MEMBER_RECORDS:
      write_records (text, FIELD (GPtrArray *, self, member));
      break;
    case HANDOVER_MEMBER_STRINGS:
      write_strings (text, FIELD (char **, self, member));
      break;
    case HANDOVER_MEMBER_JSON:
      write_json (text, FIELD (JsonNode *, self, member));
      break;
    default:
      g_assert_not_reached ();
    }
}
