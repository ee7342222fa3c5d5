/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <adwaita.h>

#include "client/handover-account.h"

G_BEGIN_DECLS

#define HANDOVER_TYPE_KEY_DIALOG (handover_key_dialog_get_type ())

G_DECLARE_FINAL_TYPE (HandoverKeyDialog, handover_key_dialog, HANDOVER, KEY_DIALOG, AdwDialog)

HandoverKeyDialog *handover_key_dialog_new (const char *service,
                                            const char *agent_name,
                                            const char *key);

G_END_DECLS
