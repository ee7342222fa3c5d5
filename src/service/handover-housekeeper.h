/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "database/handover-workers.h"

G_BEGIN_DECLS

#define HANDOVER_TYPE_HOUSEKEEPER (handover_housekeeper_get_type ())
G_DECLARE_FINAL_TYPE (HandoverHousekeeper, handover_housekeeper, HANDOVER, HOUSEKEEPER, GObject)

HandoverHousekeeper *handover_housekeeper_new  (HandoverWorkers     *workers,
                                                guint                keep_days);
void                 handover_housekeeper_stop (HandoverHousekeeper *self);

G_END_DECLS
