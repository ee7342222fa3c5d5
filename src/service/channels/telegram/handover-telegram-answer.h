/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <json-glib/json-glib.h>

#include "service/channels/handover-outbound.h"

G_BEGIN_DECLS

#define HANDOVER_TELEGRAM_TOO_MANY_REQUESTS 429

/**
 * HandoverTelegramAnswer:
 * @result: (nullable): what was asked for, where it was granted
 * @code: why it was not, as a status of HTTP; 0 where it was granted, or something came that is no answer
 * @is_platform: whether the platform itself said so, and no gateway on the way
 * @description: (nullable): why it was not, in the platform's words
 * @retry_after: after how many seconds to ask again, where the platform says so; else 0
 * @moved_to: the chat's name from now on, where it moved; else 0
 * @unread: (nullable): the bytes that came, where they are no answer
 *
 * What the platform answered to a call.
 */
typedef struct
{
  JsonNode *result;
  guint code;
  gboolean is_platform;
  char *description;
  guint retry_after;
  gint64 moved_to;
  GBytes *unread;
} HandoverTelegramAnswer;

HandoverTelegramAnswer *handover_telegram_answer_parse      (guint                         status,
                                                             GBytes                       *body);
void                    handover_telegram_answer_free       (HandoverTelegramAnswer       *self);
GError *                handover_telegram_answer_to_error   (const HandoverTelegramAnswer *self);
HandoverSendResult *    handover_telegram_answer_to_outcome (const HandoverTelegramAnswer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HandoverTelegramAnswer, handover_telegram_answer_free)

G_END_DECLS
