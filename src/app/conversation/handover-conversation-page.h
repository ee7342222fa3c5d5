/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <adwaita.h>

#include "client/handover-account.h"
#include "core/handover-conversation.h"

G_BEGIN_DECLS

#define HANDOVER_TYPE_CONVERSATION_PAGE (handover_conversation_page_get_type ())

G_DECLARE_FINAL_TYPE (HandoverConversationPage, handover_conversation_page, HANDOVER, CONVERSATION_PAGE, AdwBin)

void                  handover_conversation_page_set_account      (HandoverConversationPage *self,
                                                                   HandoverAccount          *account);
HandoverConversation *handover_conversation_page_get_conversation (HandoverConversationPage *self);
void                  handover_conversation_page_set_conversation (HandoverConversationPage *self,
                                                                   HandoverConversation     *conversation);

G_END_DECLS
