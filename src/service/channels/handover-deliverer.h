/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "database/handover-workers.h"
#include "service/channels/handover-channel.h"

G_BEGIN_DECLS

#define HANDOVER_TYPE_DELIVERER (handover_deliverer_get_type ())
G_DECLARE_FINAL_TYPE (HandoverDeliverer, handover_deliverer, HANDOVER, DELIVERER, GObject)

HandoverDeliverer *handover_deliverer_new         (HandoverChannel     *channel,
                                                   HandoverWorkers     *workers,
                                                   const char          *business_id,
                                                   const char          *channel_id,
                                                   guint                retry);
void               handover_deliverer_start       (HandoverDeliverer   *self);
void               handover_deliverer_wake        (HandoverDeliverer   *self,
                                                   const char          *conversation_id);
gboolean           handover_deliverer_is_held     (HandoverDeliverer   *self);
void               handover_deliverer_stop_async  (HandoverDeliverer   *self,
                                                   GAsyncReadyCallback  callback,
                                                   gpointer             user_data);
void               handover_deliverer_stop_finish (HandoverDeliverer   *self,
                                                   GAsyncResult        *result);

G_END_DECLS
