/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "core/handover-transcript-alignment.h"

#include <string.h>

/* A story is written as one word per entry, "c:hi a:hello t:lookup", an id in front of it as in "c#1:hi". */
static HandoverTranscriptEntry *
tell (const char *story,
      char     ***words,
      guint      *n_entries)
{
  HandoverTranscriptEntry *entries;

  *words = g_strsplit (story, " ", -1);
  *n_entries = **words == NULL || ***words == '\0' ? 0 : g_strv_length (*words);
  entries = g_new0 (HandoverTranscriptEntry, *n_entries + 1);

  for (guint i = 0; i < *n_entries; i++)
    {
      char *word = (*words)[i];
      char *text = strchr (word, ':');

      *text = '\0';
      entries[i].author = *word == 'c'   ? HANDOVER_AUTHOR_CUSTOMER
                          : *word == 't' ? HANDOVER_AUTHOR_TOOL
                          : *word == 'o' ? HANDOVER_AUTHOR_OPERATOR
                          : *word == 's' ? HANDOVER_AUTHOR_SYSTEM
                                         : HANDOVER_AUTHOR_AGENT;
      entries[i].id = word[1] == '#' ? word + 2 : NULL;
      entries[i].text = text + 1;
    }

  return entries;
}

static void
assert_new (const char *stored,
            const char *incoming,
            const char *expected)
{
  g_auto (GStrv) stored_words = NULL;
  g_auto (GStrv) incoming_words = NULL;
  guint n_stored;
  guint n_incoming;
  g_autofree HandoverTranscriptEntry *old = tell (stored, &stored_words, &n_stored);
  g_autofree HandoverTranscriptEntry *fresh = tell (incoming, &incoming_words, &n_incoming);
  g_autoptr (GArray) positions = handover_transcript_alignment_find_new (old, n_stored, fresh, n_incoming);
  g_autoptr (GString) found = g_string_new (NULL);

  for (guint i = 0; i < positions->len; i++)
    g_string_append_printf (found, "%s%u", i > 0 ? " " : "", g_array_index (positions, guint, i));

  g_test_message ("stored “%s”, incoming “%s”", stored, incoming);
  g_assert_cmpstr (found->str, ==, expected);
}

static void
test_lists (void)
{
  assert_new ("", "", "");
  assert_new ("", "c:hi a:hello", "0 1");
  /* the same call twice */
  assert_new ("c:hi a:hello", "c:hi a:hello", "");
  /* a grown list */
  assert_new ("c:hi a:hello", "c:hi a:hello c:order a:number?", "2 3");
  /* an older call that arrives late */
  assert_new ("c:hi a:hello c:order", "c:hi a:hello", "");
  /* only the newest part */
  assert_new ("c:hi a:hello c:order", "a:hello c:order a:number?", "2");
  /* another conversation altogether */
  assert_new ("c:hi", "c:bonjour", "0");
}

static void
test_repeated_words (void)
{
  assert_new ("c:hi c:ok", "c:hi c:ok c:ok", "2");
  assert_new ("c:hi c:ok c:ok", "c:hi c:ok c:ok", "");
  assert_new ("c:ok", "c:ok c:ok c:ok", "1 2");
  /* the same words by another author are another entry */
  assert_new ("c:ok", "c:ok a:ok", "1");
  assert_new ("a:ok", "c:ok", "0");
}

static void
test_relayed (void)
{
  /* Each message was relayed singly, tools were not. */
  assert_new ("c:hi a:hello c:order", "c:hi a:hello t:lookup c:order a:sorry", "4");
  /* Refused words and the transition message are known. */
  assert_new ("c:hi s:wait a:sorry", "c:hi a:wait a:sorry", "");
}

static void
test_after_hand_back (void)
{
  const char *stored = "c:hi a:hello s:wait o:hello-from-kim o:solved c:thanks";

  /* The agent never saw what the person said, … */
  assert_new (stored, "c:hi a:hello c:thanks a:welcome", "3");
  /* … or tells it as its own, … */
  assert_new (stored, "c:hi a:hello a:hello-from-kim a:solved c:thanks c:one-more", "5");
  /* … or as an operator's. */
  assert_new (stored, "c:hi a:hello o:hello-from-kim o:solved c:thanks c:one-more", "5");
}

static void
test_ids (void)
{
  assert_new ("c#1:hi a#2:hello", "c#1:hi a#2:hello c#3:order", "2");
  /* an id is stored once for ever, whatever its text */
  assert_new ("c#1:hi", "c#1:hi,edited", "");
  /* the same words under another id are another entry */
  assert_new ("c#1:ok", "c#1:ok c#2:ok", "1");
  /* one list that names an id twice */
  assert_new ("", "c#1:hi c#1:hi", "0");
  /* an entry that was missing in the middle is still new */
  assert_new ("c#1:hi c#3:order", "c#1:hi a#2:hello c#3:order", "1");
  /* relayed without ids, told again with them */
  assert_new ("c:hi a:hello c:order", "c#1:hi a#2:hello c#3:order a#4:number?", "3");
}

static void
test_long (void)
{
  g_autoptr (GString) stored = g_string_new ("c:0");
  g_autoptr (GString) incoming = NULL;

  for (guint i = 1; i < 6000; i++)
    g_string_append_printf (stored, " %c:%u", i % 2 ? 'a' : 'c', i);

  incoming = g_string_new (strstr (stored->str, "c:4002"));
  g_string_append (incoming, " c:new");
  assert_new (stored->str, incoming->str, "1998");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/transcript-alignment/lists", test_lists);
  g_test_add_func ("/transcript-alignment/repeated-words", test_repeated_words);
  g_test_add_func ("/transcript-alignment/relayed", test_relayed);
  g_test_add_func ("/transcript-alignment/after-hand-back", test_after_hand_back);
  g_test_add_func ("/transcript-alignment/ids", test_ids);
  g_test_add_func ("/transcript-alignment/long", test_long);

  return g_test_run ();
}
