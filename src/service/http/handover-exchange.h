/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "service/http/handover-route.h"

G_BEGIN_DECLS

/**
 * HandoverExchange:
 * @route: what the request asks for
 * @request: the request
 * @response: its answer
 * @principal: who asks, once the pipeline knows
 *
 * One request and its answer on their way through the pipeline. One thread at a time has it.
 */
typedef struct
{
  const HandoverRoute *route;
  HandoverRequest *request;
  HandoverResponse *response;
  HandoverPrincipal principal;
} HandoverExchange;

void handover_exchange_clear (HandoverExchange *self);
GError *handover_exchange_explain (const GError  *error);
void handover_exchange_fail  (HandoverExchange *self,
                              const GError     *error);

G_END_DECLS
