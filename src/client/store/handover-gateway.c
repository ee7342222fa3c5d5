/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "client/store/handover-gateway.h"

G_DEFINE_INTERFACE (HandoverGateway, handover_gateway, G_TYPE_OBJECT)

static void
handover_gateway_default_init (HandoverGatewayInterface *iface)
{
}

/**
 * handover_gateway_call_async:
 * @self: a gateway
 * @method: the HTTP method
 * @path: the path, with its query
 * @body: (nullable): what to send
 * @idempotency_key: (nullable): the same for every try of one call
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Asks the service.
 */
void
handover_gateway_call_async (HandoverGateway      *self,
                             const char           *method,
                             const char           *path,
                             JsonNode             *body,
                             const char           *idempotency_key,
                             GCancellable         *cancellable,
                             GAsyncReadyCallback   callback,
                             gpointer              user_data)
{
  g_return_if_fail (HANDOVER_IS_GATEWAY (self));

  HANDOVER_GATEWAY_GET_IFACE (self)->call_async (self, method, path, body, idempotency_key, cancellable, callback,
                                                 user_data);
}

/**
 * handover_gateway_call_finish:
 * @self: a gateway
 * @result: what the callback was given
 * @body: (out) (optional) (nullable) (transfer full): the answer's body
 * @sequence: (out) (optional): the number of the log that the answer is true at, or 0
 * @error: return location, of %HANDOVER_PROBLEM
 *
 * Returns: whether the service did what was asked
 */
gboolean
handover_gateway_call_finish (HandoverGateway  *self,
                              GAsyncResult     *result,
                              JsonNode        **body,
                              gint64           *sequence,
                              GError          **error)
{
  g_autoptr (JsonNode) answer = NULL;
  gint64 number = 0;

  g_return_val_if_fail (HANDOVER_IS_GATEWAY (self), FALSE);

  if (!HANDOVER_GATEWAY_GET_IFACE (self)->call_finish (self, result, &answer, &number, error))
    return FALSE;

  if (body != NULL)
    *body = g_steal_pointer (&answer);
  if (sequence != NULL)
    *sequence = number;
  return TRUE;
}

/**
 * handover_gateway_upload_async:
 * @self: a gateway
 * @file: a file on this computer
 * @name: what it is called
 * @size: how many bytes it has
 * @idempotency_key: the same for every try of one upload
 * @progress: (nullable) (scope forever): told how much has gone, until @callback
 * @progress_data: for @progress
 * @cancellable: (nullable): a cancellable
 * @callback: called when the service has it, or will not have it
 * @user_data: for @callback
 *
 * Sends a file.
 */
void
handover_gateway_upload_async (HandoverGateway       *self,
                               GFile                 *file,
                               const char            *name,
                               gint64                 size,
                               const char            *idempotency_key,
                               GFileProgressCallback  progress,
                               gpointer               progress_data,
                               GCancellable          *cancellable,
                               GAsyncReadyCallback    callback,
                               gpointer               user_data)
{
  g_return_if_fail (HANDOVER_IS_GATEWAY (self));

  HANDOVER_GATEWAY_GET_IFACE (self)->upload_async (self, file, name, size, idempotency_key, progress, progress_data,
                                                   cancellable, callback, user_data);
}

/**
 * handover_gateway_upload_finish:
 * @self: a gateway
 * @result: what the callback was given
 * @error: return location, of %HANDOVER_PROBLEM
 *
 * Returns: (transfer full) (nullable): what the service has now
 */
HandoverAttachment *
handover_gateway_upload_finish (HandoverGateway  *self,
                                GAsyncResult     *result,
                                GError          **error)
{
  g_return_val_if_fail (HANDOVER_IS_GATEWAY (self), NULL);

  return HANDOVER_GATEWAY_GET_IFACE (self)->upload_finish (self, result, error);
}

/**
 * handover_gateway_download_async:
 * @self: a gateway
 * @attachment_id: the service's id of a file
 * @target: where it goes; its folder is there
 * @size: how many bytes it has
 * @progress: (nullable) (scope forever): told how much has come, until @callback
 * @progress_data: for @progress
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is there, or will not come
 * @user_data: for @callback
 *
 * Gets a file.
 */
void
handover_gateway_download_async (HandoverGateway       *self,
                                 const char            *attachment_id,
                                 GFile                 *target,
                                 gint64                 size,
                                 GFileProgressCallback  progress,
                                 gpointer               progress_data,
                                 GCancellable          *cancellable,
                                 GAsyncReadyCallback    callback,
                                 gpointer               user_data)
{
  g_return_if_fail (HANDOVER_IS_GATEWAY (self));

  HANDOVER_GATEWAY_GET_IFACE (self)->download_async (self, attachment_id, target, size, progress, progress_data,
                                                     cancellable, callback, user_data);
}

/**
 * handover_gateway_download_finish:
 * @self: a gateway
 * @result: what the callback was given
 * @error: return location, of %HANDOVER_PROBLEM
 *
 * Returns: whether the whole file is there; else nothing of it is
 */
gboolean
handover_gateway_download_finish (HandoverGateway  *self,
                                  GAsyncResult     *result,
                                  GError          **error)
{
  g_return_val_if_fail (HANDOVER_IS_GATEWAY (self), FALSE);

  return HANDOVER_GATEWAY_GET_IFACE (self)->download_finish (self, result, error);
}
