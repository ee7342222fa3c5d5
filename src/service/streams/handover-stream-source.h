/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "database/handover-workers.h"
#include "service/streams/handover-fan-out.h"

G_BEGIN_DECLS

typedef struct _HandoverStreamSource HandoverStreamSource;

HandoverStreamSource *handover_stream_source_new         (void);
void                  handover_stream_source_free        (HandoverStreamSource    *self);
void                  handover_stream_source_connect     (HandoverStreamSource    *self,
                                                          HandoverWorkers         *workers,
                                                          HandoverFanOut          *fan_out);
void                  handover_stream_source_fetch       (guint64                  stream,
                                                          const HandoverPrincipal *principal,
                                                          gint64                   after,
                                                          gpointer                 source);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HandoverStreamSource, handover_stream_source_free)

G_END_DECLS
