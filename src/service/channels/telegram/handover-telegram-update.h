/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <json-glib/json-glib.h>

#include "service/channels/handover-inbound.h"

G_BEGIN_DECLS

/* What is asked for; what is not named here is not sent. */
#define HANDOVER_TELEGRAM_UPDATE_KINDS "message", "edited_message", "callback_query", "my_chat_member"

void                  handover_telegram_update_read  (JsonNode              *update,
                                                      HandoverInboundBatch  *batch);
HandoverInboundBatch *handover_telegram_updates_read (JsonNode              *updates,
                                                      GError               **error);
HandoverInboundBatch *handover_telegram_updates_skip (GBytes                *bytes);

G_END_DECLS
