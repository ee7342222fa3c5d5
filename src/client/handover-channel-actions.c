/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "client/handover-channel-actions.h"

#include "client/handover-action-call.h"
#include "core/handover-channel-account.h"
#include "core/handover-enum-types.h"

/**
 * handover_actions_connect_channel_async:
 * @account: an account
 * @kind: the platform
 * @token: what the platform gave to connect with; it is not kept here
 * @agent_id: (nullable): the agent that answers there at first
 * @cancellable: (nullable): a cancellable
 * @callback: called when it has been done or has failed
 * @user_data: data for @callback
 *
 * Connects an account on a platform. The service tries the token first, and refuses one that the platform does not know.
 */
void
handover_actions_connect_channel_async (HandoverAccount     *account,
                                        HandoverChannelKind  kind,
                                        const char          *token,
                                        const char          *agent_id,
                                        GCancellable        *cancellable,
                                        GAsyncReadyCallback  callback,
                                        gpointer             user_data)
{
  JsonBuilder *body = handover_action_body_new ();

  handover_action_body_add_word (body, "kind", HANDOVER_TYPE_CHANNEL_KIND, kind);
  handover_action_body_add_text (body, "token", token);
  handover_action_body_add_text (body, "agent_id", agent_id);
  handover_action_call_async (account, HANDOVER_TYPE_CHANNEL_ACCOUNT, "POST", "/v1/channels", body,
                              cancellable, callback, user_data);
}

/**
 * handover_actions_attach_agent_async:
 * @account: an account
 * @channel_id: a channel
 * @agent_id: (nullable): the agent that answers there at first; %NULL for none
 * @cancellable: (nullable): a cancellable
 * @callback: called when it has been done or has failed
 * @user_data: data for @callback
 *
 * Says which agent answers on a channel.
 */
void
handover_actions_attach_agent_async (HandoverAccount     *account,
                                     const char          *channel_id,
                                     const char          *agent_id,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data)
{
  g_autofree char *path = handover_action_path ("/v1/channels/", channel_id, NULL);
  JsonBuilder *body = handover_action_body_new ();

  json_builder_set_member_name (body, "agent_id");
  if (agent_id != NULL)
    json_builder_add_string_value (body, agent_id);
  else
    json_builder_add_null_value (body);
  handover_action_call_async (account, HANDOVER_TYPE_CHANNEL_ACCOUNT, "PATCH", path, body, cancellable, callback,
                              user_data);
}

/**
 * handover_actions_disconnect_channel_async:
 * @account: an account
 * @channel_id: a channel
 * @cancellable: (nullable): a cancellable
 * @callback: called when it has been done or has failed
 * @user_data: data for @callback
 *
 * Disconnects a channel. The service forgets the token; the conversations stay.
 */
void
handover_actions_disconnect_channel_async (HandoverAccount     *account,
                                           const char          *channel_id,
                                           GCancellable        *cancellable,
                                           GAsyncReadyCallback  callback,
                                           gpointer             user_data)
{
  g_autofree char *path = handover_action_path ("/v1/channels/", channel_id, NULL);

  handover_action_call_async (account, G_TYPE_NONE, "DELETE", path, NULL, cancellable, callback, user_data);
}
