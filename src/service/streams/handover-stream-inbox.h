/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "service/streams/handover-stream.h"

G_BEGIN_DECLS

/**
 * HandoverStreamCommandKind:
 * @HANDOVER_STREAM_COMMAND_ADD: serve a new stream, beginning with a head
 * @HANDOVER_STREAM_COMMAND_PUBLISH: give lines to all live streams
 * @HANDOVER_STREAM_COMMAND_DELIVER: give a page of the log to the stream that asked
 * @HANDOVER_STREAM_COMMAND_REFUSE: end the stream that asked for a page
 * @HANDOVER_STREAM_COMMAND_END: end all streams of somebody
 * @HANDOVER_STREAM_COMMAND_STOP: end all streams, and the thread
 *
 * What the thread of the event streams is told.
 */
typedef enum
{
  HANDOVER_STREAM_COMMAND_ADD,
  HANDOVER_STREAM_COMMAND_PUBLISH,
  HANDOVER_STREAM_COMMAND_DELIVER,
  HANDOVER_STREAM_COMMAND_REFUSE,
  HANDOVER_STREAM_COMMAND_END,
  HANDOVER_STREAM_COMMAND_STOP,
} HandoverStreamCommandKind;

/**
 * HandoverStreamCommand:
 * @kind: what to do
 * @stream: (nullable): the new stream
 * @head: (nullable): how it begins
 * @lines: (nullable) (element-type HandoverLogLine): lines of the log
 * @stream_id: the stream that asked
 * @end: the number up to which @lines tell all
 * @more: whether the log goes on after @end
 * @id: (nullable): whose streams end
 *
 * One thing that the thread is told, by any other.
 */
typedef struct
{
  HandoverStreamCommandKind kind;
  HandoverStream *stream;
  GBytes *head;
  GPtrArray *lines;
  guint64 stream_id;
  gint64 end;
  gboolean more;
  char *id;
} HandoverStreamCommand;

typedef struct _HandoverStreamInbox HandoverStreamInbox;

HandoverStreamCommand *handover_stream_command_new  (HandoverStreamCommandKind  kind);
void                   handover_stream_command_free (HandoverStreamCommand     *self);

HandoverStreamInbox   *handover_stream_inbox_new    (void);
void                   handover_stream_inbox_free   (HandoverStreamInbox       *self);
int                    handover_stream_inbox_get_fd (HandoverStreamInbox       *self);
void                   handover_stream_inbox_post   (HandoverStreamInbox       *self,
                                                     HandoverStreamCommand     *command);
GQueue                 handover_stream_inbox_take   (HandoverStreamInbox       *self);

G_END_DECLS
