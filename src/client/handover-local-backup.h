/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "client/handover-local-service.h"

G_BEGIN_DECLS

void      handover_local_backup_make_async     (HandoverLocalService  *service,
                                                GFile                 *file,
                                                GCancellable          *cancellable,
                                                GAsyncReadyCallback    callback,
                                                gpointer               user_data);
gboolean  handover_local_backup_make_finish    (HandoverLocalService  *service,
                                                GAsyncResult          *result,
                                                GError               **error);
void      handover_local_backup_restore_async  (HandoverLocalService  *service,
                                                GFile                 *file,
                                                GCancellable          *cancellable,
                                                GAsyncReadyCallback    callback,
                                                gpointer               user_data);
char     *handover_local_backup_restore_finish (HandoverLocalService  *service,
                                                GAsyncResult          *result,
                                                GError               **error);

G_END_DECLS
