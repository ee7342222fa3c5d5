/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "core/handover-file-name.h"

#include <string.h>

#include "core/handover-attachment.h"

#define FALLBACK "file"

/* How long the end of a name may be that is kept when the name is cut. */
#define ENDING_LIMIT 20

#define ZERO_WIDTH_NON_JOINER 0x200c
#define ZERO_WIDTH_JOINER 0x200d

/* Invisible letters can turn a name around, so that its end is read in its middle. Two of them are needed to write
 * some languages, and turn nothing. */
static gboolean
is_kept (gunichar letter)
{
  switch (g_unichar_type (letter))
    {
    case G_UNICODE_CONTROL:
    case G_UNICODE_SURROGATE:
    case G_UNICODE_UNASSIGNED:
    case G_UNICODE_PRIVATE_USE:
      return FALSE;
    case G_UNICODE_FORMAT:
      return letter == ZERO_WIDTH_NON_JOINER || letter == ZERO_WIDTH_JOINER;
    default:
      return TRUE;
    }
}

static const char *
skip_folders (const char *name)
{
  const char *last = name;

  for (const char *at = name; *at != '\0'; at++)
    if (*at == '/' || *at == '\\')
      last = at + 1;

  return last;
}

/* A name that begins with a dot is hidden, and one that ends with a dot or a space loses it on some systems. */
static void
trim (GString *name)
{
  gsize leading = strspn (name->str, ". ");

  g_string_erase (name, 0, leading);
  while (name->len > 0 && strchr (". ", name->str[name->len - 1]) != NULL)
    g_string_truncate (name, name->len - 1);
}

static void
shorten (GString *name)
{
  const char *dot = strrchr (name->str, '.');
  g_autofree char *ending = NULL;
  gsize room;

  if (name->len <= HANDOVER_LIMIT_FILE_NAME)
    return;

  ending = g_strdup (dot != NULL && strlen (dot) <= ENDING_LIMIT ? dot : "");
  room = HANDOVER_LIMIT_FILE_NAME - strlen (ending);
  while (room > 0 && (name->str[room] & 0xc0) == 0x80)
    room--;
  g_string_truncate (name, room);
  g_string_append (name, ending);
}

/**
 * handover_file_name_clean:
 * @name: (nullable): what somebody calls a file
 *
 * Makes a name that can be shown and used for a file without harm: no folders, nothing invisible, not hidden, not too
 * long, never empty.
 *
 * Returns: (transfer full): the name, at most %HANDOVER_LIMIT_FILE_NAME bytes
 */
char *
handover_file_name_clean (const char *name)
{
  g_autofree char *valid = g_utf8_make_valid (name != NULL ? name : "", -1);
  GString *clean = g_string_new (NULL);

  for (const char *at = skip_folders (valid); *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar letter = g_utf8_get_char (at);

      if (g_unichar_isspace (letter))
        g_string_append_c (clean, ' ');
      else if (is_kept (letter))
        g_string_append_unichar (clean, letter);
    }

  shorten (clean);
  trim (clean);
  if (clean->len == 0)
    g_string_append (clean, FALLBACK);

  return g_string_free (clean, FALSE);
}

/**
 * handover_file_name_to_disposition:
 * @name: a name that was made clean
 *
 * Writes the `Content-Disposition` under which a file is sent: to be saved, never to be opened in place. The name stands
 * in it twice, for those who read UTF-8 and for those who do not.
 *
 * Returns: (transfer full): the header's value, ASCII alone
 */
char *
handover_file_name_to_disposition (const char *name)
{
  g_autofree char *escaped = g_uri_escape_string (name, NULL, FALSE);
  g_autofree char *plain = g_strdup (name);

  for (char *at = plain; *at != '\0'; at++)
    if (!g_ascii_isprint (*at) || strchr ("\"\\%", *at) != NULL)
      *at = '_';

  return g_strdup_printf ("attachment; filename=\"%s\"; filename*=UTF-8''%s", plain, escaped);
}
