/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "service/channels/handover-line.h"

G_BEGIN_DECLS

#define HANDOVER_TYPE_SWITCHBOARD (handover_switchboard_get_type ())
G_DECLARE_FINAL_TYPE (HandoverSwitchboard, handover_switchboard, HANDOVER, SWITCHBOARD, GObject)

HandoverSwitchboard *handover_switchboard_new         (const HandoverLineOptions *options);
void                 handover_switchboard_start       (HandoverSwitchboard       *self);
void                 handover_switchboard_tell        (HandoverSwitchboard       *self,
                                                       GPtrArray                 *wakes);
void                 handover_switchboard_stop_async  (HandoverSwitchboard       *self,
                                                       GAsyncReadyCallback        callback,
                                                       gpointer                   user_data);
void                 handover_switchboard_stop_finish (HandoverSwitchboard       *self,
                                                       GAsyncResult              *result);

G_END_DECLS
