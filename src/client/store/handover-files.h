/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <gio/gio.h>

#include "client/store/handover-gateway.h"
#include "core/handover-attachment.h"

G_BEGIN_DECLS

/**
 * HANDOVER_FILES_LIMIT:
 *
 * How many bytes of downloaded files an account keeps. Those that were looked at last are kept.
 */
#define HANDOVER_FILES_LIMIT (G_GINT64_CONSTANT (256) * 1024 * 1024)

#define HANDOVER_TYPE_FILES (handover_files_get_type ())
G_DECLARE_FINAL_TYPE (HandoverFiles, handover_files, HANDOVER, FILES, GObject)

/* For the account. */
HandoverFiles *handover_files_new         (const char            *folder,
                                           gint64                 limit);
void           handover_files_set_gateway (HandoverFiles         *self,
                                           HandoverGateway       *gateway);

/* For everybody. */
void           handover_files_get_async   (HandoverFiles         *self,
                                           HandoverAttachment    *attachment,
                                           GFileProgressCallback  progress,
                                           gpointer               progress_data,
                                           GCancellable          *cancellable,
                                           GAsyncReadyCallback    callback,
                                           gpointer               user_data);
GFile         *handover_files_get_finish  (HandoverFiles         *self,
                                           GAsyncResult          *result,
                                           GError               **error);

G_END_DECLS
