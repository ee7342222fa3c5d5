/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * HandoverSseEvent:
 * @id: (nullable): the last id that the stream has named so far
 * @kind: what the event is; `message` when the stream does not say
 * @data: its data, lines joined by line feeds, valid UTF-8
 *
 * One event of a stream of Server-Sent Events; it lives as long as the call that hands it over.
 */
typedef struct
{
  const char *id;
  const char *kind;
  const char *data;
} HandoverSseEvent;

/**
 * HandoverSseFunc:
 * @event: an event
 * @user_data: data for the function
 *
 * Takes one event; it must not feed or free the parser.
 */
typedef void (*HandoverSseFunc) (const HandoverSseEvent *event,
                                 gpointer                user_data);

typedef struct _HandoverSseParser HandoverSseParser;

HandoverSseParser *handover_sse_parser_new       (HandoverSseFunc     func,
                                                  gpointer            user_data);
void               handover_sse_parser_free      (HandoverSseParser  *self);
gboolean           handover_sse_parser_feed      (HandoverSseParser  *self,
                                                  const char         *bytes,
                                                  gsize               length,
                                                  GError            **error);
gint64             handover_sse_parser_get_retry (HandoverSseParser  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HandoverSseParser, handover_sse_parser_free)

G_END_DECLS
