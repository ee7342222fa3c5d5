/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/channels/telegram/handover-telegram-json.h"

#include <string.h>

#include "core/handover-json.h"

/* What a platform says is taken as it is meant: a member of another type is as good as none. */

static JsonNode *
find (JsonObject *object,
      const char *member,
      GType       type)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type ? node : NULL;
}

/**
 * handover_telegram_json_text:
 * @object: (nullable): an object
 * @member: a member's name
 *
 * Reads a text.
 *
 * Returns: (transfer none) (nullable): the text; %NULL where there is none, or an empty one
 */
const char *
handover_telegram_json_text (JsonObject *object,
                             const char *member)
{
  JsonNode *node = find (object, member, G_TYPE_STRING);
  const char *text = node != NULL ? json_node_get_string (node) : NULL;

  return text != NULL && *text != '\0' ? text : NULL;
}

/**
 * handover_telegram_json_object:
 * @object: (nullable): an object
 * @member: a member's name
 *
 * Reads an object.
 *
 * Returns: (transfer none) (nullable): the object; %NULL where there is none
 */
JsonObject *
handover_telegram_json_object (JsonObject *object,
                               const char *member)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/**
 * handover_telegram_json_array:
 * @object: (nullable): an object
 * @member: a member's name
 *
 * Reads a list.
 *
 * Returns: (transfer none) (nullable): the list; %NULL where there is none
 */
JsonArray *
handover_telegram_json_array (JsonObject *object,
                              const char *member)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

/**
 * handover_telegram_json_integer:
 * @object: (nullable): an object
 * @member: a member's name
 * @value: (out): the number, unchanged where there is none
 *
 * Reads a whole number, of all the 64 bits that ids may need.
 *
 * Returns: whether there is one
 */
gboolean
handover_telegram_json_integer (JsonObject *object,
                                const char *member,
                                gint64     *value)
{
  JsonNode *node = find (object, member, G_TYPE_INT64);

  if (node != NULL)
    *value = json_node_get_int (node);
  return node != NULL;
}

/**
 * handover_telegram_json_number:
 * @object: (nullable): an object
 * @member: a member's name
 * @value: (out): the number, unchanged where there is none
 *
 * Reads a number, whole or not.
 *
 * Returns: whether there is one
 */
gboolean
handover_telegram_json_number (JsonObject *object,
                               const char *member,
                               double     *value)
{
  JsonNode *node = find (object, member, G_TYPE_DOUBLE);
  gint64 whole;

  if (node != NULL)
    *value = json_node_get_double (node);
  else if (handover_telegram_json_integer (object, member, &whole))
    *value = (double) whole;
  else
    return FALSE;

  return TRUE;
}

/**
 * handover_telegram_json_boolean:
 * @object: (nullable): an object
 * @member: a member's name
 *
 * Reads whether something is so.
 *
 * Returns: whether it is; %FALSE where nothing is said
 */
gboolean
handover_telegram_json_boolean (JsonObject *object,
                                const char *member)
{
  JsonNode *node = find (object, member, G_TYPE_BOOLEAN);

  return node != NULL && json_node_get_boolean (node);
}

static gboolean
read_unit (const char *escape,
           const char *end,
           guint      *unit)
{
  *unit = 0;
  if (end - escape < 6 || escape[0] != '\\' || escape[1] != 'u')
    return FALSE;

  for (guint i = 2; i < 6; i++)
    {
      if (!g_ascii_isxdigit (escape[i]))
        return FALSE;
      *unit = *unit << 4 | (guint) g_ascii_xdigit_value (escape[i]);
    }

  return TRUE;
}

static gboolean
is_high (guint unit)
{
  return unit >= 0xd800 && unit < 0xdc00;
}

static gboolean
is_low (guint unit)
{
  return unit >= 0xdc00 && unit < 0xe000;
}

/* Half a character, and U+0000, become U+FFFD: one odd message must not keep back all that come after it. */
static void
mend_escapes (char  *text,
              gsize  length)
{
  const char *end = text + length;
  char *escape = memchr (text, '\\', length);

  while (escape != NULL && end - escape >= 2)
    {
      guint unit;
      guint next;
      gsize step = 2;

      if (read_unit (escape, end, &unit))
        {
          step = 6;
          if (is_high (unit) && read_unit (escape + 6, end, &next) && is_low (next))
            step = 12;
          else if (is_high (unit) || is_low (unit) || unit == 0)
            memcpy (escape + 2, "fffd", 4);
        }
      escape = memchr (escape + step, '\\', (gsize) (end - escape) - step);
    }
}

/**
 * handover_telegram_json_parse:
 * @bytes: what came
 * @error: return location
 *
 * Reads JSON of the platform's, mending what is no text in its texts.
 *
 * Returns: (transfer full) (nullable): the value
 */
JsonNode *
handover_telegram_json_parse (GBytes  *bytes,
                              GError **error)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  char *text = g_utf8_make_valid (data != NULL ? data : "", (gssize) length);
  g_autoptr (GBytes) mended = NULL;

  length = strlen (text);
  mend_escapes (text, length);
  mended = g_bytes_new_take (text, length);
  return handover_json_parse (mended, error);
}
