/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "core/handover-record.h"

G_BEGIN_DECLS

#define HANDOVER_TYPE_TEMPLATE (handover_template_get_type ())

G_DECLARE_FINAL_TYPE (HandoverTemplate, handover_template, HANDOVER, TEMPLATE, HandoverRecord)

/**
 * HandoverTemplate:
 *
 * A reusable reply.
 *
 * Its members are read-only for everybody but the code that makes it.
 */
struct _HandoverTemplate
{
  HandoverRecord parent_instance;

  /*< public >*/
  char *id;
  char *name;
  char *shortcut;
  char *text;
  int scope; /* HandoverTemplateScope */
};

G_END_DECLS
