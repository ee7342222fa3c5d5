/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <adwaita.h>

#include "core/handover-enums.h"

G_BEGIN_DECLS

#define HANDOVER_TYPE_HAND_BACK_DIALOG (handover_hand_back_dialog_get_type ())

G_DECLARE_FINAL_TYPE (HandoverHandBackDialog, handover_hand_back_dialog, HANDOVER, HAND_BACK_DIALOG, AdwDialog)

AdwDialog         *handover_hand_back_dialog_new         (void);
HandoverResolution handover_hand_back_dialog_get_result  (HandoverHandBackDialog *self);
char              *handover_hand_back_dialog_dup_brief   (HandoverHandBackDialog *self);
void               handover_hand_back_dialog_set_problem (HandoverHandBackDialog *self,
                                                          const char             *problem);

G_END_DECLS
