/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <gio/gio.h>

#include "core/handover-message.h"

G_BEGIN_DECLS

#define HANDOVER_TYPE_STALE_GUARD (handover_stale_guard_get_type ())

G_DECLARE_FINAL_TYPE (HandoverStaleGuard, handover_stale_guard, HANDOVER, STALE_GUARD, GObject)

HandoverStaleGuard *handover_stale_guard_new         (void);
void                handover_stale_guard_set_model   (HandoverStaleGuard *self,
                                                      GListModel         *model,
                                                      const char         *operator_id);
void                handover_stale_guard_set_looking (HandoverStaleGuard *self,
                                                      gboolean            looking);
guint               handover_stale_guard_get_count   (HandoverStaleGuard *self);
HandoverMessage    *handover_stale_guard_get_newest  (HandoverStaleGuard *self);
void                handover_stale_guard_see_all     (HandoverStaleGuard *self);

/* For tests: how long a message has to be in sight, in milliseconds. */
void                handover_stale_guard_set_glance  (HandoverStaleGuard *self,
                                                      guint               glance);

G_END_DECLS
