/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "service/channels/handover-parts.h"
#include "service/desk/handover-desk-case.h"
#include "service/store/handover-store-channels.h"
#include "service/store/handover-store-deliveries.h"

G_BEGIN_DECLS

/**
 * HandoverDeskSending:
 * @delivery: whose queue; and then which message and which part of it
 * @limits: what the channel allows
 * @contact: (nullable): then: the platform's name for the chat; %NULL: there is nothing to send
 * @part: (nullable): then: what to send
 * @reply_to: (nullable): then: the message that it answers, by the platform's name
 * @last: then: whether it is the message's last part
 * @more: at the end: whether the conversation has more to send
 *
 * A part that is about to leave.
 */
typedef struct
{
  HandoverStoreDelivery delivery;
  HandoverChannelLimits limits;
  char *contact;
  HandoverPart *part;
  char *reply_to;
  gboolean last;
  gboolean more;
} HandoverDeskSending;

void     handover_desk_sending_free     (HandoverDeskSending        *self);

gboolean handover_desk_delivery_add     (HandoverDeskCase             *desk_case,
                                         HandoverMessage              *message,
                                         const HandoverMessageOrigin  *origin,
                                         GError                      **error);
gboolean handover_desk_delivery_begin   (HandoverStore              *store,
                                         HandoverDeskSending        *sending,
                                         GError                    **error);
gboolean handover_desk_delivery_end     (HandoverStore              *store,
                                         HandoverDeskSending        *sending,
                                         const HandoverSendResult   *result,
                                         GError                    **error);
gboolean handover_desk_delivery_recover (HandoverStore              *store,
                                         const char                 *business_id,
                                         const char                 *channel_id,
                                         GError                    **error);
gboolean handover_desk_delivery_drop    (HandoverStore              *store,
                                         HandoverStoreChannel       *channel,
                                         GError                    **error);
gboolean handover_desk_delivery_advance (HandoverStore              *store,
                                         const char                 *business_id,
                                         HandoverMessage            *message,
                                         HandoverDeliveryState       state,
                                         const char                 *reason,
                                         GError                    **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HandoverDeskSending, handover_desk_sending_free)

G_END_DECLS
