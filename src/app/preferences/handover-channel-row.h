/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <adwaita.h>

#include "client/handover-account.h"
#include "core/handover-channel-account.h"

G_BEGIN_DECLS

#define HANDOVER_TYPE_CHANNEL_ROW (handover_channel_row_get_type ())

G_DECLARE_FINAL_TYPE (HandoverChannelRow, handover_channel_row, HANDOVER, CHANNEL_ROW, AdwExpanderRow)

GtkWidget *handover_channel_row_new (HandoverAccount        *account,
                                     HandoverChannelAccount *channel);

G_END_DECLS
