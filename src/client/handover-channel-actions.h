/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "client/handover-account.h"
#include "core/handover-enums.h"

G_BEGIN_DECLS

/* What an operator does at once with channels, as all actions. */

void handover_actions_connect_channel_async    (HandoverAccount     *account,
                                                HandoverChannelKind  kind,
                                                const char          *token,
                                                const char          *agent_id,
                                                GCancellable        *cancellable,
                                                GAsyncReadyCallback  callback,
                                                gpointer             user_data);
void handover_actions_attach_agent_async       (HandoverAccount     *account,
                                                const char          *channel_id,
                                                const char          *agent_id,
                                                GCancellable        *cancellable,
                                                GAsyncReadyCallback  callback,
                                                gpointer             user_data);
void handover_actions_disconnect_channel_async (HandoverAccount     *account,
                                                const char          *channel_id,
                                                GCancellable        *cancellable,
                                                GAsyncReadyCallback  callback,
                                                gpointer             user_data);

G_END_DECLS
