/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <adwaita.h>

#include "core/handover-conversation.h"

G_BEGIN_DECLS

/* A customer has waited too long after this. */
#define HANDOVER_WAIT_TARGET (60 * G_GINT64_CONSTANT (1000))

#define HANDOVER_TYPE_CONVERSATION_ROW (handover_conversation_row_get_type ())

G_DECLARE_FINAL_TYPE (HandoverConversationRow, handover_conversation_row, HANDOVER, CONVERSATION_ROW, AdwBin)

GtkWidget            *handover_conversation_row_new              (void);

HandoverConversation *handover_conversation_row_get_conversation (HandoverConversationRow *self);
void                  handover_conversation_row_set_conversation (HandoverConversationRow *self,
                                                                  HandoverConversation    *conversation);

void                  handover_conversation_row_set_operator_id  (HandoverConversationRow *self,
                                                                  const char              *operator_id);

char                 *handover_conversation_row_dup_label        (HandoverConversationRow *self);

void                  handover_conversation_row_tick             (HandoverConversationRow *self,
                                                                  gint64                   now);

G_END_DECLS
