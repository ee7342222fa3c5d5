/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <adwaita.h>

#include "app/conversation/handover-message-wording.h"

G_BEGIN_DECLS

#define HANDOVER_TYPE_MESSAGE_LINE (handover_message_line_get_type ())

G_DECLARE_FINAL_TYPE (HandoverMessageLine, handover_message_line, HANDOVER, MESSAGE_LINE, GtkBox)

GtkWidget *handover_message_line_new    (void);

void       handover_message_line_update (HandoverMessageLine  *self,
                                         HandoverMessage      *message,
                                         const HandoverReader *reader);

G_END_DECLS
