/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <gio/gio.h>

#include "database/handover-workers.h"
#include "service/handover-config.h"
#include "service/http/handover-route.h"
#include "service/streams/handover-fan-out.h"

G_BEGIN_DECLS

/**
 * HandoverHttpServerOptions:
 * @config: the configuration
 * @workers: runs the jobs
 * @fan_out: takes the event streams
 * @certificate: (nullable): makes the server speak TLS
 * @quiet: whether requests are not logged
 *
 * What a #HandoverHttpServer works with; all of it outlives the server.
 */
typedef struct
{
  HandoverConfig *config;
  HandoverWorkers *workers;
  HandoverFanOut *fan_out;
  GTlsCertificate *certificate;
  gboolean quiet;
} HandoverHttpServerOptions;

#define HANDOVER_TYPE_HTTP_SERVER (handover_http_server_get_type ())
G_DECLARE_FINAL_TYPE (HandoverHttpServer, handover_http_server, HANDOVER, HTTP_SERVER, GObject)

HandoverHttpServer *handover_http_server_new        (const HandoverHttpServerOptions  *options);
void                handover_http_server_add_routes (HandoverHttpServer               *self,
                                                     const HandoverRoute              *routes);
gboolean            handover_http_server_listen     (HandoverHttpServer               *self,
                                                     GSocket                          *socket,
                                                     GError                          **error);
char               *handover_http_server_get_uri    (HandoverHttpServer               *self);
void                handover_http_server_stop_async (HandoverHttpServer               *self,
                                                     GAsyncReadyCallback               callback,
                                                     gpointer                          user_data);
gboolean            handover_http_server_stop_finish (HandoverHttpServer              *self,
                                                      GAsyncResult                    *result,
                                                      GError                         **error);

G_END_DECLS
