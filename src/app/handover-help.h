/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

const char *handover_help_find_page      (GtkWindow            *window);
void        handover_help_follow_dialogs (AdwApplicationWindow *window);

G_END_DECLS
