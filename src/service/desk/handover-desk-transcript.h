/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "service/desk/handover-desk-agent.h"

G_BEGIN_DECLS

gboolean handover_desk_transcript_add (HandoverDeskCase        *desk_case,
                                       const HandoverDeskLine  *lines,
                                       guint                    n_lines,
                                       GError                 **error);

G_END_DECLS
