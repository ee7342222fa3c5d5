/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <adwaita.h>

#include "client/handover-account.h"

G_BEGIN_DECLS

#define HANDOVER_TYPE_CONNECT_DIALOG (handover_connect_dialog_get_type ())

G_DECLARE_FINAL_TYPE (HandoverConnectDialog, handover_connect_dialog, HANDOVER, CONNECT_DIALOG, AdwDialog)

AdwDialog *handover_connect_dialog_new (HandoverAccount *account);

G_END_DECLS
