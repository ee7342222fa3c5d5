/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <adwaita.h>

#include "client/handover-account.h"

G_BEGIN_DECLS

#define HANDOVER_TYPE_PASSWORD_DIALOG (handover_password_dialog_get_type ())

G_DECLARE_FINAL_TYPE (HandoverPasswordDialog, handover_password_dialog, HANDOVER, PASSWORD_DIALOG, AdwDialog)

HandoverPasswordDialog *handover_password_dialog_new (HandoverAccount *account);

G_END_DECLS
