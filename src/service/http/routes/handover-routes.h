/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "service/http/handover-route.h"

G_BEGIN_DECLS

/* All tables of the interface. The last one is %NULL. */
extern const HandoverRoute * const handover_routes[];

/* One table for each part of the interface. Each ends with an empty line. */
extern const HandoverRoute handover_routes_agents[];
extern const HandoverRoute handover_routes_auth[];
extern const HandoverRoute handover_routes_business[];
extern const HandoverRoute handover_routes_channels[];
extern const HandoverRoute handover_routes_events[];
extern const HandoverRoute handover_routes_me[];
extern const HandoverRoute handover_routes_operations[];
extern const HandoverRoute handover_routes_team[];

G_END_DECLS
