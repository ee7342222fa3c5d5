/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "service/handover-config.h"
#include "service/handover-vault.h"
#include "service/http/handover-request.h"
#include "service/http/handover-throttle.h"

G_BEGIN_DECLS

/**
 * HandoverHttpContext:
 * @config: the configuration
 * @vault: seals the tokens of channels
 * @accounts: how often each account's sign-in may fail
 * @addresses: how often sign-ins from each address may fail
 *
 * What the pipeline lends to routes. All of it may be used from any thread.
 */
struct _HandoverHttpContext
{
  HandoverConfig *config;
  HandoverVault *vault;
  HandoverThrottle *accounts;
  HandoverThrottle *addresses;
};

G_END_DECLS
