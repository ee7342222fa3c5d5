/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "service/http/handover-route.h"

G_BEGIN_DECLS

/* The tables of what goes on at the desk. Each ends with an empty line. */
extern const HandoverRoute handover_routes_agent_api[];
extern const HandoverRoute handover_routes_alerts[];
extern const HandoverRoute handover_routes_attachments[];
extern const HandoverRoute handover_routes_conversations[];
extern const HandoverRoute handover_routes_mcp[];
extern const HandoverRoute handover_routes_templates[];

G_END_DECLS
