/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "service/desk/handover-desk-case.h"

G_BEGIN_DECLS

gboolean handover_desk_find_repeat (HandoverDeskCase             *desk_case,
                                    const HandoverMessageOrigin  *origin,
                                    HandoverMessage             **message,
                                    GError                      **error);

G_END_DECLS
