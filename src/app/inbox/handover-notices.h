/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <adwaita.h>

#include "client/handover-local-service.h"

G_BEGIN_DECLS

#define HANDOVER_TYPE_NOTICES (handover_notices_get_type ())

G_DECLARE_FINAL_TYPE (HandoverNotices, handover_notices, HANDOVER, NOTICES, AdwBin)

void handover_notices_set_service               (HandoverNotices      *self,
                                                 HandoverLocalService *service);
void handover_notices_set_notifications_refused (HandoverNotices      *self,
                                                 gboolean              refused);
void handover_notices_set_background_refused    (HandoverNotices      *self,
                                                 gboolean              refused);

G_END_DECLS
