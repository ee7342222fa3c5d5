/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define HANDOVER_TYPE_WELCOME_PAGE (handover_welcome_page_get_type ())

G_DECLARE_FINAL_TYPE (HandoverWelcomePage, handover_welcome_page, HANDOVER, WELCOME_PAGE, AdwBin)

void handover_welcome_page_set_service (HandoverWelcomePage *self,
                                        const char          *service);

G_END_DECLS
