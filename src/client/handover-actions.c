/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "config.h"

#include "client/handover-actions.h"

#include "client/handover-action-call.h"
#include "core/handover-conversation.h"
#include "core/handover-enum-types.h"

/**
 * handover_actions_claim_async:
 * @account: an account
 * @conversation_id: a conversation
 * @cancellable: (nullable): a cancellable
 * @callback: called when it has been done or has failed
 * @user_data: data for @callback
 *
 * Takes a conversation over. If a colleague was faster, the error is %HANDOVER_PROBLEM_ALREADY_CLAIMED and names them.
 */
void
handover_actions_claim_async (HandoverAccount     *account,
                              const char          *conversation_id,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autofree char *path = handover_action_path ("/v1/conversations/", conversation_id, "/claim");

  handover_action_call_async (account, HANDOVER_TYPE_CONVERSATION, "POST", path, handover_action_body_new (),
                              cancellable, callback, user_data);
}

/**
 * handover_actions_release_async:
 * @account: an account
 * @conversation_id: a conversation
 * @cancellable: (nullable): a cancellable
 * @callback: called when it has been done or has failed
 * @user_data: data for @callback
 *
 * Gives a conversation back to those who wait for a person.
 */
void
handover_actions_release_async (HandoverAccount     *account,
                                const char          *conversation_id,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_autofree char *path = handover_action_path ("/v1/conversations/", conversation_id, "/release");

  handover_action_call_async (account, HANDOVER_TYPE_CONVERSATION, "POST", path, handover_action_body_new (),
                              cancellable, callback, user_data);
}

/**
 * handover_actions_transfer_async:
 * @account: an account
 * @conversation_id: a conversation
 * @operator_id: a colleague
 * @cancellable: (nullable): a cancellable
 * @callback: called when it has been done or has failed
 * @user_data: data for @callback
 *
 * Passes a conversation on to a colleague.
 */
void
handover_actions_transfer_async (HandoverAccount     *account,
                                 const char          *conversation_id,
                                 const char          *operator_id,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_autofree char *path = handover_action_path ("/v1/conversations/", conversation_id, "/transfer");
  JsonBuilder *body = handover_action_body_new ();

  handover_action_body_add_text (body, "operator_id", operator_id);
  handover_action_call_async (account, HANDOVER_TYPE_CONVERSATION, "POST", path, body,
                              cancellable, callback, user_data);
}

static void
resolve (HandoverAccount     *account,
         const char          *conversation_id,
         HandoverOutcome      outcome,
         HandoverResolution   resolution,
         const char          *brief,
         GCancellable        *cancellable,
         GAsyncReadyCallback  callback,
         gpointer             user_data)
{
  g_autofree char *path = handover_action_path ("/v1/conversations/", conversation_id, "/resolve");
  JsonBuilder *body = handover_action_body_new ();

  handover_action_body_add_word (body, "outcome", HANDOVER_TYPE_OUTCOME, outcome);
  handover_action_body_add_word (body, "resolution", HANDOVER_TYPE_RESOLUTION, resolution);
  handover_action_body_add_text (body, "brief", brief);
  handover_action_call_async (account, HANDOVER_TYPE_CONVERSATION, "POST", path, body,
                              cancellable, callback, user_data);
}

/**
 * handover_actions_hand_back_async:
 * @account: an account
 * @conversation_id: a conversation
 * @resolution: how it ended
 * @brief: (nullable): what the AI is told
 * @cancellable: (nullable): a cancellable
 * @callback: called when it has been done or has failed
 * @user_data: data for @callback
 *
 * Lets the AI go on.
 */
void
handover_actions_hand_back_async (HandoverAccount     *account,
                                  const char          *conversation_id,
                                  HandoverResolution   resolution,
                                  const char          *brief,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  resolve (account, conversation_id, HANDOVER_OUTCOME_RESUME_AGENT, resolution, brief, cancellable, callback,
           user_data);
}

/**
 * handover_actions_close_async:
 * @account: an account
 * @conversation_id: a conversation
 * @resolution: how it ended
 * @cancellable: (nullable): a cancellable
 * @callback: called when it has been done or has failed
 * @user_data: data for @callback
 *
 * Closes a conversation.
 */
void
handover_actions_close_async (HandoverAccount     *account,
                              const char          *conversation_id,
                              HandoverResolution   resolution,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  resolve (account, conversation_id, HANDOVER_OUTCOME_CLOSE, resolution, NULL, cancellable, callback, user_data);
}

/**
 * handover_actions_set_presence_async:
 * @account: an account
 * @presence: available or away
 * @cancellable: (nullable): a cancellable
 * @callback: called when it has been done or has failed
 * @user_data: data for @callback
 *
 * Says whether conversations can be passed to this operator.
 */
void
handover_actions_set_presence_async (HandoverAccount     *account,
                                     HandoverPresence     presence,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data)
{
  JsonBuilder *body = handover_action_body_new ();

  handover_action_body_add_word (body, "presence", HANDOVER_TYPE_PRESENCE, presence);
  handover_action_call_async (account, HANDOVER_TYPE_OPERATOR, "PUT", "/v1/me/presence", body,
                              cancellable, callback, user_data);
}

/**
 * handover_actions_update_me_async:
 * @account: an account
 * @name: the operator's name from now on
 * @cancellable: (nullable): a cancellable
 * @callback: called when it has been done or has failed
 * @user_data: data for @callback
 *
 * Changes the name that customers and colleagues see.
 */
void
handover_actions_update_me_async (HandoverAccount     *account,
                                  const char          *name,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  JsonBuilder *body = handover_action_body_new ();

  handover_action_body_add_text (body, "name", name);
  handover_action_call_async (account, HANDOVER_TYPE_OPERATOR, "PATCH", "/v1/me", body,
                              cancellable, callback, user_data);
}

/**
 * handover_actions_set_password_async:
 * @account: an account
 * @old_password: the password until now
 * @new_password: the password from now on
 * @cancellable: (nullable): a cancellable
 * @callback: called when it has been done or has failed
 * @user_data: data for @callback
 *
 * Changes the password; sessions on other devices end.
 */
void
handover_actions_set_password_async (HandoverAccount     *account,
                                     const char          *old_password,
                                     const char          *new_password,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data)
{
  JsonBuilder *body = handover_action_body_new ();

  handover_action_body_add_text (body, "old", old_password);
  handover_action_body_add_text (body, "new", new_password);
  handover_action_call_async (account, G_TYPE_NONE, "PUT", "/v1/me/password", body, cancellable, callback, user_data);
}

/**
 * handover_actions_finish:
 * @result: the result
 * @error: return location for a %HANDOVER_PROBLEM error, whose message is for people
 *
 * Ends an action. Whether it failed is told by @error alone: some answers are empty.
 *
 * Returns: (transfer full) (nullable): what the service answered
 */
JsonNode *
handover_actions_finish (GAsyncResult  *result,
                         GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
