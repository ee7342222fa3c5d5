/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "client/store/handover-gateway.h"
#include "client/store/handover-mirror.h"
#include "core/handover-signal.h"

G_BEGIN_DECLS

#define HANDOVER_TYPE_SIGNALS (handover_signals_get_type ())

G_DECLARE_FINAL_TYPE (HandoverSignals, handover_signals, HANDOVER, SIGNALS, GObject)

/* For the account. */
HandoverSignals *handover_signals_new          (HandoverMirror     *mirror);
void             handover_signals_set_gateway  (HandoverSignals    *self,
                                                HandoverGateway    *gateway);
void             handover_signals_set_online   (HandoverSignals    *self,
                                                gboolean            online);
void             handover_signals_take         (HandoverSignals    *self,
                                                HandoverSignal     *signal);

/* For everybody. */
void             handover_signals_send         (HandoverSignals    *self,
                                                const char         *conversation_id,
                                                HandoverSignalKind  kind);
char           **handover_signals_list         (HandoverSignals    *self,
                                                const char         *conversation_id,
                                                HandoverSignalKind  kind);

/* For tests: how long signals hold, in milliseconds. */
void             handover_signals_set_lifetime (HandoverSignals    *self,
                                                guint               lifetime);

G_END_DECLS
