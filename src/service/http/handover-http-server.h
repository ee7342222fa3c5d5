/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "service/http/handover-calls.h"

G_BEGIN_DECLS

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
