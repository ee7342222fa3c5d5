/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <adwaita.h>

#include "app/conversation/handover-message-wording.h"

G_BEGIN_DECLS

#define HANDOVER_TYPE_MESSAGE_BUBBLE (handover_message_bubble_get_type ())

G_DECLARE_FINAL_TYPE (HandoverMessageBubble, handover_message_bubble, HANDOVER, MESSAGE_BUBBLE, GtkWidget)

GtkWidget *handover_message_bubble_new    (HandoverVoice         voice);

void       handover_message_bubble_update (HandoverMessageBubble *self,
                                           HandoverMessage       *message,
                                           const HandoverReader  *reader,
                                           gboolean               begins_run,
                                           gboolean               ends_run);

G_END_DECLS
