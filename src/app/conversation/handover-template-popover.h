/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define HANDOVER_TYPE_TEMPLATE_POPOVER (handover_template_popover_get_type ())

G_DECLARE_FINAL_TYPE (HandoverTemplatePopover, handover_template_popover, HANDOVER, TEMPLATE_POPOVER, GtkPopover)

void handover_template_popover_set_model (HandoverTemplatePopover *self,
                                          GListModel              *templates);

G_END_DECLS
