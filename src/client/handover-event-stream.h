/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "client/handover-client.h"
#include "client/handover-connection.h"

G_BEGIN_DECLS

#define HANDOVER_TYPE_EVENT_STREAM (handover_event_stream_get_type ())

G_DECLARE_FINAL_TYPE (HandoverEventStream, handover_event_stream, HANDOVER, EVENT_STREAM, GObject)

HandoverEventStream *handover_event_stream_new            (HandoverClient      *client);
void                 handover_event_stream_start          (HandoverEventStream *self,
                                                           gint64               after);
void                 handover_event_stream_set_log        (HandoverEventStream *self,
                                                           const char          *log);
void                 handover_event_stream_stop           (HandoverEventStream *self);
void                 handover_event_stream_retry          (HandoverEventStream *self);
HandoverConnection   handover_event_stream_get_connection (HandoverEventStream *self);
guint                handover_event_stream_get_gaps       (HandoverEventStream *self);
gint64               handover_event_stream_get_sequence   (HandoverEventStream *self);

G_END_DECLS
