/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void handover_busy_begin (GtkWidget *widget);
void handover_busy_end   (GtkWidget *widget,
                          gboolean   again);

G_END_DECLS
