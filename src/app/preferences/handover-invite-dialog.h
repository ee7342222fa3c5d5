/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <adwaita.h>

#include "client/handover-account.h"

G_BEGIN_DECLS

#define HANDOVER_TYPE_INVITE_DIALOG (handover_invite_dialog_get_type ())

G_DECLARE_FINAL_TYPE (HandoverInviteDialog, handover_invite_dialog, HANDOVER, INVITE_DIALOG, AdwDialog)

HandoverInviteDialog *handover_invite_dialog_new (HandoverAccount *account);

G_END_DECLS
