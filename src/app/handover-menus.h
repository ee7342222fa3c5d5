/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void handover_menus_name_items   (GtkMenuButton *button);
void handover_menus_name_popover (GtkPopover    *popover);

G_END_DECLS
