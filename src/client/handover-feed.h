/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "client/handover-account.h"
#include "client/handover-client.h"

G_BEGIN_DECLS

#define HANDOVER_TYPE_FEED (handover_feed_get_type ())

G_DECLARE_FINAL_TYPE (HandoverFeed, handover_feed, HANDOVER, FEED, GObject)

HandoverFeed       *handover_feed_new            (HandoverClient *client,
                                                  HandoverMirror *mirror);
void                handover_feed_start          (HandoverFeed   *self);
void                handover_feed_stop           (HandoverFeed   *self);
void                handover_feed_retry          (HandoverFeed   *self);
HandoverConnection  handover_feed_get_connection (HandoverFeed   *self);
guint               handover_feed_get_gaps       (HandoverFeed   *self);

G_END_DECLS
