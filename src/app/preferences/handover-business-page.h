/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <adwaita.h>

#include "client/handover-account.h"

G_BEGIN_DECLS

#define HANDOVER_TYPE_BUSINESS_PAGE (handover_business_page_get_type ())

G_DECLARE_FINAL_TYPE (HandoverBusinessPage, handover_business_page, HANDOVER, BUSINESS_PAGE, AdwPreferencesPage)

void handover_business_page_set_account (HandoverBusinessPage *self,
                                         HandoverAccount      *account);

G_END_DECLS
