/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#define G_LOG_DOMAIN "handover-action-call"

#include "config.h"

#include "client/handover-action-call.h"

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

/*< private >
 * handover_action_call_async:
 * @account: an account
 * @answer: the type of the record that is answered, or %G_TYPE_NONE
 * @method: an HTTP method
 * @path: where the service does it
 * @body: (transfer full) (nullable): what handover_action_body_new() began
 * @cancellable: (nullable): a cancellable
 * @callback: called when it has been done and the mirror shows it, or has failed
 * @user_data: data for @callback
 *
 * Asks the service for a change at once: tried for ten seconds, never queued. handover_actions_finish() ends it.
 */
void
handover_action_call_async (HandoverAccount     *account,
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

  g_task_set_source_tag (task, handover_action_call_async);
  data->type = answer;
  g_task_set_task_data (task, data, (GDestroyNotify) answer_free);
  handover_client_call_async (handover_account_get_client (account), HANDOVER_CALL_RETRY, method, path, node, NULL,
                              HANDOVER_CALL_LIMIT, cancellable, answered_cb, task);
}

/*< private >
 * handover_action_path:
 * @collection: the path before the id, with its slash
 * @id: an id, escaped here
 * @rest: (nullable): the path after the id
 *
 * Builds the path of one thing.
 *
 * Returns: (transfer full): the path
 */
char *
handover_action_path (const char *collection,
                      const char *id,
                      const char *rest)
{
  g_autofree char *escaped = g_uri_escape_string (id, NULL, FALSE);

  return g_strconcat (collection, escaped, rest, NULL);
}

/*< private >
 * handover_action_body_new:
 *
 * Begins the body of a call.
 *
 * Returns: (transfer full): the body, for handover_action_call_async() to take
 */
JsonBuilder *
handover_action_body_new (void)
{
  return json_builder_begin_object (json_builder_new_immutable ());
}

/*< private >
 * handover_action_body_add_text:
 * @body: a body
 * @member: a member's name
 * @text: (nullable): its text; what is absent is left out
 *
 * Adds a text.
 */
void
handover_action_body_add_text (JsonBuilder *body,
                               const char  *member,
                               const char  *text)
{
  if (text == NULL)
    return;

  json_builder_set_member_name (body, member);
  json_builder_add_string_value (body, text);
}

/*< private >
 * handover_action_body_add_word:
 * @body: a body
 * @member: a member's name
 * @type: an enumeration
 * @value: one of its values
 *
 * Adds a value by its nick.
 */
void
handover_action_body_add_word (JsonBuilder *body,
                               const char  *member,
                               GType        type,
                               int          value)
{
  handover_action_body_add_text (body, member, handover_enum_to_nick (type, value));
}

/*< private >
 * handover_action_body_add_boolean:
 * @body: a body
 * @member: a member's name
 * @value: yes or no
 *
 * Adds a truth.
 */
void
handover_action_body_add_boolean (JsonBuilder *body,
                                  const char  *member,
                                  gboolean     value)
{
  json_builder_set_member_name (body, member);
  json_builder_add_boolean_value (body, value);
}
