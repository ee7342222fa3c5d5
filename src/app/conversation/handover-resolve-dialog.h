/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <adwaita.h>

#include "core/handover-enums.h"

G_BEGIN_DECLS

#define HANDOVER_TYPE_RESOLVE_DIALOG (handover_resolve_dialog_get_type ())

G_DECLARE_FINAL_TYPE (HandoverResolveDialog, handover_resolve_dialog, HANDOVER, RESOLVE_DIALOG, AdwDialog)

AdwDialog         *handover_resolve_dialog_new_hand_back (void);
AdwDialog         *handover_resolve_dialog_new_close     (void);
HandoverResolution handover_resolve_dialog_get_result    (HandoverResolveDialog *self);
char              *handover_resolve_dialog_dup_brief     (HandoverResolveDialog *self);
void               handover_resolve_dialog_set_problem   (HandoverResolveDialog *self,
                                                          const char            *problem);

G_END_DECLS
