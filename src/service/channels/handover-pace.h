/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * HandoverPace:
 *
 * Lets so many things pass in any second, and no more.
 */
typedef struct _HandoverPace HandoverPace;

HandoverPace *handover_pace_new      (guint         per_second);
void          handover_pace_free     (HandoverPace *self);
gint64        handover_pace_get_next (HandoverPace *self);
guint         handover_pace_take     (HandoverPace *self,
                                      gint64        now);
void          handover_pace_pass     (HandoverPace *self,
                                      guint         place,
                                      gint64        now);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HandoverPace, handover_pace_free)

G_END_DECLS
