/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include <string.h>

#include "client/handover-sse-parser.h"
#include "core/handover-problem.h"

static void
note_event (const HandoverSseEvent *event,
            gpointer                user_data)
{
  g_string_append_printf (user_data, "[%s|%s|%s]", event->id != NULL ? event->id : "-", event->kind, event->data);
}

/* Feeds the text cut into pieces at two places, and gives what came out. */
static char *
parse_in_pieces (const char *text,
                 gsize       length,
                 gsize       first,
                 gsize       second)
{
  GString *out = g_string_new (NULL);
  g_autoptr (HandoverSseParser) parser = handover_sse_parser_new (note_event, out);

  g_assert_true (handover_sse_parser_feed (parser, text, first, NULL));
  g_assert_true (handover_sse_parser_feed (parser, text + first, second - first, NULL));
  g_assert_true (handover_sse_parser_feed (parser, text + second, length - second, NULL));

  return g_string_free_and_steal (out);
}

typedef struct
{
  const char *name;
  const char *text;
  const char *events;
} Case;

static const Case cases[] = {
  { "simple", "data: a\n\n", "[-|message|a]" },
  { "crlf", "id: 7\r\nevent: x\r\ndata: a\r\n\r\n", "[7|x|a]" },
  { "cr", "id: 7\revent: x\rdata: a\r\rdata: b\r\r", "[7|x|a][7|message|b]" },
  { "mixed-endings", "data: a\r\ndata: b\rdata: c\n\r\n", "[-|message|a\nb\nc]" },
  { "mark", "\xef\xbb\xbf" "data: a\n\n", "[-|message|a]" },
  { "mark-once", "data: a\n\n\xef\xbb\xbf" "data: b\n\n", "[-|message|a]" },
  { "comments", ": one\n:\ndata: a\n: two\n\n:\n\n", "[-|message|a]" },
  { "lines", "data: a\ndata:\ndata:  b\n\n", "[-|message|a\n\n b]" },
  { "empty-data", "data\n\ndata:\n\n", "[-|message|][-|message|]" },
  { "no-data", "id: 3\nevent: x\n\ndata: a\n\n", "[3|message|a]" },
  { "id-stays", "id: 3\ndata: a\n\ndata: b\n\nid\ndata: c\n\n", "[3|message|a][3|message|b][|message|c]" },
  { "unknown-field", "what: ever\ndata: a\nDATA: b\n\n", "[-|message|a]" },
  { "unfinished", "data: a\n\ndata: b\n", "[-|message|a]" },
  { "utf8", "data: \xd8\xb9\xf0\x9f\x99\x82\n\n", "[-|message|\xd8\xb9\xf0\x9f\x99\x82]" },
  { "colons", "data: {\"a\":1}\n\n", "[-|message|{\"a\":1}]" },
};

/* Every way to cut the text into three pieces gives the same events. */
static void
test_case (gconstpointer data)
{
  const Case *test = data;
  gsize length = strlen (test->text);

  for (gsize first = 0; first <= length; first++)
    for (gsize second = first; second <= length; second++)
      {
        g_autofree char *events = parse_in_pieces (test->text, length, first, second);

        g_assert_cmpstr (events, ==, test->events);
      }
}

static void
test_nul (void)
{
  const char text[] = "id: 1\ndata: a\n\nid: 2\0003\ndata: b\n\n";
  g_autofree char *events = parse_in_pieces (text, sizeof text - 1, 3, 17);

  g_assert_cmpstr (events, ==, "[1|message|a][1|message|b]");
}

static void
test_broken_utf8 (void)
{
  const char text[] = "data: a\xff" "b\n\n";
  g_autofree char *events = parse_in_pieces (text, sizeof text - 1, 0, 0);

  g_assert_true (g_utf8_validate (events, -1, NULL));
  g_assert_cmpstr (events, ==, "[-|message|a\xef\xbf\xbd" "b]");
}

static void
test_retry (void)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (HandoverSseParser) parser = handover_sse_parser_new (note_event, out);

  g_assert_cmpint (handover_sse_parser_get_retry (parser), ==, -1);
  g_assert_true (handover_sse_parser_feed (parser, "retry: 1500\nretry: 2s\nretry: -1\n", 32, NULL));
  g_assert_cmpint (handover_sse_parser_get_retry (parser), ==, 1500);
}

static void
test_too_long (void)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (HandoverSseParser) parser = handover_sse_parser_new (note_event, out);
  g_autoptr (GError) error = NULL;
  g_autofree char *piece = g_strnfill (1024 * 1024, 'x');
  guint pieces = 0;

  while (handover_sse_parser_feed (parser, piece, 1024 * 1024, &error))
    g_assert_cmpuint (pieces++, <, 64);

  g_assert_error (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_UNEXPECTED_ANSWER);
  g_assert_cmpuint (out->len, ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/client/sse-parser/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/client/sse-parser/nul", test_nul);
  g_test_add_func ("/client/sse-parser/broken-utf8", test_broken_utf8);
  g_test_add_func ("/client/sse-parser/retry", test_retry);
  g_test_add_func ("/client/sse-parser/too-long", test_too_long);

  return g_test_run ();
}
