/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

char *handover_help_dup_uri        (GtkWindow            *window);
void  handover_help_follow_dialogs (AdwApplicationWindow *window);

G_END_DECLS
