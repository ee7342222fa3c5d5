/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "service/store/handover-store-channels.h"

G_BEGIN_DECLS

gboolean handover_desk_health_received (HandoverStore         *store,
                                        HandoverStoreChannel  *channel,
                                        gboolean               something,
                                        GError               **error);
gboolean handover_desk_health_sent     (HandoverStore         *store,
                                        HandoverStoreChannel  *channel,
                                        GError               **error);
gboolean handover_desk_health_failed   (HandoverStore         *store,
                                        HandoverStoreChannel  *channel,
                                        const char            *reason,
                                        gboolean               failing,
                                        GError               **error);

G_END_DECLS
