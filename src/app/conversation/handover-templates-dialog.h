/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <adwaita.h>

#include "client/handover-account.h"

G_BEGIN_DECLS

#define HANDOVER_TYPE_TEMPLATES_DIALOG (handover_templates_dialog_get_type ())

G_DECLARE_FINAL_TYPE (HandoverTemplatesDialog, handover_templates_dialog, HANDOVER, TEMPLATES_DIALOG, AdwDialog)

AdwDialog *handover_templates_dialog_new (HandoverAccount *account);

G_END_DECLS
