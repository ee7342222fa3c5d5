/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "core/handover-enums.h"
#include "service/store/handover-store.h"

G_BEGIN_DECLS

gboolean handover_desk_alert (HandoverStore       *store,
                              const char          *business_id,
                              const char          *escalation_id,
                              HandoverAlertState   state,
                              GError             **error);

G_END_DECLS
