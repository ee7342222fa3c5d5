/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <adwaita.h>

#include "client/handover-account.h"
#include "core/handover-conversation.h"

G_BEGIN_DECLS

#define HANDOVER_TYPE_DETAILS_PAGE (handover_details_page_get_type ())

G_DECLARE_FINAL_TYPE (HandoverDetailsPage, handover_details_page, HANDOVER, DETAILS_PAGE, AdwBin)

void handover_details_page_set_account      (HandoverDetailsPage  *self,
                                             HandoverAccount      *account);
void handover_details_page_set_conversation (HandoverDetailsPage  *self,
                                             HandoverConversation *conversation);
void handover_details_page_set_escalations  (HandoverDetailsPage  *self,
                                             GListModel           *escalations);

G_END_DECLS
