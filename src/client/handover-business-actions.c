/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "config.h"

#include "client/handover-actions.h"

#include "client/handover-action-call.h"
#include "core/handover-agent.h"
#include "core/handover-enum-types.h"
#include "core/handover-template.h"

/**
 * handover_actions_update_business_async:
 * @account: an account
 * @transition_message: what customers read when the AI stops
 * @cancellable: (nullable): a cancellable
 * @callback: called when it has been done or has failed
 * @user_data: data for @callback
 *
 * Changes the business's transition message.
 */
void
handover_actions_update_business_async (HandoverAccount     *account,
                                        const char          *transition_message,
                                        GCancellable        *cancellable,
                                        GAsyncReadyCallback  callback,
                                        gpointer             user_data)
{
  JsonBuilder *body = handover_action_body_new ();

  handover_action_body_add_text (body, "transition_message", transition_message);
  handover_action_call_async (account, HANDOVER_TYPE_BUSINESS, "PATCH", "/v1/business", body,
                              cancellable, callback, user_data);
}

/**
 * handover_actions_create_invite_async:
 * @account: an account
 * @email: (nullable): for whom it is, or %NULL for whoever has it
 * @role: what that person may do
 * @cancellable: (nullable): a cancellable
 * @callback: called when it has been done or has failed
 * @user_data: data for @callback
 *
 * Makes an invite to the team. The answer has the members `invite` and `expires_at`.
 */
void
handover_actions_create_invite_async (HandoverAccount     *account,
                                      const char          *email,
                                      HandoverRole         role,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data)
{
  JsonBuilder *body = handover_action_body_new ();

  handover_action_body_add_text (body, "email", email);
  handover_action_body_add_word (body, "role", HANDOVER_TYPE_ROLE, role);
  handover_action_call_async (account, G_TYPE_NONE, "POST", "/v1/team/invites", body, cancellable, callback, user_data);
}

/**
 * handover_actions_set_role_async:
 * @account: an account
 * @operator_id: a colleague
 * @role: what they may do from now on
 * @cancellable: (nullable): a cancellable
 * @callback: called when it has been done or has failed
 * @user_data: data for @callback
 *
 * Changes what a colleague may do.
 */
void
handover_actions_set_role_async (HandoverAccount     *account,
                                 const char          *operator_id,
                                 HandoverRole         role,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_autofree char *path = handover_action_path ("/v1/team/", operator_id, NULL);
  JsonBuilder *body = handover_action_body_new ();

  handover_action_body_add_word (body, "role", HANDOVER_TYPE_ROLE, role);
  handover_action_call_async (account, HANDOVER_TYPE_OPERATOR, "PATCH", path, body, cancellable, callback, user_data);
}

/**
 * handover_actions_set_active_async:
 * @account: an account
 * @operator_id: a colleague
 * @active: whether they may sign in
 * @cancellable: (nullable): a cancellable
 * @callback: called when it has been done or has failed
 * @user_data: data for @callback
 *
 * Deactivates a colleague, or lets them in again.
 */
void
handover_actions_set_active_async (HandoverAccount     *account,
                                   const char          *operator_id,
                                   gboolean             active,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  g_autofree char *path = handover_action_path ("/v1/team/", operator_id, NULL);
  JsonBuilder *body = handover_action_body_new ();

  handover_action_body_add_boolean (body, "active", active);
  handover_action_call_async (account, HANDOVER_TYPE_OPERATOR, "PATCH", path, body, cancellable, callback, user_data);
}

/**
 * handover_actions_create_agent_async:
 * @account: an account
 * @name: its name
 * @kind: how it is run
 * @cancellable: (nullable): a cancellable
 * @callback: called when it has been done or has failed
 * @user_data: data for @callback
 *
 * Makes an AI agent known.
 */
void
handover_actions_create_agent_async (HandoverAccount     *account,
                                     const char          *name,
                                     HandoverAgentKind    kind,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data)
{
  JsonBuilder *body = handover_action_body_new ();

  handover_action_body_add_text (body, "name", name);
  handover_action_body_add_word (body, "kind", HANDOVER_TYPE_AGENT_KIND, kind);
  handover_action_call_async (account, HANDOVER_TYPE_AGENT, "POST", "/v1/agents", body,
                              cancellable, callback, user_data);
}

/**
 * handover_actions_rename_agent_async:
 * @account: an account
 * @agent_id: an agent
 * @name: its name from now on
 * @cancellable: (nullable): a cancellable
 * @callback: called when it has been done or has failed
 * @user_data: data for @callback
 *
 * Renames an agent.
 */
void
handover_actions_rename_agent_async (HandoverAccount     *account,
                                     const char          *agent_id,
                                     const char          *name,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data)
{
  g_autofree char *path = handover_action_path ("/v1/agents/", agent_id, NULL);
  JsonBuilder *body = handover_action_body_new ();

  handover_action_body_add_text (body, "name", name);
  handover_action_call_async (account, HANDOVER_TYPE_AGENT, "PATCH", path, body, cancellable, callback, user_data);
}

/**
 * handover_actions_set_agent_enabled_async:
 * @account: an account
 * @agent_id: an agent
 * @enabled: whether it may speak to customers
 * @cancellable: (nullable): a cancellable
 * @callback: called when it has been done or has failed
 * @user_data: data for @callback
 *
 * Disables an agent, or enables it again.
 */
void
handover_actions_set_agent_enabled_async (HandoverAccount     *account,
                                          const char          *agent_id,
                                          gboolean             enabled,
                                          GCancellable        *cancellable,
                                          GAsyncReadyCallback  callback,
                                          gpointer             user_data)
{
  g_autofree char *path = handover_action_path ("/v1/agents/", agent_id, NULL);
  JsonBuilder *body = handover_action_body_new ();

  handover_action_body_add_boolean (body, "enabled", enabled);
  handover_action_call_async (account, HANDOVER_TYPE_AGENT, "PATCH", path, body, cancellable, callback, user_data);
}

/**
 * handover_actions_create_key_async:
 * @account: an account
 * @agent_id: an agent
 * @name: (nullable): what the key is for
 * @cancellable: (nullable): a cancellable
 * @callback: called when it has been done or has failed
 * @user_data: data for @callback
 *
 * Makes a key for an agent. The answer has the members `id` and `key`; the key is never told again.
 */
void
handover_actions_create_key_async (HandoverAccount     *account,
                                   const char          *agent_id,
                                   const char          *name,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  g_autofree char *path = handover_action_path ("/v1/agents/", agent_id, "/keys");
  JsonBuilder *body = handover_action_body_new ();

  handover_action_body_add_text (body, "name", name);
  handover_action_call_async (account, G_TYPE_NONE, "POST", path, body, cancellable, callback, user_data);
}

/**
 * handover_actions_delete_key_async:
 * @account: an account
 * @agent_id: an agent
 * @key_id: one of its keys
 * @cancellable: (nullable): a cancellable
 * @callback: called when it has been done or has failed
 * @user_data: data for @callback
 *
 * Takes a key away from an agent.
 */
void
handover_actions_delete_key_async (HandoverAccount     *account,
                                   const char          *agent_id,
                                   const char          *key_id,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  g_autofree char *keys = handover_action_path ("/v1/agents/", agent_id, "/keys/");
  g_autofree char *path = handover_action_path (keys, key_id, NULL);

  handover_action_call_async (account, G_TYPE_NONE, "DELETE", path, NULL, cancellable, callback, user_data);
}

static JsonBuilder *
build_template (const char            *name,
                const char            *shortcut,
                const char            *text,
                HandoverTemplateScope  scope)
{
  JsonBuilder *body = handover_action_body_new ();

  handover_action_body_add_text (body, "name", name);
  handover_action_body_add_text (body, "shortcut", shortcut);
  handover_action_body_add_text (body, "text", text);
  handover_action_body_add_word (body, "scope", HANDOVER_TYPE_TEMPLATE_SCOPE, scope);

  return body;
}

/**
 * handover_actions_create_template_async:
 * @account: an account
 * @name: its name
 * @shortcut: (nullable): a word that finds it
 * @text: what it says
 * @scope: who sees it
 * @cancellable: (nullable): a cancellable
 * @callback: called when it has been done or has failed
 * @user_data: data for @callback
 *
 * Makes a template.
 */
void
handover_actions_create_template_async (HandoverAccount       *account,
                                        const char            *name,
                                        const char            *shortcut,
                                        const char            *text,
                                        HandoverTemplateScope  scope,
                                        GCancellable          *cancellable,
                                        GAsyncReadyCallback    callback,
                                        gpointer               user_data)
{
  handover_action_call_async (account, HANDOVER_TYPE_TEMPLATE, "POST", "/v1/templates",
                              build_template (name, shortcut, text, scope),
                              cancellable, callback, user_data);
}

/**
 * handover_actions_update_template_async:
 * @account: an account
 * @template_id: a template
 * @name: its name from now on
 * @shortcut: (nullable): a word that finds it; empty for none, %NULL to leave it as it is
 * @text: what it says
 * @scope: who sees it; %HANDOVER_TEMPLATE_SCOPE_UNKNOWN to leave it as it is
 * @cancellable: (nullable): a cancellable
 * @callback: called when it has been done or has failed
 * @user_data: data for @callback
 *
 * Changes a template.
 */
void
handover_actions_update_template_async (HandoverAccount       *account,
                                        const char            *template_id,
                                        const char            *name,
                                        const char            *shortcut,
                                        const char            *text,
                                        HandoverTemplateScope  scope,
                                        GCancellable          *cancellable,
                                        GAsyncReadyCallback    callback,
                                        gpointer               user_data)
{
  g_autofree char *path = handover_action_path ("/v1/templates/", template_id, NULL);

  handover_action_call_async (account, HANDOVER_TYPE_TEMPLATE, "PATCH", path,
                              build_template (name, shortcut, text, scope),
                              cancellable, callback, user_data);
}

/**
 * handover_actions_delete_template_async:
 * @account: an account
 * @template_id: a template
 * @cancellable: (nullable): a cancellable
 * @callback: called when it has been done or has failed
 * @user_data: data for @callback
 *
 * Deletes a template.
 */
void
handover_actions_delete_template_async (HandoverAccount     *account,
                                        const char          *template_id,
                                        GCancellable        *cancellable,
                                        GAsyncReadyCallback  callback,
                                        gpointer             user_data)
{
  g_autofree char *path = handover_action_path ("/v1/templates/", template_id, NULL);

  handover_action_call_async (account, G_TYPE_NONE, "DELETE", path, NULL, cancellable, callback, user_data);
}
