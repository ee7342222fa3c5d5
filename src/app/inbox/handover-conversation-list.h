/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <adwaita.h>

#include "core/handover-conversation.h"

G_BEGIN_DECLS

#define HANDOVER_TYPE_CONVERSATION_LIST (handover_conversation_list_get_type ())

G_DECLARE_FINAL_TYPE (HandoverConversationList, handover_conversation_list, HANDOVER, CONVERSATION_LIST, AdwBin)

void                  handover_conversation_list_set_sections    (HandoverConversationList *self,
                                                                  GListModel               *first,
                                                                  GListModel               *second,
                                                                  const char               *second_title);

void                  handover_conversation_list_set_operator_id (HandoverConversationList *self,
                                                                  const char               *operator_id);

HandoverConversation *handover_conversation_list_get_selected    (HandoverConversationList *self);
void                  handover_conversation_list_set_selected    (HandoverConversationList *self,
                                                                  HandoverConversation     *conversation);
void                  handover_conversation_list_move            (HandoverConversationList *self,
                                                                  int                       step);

G_END_DECLS
