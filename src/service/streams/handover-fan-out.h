/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <gio/gio.h>

#include "service/http/handover-principal.h"
#include "service/store/handover-log-line.h"
#include "service/streams/handover-stream.h"

G_BEGIN_DECLS

/**
 * HandoverFanOutFetch:
 * @stream: the stream's number, for [method@FanOut.deliver] or [method@FanOut.refuse]
 * @principal: who reads it; only valid during the call
 * @after: the number after which lines are wanted
 * @user_data: what was given
 *
 * Asks for a page of the log. It is called on the fan-out's thread and must not block.
 */
typedef void (*HandoverFanOutFetch) (guint64                  stream,
                                     const HandoverPrincipal *principal,
                                     gint64                   after,
                                     gpointer                 user_data);

/**
 * HandoverFanOutOptions:
 * @heartbeat: milliseconds between two heartbeats; 0 for 5000
 * @fetch: asks for a page of the log
 * @user_data: for @fetch
 *
 * What a #HandoverFanOut is made of.
 */
typedef struct
{
  guint heartbeat;
  HandoverFanOutFetch fetch;
  gpointer user_data;
} HandoverFanOutOptions;

typedef struct _HandoverFanOut HandoverFanOut;

HandoverFanOut *handover_fan_out_new       (const HandoverFanOutOptions  *options,
                                            GError                      **error);
void            handover_fan_out_stop      (HandoverFanOut               *self);
void            handover_fan_out_free      (HandoverFanOut               *self);
gboolean        handover_fan_out_add       (HandoverFanOut               *self,
                                            const HandoverStreamEnd      *end,
                                            const HandoverPrincipal      *principal,
                                            gint64                        after,
                                            gint64                        sequence,
                                            GError                      **error);
void            handover_fan_out_publish   (HandoverFanOut               *self,
                                            GPtrArray                    *lines);
void            handover_fan_out_deliver   (HandoverFanOut               *self,
                                            guint64                       stream,
                                            GPtrArray                    *lines,
                                            gint64                        end,
                                            gboolean                      more);
void            handover_fan_out_refuse    (HandoverFanOut               *self,
                                            guint64                       stream);
void            handover_fan_out_end       (HandoverFanOut               *self,
                                            const char                   *id);
guint           handover_fan_out_get_count (HandoverFanOut               *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HandoverFanOut, handover_fan_out_free)

G_END_DECLS
