/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define HANDOVER_TYPE_AGENT_CHOICE (handover_agent_choice_get_type ())

G_DECLARE_FINAL_TYPE (HandoverAgentChoice, handover_agent_choice, HANDOVER, AGENT_CHOICE, AdwComboRow)

void        handover_agent_choice_set_agents (HandoverAgentChoice *self,
                                              GListModel          *agents);
void        handover_agent_choice_choose     (HandoverAgentChoice *self,
                                              const char          *agent_id);
const char *handover_agent_choice_get_chosen (HandoverAgentChoice *self);

G_END_DECLS
