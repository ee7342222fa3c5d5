/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <json-glib/json-glib.h>

#include "service/channels/handover-inbound.h"

G_BEGIN_DECLS

gboolean handover_telegram_content_read  (JsonObject           *message,
                                          HandoverInboundEvent *event);
char    *handover_telegram_content_clean (const char           *text,
                                          gsize                 limit);

G_END_DECLS
