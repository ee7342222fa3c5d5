/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#define G_LOG_DOMAIN "handover-actions"

#include "config.h"

#include "client/handover-actions.h"

#include "client/handover-account-private.h"
#include "core/handover-enum-types.h"

typedef struct
{
  GType type;
  JsonNode *body;
} Answer;

static void
answer_free (Answer *answer)
{
  g_clear_pointer (&answer->body, json_node_unref);
  g_free (answer);
}

static void
return_answer (GTask *task)
{
  Answer *answer = g_task_get_task_data (task);

  g_task_return_pointer (task, g_steal_pointer (&answer->body), (GDestroyNotify) json_node_unref);
}

static void
applied_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (!handover_mirror_apply_record_finish (HANDOVER_MIRROR (object), result, &error))
    g_warning ("Could not store an answer; the stream will bring it: %s", error->message);

  return_answer (task);
}

/* The same change arrives on the stream; taking it from the answer saves the person a moment. Who called is told
 * when the mirror shows it, so that nobody looks at a desk that is older than the answer. */
static void
answered_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  HandoverAccount *account = g_task_get_source_object (task);
  Answer *answer = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (HandoverReply) reply = handover_client_call_finish (HANDOVER_CLIENT (object), result, &error);
  g_autoptr (HandoverRecord) record = NULL;

  if (reply == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  answer->body = g_steal_pointer (&reply->body);
  if (answer->type != G_TYPE_NONE && answer->body != NULL)
    record = handover_record_from_json (answer->type, answer->body, NULL);
  if (record == NULL || !handover_account_get_signed_in (account))
    {
      return_answer (task);
      return;
    }

  handover_account_take_record (account, record);
  handover_mirror_apply_record_async (handover_account_get_mirror (account), record, NULL, applied_cb,
                                      g_steal_pointer (&task));
}

/* @body is taken. */
static void
act (HandoverAccount     *account,
     GType                answer,
     const char          *method,
     const char          *path,
     JsonBuilder         *body,
     GCancellable        *cancellable,
     GAsyncReadyCallback  callback,
     gpointer             user_data)
{
  GTask *task = g_task_new (account, cancellable, callback, user_data);
  Answer *data = g_new0 (Answer, 1);
  g_autoptr (JsonNode) node = NULL;

  if (body != NULL)
    {
      json_builder_end_object (body);
      node = json_builder_get_root (body);
      g_object_unref (body);
    }

  g_task_set_source_tag (task, act);
  data->type = answer;
  g_task_set_task_data (task, data, (GDestroyNotify) answer_free);
  handover_client_call_async (handover_account_get_client (account), HANDOVER_CALL_RETRY, method, path, node, NULL,
                              HANDOVER_CALL_LIMIT, cancellable, answered_cb, task);
}

static char *
build_path (const char *collection,
            const char *id,
            const char *rest)
{
  g_autofree char *escaped = g_uri_escape_string (id, NULL, FALSE);

  return g_strconcat (collection, escaped, rest, NULL);
}

static JsonBuilder *
begin (void)
{
  return json_builder_begin_object (json_builder_new_immutable ());
}

/* What is absent is left out. */
static void
add_text (JsonBuilder *body,
          const char  *member,
          const char  *text)
{
  if (text == NULL)
    return;

  json_builder_set_member_name (body, member);
  json_builder_add_string_value (body, text);
}

static void
add_word (JsonBuilder *body,
          const char  *member,
          GType        type,
          int          value)
{
  add_text (body, member, handover_enum_to_nick (type, value));
}

static void
add_boolean (JsonBuilder *body,
             const char  *member,
             gboolean     value)
{
  json_builder_set_member_name (body, member);
  json_builder_add_boolean_value (body, value);
}

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
  g_autofree char *path = build_path ("/v1/conversations/", conversation_id, "/claim");

  act (account, HANDOVER_TYPE_CONVERSATION, "POST", path, begin (), cancellable, callback, user_data);
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
  g_autofree char *path = build_path ("/v1/conversations/", conversation_id, "/release");

  act (account, HANDOVER_TYPE_CONVERSATION, "POST", path, begin (), cancellable, callback, user_data);
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
  g_autofree char *path = build_path ("/v1/conversations/", conversation_id, "/transfer");
  JsonBuilder *body = begin ();

  add_text (body, "operator_id", operator_id);
  act (account, HANDOVER_TYPE_CONVERSATION, "POST", path, body, cancellable, callback, user_data);
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
  g_autofree char *path = build_path ("/v1/conversations/", conversation_id, "/resolve");
  JsonBuilder *body = begin ();

  add_word (body, "outcome", HANDOVER_TYPE_OUTCOME, outcome);
  add_word (body, "resolution", HANDOVER_TYPE_RESOLUTION, resolution);
  add_text (body, "brief", brief);
  act (account, HANDOVER_TYPE_CONVERSATION, "POST", path, body, cancellable, callback, user_data);
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
  JsonBuilder *body = begin ();

  add_word (body, "presence", HANDOVER_TYPE_PRESENCE, presence);
  act (account, HANDOVER_TYPE_OPERATOR, "PUT", "/v1/me/presence", body, cancellable, callback, user_data);
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
  JsonBuilder *body = begin ();

  add_text (body, "name", name);
  act (account, HANDOVER_TYPE_OPERATOR, "PATCH", "/v1/me", body, cancellable, callback, user_data);
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
  JsonBuilder *body = begin ();

  add_text (body, "old", old_password);
  add_text (body, "new", new_password);
  act (account, G_TYPE_NONE, "PUT", "/v1/me/password", body, cancellable, callback, user_data);
}

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
  JsonBuilder *body = begin ();

  add_text (body, "transition_message", transition_message);
  act (account, HANDOVER_TYPE_BUSINESS, "PATCH", "/v1/business", body, cancellable, callback, user_data);
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
  JsonBuilder *body = begin ();

  add_text (body, "email", email);
  add_word (body, "role", HANDOVER_TYPE_ROLE, role);
  act (account, G_TYPE_NONE, "POST", "/v1/team/invites", body, cancellable, callback, user_data);
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
  g_autofree char *path = build_path ("/v1/team/", operator_id, NULL);
  JsonBuilder *body = begin ();

  add_word (body, "role", HANDOVER_TYPE_ROLE, role);
  act (account, HANDOVER_TYPE_OPERATOR, "PATCH", path, body, cancellable, callback, user_data);
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
  g_autofree char *path = build_path ("/v1/team/", operator_id, NULL);
  JsonBuilder *body = begin ();

  add_boolean (body, "active", active);
  act (account, HANDOVER_TYPE_OPERATOR, "PATCH", path, body, cancellable, callback, user_data);
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
  JsonBuilder *body = begin ();

  add_text (body, "name", name);
  add_word (body, "kind", HANDOVER_TYPE_AGENT_KIND, kind);
  act (account, HANDOVER_TYPE_AGENT, "POST", "/v1/agents", body, cancellable, callback, user_data);
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
  g_autofree char *path = build_path ("/v1/agents/", agent_id, NULL);
  JsonBuilder *body = begin ();

  add_text (body, "name", name);
  act (account, HANDOVER_TYPE_AGENT, "PATCH", path, body, cancellable, callback, user_data);
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
  g_autofree char *path = build_path ("/v1/agents/", agent_id, NULL);
  JsonBuilder *body = begin ();

  add_boolean (body, "enabled", enabled);
  act (account, HANDOVER_TYPE_AGENT, "PATCH", path, body, cancellable, callback, user_data);
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
  g_autofree char *path = build_path ("/v1/agents/", agent_id, "/keys");
  JsonBuilder *body = begin ();

  add_text (body, "name", name);
  act (account, G_TYPE_NONE, "POST", path, body, cancellable, callback, user_data);
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
  g_autofree char *keys = build_path ("/v1/agents/", agent_id, "/keys/");
  g_autofree char *path = build_path (keys, key_id, NULL);

  act (account, G_TYPE_NONE, "DELETE", path, NULL, cancellable, callback, user_data);
}

static JsonBuilder *
build_template (const char            *name,
                const char            *shortcut,
                const char            *text,
                HandoverTemplateScope  scope)
{
  JsonBuilder *body = begin ();

  add_text (body, "name", name);
  add_text (body, "shortcut", shortcut);
  add_text (body, "text", text);
  add_word (body, "scope", HANDOVER_TYPE_TEMPLATE_SCOPE, scope);

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
  act (account, HANDOVER_TYPE_TEMPLATE, "POST", "/v1/templates", build_template (name, shortcut, text, scope),
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
  g_autofree char *path = build_path ("/v1/templates/", template_id, NULL);

  act (account, HANDOVER_TYPE_TEMPLATE, "PATCH", path, build_template (name, shortcut, text, scope), cancellable,
       callback, user_data);
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
  g_autofree char *path = build_path ("/v1/templates/", template_id, NULL);

  act (account, G_TYPE_NONE, "DELETE", path, NULL, cancellable, callback, user_data);
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
