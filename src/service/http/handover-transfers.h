/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _HandoverTransfers HandoverTransfers;

HandoverTransfers *handover_transfers_new   (guint               in_all,
                                             guint               per_caller);
void               handover_transfers_free  (HandoverTransfers  *self);
gboolean           handover_transfers_begin (HandoverTransfers  *self,
                                             const char         *caller,
                                             GError            **error);
void               handover_transfers_end   (HandoverTransfers  *self,
                                             const char         *caller);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HandoverTransfers, handover_transfers_free)

G_END_DECLS
