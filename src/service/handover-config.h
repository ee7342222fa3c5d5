/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "service/http/handover-password.h"

G_BEGIN_DECLS

/**
 * HandoverConfig:
 * @password: what deriving a password's hash costs
 * @attempts_per_account: how many sign-ins of one account may fail at once
 * @attempts_per_address: how many sign-ins from one address may fail at once
 * @attempt_refill: after how many seconds one more is allowed
 * @trusted_proxies: (array zero-terminated=1): addresses whose forwarded headers are believed
 * @readers: how many threads read the database
 * @heartbeat: milliseconds between two heartbeats of an event stream
 * @keep_days: for how many days lines of the log are kept
 * @head_seconds: how long a connection may be idle, or take to bring a request's head
 * @connections: how many connections may be open at once
 * @connections_per_address: how many of them from one address that is no trusted proxy
 * @channel_retry: after how many milliseconds a channel that failed is tried again for the first time
 * @public_address: (nullable): where platforms reach the service from outside, without a slash at its end
 * @channel_addresses: (element-type utf8 utf8): where platforms are that are not where they always are, by kind
 * @body_seconds: how long a request's body may take, and how long its answer may take to be read
 *
 * What the configuration file says, with defaults for what it does not.
 */
typedef struct
{
  HandoverPasswordCost password;
  guint attempts_per_account;
  guint attempts_per_address;
  guint attempt_refill;
  char **trusted_proxies;
  guint readers;
  guint heartbeat;
  guint keep_days;
  guint head_seconds;
  guint connections;
  guint connections_per_address;
  guint body_seconds;
  guint channel_retry;
  char *public_address;
  GHashTable *channel_addresses;
} HandoverConfig;

HandoverConfig *handover_config_new  (void);
HandoverConfig *handover_config_load (const char      *path,
                                      GError         **error);
HandoverConfig *handover_config_read (GKeyFile        *file,
                                      GError         **error);
void            handover_config_free (HandoverConfig  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HandoverConfig, handover_config_free)

G_END_DECLS
