/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "service/desk/handover-desk-case.h"

G_BEGIN_DECLS

gboolean handover_desk_transition_apply_escalation (HandoverDeskCase           *desk_case,
                                                    const HandoverTransition   *transition,
                                                    const HandoverDeskDetails  *details,
                                                    GError                    **error);
gboolean handover_desk_transition_report           (HandoverDeskCase           *desk_case,
                                                    const HandoverTransition   *transition,
                                                    const HandoverDeskDetails  *details,
                                                    GError                    **error);

G_END_DECLS
