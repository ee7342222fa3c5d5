/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * HandoverLogLine:
 * @sequence: its number in the business's log
 * @business_id: whose log it is
 * @kind: the event's kind, such as `message.created`
 * @at: when, in milliseconds since 1970 UTC
 * @agent_id: (nullable): the only agent that may see it; %NULL for none
 * @operator_id: (nullable): the only operator that may see it; %NULL for all of the business
 * @channel_id: (nullable): for a line that is nobody's to see: the channel that has something to do. Of the kind `wake`,
 *   it has something to send or to fetch, or changed; of the kind `typing`, a customer is to see that somebody writes; of
 *   the kind `press`, a button is to stop waiting
 * @conversation_id: (nullable): the conversation in which it has
 * @data: the JSON text of the event's `data:` line, in UTF-8 without a newline; for `typing` and `press` the platform's
 *   name of the chat or of the press, with its final NUL
 *
 * One line of a business's log. It never changes once made, and may be shared between threads.
 */
typedef struct
{
  gatomicrefcount reference_count;
  gint64 sequence;
  char *business_id;
  char *kind;
  gint64 at;
  char *agent_id;
  char *operator_id;
  char *channel_id;
  char *conversation_id;
  GBytes *data;
} HandoverLogLine;

#define HANDOVER_TYPE_LOG_LINE (handover_log_line_get_type ())
GType handover_log_line_get_type (void);

HandoverLogLine *handover_log_line_new   (void);
HandoverLogLine *handover_log_line_ref   (HandoverLogLine *self);
void             handover_log_line_unref (HandoverLogLine *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HandoverLogLine, handover_log_line_unref)

G_END_DECLS
