/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _HandoverThrottle HandoverThrottle;

HandoverThrottle *handover_throttle_new     (guint             attempts,
                                             guint             refill);
void              handover_throttle_free    (HandoverThrottle *self);
gboolean          handover_throttle_admit   (HandoverThrottle *self,
                                             const char       *key,
                                             gint64            now,
                                             guint            *wait);
void              handover_throttle_forgive (HandoverThrottle *self,
                                             const char       *key);
guint             handover_throttle_count   (HandoverThrottle *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HandoverThrottle, handover_throttle_free)

G_END_DECLS
