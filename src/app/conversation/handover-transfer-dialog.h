/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define HANDOVER_TYPE_TRANSFER_DIALOG (handover_transfer_dialog_get_type ())

G_DECLARE_FINAL_TYPE (HandoverTransferDialog, handover_transfer_dialog, HANDOVER, TRANSFER_DIALOG, AdwDialog)

AdwDialog *handover_transfer_dialog_new         (GListModel             *operators,
                                                 const char             *operator_id);

void       handover_transfer_dialog_set_problem (HandoverTransferDialog *self,
                                                 const char             *problem);

G_END_DECLS
