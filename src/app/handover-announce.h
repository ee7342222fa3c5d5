/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void handover_announce (GtkWidget                         *widget,
                        const char                        *text,
                        GtkAccessibleAnnouncementPriority  priority);

G_END_DECLS
