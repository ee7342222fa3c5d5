/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <json-glib/json-glib.h>

#include "service/http/handover-principal.h"
#include "service/store/handover-store.h"

G_BEGIN_DECLS

gboolean handover_store_find_key   (HandoverStore            *self,
                                    GBytes                   *key_hash,
                                    gint64                    now,
                                    HandoverPrincipal        *principal,
                                    GError                  **error);
gboolean handover_store_has_key    (HandoverStore            *self,
                                    const HandoverPrincipal  *principal,
                                    gboolean                 *has,
                                    GError                  **error);
gboolean handover_store_add_key    (HandoverStore            *self,
                                    const char               *business_id,
                                    const char               *agent_id,
                                    const char               *key_id,
                                    const char               *name,
                                    GBytes                   *key_hash,
                                    GError                  **error);
gboolean handover_store_touch_key  (HandoverStore            *self,
                                    const HandoverPrincipal  *principal,
                                    gint64                    now,
                                    GError                  **error);
gboolean handover_store_delete_key (HandoverStore            *self,
                                    const char               *business_id,
                                    const char               *agent_id,
                                    const char               *key_id,
                                    GError                  **error);

G_END_DECLS
