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
