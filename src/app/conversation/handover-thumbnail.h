/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void        handover_thumbnail_load_async  (GFile                *file,
                                            int                   most,
                                            GCancellable         *cancellable,
                                            GAsyncReadyCallback   callback,
                                            gpointer              user_data);
GdkTexture *handover_thumbnail_load_finish (GAsyncResult         *result,
                                            GError              **error);

G_END_DECLS
