/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <adwaita.h>

#include "app/conversation/handover-message-wording.h"

G_BEGIN_DECLS

#define HANDOVER_TYPE_MESSAGE_ROW (handover_message_row_get_type ())

G_DECLARE_FINAL_TYPE (HandoverMessageRow, handover_message_row, HANDOVER, MESSAGE_ROW, GtkBox)

GtkWidget       *handover_message_row_new         (HandoverMessage      *message,
                                                   const HandoverReader *reader);

HandoverMessage *handover_message_row_get_message (HandoverMessageRow   *self);
void             handover_message_row_arrange     (HandoverMessageRow   *self,
                                                   HandoverMessage      *previous,
                                                   HandoverMessage      *next);
void             handover_message_row_update      (HandoverMessageRow   *self);

G_END_DECLS
