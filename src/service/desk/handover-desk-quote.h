/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "service/desk/handover-desk-case.h"

G_BEGIN_DECLS

gboolean handover_desk_quote          (HandoverDeskCase  *desk_case,
                                       HandoverMessage   *message,
                                       const char        *id,
                                       GError           **error);
gboolean handover_desk_quote_received (HandoverDeskCase  *desk_case,
                                       HandoverMessage   *message,
                                       const char        *remote_id,
                                       GError           **error);

G_END_DECLS
