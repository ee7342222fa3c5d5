/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <adwaita.h>

#include "core/handover-conversation.h"

G_BEGIN_DECLS

#define HANDOVER_TYPE_CONTROL_HEAD (handover_control_head_get_type ())

G_DECLARE_FINAL_TYPE (HandoverControlHead, handover_control_head, HANDOVER, CONTROL_HEAD, GtkBox)

void        handover_control_head_show      (HandoverControlHead  *self,
                                             HandoverConversation *conversation,
                                             const char           *operator_id,
                                             gboolean              agent_enabled);

const char *handover_control_head_get_title (HandoverControlHead  *self);

G_END_DECLS
