/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

/* Feeds a target with the files of a folder, then with what becomes of them when bytes and words are changed, moved
 * and put together by dice. The same seed makes the same inputs; what crashes is left beside the program, as
 * NAME.input. A target works with libFuzzer as well, which brings a main of its own. */

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <gio/gio.h>
#include <glib/gstdio.h>

#include "fuzz-target.h"

#define MOST_BYTES (64 * 1024)

/* The short run repeats one sequence, so that a change passes or fails by what it changed; the long run explores. */
#define SHORT_RUN_SEED 1

static const char * const words[] = {
  "{", "}", "[", "]", "\"", ":", ",", "null", "true", "1e999", "-0", "0.1", "18446744073709551616", "\\u0000", "\\ud800",
  "\xff", "\xc0\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xe2\x80\xae", "\r\n", "\n", "=", "%00", "[[[[[[[[", "\"\":",
  "user_id", "cart", "quantity", "unit_price", "currency", "links", "url", "javascript:alert(1)", "https://", "jsonrpc",
  "method", "tools/call", "params", "arguments", "transcript", "conversation", "summary", "trigger", "-1", "99999999999999",
  "data: ", "event: ", "id: ", "retry: ", "\r", "\n\n", "\xef\xbb\xbf", "?", "&", "limit=", "cursor=", "before=", "after=",
  "view=", "%ff", "%2F", "9223372036854775807", "/messages", "{first_name}", "{order_number}", "{operator}", "{business}",
  "<b>", "</a>", "<a href=\"", "&lt;", "&amp;", "www.", "mailto:", "tel:+1", "@", "http://", "[::1]", ":65536", "file:///",
};

/* A crash leaves the input behind. */
static void
check_input (const guint8 *bytes,
             gsize         size,
             int           kept)
{
  if (ftruncate (kept, 0) != 0 || pwrite (kept, bytes, size, 0) != (gssize) size)
    g_error ("Cannot keep the input");
  LLVMFuzzerTestOneInput (bytes, size);
}

static gsize
pick (GRand *dice,
      gsize  below)
{
  return below > 0 ? g_rand_int_range (dice, 0, (gint32) below) : 0;
}

static void
mutate (GByteArray *input,
        GPtrArray  *corpus,
        GRand      *dice)
{
  gsize at = pick (dice, input->len);
  GBytes *other = g_ptr_array_index (corpus, pick (dice, corpus->len));
  const char *word = words[pick (dice, G_N_ELEMENTS (words))];
  gsize size;
  const guint8 *bytes = g_bytes_get_data (other, &size);
  g_autoptr (GByteArray) rest = g_byte_array_new ();

  switch (g_rand_int_range (dice, 0, 6))
    {
    case 0:
      if (input->len > 0)
        input->data[at] ^= (guint8) (1 << pick (dice, 8));
      return;
    case 1:
      if (input->len > 0)
        g_byte_array_remove_range (input, (guint) at, (guint) (1 + pick (dice, MIN (input->len - at, 16))));
      return;
    case 2:
      if (input->len > 0)
        input->data[at] = (guint8) pick (dice, 256);
      return;
    default:
      break;
    }

  /* Put something in: a word, a piece of another file, or a piece of the input itself many times over. */
  g_byte_array_append (rest, input->data != NULL ? input->data + at : (const guint8 *) "", (guint) (input->len - at));
  g_byte_array_set_size (input, (guint) at);
  if (g_rand_boolean (dice))
    g_byte_array_append (input, (const guint8 *) word, (guint) strlen (word));
  else if (g_rand_boolean (dice))
    g_byte_array_append (input, bytes, (guint) pick (dice, size + 1));
  else
    for (gsize n = pick (dice, 200), piece = pick (dice, MIN (rest->len, 32) + 1); n > 0; n--)
      g_byte_array_append (input, rest->data != NULL ? rest->data : (const guint8 *) "", (guint) piece);
  g_byte_array_append (input, rest->data != NULL ? rest->data : (const guint8 *) "", rest->len);
}

static GPtrArray *
load_corpus (const char  *folder,
             GError     **error)
{
  g_autoptr (GPtrArray) corpus = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, error);
  const char *name;

  if (dir == NULL)
    return NULL;

  while ((name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_build_filename (folder, name, NULL));
  /* A folder's order is not the same everywhere; the inputs of a seed are. */
  g_ptr_array_sort_values (names, (GCompareFunc) strcmp);
  for (guint i = 0; i < names->len; i++)
    {
      char *text;
      gsize size;

      if (!g_file_get_contents (g_ptr_array_index (names, i), &text, &size, error))
        return NULL;
      g_ptr_array_add (corpus, g_bytes_new_take (text, size));
    }

  return g_steal_pointer (&corpus);
}

static void
run (GPtrArray *corpus,
     GRand     *dice,
     gint64     until,
     int        kept,
     guint     *n_runs)
{
  for (guint i = 0; i < corpus->len; i++)
    {
      gsize size;
      const guint8 *bytes = g_bytes_get_data (g_ptr_array_index (corpus, i), &size);

      check_input (bytes, size, kept);
    }
  for (*n_runs = 0; g_get_monotonic_time () < until; (*n_runs)++)
    {
      g_autoptr (GByteArray) input = g_byte_array_new ();
      gsize size;
      const guint8 *bytes = g_bytes_get_data (g_ptr_array_index (corpus, pick (dice, corpus->len)), &size);

      g_byte_array_append (input, bytes, (guint) size);
      for (gsize n = 1 + pick (dice, 12); n > 0 && input->len < MOST_BYTES; n--)
        mutate (input, corpus, dice);
      check_input (input->data != NULL ? input->data : (const guint8 *) "", input->len, kept);
    }
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) corpus = argc > 1 ? load_corpus (argv[1], &error) : NULL;
  const char *given = g_getenv ("HANDOVER_FIRE_SEED");
  gboolean is_long = g_getenv ("HANDOVER_LONG") != NULL;
  guint32 seed = given != NULL ? (guint32) g_ascii_strtoull (given, NULL, 10) : is_long ? g_random_int () : SHORT_RUN_SEED;
  gint64 seconds = is_long ? 120 : 2;
  g_autoptr (GRand) dice = g_rand_new_with_seed (seed);
  g_autofree char *path = g_strconcat (argv[0], ".input", NULL);
  int kept = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  guint n_runs = 0;

  if (corpus == NULL || corpus->len == 0 || kept < 0)
    {
      g_printerr ("%s: %s\n", argv[0], error != NULL ? error->message : "name a folder with inputs");
      return EXIT_FAILURE;
    }

  g_print ("HANDOVER_FIRE_SEED=%u\n", seed);
  run (corpus, dice, g_get_monotonic_time () + seconds * G_USEC_PER_SEC, kept, &n_runs);
  g_print ("%u inputs\n", n_runs);
  close (kept);
  g_unlink (path);
  return EXIT_SUCCESS;
}
