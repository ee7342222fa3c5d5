/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define HANDOVER_TYPE_HELD_REPLY (handover_held_reply_get_type ())

G_DECLARE_FINAL_TYPE (HandoverHeldReply, handover_held_reply, HANDOVER, HELD_REPLY, GtkBox)

void     handover_held_reply_show (HandoverHeldReply *self,
                                   const char        *title,
                                   const char        *text);
void     handover_held_reply_hide (HandoverHeldReply *self);

G_END_DECLS
