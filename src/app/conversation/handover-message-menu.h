/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void handover_message_menu_attach (GtkWidget *view);

G_END_DECLS
