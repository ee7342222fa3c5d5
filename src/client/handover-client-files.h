/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "client/handover-client.h"
#include "client/store/handover-gateway.h"

G_BEGIN_DECLS

/* Files to the service and from it: the part of the client's gateway that is not calls. */

void                handover_client_upload_async    (HandoverGateway        *gateway,
                                                     GFile                  *file,
                                                     const char             *name,
                                                     gint64                  size,
                                                     const char             *idempotency_key,
                                                     GFileProgressCallback   progress,
                                                     gpointer                progress_data,
                                                     GCancellable           *cancellable,
                                                     GAsyncReadyCallback     callback,
                                                     gpointer                user_data);
HandoverAttachment *handover_client_upload_finish   (HandoverGateway        *gateway,
                                                     GAsyncResult           *result,
                                                     GError                **error);
void                handover_client_download_async  (HandoverGateway        *gateway,
                                                     const char             *attachment_id,
                                                     GFile                  *target,
                                                     gint64                  size,
                                                     GFileProgressCallback   progress,
                                                     gpointer                progress_data,
                                                     GCancellable           *cancellable,
                                                     GAsyncReadyCallback     callback,
                                                     gpointer                user_data);
gboolean            handover_client_download_finish (HandoverGateway        *gateway,
                                                     GAsyncResult           *result,
                                                     GError                **error);

G_END_DECLS
