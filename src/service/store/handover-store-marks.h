/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "service/store/handover-store.h"

G_BEGIN_DECLS

gboolean handover_store_mark_read     (HandoverStore  *self,
                                       const char     *business_id,
                                       const char     *conversation_id,
                                       gint64          position,
                                       gint64         *unread,
                                       GError        **error);
gboolean handover_store_mark_all_read (HandoverStore  *self,
                                       const char     *business_id,
                                       const char     *conversation_id,
                                       GError        **error);
gboolean handover_store_count_refused (HandoverStore  *self,
                                       const char     *business_id,
                                       const char     *conversation_id,
                                       gint64          epoch,
                                       gint64         *count,
                                       GError        **error);

G_END_DECLS
