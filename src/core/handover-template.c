/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "core/handover-template.h"

#include "core/handover-enum-types.h"

G_DEFINE_FINAL_TYPE (HandoverTemplate, handover_template, HANDOVER_TYPE_RECORD)

static const HandoverMember members[] = {
  HANDOVER_MEMBER (HandoverTemplate, id, STRING, REQUIRED),
  HANDOVER_MEMBER (HandoverTemplate, name, STRING, REQUIRED),
  HANDOVER_MEMBER (HandoverTemplate, shortcut, STRING, OPTIONAL),
  HANDOVER_MEMBER (HandoverTemplate, text, STRING, REQUIRED),
  HANDOVER_MEMBER_TYPED (HandoverTemplate, scope, ENUM, REQUIRED, handover_template_scope_get_type),
};

static void
handover_template_class_init (HandoverTemplateClass *klass)
{
  handover_record_class_set_members (HANDOVER_RECORD_CLASS (klass), members, G_N_ELEMENTS (members));
}

static void
handover_template_init (HandoverTemplate *self)
{
}
