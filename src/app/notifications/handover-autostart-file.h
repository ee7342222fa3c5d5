/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void     handover_autostart_file_read_async   (GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
void     handover_autostart_file_write_async  (gboolean              enabled,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
gboolean handover_autostart_file_finish       (GAsyncResult         *result,
                                               gboolean             *enabled,
                                               GError              **error);

G_END_DECLS
