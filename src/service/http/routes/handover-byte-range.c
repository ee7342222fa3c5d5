/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/http/routes/handover-byte-range.h"

#include <string.h>

#define UNIT "bytes="

static gboolean
read_number (const char *text,
             gsize       length,
             gint64     *number)
{
  g_autofree char *copy = g_strndup (text, length);
  guint64 value;

  if (!g_ascii_string_to_unsigned (copy, 10, 0, G_MAXINT64 / 2, &value, NULL))
    return FALSE;

  *number = value;
  return TRUE;
}

/**
 * handover_byte_range_read:
 * @header: (nullable): a `Range` header
 * @size: how many bytes there are, at least one
 * @offset: (out): where the part begins that is asked for
 * @length: (out): how many bytes it has
 *
 * Reads which part of a file is asked for. What is not one range, or lies behind the end, is as good as no header: the
 * answer is the whole file then.
 *
 * Returns: whether a part is asked for; else @offset and @length are not touched
 */
gboolean
handover_byte_range_read (const char *header,
                          gint64      size,
                          gint64     *offset,
                          gint64     *length)
{
  const char *range;
  const char *dash;
  gint64 first;
  gint64 last = size - 1;

  if (header == NULL || !g_str_has_prefix (header, UNIT))
    return FALSE;

  range = header + strlen (UNIT);
  dash = strchr (range, '-');
  if (dash == NULL || (dash[1] != '\0' && !read_number (dash + 1, strlen (dash + 1), &last)))
    return FALSE;

  if (dash == range)
    {
      if (dash[1] == '\0' || last == 0)
        return FALSE;
      first = MAX (size - last, 0);
      last = size - 1;
    }
  else if (!read_number (range, dash - range, &first))
    {
      return FALSE;
    }
  if (first >= size || last < first)
    return FALSE;

  *offset = first;
  *length = MIN (last, size - 1) - first + 1;
  return TRUE;
}
