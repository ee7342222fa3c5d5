/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "config.h"

#include <pango/pango.h>

#include "app/conversation/handover-links.h"
#include "app/conversation/handover-template-fields.h"

typedef struct
{
  const char *text;
  const char *markup;
} Case;

static const Case cases[] = {
  { "no link", "no link" },
  { "<b>bold</b> & more", "&lt;b&gt;bold&lt;/b&gt; &amp; more" },
  { "see https://a.example/x?y=1&z=2.",
    "see <a href=\"https://a.example/x?y=1&amp;z=2\">https://a.example/x?y=1&amp;z=2</a>." },
  { "http://a.example/b(c)", "<a href=\"http://a.example/b(c)\">http://a.example/b(c)</a>" },
  { "(http://a.example)", "(<a href=\"http://a.example\">http://a.example</a>)" },
  { "WWW.a.example!", "<a href=\"https://WWW.a.example\">WWW.a.example</a>!" },
  { "mail a.b@c.example, please",
    "mail <a href=\"mailto:a.b@c.example\">a.b@c.example</a>, please" },
  { "tel:+4930123", "<a href=\"tel:+4930123\">tel:+4930123</a>" },
  { "javascript:alert(1) file:///etc/passwd data:text/html,x", "javascript:alert(1) file:///etc/passwd data:text/html,x" },
  { "<a href=\"https://evil.example\">https://good.example</a>",
    "&lt;a href=&quot;<a href=\"https://evil.example\">https://evil.example</a>&quot;&gt;"
    "<a href=\"https://good.example\">https://good.example</a>&lt;/a&gt;" },
  { "https://", "https://" },
  { "bell \a\x1b end", "bell    end" },
  /* A character that turns the reading direction ends a link. */
  { "https://a.example/\u202egpj.exe", "<a href=\"https://a.example/\">https://a.example/</a>\u202egpj.exe" },
};

static void
test_markup (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *markup = handover_links_to_markup (cases[i].text);

      g_assert_cmpstr (markup, ==, cases[i].markup);
    }
}

/* Whatever is written, Pango takes it, and what is read is what was written. */
static void
test_never_markup (void)
{
  static const char *const pieces[] = { "<", ">", "&", "\"", "'", "https://", "www.", "a@b.cd", "</a>", "<a href='", "\n",
                                        "😀", "\u202e", "مرحبا", "&amp;", "]]>", "<!--", "mailto:", "\x01", "\xff" };

  for (guint round = 0; round < 2000; round++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autofree char *markup = NULL;
      g_autofree char *shown = NULL;
      g_autofree char *valid = NULL;
      g_autoptr (GError) error = NULL;
      char *linkless;

      for (int n = g_test_rand_int_range (1, 12); n > 0; n--)
        g_string_append (text, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
      markup = handover_links_to_markup (text->str);

      /* GtkLabel takes the anchors out before Pango sees them. */
      {
        g_autoptr (GRegex) anchors = g_regex_new ("<a href=\"[^\"]*\">|</a>", 0, 0, NULL);

        linkless = g_regex_replace_literal (anchors, markup, -1, 0, "", 0, NULL);
      }
      g_assert_true (pango_parse_markup (linkless, -1, 0, NULL, &shown, NULL, &error));
      g_assert_no_error (error);
      g_free (linkless);

      valid = g_utf8_make_valid (text->str, -1);
      g_strdelimit (valid, "\x01", ' ');
      g_assert_cmpstr (shown, ==, valid);
    }
}

static void
test_may_open (void)
{
  g_assert_true (handover_links_may_open ("https://a.example"));
  g_assert_true (handover_links_may_open ("HTTP://a.example/x"));
  g_assert_true (handover_links_may_open ("mailto:a@b.example"));
  g_assert_true (handover_links_may_open ("tel:+49"));
  g_assert_false (handover_links_may_open ("https:///path"));
  g_assert_false (handover_links_may_open ("mailto:"));
  g_assert_false (handover_links_may_open ("file:///etc/passwd"));
  g_assert_false (handover_links_may_open ("javascript:alert(1)"));
  g_assert_false (handover_links_may_open ("smb://a.example"));
  g_assert_false (handover_links_may_open ("not an address"));
}

static void
test_template_fields (void)
{
  g_autofree char *first_name = handover_template_first_name ("  Crystal Minh ");
  const HandoverTemplateFields fields = {
    .first_name = first_name,
    .operator_name = (char *) "{business}",
    .business_name = (char *) "Shop",
  };
  const char *missing;
  g_autofree char *filled = handover_template_fields_fill (&fields, "Hi {first_name}, {operator} of {business}. {x}",
                                                           &missing);
  g_autofree char *gap = NULL;

  g_assert_cmpstr (first_name, ==, "Crystal");
  g_assert_cmpstr (filled, ==, "Hi Crystal, {business} of Shop. {x}");
  g_assert_null (missing);

  gap = handover_template_fields_fill (&fields, "About {order_number}: {", &missing);
  g_assert_cmpstr (gap, ==, "About {order_number}: {");
  g_assert_cmpstr (missing, ==, "{order_number}");
  g_assert_null (handover_template_first_name (" "));
  g_assert_null (handover_template_first_name (NULL));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/links/markup", test_markup);
  g_test_add_func ("/links/never-markup", test_never_markup);
  g_test_add_func ("/links/may-open", test_may_open);
  g_test_add_func ("/template-fields", test_template_fields);

  return g_test_run ();
}
