/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "service/channels/handover-channel.h"

G_BEGIN_DECLS

#define HANDOVER_TYPE_TELEGRAM (handover_telegram_get_type ())
G_DECLARE_FINAL_TYPE (HandoverTelegram, handover_telegram, HANDOVER, TELEGRAM, HandoverChannel)

G_END_DECLS
