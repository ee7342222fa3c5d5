/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <adwaita.h>

#include "client/handover-account.h"
#include "core/handover-enums.h"

G_BEGIN_DECLS

#define HANDOVER_TYPE_CONNECTION_BAR (handover_connection_bar_get_type ())

G_DECLARE_FINAL_TYPE (HandoverConnectionBar, handover_connection_bar, HANDOVER, CONNECTION_BAR, AdwBin)

void handover_connection_bar_set_account    (HandoverConnectionBar *self,
                                             HandoverAccount       *account);

void handover_connection_bar_set_connection (HandoverConnectionBar *self,
                                             HandoverConnection     connection,
                                             guint                  gaps);

void handover_connection_bar_set_presence   (HandoverConnectionBar *self,
                                             HandoverPresence       presence);

G_END_DECLS
