/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define HANDOVER_TYPE_SIDE_LAYOUT (handover_side_layout_get_type ())

G_DECLARE_FINAL_TYPE (HandoverSideLayout, handover_side_layout, HANDOVER, SIDE_LAYOUT, GtkLayoutManager)

void handover_side_layout_set_side (HandoverSideLayout *self,
                                    GtkAlign            side);

G_END_DECLS
