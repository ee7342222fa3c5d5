/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define HANDOVER_TYPE_CLOSED_COMPOSER (handover_closed_composer_get_type ())

G_DECLARE_FINAL_TYPE (HandoverClosedComposer, handover_closed_composer, HANDOVER, CLOSED_COMPOSER, GtkBox)

void handover_closed_composer_set_reason (HandoverClosedComposer *self,
                                          const char             *reason);
void handover_closed_composer_set_draft  (HandoverClosedComposer *self,
                                          const char             *draft);

G_END_DECLS
