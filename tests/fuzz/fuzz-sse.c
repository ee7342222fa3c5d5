/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include <string.h>

#include "client/handover-sse-parser.h"
#include "fuzz-target.h"

/* Writes down what was heard, so that two ways of hearing it can be compared. */
static void
heard_cb (const HandoverSseEvent *event,
          gpointer                user_data)
{
  GString *heard = user_data;

  g_assert_true (event->id == NULL || g_utf8_validate (event->id, -1, NULL));
  g_assert_true (g_utf8_validate (event->kind, -1, NULL));
  g_assert_true (*event->kind != '\0');
  g_assert_true (g_utf8_validate (event->data, -1, NULL));
  g_string_append_printf (heard, "%s|%s|%s\n", event->id != NULL ? event->id : "", event->kind, event->data);
}

/* Hears the stream in pieces of the given size. */
static char *
hear (const guint8 *bytes,
      gsize         size,
      gsize         piece,
      gint64       *retry)
{
  GString *heard = g_string_new (NULL);
  g_autoptr (HandoverSseParser) parser = handover_sse_parser_new (heard_cb, heard);
  g_autoptr (GError) error = NULL;

  for (gsize at = 0; at < size; at += piece)
    {
      /* Nothing that fits into an input is too long for the parser. */
      g_assert_true (handover_sse_parser_feed (parser, (const char *) bytes + at, MIN (piece, size - at), &error));
      g_assert_no_error (error);
    }

  *retry = handover_sse_parser_get_retry (parser);
  g_assert_cmpint (*retry, >=, -1);

  return g_string_free_and_steal (heard);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  static const gsize pieces[] = { 1, 3, 7, 1024 };
  gint64 retry;
  g_autofree char *whole = hear (data, size, MAX (size, 1), &retry);

  for (gsize i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      gint64 retry_again;
      g_autofree char *again = hear (data, size, pieces[i], &retry_again);

      g_assert_cmpstr (whole, ==, again);
      g_assert_cmpint (retry, ==, retry_again);
    }
  return 0;
}
