/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "core/handover-record.h"

G_BEGIN_DECLS

#define HANDOVER_TYPE_TOOL (handover_tool_get_type ())

G_DECLARE_FINAL_TYPE (HandoverTool, handover_tool, HANDOVER, TOOL, HandoverRecord)

/**
 * HandoverTool:
 *
 * Something an agent did: which tool it called, with what, and what came of it.
 *
 * Its members are read-only for everybody but the code that makes it.
 */
struct _HandoverTool
{
  HandoverRecord parent_instance;

  /*< public >*/
  char *name;
  JsonNode *arguments;
  JsonNode *result;
  char *error;
};

G_END_DECLS
