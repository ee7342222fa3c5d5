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

  g_return_val_if_fail (gmtime_r (&seconds, &date) != NULL && date.tm_year < 10000 - 1900, NULL);

  /* Many are written, and GDateTime takes five times as long. */
  return g_strdup_printf ("%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", date.tm_year + 1900, date.tm_mon + 1, date.tm_mday,
                          date.tm_hour, date.tm_min, date.tm_sec, (int) milliseconds);
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
