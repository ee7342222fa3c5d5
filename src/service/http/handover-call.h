/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "service/http/handover-calls.h"
#include "service/http/handover-exchange.h"

G_BEGIN_DECLS

typedef struct _HandoverUpload HandoverUpload;

/**
 * HandoverCall:
 * @exchange: the request and its answer
 * @calls: what takes it through the pipeline
 * @message: the library's side of it
 * @upload: (nullable): takes its body in, if that is a file
 * @error: (nullable): why it could not be prepared
 * @done: whether what it changed is committed
 * @left: whether its client is gone
 *
 * An exchange with the library's side of it. Only the main thread touches what is below the exchange.
 */
typedef struct
{
  HandoverExchange exchange;
  HandoverCalls *calls;
  SoupServerMessage *message;
  HandoverUpload *upload;
  GError *error;
  gboolean done;
  gboolean left;
} HandoverCall;

HandoverCall *handover_call_new           (HandoverCalls      *calls,
                                           SoupServerMessage  *message,
                                           HandoverRequest    *request);
void          handover_call_free          (HandoverCall       *self);
void          handover_call_write_headers (HandoverCall       *self);
void          handover_call_answer        (HandoverCall       *self);
void          handover_call_fail          (HandoverCall       *self,
                                           const GError       *error);

G_END_DECLS
