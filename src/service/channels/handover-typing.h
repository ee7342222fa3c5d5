/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "service/channels/handover-channel.h"

G_BEGIN_DECLS

typedef struct _HandoverTyping HandoverTyping;

HandoverTyping *handover_typing_new  (HandoverChannel *channel);
void            handover_typing_free (HandoverTyping  *self);
void            handover_typing_show (HandoverTyping  *self,
                                      const char      *contact,
                                      gint64           now);

G_END_DECLS
