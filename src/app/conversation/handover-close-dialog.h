/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <adwaita.h>

#include "core/handover-enums.h"

G_BEGIN_DECLS

#define HANDOVER_TYPE_CLOSE_DIALOG (handover_close_dialog_get_type ())

G_DECLARE_FINAL_TYPE (HandoverCloseDialog, handover_close_dialog, HANDOVER, CLOSE_DIALOG, AdwDialog)

AdwDialog         *handover_close_dialog_new         (void);
HandoverResolution handover_close_dialog_get_result  (HandoverCloseDialog *self);
void               handover_close_dialog_set_problem (HandoverCloseDialog *self,
                                                      const char          *problem);

G_END_DECLS
