/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/store/handover-store-cursor.h"

#include "core/handover-problem.h"

/**
 * handover_store_cursor_format:
 * @value: the last item's place in the list's order
 * @id: its id, which settles ties
 *
 * Writes the cursor that a caller passes back to go on after an item.
 *
 * Returns: (transfer full): the cursor, opaque to the caller
 */
char *
handover_store_cursor_format (gint64      value,
                              const char *id)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT ".%s", value, id);
}

/**
 * handover_store_cursor_parse:
 * @cursor: what a caller passed
 * @value: (out): the place in the list's order
 * @id: (out) (transfer full): the id at that place
 * @error: return location for a #HANDOVER_PROBLEM error
 *
 * Reads a cursor back.
 *
 * Returns: whether it is one of ours
 */
gboolean
handover_store_cursor_parse (const char  *cursor,
                             gint64      *value,
                             char       **id,
                             GError     **error)
{
  const char *dot = strchr (cursor, '.');
  g_autofree char *number = NULL;

  if (dot != NULL)
    number = g_strndup (cursor, dot - cursor);
  if (number == NULL || !g_ascii_string_to_signed (number, 10, G_MININT64, G_MAXINT64, value, NULL))
    {
      g_set_error_literal (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_INVALID_REQUEST,
                           "The cursor is not one that this service gave; leave it out to start at the first item.");
      return FALSE;
    }

  *id = g_strdup (dot + 1);
  return TRUE;
}
