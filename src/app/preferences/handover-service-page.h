/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <adwaita.h>

#include "client/handover-local-service.h"

G_BEGIN_DECLS

#define HANDOVER_TYPE_SERVICE_PAGE (handover_service_page_get_type ())

G_DECLARE_FINAL_TYPE (HandoverServicePage, handover_service_page, HANDOVER, SERVICE_PAGE, AdwPreferencesPage)

void handover_service_page_set_service (HandoverServicePage  *self,
                                        HandoverLocalService *service);

G_END_DECLS
