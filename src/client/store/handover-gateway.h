/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define HANDOVER_TYPE_GATEWAY (handover_gateway_get_type ())
G_DECLARE_INTERFACE (HandoverGateway, handover_gateway, HANDOVER, GATEWAY, GObject)

/**
 * HandoverGatewayInterface:
 * @call_async: starts a call
 * @call_finish: ends it: the answer's body (%NULL for an empty one) and the number it is true at; errors are
 *   %HANDOVER_PROBLEM, %HANDOVER_PROBLEM_UNREACHABLE where no answer came
 *
 * The way to the service, as the mirror and the outbox see it.
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

G_END_DECLS
