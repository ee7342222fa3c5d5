/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/http/routes/handover-routes.h"

#include "service/http/routes/handover-routes-desk.h"

const HandoverRoute * const handover_routes[] = {
  handover_routes_agent_api,
  handover_routes_agents,
  handover_routes_attachments,
  handover_routes_auth,
  handover_routes_business,
  handover_routes_alerts,
  handover_routes_channels,
  handover_routes_conversations,
  handover_routes_events,
  handover_routes_mcp,
  handover_routes_me,
  handover_routes_operations,
  handover_routes_team,
  handover_routes_templates,
  NULL,
};
