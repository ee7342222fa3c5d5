/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <adwaita.h>

#include "app/conversation/handover-message-wording.h"

G_BEGIN_DECLS

#define HANDOVER_TYPE_MESSAGE_FOLD (handover_message_fold_get_type ())

G_DECLARE_FINAL_TYPE (HandoverMessageFold, handover_message_fold, HANDOVER, MESSAGE_FOLD, GtkBox)

GtkWidget *handover_message_fold_new    (HandoverVoice         voice);

void       handover_message_fold_update (HandoverMessageFold  *self,
                                         HandoverMessage      *message,
                                         const HandoverReader *reader);

G_END_DECLS
