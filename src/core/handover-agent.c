/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "core/handover-agent.h"

#include "core/handover-enum-types.h"

G_DEFINE_FINAL_TYPE (HandoverAgent, handover_agent, HANDOVER_TYPE_RECORD)

static const HandoverMember members[] = {
  HANDOVER_MEMBER (HandoverAgent, id, STRING, REQUIRED),
  HANDOVER_MEMBER (HandoverAgent, name, STRING, REQUIRED),
  HANDOVER_MEMBER_TYPED (HandoverAgent, kind, ENUM, REQUIRED, handover_agent_kind_get_type),
  HANDOVER_MEMBER (HandoverAgent, enabled, BOOLEAN, OPTIONAL),
  HANDOVER_MEMBER (HandoverAgent, last_seen_at, TIME, OPTIONAL),
  HANDOVER_MEMBER (HandoverAgent, keys, JSON, OPTIONAL),
};

static void
handover_agent_class_init (HandoverAgentClass *klass)
{
  handover_record_class_set_members (HANDOVER_RECORD_CLASS (klass), members, G_N_ELEMENTS (members));
}

static void
handover_agent_init (HandoverAgent *self)
{
}
