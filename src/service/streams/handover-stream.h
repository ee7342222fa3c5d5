/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <gio/gio.h>

#include "service/http/handover-connections.h"
#include "service/http/handover-principal.h"
#include "service/store/handover-log-line.h"

G_BEGIN_DECLS

/* What one stream may have waiting before it is cut: whoever reads this slowly is better off reconnecting. */
#define HANDOVER_STREAM_QUEUE_EVENTS 64
#define HANDOVER_STREAM_QUEUE_BYTES (256 * 1024)

/**
 * HandoverStreamEnd:
 * @socket: the connection's socket
 * @connection: the connection, taken away from the server
 * @tls: whether it is encrypted
 * @place: (transfer full) (nullable): its place among all connections
 *
 * The service's end of a connection that becomes a stream.
 */
typedef struct
{
  GSocket *socket;
  GIOStream *connection;
  gboolean tls;
  HandoverPlace *place;
} HandoverStreamEnd;

/**
 * HandoverStream:
 * @id: its number among all streams
 * @principal: who reads it
 * @cursor: the last number of the log that it has been given or may not see
 * @live: whether it takes what is published; until then it is fed pages of the log
 * @fetching: whether a page is on its way
 * @dead: whether it is to be freed at the end of the turn
 * @fd: the connection's descriptor
 *
 * One connection that receives events. It belongs to the fan-out's thread.
 */
typedef struct
{
  guint64 id;
  HandoverPrincipal principal;
  gint64 cursor;
  gboolean live;
  gboolean fetching;
  gboolean dead;
  int fd;

  /*< private >*/
  GIOStream *connection;
  GSocket *socket;
  HandoverPlace *place;
  GBytes **queue;
  guint queue_start;
  guint queue_length;
  gsize queue_bytes;
  gsize offset;
  guint stalled;
} HandoverStream;

HandoverStream *handover_stream_new        (const HandoverStreamEnd *end,
                                            const HandoverPrincipal *principal,
                                            gint64                   after,
                                            GError                 **error);
void            handover_stream_free       (HandoverStream          *self);
gboolean        handover_stream_send       (HandoverStream          *self,
                                            GBytes                  *bytes);
gboolean        handover_stream_flush      (HandoverStream          *self);
gboolean        handover_stream_drain      (HandoverStream          *self);
gboolean        handover_stream_is_idle    (HandoverStream          *self);
guint           handover_stream_count_beat (HandoverStream          *self);
gboolean        handover_stream_belongs_to (HandoverStream          *self,
                                            const char              *id);
gboolean        handover_stream_may_see    (HandoverStream          *self,
                                            HandoverLogLine         *line,
                                            gboolean                *withheld);

G_END_DECLS
