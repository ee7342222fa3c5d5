/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <libsoup/soup.h>

#include "database/handover-workers.h"
#include "service/handover-config.h"
#include "service/handover-vault.h"
#include "service/http/handover-route.h"
#include "service/streams/handover-fan-out.h"

G_BEGIN_DECLS

/**
 * HandoverHttpServerOptions:
 * @config: the configuration
 * @workers: runs the jobs
 * @fan_out: takes the event streams
 * @vault: seals the tokens of channels
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
  HandoverVault *vault;
  GTlsCertificate *certificate;
  gboolean quiet;
} HandoverHttpServerOptions;

typedef struct _HandoverCalls HandoverCalls;

HandoverCalls *handover_calls_new        (const HandoverHttpServerOptions *options);
HandoverCalls *handover_calls_ref        (HandoverCalls                   *self);
void           handover_calls_free       (HandoverCalls                   *self);
void           handover_calls_add_routes (HandoverCalls                   *self,
                                          const HandoverRoute             *routes);
gboolean       handover_calls_takes_file (HandoverCalls                   *self,
                                          SoupServerMessage               *message);
void           handover_calls_begin_upload (HandoverCalls                 *self,
                                            SoupServerMessage             *message);
void           handover_calls_take       (HandoverCalls                   *self,
                                          SoupServerMessage               *message);
void           handover_calls_log        (HandoverCalls                   *self,
                                          SoupServerMessage               *message,
                                          guint                            status);

G_END_DECLS
