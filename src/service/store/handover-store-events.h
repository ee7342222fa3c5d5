/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "service/store/handover-store.h"

G_BEGIN_DECLS

GPtrArray *handover_store_list_events      (HandoverStore  *self,
                                            const char     *business_id,
                                            gint64          after,
                                            guint           limit,
                                            GError        **error);
gboolean   handover_store_get_oldest_event (HandoverStore  *self,
                                            const char     *business_id,
                                            gint64         *sequence,
                                            GError        **error);
gboolean   handover_store_check_cursor     (HandoverStore  *self,
                                            const char     *business_id,
                                            gint64          after,
                                            GError        **error);

G_END_DECLS
