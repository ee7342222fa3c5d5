/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

typedef struct _HandoverDeadlines HandoverDeadlines;

HandoverDeadlines *handover_deadlines_new   (guint              head_seconds,
                                             guint              body_seconds);
void               handover_deadlines_free  (HandoverDeadlines *self);
void               handover_deadlines_watch (HandoverDeadlines *self,
                                             SoupServerMessage *message);
void               handover_deadlines_extend (SoupServerMessage *message);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HandoverDeadlines, handover_deadlines_free)

G_END_DECLS
