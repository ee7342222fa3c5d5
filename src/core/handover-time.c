/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "core/handover-time.h"

#include <time.h>

/**
 * handover_time_now:
 *
 * Gets the time of day.
 *
 * Returns: milliseconds since 1970 UTC
 */
gint64
handover_time_now (void)
{
  return g_get_real_time () / 1000;
}

/* Every message has a time, and printf() took a tenth of what a page of them takes. */
static void
put_digits (char *text,
            guint count,
            int   value)
{
  for (guint i = count; i > 0; i--)
    {
      text[i - 1] = '0' + value % 10;
      value /= 10;
    }
}

/**
 * handover_time_format:
 * @time: milliseconds since 1970 UTC
 *
 * Writes a time as the interface does: RFC 3339 in UTC with milliseconds.
 *
 * Returns: (transfer full): the text
 */
char *
handover_time_format (gint64 time)
{
  gint64 milliseconds = time % 1000 < 0 ? time % 1000 + 1000 : time % 1000;
  time_t seconds = (time - milliseconds) / 1000;
  struct tm date;
  char *text;

  g_return_val_if_fail (gmtime_r (&seconds, &date) != NULL && date.tm_year > -1900 && date.tm_year < 10000 - 1900, NULL);

  text = g_strdup ("0000-00-00T00:00:00.000Z");
  put_digits (text, 4, date.tm_year + 1900);
  put_digits (text + 5, 2, date.tm_mon + 1);
  put_digits (text + 8, 2, date.tm_mday);
  put_digits (text + 11, 2, date.tm_hour);
  put_digits (text + 14, 2, date.tm_min);
  put_digits (text + 17, 2, date.tm_sec);
  put_digits (text + 20, 3, milliseconds);

  return text;
}

/**
 * handover_time_parse:
 * @text: a time of RFC 3339, in any zone
 * @time: (out): milliseconds since 1970 UTC
 *
 * Reads a time of the interface.
 *
 * Returns: %FALSE if @text is not such a time, or names no zone
 */
gboolean
handover_time_parse (const char *text,
                     gint64     *time)
{
  g_autoptr (GDateTime) date = NULL;
  g_autoptr (GDateTime) utc = NULL;

  if (text == NULL || strlen (text) > 40)
    return FALSE;

  date = g_date_time_new_from_iso8601 (text, NULL);
  if (date == NULL)
    return FALSE;

  /* In the last hours of the year 9999 an offset leads out of what can be written again. */
  utc = g_date_time_to_utc (date);
  if (utc == NULL)
    return FALSE;

  *time = g_date_time_to_unix_usec (date) / 1000;
  return TRUE;
}
