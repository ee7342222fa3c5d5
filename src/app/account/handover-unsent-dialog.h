/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <adwaita.h>

#include "client/handover-account.h"

G_BEGIN_DECLS

/**
 * HandoverUnsent:
 * @customer: to whom
 * @text: what was written and never sent
 *
 * A text that goes with the account.
 */
typedef struct
{
  char *customer;
  char *text;
} HandoverUnsent;

GPtrArray      *handover_unsent_collect         (HandoverAccount *account);

AdwDialog      *handover_unsent_dialog_new      (GPtrArray       *unsent);
AdwAlertDialog *handover_unsent_ask_to_sign_out (GPtrArray       *unsent);

G_END_DECLS
