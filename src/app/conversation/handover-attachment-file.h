/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void handover_attachment_file_launch (GtkWidget  *widget,
                                      GFile      *file);
void handover_attachment_file_save   (GtkWidget  *widget,
                                      GFile      *file,
                                      const char *name);

G_END_DECLS
