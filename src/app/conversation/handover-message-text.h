/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define HANDOVER_TYPE_MESSAGE_TEXT (handover_message_text_get_type ())

G_DECLARE_FINAL_TYPE (HandoverMessageText, handover_message_text, HANDOVER, MESSAGE_TEXT, GtkBox)

void handover_message_text_set_text (HandoverMessageText *self,
                                     const char          *text);

G_END_DECLS
