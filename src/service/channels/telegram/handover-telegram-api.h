/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <gio/gio.h>

#include "service/channels/telegram/handover-telegram-answer.h"
#include "service/channels/telegram/handover-telegram-request.h"

G_BEGIN_DECLS

/* For how long one question for what came stays open; in seconds. */
#define HANDOVER_TELEGRAM_POLL 30

#define HANDOVER_TYPE_TELEGRAM_API (handover_telegram_api_get_type ())
G_DECLARE_FINAL_TYPE (HandoverTelegramApi, handover_telegram_api, HANDOVER, TELEGRAM_API, GObject)

HandoverTelegramApi *   handover_telegram_api_new         (const char               *address);
gboolean                handover_telegram_api_is_token    (const char               *token);
void                    handover_telegram_api_call_async  (HandoverTelegramApi      *self,
                                                           const char               *token,
                                                           HandoverTelegramRequest  *request,
                                                           GCancellable             *cancellable,
                                                           GAsyncReadyCallback       callback,
                                                           gpointer                  user_data);
HandoverTelegramAnswer *handover_telegram_api_call_finish (HandoverTelegramApi      *self,
                                                           GAsyncResult             *result,
                                                           gboolean                 *left,
                                                           GError                  **error);
void                    handover_telegram_api_open_async  (HandoverTelegramApi      *self,
                                                           const char               *token,
                                                           const char               *path,
                                                           GCancellable             *cancellable,
                                                           GAsyncReadyCallback       callback,
                                                           gpointer                  user_data);
GInputStream *          handover_telegram_api_open_finish (HandoverTelegramApi      *self,
                                                           GAsyncResult             *result,
                                                           GError                  **error);

G_END_DECLS
