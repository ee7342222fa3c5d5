/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "core/handover-enums.h"
#include "core/handover-template.h"
#include "service/store/handover-store.h"

G_BEGIN_DECLS

/**
 * HandoverDeskTemplate:
 * @name: (nullable): its name
 * @shortcut: (nullable): what to type for it; empty for none
 * @text: (nullable): the reply
 * @scope: who sees it
 *
 * What is told of a template; %NULL and UNKNOWN leave a member as it is.
 */
typedef struct
{
  const char *name;
  const char *shortcut;
  const char *text;
  HandoverTemplateScope scope;
} HandoverDeskTemplate;

HandoverTemplate *handover_desk_create_template (HandoverStore               *store,
                                                 const char                  *business_id,
                                                 const char                  *operator_id,
                                                 const HandoverDeskTemplate  *told,
                                                 GError                     **error);
HandoverTemplate *handover_desk_change_template (HandoverStore               *store,
                                                 const char                  *business_id,
                                                 const char                  *operator_id,
                                                 const char                  *id,
                                                 const HandoverDeskTemplate  *told,
                                                 GError                     **error);
gboolean          handover_desk_delete_template (HandoverStore               *store,
                                                 const char                  *business_id,
                                                 const char                  *operator_id,
                                                 const char                  *id,
                                                 GError                     **error);

G_END_DECLS
