/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void     handover_portal_background_request_async  (gboolean              autostart,
                                                    GCancellable         *cancellable,
                                                    GAsyncReadyCallback   callback,
                                                    gpointer              user_data);
gboolean handover_portal_background_request_finish (GAsyncResult         *result,
                                                    gboolean             *background,
                                                    gboolean             *autostart,
                                                    GError              **error);

G_END_DECLS
