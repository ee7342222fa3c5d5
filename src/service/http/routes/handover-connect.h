/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "service/channels/handover-channel.h"
#include "service/http/handover-request.h"

G_BEGIN_DECLS

/**
 * HandoverConnect:
 * @kind: the platform
 * @token: what the platform gave to connect with
 * @agent_id: (nullable): the agent that answers there at first
 * @has_agent: whether the request says which
 * @identity: (nullable): whose token it is, once the platform said so
 *
 * A channel that is about to be connected.
 */
typedef struct
{
  HandoverChannelKind kind;
  char *token;
  char *agent_id;
  gboolean has_agent;
  HandoverIdentity *identity;
} HandoverConnect;

HandoverConnect *handover_connect_attach (HandoverRequest     *request,
                                          HandoverChannelKind  kind,
                                          const char          *token,
                                          const char          *agent_id);
void             handover_connect_ask    (HandoverRequest     *request,
                                          GAsyncReadyCallback  callback,
                                          gpointer             user_data);

G_END_DECLS
