/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "core/handover-attachment.h"
#include "service/channels/handover-inbound.h"
#include "service/store/handover-store-channels.h"

G_BEGIN_DECLS

gboolean handover_desk_channel_take      (HandoverStore         *store,
                                          HandoverStoreChannel  *channel,
                                          HandoverInboundBatch  *batch,
                                          GError               **error);
gboolean handover_desk_channel_attach    (HandoverStore         *store,
                                          const char            *business_id,
                                          const char            *channel_id,
                                          HandoverStoreMedia    *media,
                                          HandoverAttachment    *attachment,
                                          GError               **error);
gboolean handover_desk_channel_give_up   (HandoverStore         *store,
                                          const char            *business_id,
                                          const char            *channel_id,
                                          HandoverStoreMedia    *media,
                                          const char            *reason,
                                          GError               **error);

G_END_DECLS
