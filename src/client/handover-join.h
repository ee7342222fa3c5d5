/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "client/handover-client.h"
#include "client/store/handover-snapshot.h"

G_BEGIN_DECLS

void              handover_join_async  (HandoverClient       *client,
                                        GCancellable         *cancellable,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
HandoverSnapshot *handover_join_finish (HandoverClient       *client,
                                        GAsyncResult         *result,
                                        GError              **error);

G_END_DECLS
