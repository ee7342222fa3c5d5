/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <adwaita.h>

#include "app/notifications/handover-background.h"
#include "client/handover-account.h"

G_BEGIN_DECLS

#define HANDOVER_TYPE_PERSONAL_PAGE (handover_personal_page_get_type ())

G_DECLARE_FINAL_TYPE (HandoverPersonalPage, handover_personal_page, HANDOVER, PERSONAL_PAGE, AdwPreferencesPage)

void handover_personal_page_set_account    (HandoverPersonalPage *self,
                                            HandoverAccount      *account);
void handover_personal_page_set_background (HandoverPersonalPage *self,
                                            HandoverBackground   *background);

G_END_DECLS
