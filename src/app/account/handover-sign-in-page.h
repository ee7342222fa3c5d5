/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <adwaita.h>

#include "client/handover-account.h"

G_BEGIN_DECLS

#define HANDOVER_TYPE_SIGN_IN_PAGE (handover_sign_in_page_get_type ())

G_DECLARE_FINAL_TYPE (HandoverSignInPage, handover_sign_in_page, HANDOVER, SIGN_IN_PAGE, AdwBin)

void handover_sign_in_page_set_service (HandoverSignInPage *self,
                                        const char         *service);
void handover_sign_in_page_set_email   (HandoverSignInPage *self,
                                        const char         *email);
void handover_sign_in_page_set_reason  (HandoverSignInPage *self,
                                        const char         *reason);

G_END_DECLS
