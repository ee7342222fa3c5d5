/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <adwaita.h>

#include "client/store/handover-mirror.h"

G_BEGIN_DECLS

#define HANDOVER_TYPE_VIEW_SWITCHER (handover_view_switcher_get_type ())

G_DECLARE_FINAL_TYPE (HandoverViewSwitcher, handover_view_switcher, HANDOVER, VIEW_SWITCHER, AdwBin)

HandoverView  handover_view_switcher_get_view   (HandoverViewSwitcher *self);
void          handover_view_switcher_set_view   (HandoverViewSwitcher *self,
                                                 HandoverView          view);
void          handover_view_switcher_set_counts (HandoverViewSwitcher *self,
                                                 guint                 waiting,
                                                 guint                 mine);
const char   *handover_view_switcher_get_title  (HandoverView          view);

G_END_DECLS
