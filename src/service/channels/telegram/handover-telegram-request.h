/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <libsoup/soup.h>

#include "service/channels/handover-outbound.h"

G_BEGIN_DECLS

#define HANDOVER_TELEGRAM_TEXT 4096
#define HANDOVER_TELEGRAM_CAPTION 1024
#define HANDOVER_TELEGRAM_SENT_FILE (50 * 1024 * 1024)
#define HANDOVER_TELEGRAM_RECEIVED_FILE (20 * 1024 * 1024)

/**
 * HandoverTelegramRequest:
 * @method: the method's name
 * @type: the body's media type
 * @pieces: (element-type GBytes): the body, whose files are not copied
 *
 * A call as it goes over the wire.
 */
typedef struct
{
  const char *method;
  char *type;
  GPtrArray *pieces;
} HandoverTelegramRequest;

HandoverTelegramRequest *handover_telegram_request_new      (const char                     *method,
                                                             const char                     *format,
                                                             ...);
HandoverTelegramRequest *handover_telegram_request_for_part (const HandoverOutboundPart     *part,
                                                             GError                        **error);
gsize                    handover_telegram_request_get_size (const HandoverTelegramRequest  *self);
GInputStream *           handover_telegram_request_open     (const HandoverTelegramRequest  *self);
void                     handover_telegram_request_free     (HandoverTelegramRequest        *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HandoverTelegramRequest, handover_telegram_request_free)

G_END_DECLS
