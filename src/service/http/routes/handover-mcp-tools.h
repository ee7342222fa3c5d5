/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <json-glib/json-glib.h>

#include "service/http/handover-principal.h"
#include "service/store/handover-store.h"

G_BEGIN_DECLS

JsonNode *handover_mcp_tools_list (void);
gboolean  handover_mcp_tools_has  (const char               *name);
JsonNode *handover_mcp_tools_call (HandoverStore            *store,
                                   const HandoverPrincipal  *principal,
                                   const char               *name,
                                   JsonObject               *arguments,
                                   const char               *pinned,
                                   GError                  **error);

G_END_DECLS
