/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "core/handover-signal.h"
#include "service/store/handover-store.h"

G_BEGIN_DECLS

gboolean handover_desk_signal (HandoverStore   *store,
                               const char      *business_id,
                               HandoverSignal  *signal,
                               GError         **error);

G_END_DECLS
