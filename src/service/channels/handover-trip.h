/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "database/handover-workers.h"
#include "service/channels/handover-channel.h"

G_BEGIN_DECLS

/**
 * HandoverTripEnd:
 * @HANDOVER_TRIP_UNREAD: the queue could not be read
 * @HANDOVER_TRIP_EMPTY: nothing was queued
 * @HANDOVER_TRIP_NOTED: it is written down what became of the part
 * @HANDOVER_TRIP_UNNOTED: that cannot be written down any more
 *
 * How a trip ended.
 */
typedef enum
{
  HANDOVER_TRIP_UNREAD,
  HANDOVER_TRIP_EMPTY,
  HANDOVER_TRIP_NOTED,
  HANDOVER_TRIP_UNNOTED,
} HandoverTripEnd;

/**
 * HandoverTripOptions:
 * @channel: by what the part goes
 * @workers: runs the jobs
 * @business_id: whose
 * @channel_id: the channel's id
 * @conversation_id: the first of whose queue goes
 * @retry: after how many milliseconds it is tried again to write down what became of it
 * @cancellable: gives up to know what became of it
 * @may_leave: asked at the last moment; if it may not, it stays in the queue
 * @ended: told once how it ended; with the platform's answer, and whether the conversation has more to send
 * @user_data: for both
 *
 * One part's way.
 */
typedef struct
{
  HandoverChannel *channel;
  HandoverWorkers *workers;
  const char *business_id;
  const char *channel_id;
  const char *conversation_id;
  guint retry;
  GCancellable *cancellable;
  gboolean (*may_leave) (gpointer user_data);
  void (*ended) (HandoverTripEnd           end,
                 const HandoverSendResult *result,
                 gboolean                  more,
                 gpointer                  user_data);
  gpointer user_data;
} HandoverTripOptions;

void handover_trip_begin (const HandoverTripOptions *options);

G_END_DECLS
