/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void     handover_help_viewer_show_async  (GtkWindow            *window,
                                           const char           *page,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
gboolean handover_help_viewer_show_finish (GAsyncResult         *result,
                                           GError              **error);

G_END_DECLS
