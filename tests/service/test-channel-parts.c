/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include <string.h>

#include <glib/gstdio.h>
#include <sodium.h>

#include "service/channels/handover-pace.h"
#include "service/channels/handover-parts.h"
#include "service/channels/handover-retry.h"
#include "service/handover-vault.h"

static char *
split (const char       *text,
       guint             limit,
       HandoverTextUnit  unit)
{
  g_autoptr (GPtrArray) parts = handover_parts_split (text, limit, unit);

  for (guint i = 0; i < parts->len; i++)
    {
      g_assert_true (g_utf8_validate (parts->pdata[i], -1, NULL));
      g_assert_cmpuint (handover_parts_measure (parts->pdata[i], -1, unit), <=, limit);
      g_assert_cmpstr (parts->pdata[i], !=, "");
    }
  g_ptr_array_add (parts, NULL);
  return g_strjoinv ("|", (char **) parts->pdata);
}

static void
assert_split (const char       *text,
              guint             limit,
              HandoverTextUnit  unit,
              const char       *expected)
{
  g_autofree char *joined = split (text, limit, unit);

  g_assert_cmpstr (joined, ==, expected);
}

/* At the ends of words; where a word is too long, between characters; and counted as the platform counts. */
static void
test_split (void)
{
  assert_split ("", 10, HANDOVER_TEXT_UTF16, "");
  assert_split (" \n ", 10, HANDOVER_TEXT_UTF16, "");
  assert_split ("just right", 10, HANDOVER_TEXT_UTF16, "just right");
  assert_split ("one too many", 10, HANDOVER_TEXT_UTF16, "one too|many");
  assert_split ("one\n\n  two", 5, HANDOVER_TEXT_UTF16, "one|two");
  assert_split ("unbreakable", 4, HANDOVER_TEXT_UTF16, "unbr|eaka|ble");
  assert_split ("a unbreakable b", 4, HANDOVER_TEXT_UTF16, "a|unbr|eaka|ble|b");
  assert_split ("😀😀😀", 4, HANDOVER_TEXT_UTF16, "😀😀|😀");
  assert_split ("😀😀😀", 4, HANDOVER_TEXT_CHARACTERS, "😀😀😀");
  assert_split ("😀😀😀", 4, HANDOVER_TEXT_BYTES, "😀|😀|😀");
  assert_split ("äöü", 3, HANDOVER_TEXT_BYTES, "ä|ö|ü");
  /* An accent of its own and a skin's colour stay where they belong. */
  assert_split ("abce\xcc\x81" "d", 4, HANDOVER_TEXT_CHARACTERS, "abc|e\xcc\x81" "d");
  assert_split ("ab👍🏽c", 5, HANDOVER_TEXT_UTF16, "ab|👍🏽c");
}

/* Whatever it is made of, nothing but white space is lost. */
static void
test_split_anything (void)
{
  const char *const pieces[] = { "a", "wörter", " ", "\n", "😀", "e\xcc\x81", "👩‍👩‍👧", "longerword", "\t" };

  for (guint round = 0; round < 500; round++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autofree char *joined = NULL;
      guint limit = g_test_rand_int_range (2, 20);
      guint n_pieces = g_test_rand_int_range (0, 40);
      const char *from;
      const char *to;

      for (guint i = 0; i < n_pieces; i++)
        g_string_append (text, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
      joined = split (text->str, limit, HANDOVER_TEXT_UTF16);

      from = text->str;
      to = joined;
      while (*from != '\0' || *to != '\0')
        {
          if (g_ascii_isspace (*from))
            from++;
          else if (*to == '|' || g_ascii_isspace (*to))
            to++;
          else
            g_assert_cmpint (*from++, ==, *to++);
        }
    }
}

static HandoverAttachment *
make_file (const char *name,
           gint64      size)
{
  HandoverAttachment *file = g_object_new (HANDOVER_TYPE_ATTACHMENT, NULL);

  file->name = g_strdup (name);
  file->size = size;
  return file;
}

static char *
plan (const char *text,
      gint64      first,
      gint64      second)
{
  HandoverChannelLimits limits = { .text = 10, .caption = 5, .sent_file = 100 };
  g_autoptr (HandoverMessage) message = g_object_new (HANDOVER_TYPE_MESSAGE, NULL);
  g_autoptr (GPtrArray) parts = NULL;
  GString *described = g_string_new (NULL);
  const char *refusal;

  message->text = g_strdup (text);
  message->attachments = g_ptr_array_new_with_free_func (g_object_unref);
  if (first > 0)
    g_ptr_array_add (message->attachments, make_file ("one", first));
  if (second > 0)
    g_ptr_array_add (message->attachments, make_file ("two", second));

  parts = handover_parts_plan (message, &limits, &refusal);
  if (parts == NULL)
    return g_string_free_and_steal (g_string_append (described, refusal));

  for (guint i = 0; i < parts->len; i++)
    {
      HandoverPart *part = parts->pdata[i];

      g_string_append_printf (described, "%s%s(%s)", i > 0 ? " " : "", part->file != NULL ? part->file->name : "",
                              part->text);
    }
  return g_string_free_and_steal (described);
}

static void
test_plan (void)
{
  const struct
  {
    const char *text;
    gint64 first;
    gint64 second;
    const char *expected;
  } cases[] = {
    { "Hi", 0, 0, "(Hi)" },
    { "Hi", 10, 20, "one(Hi) two()" },
    { "", 10, 0, "one()" },
    { "Longer", 10, 0, "(Longer) one()" },
    { "Much longer text", 10, 20, "(Much) (longer) (text) one() two()" },
    { "Hi", 101, 0, "A file is larger than this channel takes." },
    { " ", 0, 0, "There is nothing in this message." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *described = plan (cases[i].text, cases[i].first, cases[i].second);

      g_assert_cmpstr (described, ==, cases[i].expected);
    }
}

/* Thirty may pass at once, and the next when the first is a second ago. */
static void
test_pace (void)
{
  g_autoptr (HandoverPace) pace = handover_pace_new (30);
  g_autoptr (HandoverPace) none = handover_pace_new (0);

  for (guint i = 0; i < 30; i++)
    {
      g_assert_cmpint (handover_pace_get_next (pace), ==, 0);
      handover_pace_take (pace, 1000 + i);
    }
  g_assert_cmpint (handover_pace_get_next (pace), ==, 1000 + G_USEC_PER_SEC);
  handover_pace_take (pace, 2 * G_USEC_PER_SEC);
  g_assert_cmpint (handover_pace_get_next (pace), ==, 1001 + G_USEC_PER_SEC);

  /* What was held up on its way counts from when it left. */
  handover_pace_pass (pace, 1, 5000);
  g_assert_cmpint (handover_pace_get_next (pace), ==, 5000 + G_USEC_PER_SEC);

  handover_pace_take (none, 1000);
  handover_pace_take (none, 1000);
  g_assert_cmpint (handover_pace_get_next (none), ==, 0);
}

static void
test_retry (void)
{
  const guint expected[] = { 1000, 1000, 2000, 4000, 8000, 16000, 32000, 60000, 60000 };

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      guint delay = handover_retry_get_delay (1000, i, 0);

      g_assert_cmpuint (delay, >=, expected[i]);
      g_assert_cmpuint (delay, <=, expected[i] + expected[i] / 4);
    }
  g_assert_cmpuint (handover_retry_get_delay (1000, 1, 17), ==, 17000);
  g_assert_cmpuint (handover_retry_get_delay (1000, G_MAXUINT, 0), >=, 60000);
}

/* A key that is missing where something is sealed is an error that names the file. */
static void
test_vault (void)
{
  g_autofree char *folder = g_dir_make_tmp ("handover-vault-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "channel-key", NULL);
  g_autoptr (HandoverVault) vault = NULL;
  g_autoptr (HandoverVault) again = NULL;
  g_autoptr (HandoverVault) anew = NULL;
  g_autoptr (GBytes) sealed = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *opened = NULL;
  g_autofree char *derived = NULL;
  g_autofree char *same = NULL;

  g_assert_null (handover_vault_open (folder, FALSE, &error));
  g_assert_nonnull (strstr (error->message, path));
  g_clear_error (&error);

  vault = handover_vault_open (folder, TRUE, &error);
  g_assert_no_error (error);
  sealed = handover_vault_seal (vault, "ch_1", "a secret");
  g_assert_null (memmem (g_bytes_get_data (sealed, NULL), g_bytes_get_size (sealed), "secret", 6));
  again = handover_vault_open (folder, FALSE, &error);
  g_assert_no_error (error);
  opened = handover_vault_unseal (again, "ch_1", sealed);
  g_assert_cmpstr (opened, ==, "a secret");
  g_assert_null (handover_vault_unseal (again, "ch_2", sealed));
  derived = handover_vault_derive (vault, "webhook", "ch_1");
  same = handover_vault_derive (again, "webhook", "ch_1");
  g_assert_cmpstr (derived, ==, same);
  g_assert_cmpuint (strlen (derived), ==, 64);

  g_assert_true (g_file_set_contents (path, "short", -1, NULL));
  g_assert_null (handover_vault_open (folder, TRUE, &error));
  g_assert_nonnull (strstr (error->message, path));
  g_clear_error (&error);

  /* Whoever lost it says so with an empty file. */
  g_assert_true (g_file_set_contents (path, "", -1, NULL));
  anew = handover_vault_open (folder, FALSE, &error);
  g_assert_no_error (error);
  g_assert_null (handover_vault_unseal (anew, "ch_1", sealed));

  g_unlink (path);
  g_rmdir (folder);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (sodium_init (), >=, 0);

  g_test_add_func ("/channel-parts/split", test_split);
  g_test_add_func ("/channel-parts/split-anything", test_split_anything);
  g_test_add_func ("/channel-parts/plan", test_plan);
  g_test_add_func ("/channel-parts/pace", test_pace);
  g_test_add_func ("/channel-parts/retry", test_retry);
  g_test_add_func ("/channel-parts/vault", test_vault);

  return g_test_run ();
}
