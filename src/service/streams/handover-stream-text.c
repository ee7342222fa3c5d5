/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/streams/handover-stream-text.h"

#include <string.h>

#include "core/handover-time.h"

/**
 * handover_stream_text_head:
 * @sequence: the number of the log that the request saw
 *
 * Makes the head of an answer that is an event stream. It has no length: the stream ends with its connection.
 *
 * Returns: (transfer full): the bytes
 */
GBytes *
handover_stream_text_head (gint64 sequence)
{
  char *text = g_strdup_printf ("HTTP/1.1 200 OK\r\n"
                                "Content-Type: text/event-stream; charset=utf-8\r\n"
                                "Cache-Control: no-store\r\n"
                                "X-Accel-Buffering: no\r\n"
                                "Handover-Sequence: %" G_GINT64_FORMAT "\r\n"
                                "Connection: close\r\n"
                                "\r\n",
                                sequence);

  return g_bytes_new_take (text, strlen (text));
}

static void
append_withheld (GString         *text,
                 HandoverLogLine *line)
{
  g_autofree char *at = handover_time_format (line->at);

  g_string_append_printf (text,
                          "id: %" G_GINT64_FORMAT "\nevent: withheld\n"
                          "data: {\"sequence\":%" G_GINT64_FORMAT ",\"kind\":\"withheld\",\"at\":\"%s\"}\n\n",
                          line->sequence, line->sequence, at);
}

/**
 * handover_stream_text_append:
 * @text: where to
 * @line: a line of the log; one with number 0 is a signal, which gets no `id:`
 * @withheld: whether only its number may be seen
 *
 * Appends a line as a server-sent event.
 */
void
handover_stream_text_append (GString         *text,
                             HandoverLogLine *line,
                             gboolean         withheld)
{
  gsize size;
  const char *data = g_bytes_get_data (line->data, &size);

  if (withheld)
    {
      append_withheld (text, line);
      return;
    }

  if (line->sequence > 0)
    g_string_append_printf (text, "id: %" G_GINT64_FORMAT "\n", line->sequence);
  g_string_append_printf (text, "event: %s\ndata: ", line->kind);
  g_string_append_len (text, data, size);
  g_string_append (text, "\n\n");
}

/**
 * handover_stream_text_line:
 * @line: a line of the log
 * @withheld: whether only its number may be seen
 *
 * Makes a line into a server-sent event of its own.
 *
 * Returns: (transfer full): the bytes
 */
GBytes *
handover_stream_text_line (HandoverLogLine *line,
                           gboolean         withheld)
{
  GString *text = g_string_sized_new (g_bytes_get_size (line->data) + 64);

  handover_stream_text_append (text, line, withheld);
  return g_string_free_to_bytes (text);
}
