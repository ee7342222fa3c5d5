/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "service/desk/handover-desk-case.h"
#include "service/store/handover-store-channels.h"

G_BEGIN_DECLS

HandoverDeskCase *handover_desk_intake_find    (HandoverStore        *store,
                                                const char           *business_id,
                                                const char           *agent_id,
                                                const char           *external_id,
                                                GError              **error);
HandoverDeskCase *handover_desk_intake_open    (HandoverStore        *store,
                                                const char           *business_id,
                                                const char           *agent_id,
                                                const char           *external_id,
                                                HandoverChannelKind   channel,
                                                HandoverCustomer     *contact,
                                                GError              **error);
gboolean          handover_desk_intake_contact (HandoverDeskCase     *desk_case,
                                                HandoverCustomer     *contact,
                                                GError              **error);
HandoverDeskCase *handover_desk_intake_arrive  (HandoverStore        *store,
                                                HandoverStoreChannel *channel,
                                                const char           *place,
                                                HandoverCustomer     *contact,
                                                GError              **error);
gboolean          handover_desk_intake_follow  (HandoverStore        *store,
                                                HandoverStoreChannel *channel,
                                                GError              **error);

G_END_DECLS
