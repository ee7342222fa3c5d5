/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "client/store/handover-gateway.h"
#include "core/handover-problem.h"

G_BEGIN_DECLS

#define TEST_TYPE_GATEWAY (test_gateway_get_type ())
G_DECLARE_FINAL_TYPE (TestGateway, test_gateway, TEST, GATEWAY, GObject)

/* A service that answers when the test says so. The first call that waits is the current one. */
TestGateway *test_gateway_new          (void);
void         test_gateway_wait         (TestGateway     *self,
                                        guint            n_waiting);
guint        test_gateway_get_waiting  (TestGateway     *self);
const char  *test_gateway_get_method   (TestGateway     *self);
const char  *test_gateway_get_path     (TestGateway     *self);
const char  *test_gateway_get_key      (TestGateway     *self);
JsonObject  *test_gateway_get_body     (TestGateway     *self);
void         test_gateway_answer       (TestGateway     *self,
                                        const char      *body,
                                        gint64           sequence);
void         test_gateway_refuse       (TestGateway     *self,
                                        HandoverProblem  problem);

G_END_DECLS
