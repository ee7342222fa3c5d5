/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include <string.h>

#include <pango/pango.h>

#include "app/conversation/handover-links.h"
#include "fuzz-target.h"

/* The only element is a link, and the only links are those that may be opened. */
static void
start_element_cb (GMarkupParseContext  *context,
                  const char           *name,
                  const char          **attributes,
                  const char          **values,
                  gpointer              text,
                  GError              **error)
{
  static const char * const schemes[] = { "http://", "https://", "mailto:", "tel:" };
  gboolean known = FALSE;

  if (g_str_equal (name, "markup"))
    return;

  g_assert_cmpstr (name, ==, "a");
  g_assert_cmpuint (g_strv_length ((char **) attributes), ==, 1);
  g_assert_cmpstr (attributes[0], ==, "href");
  g_assert_true (handover_links_may_open (values[0]));
  for (gsize i = 0; i < G_N_ELEMENTS (schemes); i++)
    known = known || g_ascii_strncasecmp (values[0], schemes[i], strlen (schemes[i])) == 0;
  g_assert_true (known);
  for (const char *c = values[0]; *c != '\0'; c = g_utf8_next_char (c))
    g_assert_false (g_unichar_iscntrl (g_utf8_get_char (c)) || g_unichar_isspace (g_utf8_get_char (c)));
}

static void
text_cb (GMarkupParseContext  *context,
         const char           *part,
         gsize                 length,
         gpointer              text,
         GError              **error)
{
  g_string_append_len (text, part, length);
}

/* What a person reads is what was written, but for control characters, which nothing can show. */
static char *
readable (const char *text)
{
  char *shown = g_utf8_make_valid (text, -1);

  for (char *c = shown; *c != '\0'; c++)
    if ((guchar) *c < 0x20 && *c != '\n' && *c != '\t')
      *c = ' ';

  return shown;
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  static const GMarkupParser parser = { .start_element = start_element_cb, .text = text_cb };
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autofree char *markup = handover_links_to_markup (text);
  g_autofree char *whole = g_strconcat ("<markup>", markup, "</markup>", NULL);
  g_autofree char *expected = readable (text);
  g_autoptr (GString) read = g_string_new (NULL);
  g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (&parser, 0, read, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_markup_parse_context_parse (context, whole, -1, &error));
  g_assert_no_error (error);
  g_assert_true (g_markup_parse_context_end_parse (context, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (read->str, ==, expected);
  return 0;
}
