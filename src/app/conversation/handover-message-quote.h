/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <gtk/gtk.h>

#include "app/conversation/handover-message-wording.h"

G_BEGIN_DECLS

#define HANDOVER_TYPE_MESSAGE_QUOTE (handover_message_quote_get_type ())

G_DECLARE_FINAL_TYPE (HandoverMessageQuote, handover_message_quote, HANDOVER, MESSAGE_QUOTE, GtkButton)

GtkWidget *handover_message_quote_new  (void);
void       handover_message_quote_show (HandoverMessageQuote *self,
                                        HandoverPreview      *quote,
                                        const HandoverReader *reader);

G_END_DECLS
