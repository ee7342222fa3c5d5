/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "app/conversation/handover-links.h"

#include <string.h>

/* No control or format character may be part of a link: what is opened must be what is read. */
#define LINK_PATTERN \
  "(?:https?:/{2}|www\\.|mailto:|tel:\\+?[0-9])[^\\s<>\"\\p{C}\\p{Z}]+" \
  "|[\\p{L}\\p{N}._%+-]+@[\\p{L}\\p{N}-]+(?:\\.[\\p{L}\\p{N}-]+)+"

static GRegex *
get_pattern (void)
{
  static GRegex *pattern;

  if (g_once_init_enter_pointer (&pattern))
    g_once_init_leave_pointer (&pattern,
                               g_regex_new (LINK_PATTERN, G_REGEX_CASELESS | G_REGEX_OPTIMIZE, 0, NULL));

  return pattern;
}

/* What ends a sentence or closes a bracket around a link is not part of it. */
static gsize
trim_link (const char *link,
           gsize       length)
{
  while (length > 0)
    {
      char last = link[length - 1];

      if (strchr (".,;:!?'*_~", last) != NULL
          || (last == ')' && memchr (link, '(', length) == NULL)
          || (last == ']' && memchr (link, '[', length) == NULL)
          || (last == '}' && memchr (link, '{', length) == NULL))
        length--;
      else
        break;
    }

  return length;
}

static char *
make_uri (const char *link)
{
  if (g_ascii_strncasecmp (link, "www.", 4) == 0)
    return g_strconcat ("https://", link, NULL);

  if (strchr (link, ':') == NULL)
    return g_strconcat ("mailto:", link, NULL);

  return g_strdup (link);
}

static void
append_plain (GString    *markup,
              const char *text,
              gsize       length)
{
  g_autofree char *part = g_strndup (text, length);
  g_autofree char *escaped = NULL;

  for (char *c = part; *c != '\0'; c++)
    if ((guchar) *c < 0x20 && *c != '\n' && *c != '\t')
      *c = ' ';

  escaped = g_markup_escape_text (part, -1);
  g_string_append (markup, escaped);
}

static void
append_link (GString    *markup,
             const char *text,
             gsize       length)
{
  g_autofree char *link = g_strndup (text, length);
  g_autofree char *uri = make_uri (link);

  if (handover_links_may_open (uri))
    {
      g_autofree char *element = g_markup_printf_escaped ("<a href=\"%s\">%s</a>", uri, link);

      g_string_append (markup, element);
    }
  else
    append_plain (markup, text, length);
}

/**
 * handover_links_to_markup:
 * @text: what somebody wrote
 *
 * Turns text into markup in which nothing is markup but the links we found ourselves.
 *
 * Returns: (transfer full): the markup
 */
char *
handover_links_to_markup (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *markup = g_string_new (NULL);
  g_autoptr (GMatchInfo) match = NULL;
  int done = 0;

  for (g_regex_match (get_pattern (), valid, 0, &match); g_match_info_matches (match); g_match_info_next (match, NULL))
    {
      gsize length;
      int start, end;

      g_match_info_fetch_pos (match, 0, &start, &end);
      length = trim_link (valid + start, end - start);
      append_plain (markup, valid + done, start - done);
      append_link (markup, valid + start, length);
      done = start + length;
    }
  append_plain (markup, valid + done, strlen (valid + done));

  return g_string_free_and_steal (markup);
}

/**
 * handover_links_may_open:
 * @uri: an address
 *
 * Says whether an address from a conversation may be opened: web pages, e-mail and telephone only.
 *
 * Returns: %TRUE if it may
 */
gboolean
handover_links_may_open (const char *uri)
{
  g_autoptr (GUri) parsed = g_uri_parse (uri, G_URI_FLAGS_NON_DNS, NULL);
  const char *scheme = parsed != NULL ? g_uri_get_scheme (parsed) : NULL;

  if (scheme == NULL)
    return FALSE;

  if (g_str_equal (scheme, "http") || g_str_equal (scheme, "https"))
    return g_uri_get_host (parsed) != NULL && *g_uri_get_host (parsed) != '\0';

  return (g_str_equal (scheme, "mailto") || g_str_equal (scheme, "tel")) && *g_uri_get_path (parsed) != '\0';
}
