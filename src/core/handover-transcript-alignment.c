/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "core/handover-transcript-alignment.h"

/* Agents tell the story again and again: the same list, the list grown by a few entries, the newest part of it, or
 * all of it after each message was relayed singly. The longest common subsequence of what is stored and what comes
 * in says how far the story was known; what follows is new. Of several such subsequences the one that ends earliest
 * in the incoming list counts, so that a customer who says "ok" twice is heard twice. */

/* More than this of what is stored is never looked at: it bounds the work for a conversation of years. */
#define STORED_LIMIT 4000

typedef struct
{
  const char *id;
  guint class;
  const char *text;
  guint hash;
} Entry;

/* The agent may relay a person's words, or the transition message, as its own: they are all the business's side. */
static guint
classify (HandoverAuthor author)
{
  switch (author)
    {
    case HANDOVER_AUTHOR_CUSTOMER:
      return 1;
    case HANDOVER_AUTHOR_TOOL:
      return 2;
    case HANDOVER_AUTHOR_UNKNOWN:
    case HANDOVER_AUTHOR_AGENT:
    case HANDOVER_AUTHOR_OPERATOR:
    case HANDOVER_AUTHOR_SYSTEM:
    default:
      return 3;
    }
}

static Entry *
prepare (const HandoverTranscriptEntry *entries,
         guint                          n_entries)
{
  Entry *prepared = g_new (Entry, n_entries + 1);

  for (guint i = 0; i < n_entries; i++)
    {
      prepared[i].id = entries[i].id;
      prepared[i].class = classify (entries[i].author);
      prepared[i].text = entries[i].text;
      prepared[i].hash = g_str_hash (entries[i].text) * 3 + prepared[i].class;
    }

  return prepared;
}

static gboolean
same (const Entry *one,
      const Entry *other)
{
  if (one->id != NULL && other->id != NULL)
    return g_str_equal (one->id, other->id);

  return one->hash == other->hash && one->class == other->class && g_str_equal (one->text, other->text);
}

/* For each i, how long a common subsequence the first i incoming entries have with all that is stored. */
static guint *
measure_known (const Entry *stored,
               guint        n_stored,
               const Entry *incoming,
               guint        n_incoming)
{
  g_autofree guint *row = g_new0 (guint, n_stored + 1);
  guint *known = g_new0 (guint, n_incoming + 1);

  for (guint i = 0; i < n_incoming; i++)
    {
      guint diagonal = 0;

      for (guint j = 0; j < n_stored; j++)
        {
          guint above = row[j + 1];

          row[j + 1] = same (&incoming[i], &stored[j]) ? diagonal + 1 : MAX (above, row[j]);
          diagonal = above;
        }
      known[i + 1] = row[n_stored];
    }

  return known;
}

/**
 * handover_transcript_alignment_find_new:
 * @stored: (array length=n_stored): what the conversation holds, oldest first: everything that the agent may repeat,
 *   so also what was refused and the transition message, but no notes
 * @n_stored: its length
 * @incoming: (array length=n_incoming): what the agent tells, oldest first
 * @n_incoming: its length
 *
 * Finds the entries of an agent's transcript that are not stored yet. An entry with an id is new unless that id, or
 * the same words without an id, are stored; entries without ids are new only behind the last that is known.
 *
 * Returns: (transfer full) (element-type guint): ascending positions in @incoming
 */
GArray *
handover_transcript_alignment_find_new (const HandoverTranscriptEntry *stored,
                                        guint                          n_stored,
                                        const HandoverTranscriptEntry *incoming,
                                        guint                          n_incoming)
{
  GArray *positions = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree Entry *new_entries = prepare (incoming, n_incoming);
  g_autofree Entry *old_entries = NULL;
  g_autofree guint *known = NULL;

  for (guint i = 0; i < n_stored; i++)
    if (stored[i].id != NULL)
      g_hash_table_add (ids, (gpointer) stored[i].id);

  if (n_stored > STORED_LIMIT)
    {
      stored += n_stored - STORED_LIMIT;
      n_stored = STORED_LIMIT;
    }

  old_entries = prepare (stored, n_stored);
  known = measure_known (old_entries, n_stored, new_entries, n_incoming);

  for (guint i = 0; i < n_incoming; i++)
    {
      const char *id = incoming[i].id;
      gboolean behind_the_known = known[i] == known[n_incoming];

      if (id != NULL ? g_hash_table_contains (ids, id) || known[i + 1] > known[i] : !behind_the_known)
        continue;

      g_array_append_val (positions, i);
      /* One list may name the same id twice. */
      if (id != NULL)
        g_hash_table_add (ids, (gpointer) id);
    }

  return positions;
}
