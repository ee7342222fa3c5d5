/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "service/http/handover-principal.h"
#include "service/store/handover-store.h"

G_BEGIN_DECLS

/* A session that nobody used for this long is over. */
#define HANDOVER_SESSION_IDLE (G_GINT64_CONSTANT (30) * 24 * 3600 * 1000)

gboolean   handover_store_find_session         (HandoverStore            *self,
                                                GBytes                   *token_hash,
                                                gint64                    now,
                                                HandoverPrincipal        *principal,
                                                GError                  **error);
gboolean   handover_store_has_session          (HandoverStore            *self,
                                                const HandoverPrincipal  *principal,
                                                gboolean                 *has,
                                                GError                  **error);
gboolean   handover_store_add_session          (HandoverStore            *self,
                                                const char               *business_id,
                                                const char               *operator_id,
                                                GBytes                   *token_hash,
                                                const char               *device,
                                                gint64                    now,
                                                GError                  **error);
gboolean   handover_store_touch_session        (HandoverStore            *self,
                                                const HandoverPrincipal  *principal,
                                                gint64                    now,
                                                GError                  **error);
gboolean   handover_store_delete_session       (HandoverStore            *self,
                                                const char               *business_id,
                                                const char               *session_id,
                                                GError                  **error);
GPtrArray *handover_store_delete_sessions      (HandoverStore            *self,
                                                const char               *business_id,
                                                const char               *operator_id,
                                                const char               *except,
                                                GError                  **error);

G_END_DECLS
