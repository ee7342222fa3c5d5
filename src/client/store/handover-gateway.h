/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "core/handover-attachment.h"

G_BEGIN_DECLS

#define HANDOVER_TYPE_GATEWAY (handover_gateway_get_type ())
G_DECLARE_INTERFACE (HandoverGateway, handover_gateway, HANDOVER, GATEWAY, GObject)

/**
 * HandoverGatewayInterface:
 * @call_async: starts a call
 * @call_finish: ends it: the answer's body (%NULL for an empty one) and the number it is true at; errors are
 *   %HANDOVER_PROBLEM, %HANDOVER_PROBLEM_UNREACHABLE where no answer came
 *
 * @upload_async: starts to send a file
 * @upload_finish: ends it: what the service made of it; errors are as those of calls
 * @download_async: starts to get a file of @size bytes into @target, whose folder is there
 * @download_finish: ends it: @target is whole, or not there
 *
 * The way to the service, as the mirror, the outbox and the files see it.
 */
struct _HandoverGatewayInterface
{
  GTypeInterface parent_interface;

  void     (*call_async)  (HandoverGateway      *self,
                           const char           *method,
                           const char           *path,
                           JsonNode             *body,
                           const char           *idempotency_key,
                           GCancellable         *cancellable,
                           GAsyncReadyCallback   callback,
                           gpointer              user_data);
  gboolean (*call_finish) (HandoverGateway      *self,
                           GAsyncResult         *result,
                           JsonNode            **body,
                           gint64               *sequence,
                           GError              **error);

  void                (*upload_async)    (HandoverGateway        *self,
                                          GFile                  *file,
                                          const char             *name,
                                          gint64                  size,
                                          const char             *idempotency_key,
                                          GFileProgressCallback   progress,
                                          gpointer                progress_data,
                                          GCancellable           *cancellable,
                                          GAsyncReadyCallback     callback,
                                          gpointer                user_data);
  HandoverAttachment *(*upload_finish)   (HandoverGateway        *self,
                                          GAsyncResult           *result,
                                          GError                **error);
  void                (*download_async)  (HandoverGateway        *self,
                                          const char             *attachment_id,
                                          GFile                  *target,
                                          gint64                  size,
                                          GFileProgressCallback   progress,
                                          gpointer                progress_data,
                                          GCancellable           *cancellable,
                                          GAsyncReadyCallback     callback,
                                          gpointer                user_data);
  gboolean            (*download_finish) (HandoverGateway        *self,
                                          GAsyncResult           *result,
                                          GError                **error);
};

void     handover_gateway_call_async  (HandoverGateway      *self,
                                       const char           *method,
                                       const char           *path,
                                       JsonNode             *body,
                                       const char           *idempotency_key,
                                       GCancellable         *cancellable,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);
gboolean handover_gateway_call_finish (HandoverGateway      *self,
                                       GAsyncResult         *result,
                                       JsonNode            **body,
                                       gint64               *sequence,
                                       GError              **error);

void                handover_gateway_upload_async    (HandoverGateway        *self,
                                                      GFile                  *file,
                                                      const char             *name,
                                                      gint64                  size,
                                                      const char             *idempotency_key,
                                                      GFileProgressCallback   progress,
                                                      gpointer                progress_data,
                                                      GCancellable           *cancellable,
                                                      GAsyncReadyCallback     callback,
                                                      gpointer                user_data);
HandoverAttachment *handover_gateway_upload_finish   (HandoverGateway        *self,
                                                      GAsyncResult           *result,
                                                      GError                **error);
void                handover_gateway_download_async  (HandoverGateway        *self,
                                                      const char             *attachment_id,
                                                      GFile                  *target,
                                                      gint64                  size,
                                                      GFileProgressCallback   progress,
                                                      gpointer                progress_data,
                                                      GCancellable           *cancellable,
                                                      GAsyncReadyCallback     callback,
                                                      gpointer                user_data);
gboolean            handover_gateway_download_finish (HandoverGateway        *self,
                                                      GAsyncResult           *result,
                                                      GError                **error);

G_END_DECLS
