/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "core/handover-record.h"

G_BEGIN_DECLS

#define HANDOVER_TYPE_AGENT (handover_agent_get_type ())

G_DECLARE_FINAL_TYPE (HandoverAgent, handover_agent, HANDOVER, AGENT, HandoverRecord)

/**
 * HandoverAgent:
 *
 * An AI agent; never a person.
 *
 * Its members are read-only for everybody but the code that makes it.
 */
struct _HandoverAgent
{
  HandoverRecord parent_instance;

  /*< public >*/
  char *id;
  char *name;
  int kind; /* HandoverAgentKind */
  gboolean enabled;
  gint64 last_seen_at;
  JsonNode *keys; /* a list of {id, name?, created_at}; never the keys themselves */
};

G_END_DECLS
