/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <gio/gio.h>

#include "service/handover-config.h"

G_BEGIN_DECLS

/**
 * HandoverServiceOptions:
 * @data_folder: where everything is kept; made when missing
 * @listen: `HOST:PORT`
 * @config: the configuration
 * @certificate: (nullable): makes the service speak TLS
 * @quiet: whether requests are not logged
 *
 * What a service is made of. Only @config has to outlive the call, and the service.
 */
typedef struct
{
  const char *data_folder;
  const char *listen;
  HandoverConfig *config;
  GTlsCertificate *certificate;
  gboolean quiet;
} HandoverServiceOptions;

#define HANDOVER_TYPE_SERVICE (handover_service_get_type ())
G_DECLARE_FINAL_TYPE (HandoverService, handover_service, HANDOVER, SERVICE, GObject)

HandoverService *handover_service_new         (const HandoverServiceOptions  *options,
                                               GError                       **error);
char            *handover_service_get_uri     (HandoverService               *self);
void             handover_service_stop_async  (HandoverService               *self,
                                               GAsyncReadyCallback            callback,
                                               gpointer                       user_data);
gboolean         handover_service_stop_finish (HandoverService               *self,
                                               GAsyncResult                  *result,
                                               GError                       **error);

G_END_DECLS
