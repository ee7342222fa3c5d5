/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <locale.h>

#include "app/handover-wording.h"

#define WAITING "Waiting for a person"
#define WAITING_IN_ARABIC "في انتظار شخص"
#define TOOK_OVER "%s took over"
#define TOOK_OVER_IN_ARABIC "%s استلم المحادثة"

/* Where a word begins on the line. */
static int
find (PangoLayout *layout,
      const char  *word)
{
  const char *text = pango_layout_get_text (layout);
  const char *place = strstr (text, word);
  PangoRectangle box;

  g_assert_nonnull (place);
  pango_layout_index_to_pos (layout, place - text, &box);

  return MIN (box.x, box.x + box.width);
}

static PangoLayout *
lay_out (const char *text)
{
  g_autoptr (GtkWidget) label = g_object_ref_sink (gtk_label_new (NULL));

  return gtk_widget_create_pango_layout (label, text);
}

static char *
say (const char *name)
{
  g_autofree char *embedded = handover_wording_embed (name);

  return g_strdup_printf (_(TOOK_OVER), embedded);
}

static void
test_plain_names_stay_plain (void)
{
  g_autofree char *crystal = handover_wording_embed ("Crystal Minh (2)");
  g_autofree char *umlaut = handover_wording_embed ("Åsa Lindqvist");
  g_autofree char *chinese = handover_wording_embed ("王小明");

  g_assert_cmpstr (crystal, ==, "Crystal Minh (2)");
  g_assert_cmpstr (umlaut, ==, "Åsa Lindqvist");
  g_assert_cmpstr (chinese, ==, "王小明");
}

static void
test_an_arabic_name_in_english (void)
{
  g_autofree char *text = say ("كريم");
  g_autoptr (PangoLayout) layout = lay_out (text);
  g_autoptr (PangoLayout) bare = lay_out ("كريم took over");

  g_assert_cmpint (find (layout, "كريم"), <, find (layout, "took"));
  g_assert_cmpint (find (layout, "took"), <, find (layout, "over"));
  /* What would be wrong without. */
  g_assert_cmpint (find (bare, "كريم"), >, find (bare, "took"));
}

static void
test_a_name_turns_nothing_around (void)
{
  g_autofree char *text = say ("\u202eKim");
  g_autoptr (PangoLayout) layout = lay_out (text);

  g_assert_cmpint (find (layout, "Kim"), <, find (layout, "took"));
  g_assert_cmpint (find (layout, "took"), <, find (layout, "over"));
}

static void
append_entry (GByteArray *file,
              guint32     length,
              guint32     offset)
{
  guint32 entry[] = { length, offset };

  g_byte_array_append (file, (const guint8 *) entry, sizeof entry);
}

/* The format of compiled translations, with two texts in order. */
static void
write_translations (const char *path)
{
  static const char *const texts[] = { TOOK_OVER, WAITING, TOOK_OVER_IN_ARABIC, WAITING_IN_ARABIC };
  const guint32 head[] = { 0x950412de, 0, 2, 28, 44, 0, 60 };
  g_autoptr (GByteArray) file = g_byte_array_new ();
  g_autoptr (GError) error = NULL;
  guint32 offset = 60;

  g_byte_array_append (file, (const guint8 *) head, sizeof head);
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      append_entry (file, strlen (texts[i]), offset);
      offset += strlen (texts[i]) + 1;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_byte_array_append (file, (const guint8 *) texts[i], strlen (texts[i]) + 1);

  g_file_set_contents (path, (const char *) file->data, file->len, &error);
  g_assert_no_error (error);
}

static void
test_an_english_name_in_arabic (void)
{
  g_autofree char *folder = g_dir_make_tmp ("handover-wording-XXXXXX", NULL);
  g_autofree char *messages = g_build_filename (folder, "ar", "LC_MESSAGES", NULL);
  g_autofree char *path = g_build_filename (messages, GETTEXT_PACKAGE ".mo", NULL);
  g_autoptr (PangoLayout) layout = NULL;
  g_autofree char *text = NULL;

  g_assert_cmpint (g_mkdir_with_parents (messages, 0700), ==, 0);
  write_translations (path);
  g_setenv ("LANGUAGE", "ar", TRUE);
  g_assert_nonnull (setlocale (LC_ALL, "en_US.UTF-8"));
  bindtextdomain (GETTEXT_PACKAGE, folder);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_assert_cmpstr (_(WAITING), ==, WAITING_IN_ARABIC);

  text = say ("Crystal Minh");
  layout = lay_out (text);
  g_assert_cmpint (find (layout, "Crystal"), >, find (layout, "استلم"));
  g_assert_cmpint (find (layout, "استلم"), >, find (layout, "المحادثة"));

  g_assert_cmpint (g_remove (path), ==, 0);
  g_unsetenv ("LANGUAGE");
}

static void
test_machine_words_begin_with_a_capital (void)
{
  g_autofree char *word = handover_wording_sentence ("frustrated");
  g_autofree char *nothing = handover_wording_sentence ("");
  g_autofree char *accent = handover_wording_sentence ("énervé");

  g_assert_cmpstr (word, ==, "Frustrated");
  g_assert_cmpstr (nothing, ==, "");
  g_assert_cmpstr (accent, ==, "Énervé");
}

static char *
say_moment (GDateTime *now,
            int        days)
{
  g_autoptr (GDateTime) then = g_date_time_add_days (now, days);

  return handover_wording_moment (g_date_time_to_unix (then) * 1000, g_date_time_to_unix (now) * 1000);
}

static void
test_a_moment_is_short_and_clear (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_local (2026, 3, 18, 14, 2, 0);
  g_autofree char *today = say_moment (now, 0);
  g_autofree char *yesterday = say_moment (now, -1);
  g_autofree char *weekday = say_moment (now, -6);
  g_autofree char *week = say_moment (now, -7);
  g_autofree char *other_year = say_moment (now, -100);
  g_autofree char *tomorrow = say_moment (now, 1);
  g_autofree char *next_week = say_moment (now, 7);

  g_assert_cmpstr (today, ==, "14:02");
  g_assert_cmpstr (yesterday, ==, "Yesterday");
  g_assert_cmpstr (weekday, ==, "Thursday");
  g_assert_cmpstr (week, ==, "11 Mar");
  g_assert_cmpstr (other_year, ==, "8 Dec 2025");
  /* What ends at a time of day, does not end today. */
  g_assert_cmpstr (tomorrow, ==, "19 Mar");
  g_assert_cmpstr (next_week, ==, "25 Mar");
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);

  g_test_add_func ("/wording/plain-names-stay-plain", test_plain_names_stay_plain);
  g_test_add_func ("/wording/an-arabic-name-in-english", test_an_arabic_name_in_english);
  g_test_add_func ("/wording/a-name-turns-nothing-around", test_a_name_turns_nothing_around);
  g_test_add_func ("/wording/machine-words-begin-with-a-capital", test_machine_words_begin_with_a_capital);
  g_test_add_func ("/wording/a-moment-is-short-and-clear", test_a_moment_is_short_and_clear);
  g_test_add_func ("/wording/an-english-name-in-arabic", test_an_english_name_in_arabic);

  return g_test_run ();
}
