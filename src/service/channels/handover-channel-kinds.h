/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "core/handover-enums.h"
#include "service/channels/handover-channel.h"

G_BEGIN_DECLS

GType handover_channel_kinds_get_type (HandoverChannelKind kind);
void  handover_channel_kinds_set_type (HandoverChannelKind kind,
                                       GType               type);

G_END_DECLS
