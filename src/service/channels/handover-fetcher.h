/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "database/handover-workers.h"
#include "service/channels/handover-channel.h"

G_BEGIN_DECLS

#define HANDOVER_TYPE_FETCHER (handover_fetcher_get_type ())
G_DECLARE_FINAL_TYPE (HandoverFetcher, handover_fetcher, HANDOVER, FETCHER, GObject)

HandoverFetcher *handover_fetcher_new  (HandoverChannel *channel,
                                        HandoverWorkers *workers,
                                        const char      *business_id,
                                        const char      *channel_id,
                                        guint            retry);
void             handover_fetcher_wake (HandoverFetcher *self);
void             handover_fetcher_stop (HandoverFetcher *self);

G_END_DECLS
