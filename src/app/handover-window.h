/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "app/handover-application.h"

G_BEGIN_DECLS

#define HANDOVER_TYPE_WINDOW (handover_window_get_type ())

G_DECLARE_FINAL_TYPE (HandoverWindow, handover_window, HANDOVER, WINDOW, AdwApplicationWindow)

HandoverWindow *handover_window_new       (HandoverApplication *application);

void            handover_window_add_toast (HandoverWindow      *self,
                                           AdwToast            *toast);

G_END_DECLS
