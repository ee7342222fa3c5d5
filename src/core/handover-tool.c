/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "core/handover-tool.h"

G_DEFINE_FINAL_TYPE (HandoverTool, handover_tool, HANDOVER_TYPE_RECORD)

static const HandoverMember members[] = {
  HANDOVER_MEMBER (HandoverTool, name, STRING, REQUIRED),
  HANDOVER_MEMBER (HandoverTool, arguments, JSON, OPTIONAL),
  HANDOVER_MEMBER (HandoverTool, result, JSON, OPTIONAL),
  HANDOVER_MEMBER (HandoverTool, error, STRING, OPTIONAL),
};

static void
handover_tool_class_init (HandoverToolClass *klass)
{
  handover_record_class_set_members (HANDOVER_RECORD_CLASS (klass), members, G_N_ELEMENTS (members));
}

static void
handover_tool_init (HandoverTool *self)
{
}
