/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/http/routes/handover-mcp-tools.h"

#include <gio/gio.h>

#include "core/handover-json.h"
#include "core/handover-problem.h"
#include "handover-mcp-resources.h"
#include "service/http/routes/handover-agent-answer.h"
#include "service/http/routes/handover-agent-terms.h"

#define TOOLS "/dev/handover/handoverd/mcp/handover-mcp-tools.json"
#define KEY_LIMIT 128

/* One call of a tool, and what came of it: an answer, or a refusal with as much of one as there is. */
typedef struct
{
  const HandoverPrincipal *principal;
  const char *name;
  JsonObject *arguments;
  const char *pinned;
  char *external_id;
  JsonObject *answer;
  GError *refusal;
} Call;

/**
 * handover_mcp_tools_list:
 *
 * Lists the tools, always in the same order.
 *
 * Returns: (transfer full): the result of `tools/list`
 */
JsonNode *
handover_mcp_tools_list (void)
{
  g_autoptr (GBytes) data = g_resource_lookup_data (handover_mcp_resources_get_resource (), TOOLS,
                                                    G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  return json_from_string (g_bytes_get_data (data, NULL), NULL);
}

/* Which conversation is meant: the host's pin comes before the model's word, and the two must not differ. */
static gboolean
read_external_id (Call         *call,
                  gboolean      make,
                  GError      **error)
{
  const char *told;

  if (!handover_json_read_string (call->arguments, NULL, "external_id", HANDOVER_JSON_OPTIONAL,
                                  HANDOVER_LIMIT_EXTERNAL_ID, &told, error))
    return FALSE;
  if (told != NULL && *told == '\0')
    told = NULL;
  if (call->pinned != NULL && told != NULL && !g_str_equal (call->pinned, told))
    {
      g_set_error_literal (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_INVALID_MEMBER,
                           "external_id differs from the conversation that the host pinned; leave it out");
      return FALSE;
    }
  if (call->pinned == NULL && told == NULL && !make)
    {
      g_set_error_literal (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_INVALID_MEMBER,
                           "external_id is missing: pass the one that the first call returned");
      return FALSE;
    }

  call->external_id = call->pinned != NULL ? g_strdup (call->pinned) : g_strdup (told);
  if (call->external_id == NULL)
    call->external_id = handover_store_new_id ("mcp");
  return TRUE;
}

static gboolean
escalate (HandoverStore  *store,
          Call           *self,
          GError        **error)
{
  g_auto (HandoverAgentCall) call = { { NULL } };
  g_autoptr (HandoverConversation) conversation = NULL;
  g_autofree char *transition_message = NULL;
  gboolean opened;

  if (!read_external_id (self, TRUE, error) ||
      !handover_agent_call_read (&call, self->arguments, self->arguments, NULL, self->external_id, error) ||
      !handover_desk_escalate (store, self->principal->business_id, self->principal->id, &call.call, &conversation,
                               &opened, &transition_message, error))
    return FALSE;

  self->answer = handover_agent_answer_describe_call (self->principal, conversation, transition_message);
  return TRUE;
}

/* The arguments as one text, so that a key that is used again for something else is noticed. */
static GBytes *
hash_arguments (JsonObject *arguments)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), arguments);
  g_autofree char *text = json_to_string (node, FALSE);
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);

  return g_bytes_new (digest, strlen (digest));
}

static gboolean
send (HandoverStore  *store,
      Call           *self,
      GError        **error)
{
  g_auto (HandoverAgentLine) line = { { NULL } };
  g_auto (HandoverDeskAnswer) answer = { NULL };
  g_autoptr (GBytes) hash = hash_arguments (self->arguments);
  HandoverMessageOrigin origin = { .hash = hash };

  if (!read_external_id (self, TRUE, error) ||
      !handover_json_read_string (self->arguments, NULL, "idempotency_key", HANDOVER_JSON_OPTIONAL, KEY_LIMIT, &origin.key,
                                  error))
    return FALSE;

  /* Models fill in what they could leave out. */
  if (origin.key != NULL && *origin.key == '\0')
    origin.key = NULL;
  if (!handover_agent_line_read (&line, self->arguments, HANDOVER_AUTHOR_AGENT, error) ||
      !handover_desk_agent_message (store, self->principal->business_id, self->principal->id, self->external_id,
                                    line.contact, &line.line, &origin, &answer, error))
    return FALSE;

  self->refusal = g_steal_pointer (&answer.refusal);
  self->answer = self->refusal != NULL ? handover_agent_answer_describe (self->principal, answer.conversation)
                                       : handover_agent_answer_describe_message (self->principal, answer.conversation, answer.message);
  return TRUE;
}

static gboolean
get_control (HandoverStore  *store,
             Call           *self,
             GError        **error)
{
  const char *told;
  gint64 after;

  if (!read_external_id (self, FALSE, error) ||
      !handover_json_read_string (self->arguments, NULL, "after", HANDOVER_JSON_OPTIONAL, 40, &told, error) ||
      !handover_agent_terms_read_after (told, &after, error))
    return FALSE;

  self->answer = handover_agent_answer_look (store, self->principal, self->external_id, after, error);
  return self->answer != NULL;
}

static const struct
{
  const char *name;
  gboolean (*call) (HandoverStore  *store,
                    Call           *self,
                    GError        **error);
} tools[] = {
  { "escalate_to_human", escalate },
  { "send_customer_message", send },
  { "get_control", get_control },
};

/**
 * handover_mcp_tools_has:
 * @name: a tool's name
 *
 * Tells whether there is such a tool.
 *
 * Returns: whether there is
 */
gboolean
handover_mcp_tools_has (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (tools); i++)
    if (g_str_equal (name, tools[i].name))
      return TRUE;

  return FALSE;
}

static gboolean
run (HandoverStore  *store,
     gpointer        data,
     GError        **error)
{
  Call *self = data;

  for (guint i = 0; i < G_N_ELEMENTS (tools); i++)
    if (g_str_equal (self->name, tools[i].name))
      return tools[i].call (store, self, error);

  g_return_val_if_reached (FALSE);
}

/* What a model reads of a refusal: the words and, where it is known, who may speak. */
static void
describe_refusal (Call         *self,
                  const GError *refusal)
{
  if (self->answer == NULL)
    self->answer = json_object_new ();

  json_object_set_string_member (self->answer, "code", handover_problem_get_code (refusal->code));
  json_object_set_string_member (self->answer, "detail", refusal->message);
}

static JsonNode *
make_result (Call     *self,
             gboolean  failed)
{
  JsonNode *result = json_node_init_object (json_node_alloc (), json_object_new ());
  JsonObject *object = json_node_get_object (result);
  JsonArray *content = json_array_new ();
  JsonObject *block = json_object_new ();
  g_autoptr (JsonNode) answer = NULL;
  g_autofree char *text = NULL;

  json_object_unref (object);
  if (self->external_id != NULL)
    json_object_set_string_member (self->answer, "external_id", self->external_id);
  answer = json_node_init_object (json_node_alloc (), self->answer);
  text = json_to_string (answer, FALSE);

  json_object_set_string_member (block, "type", "text");
  json_object_set_string_member (block, "text", text);
  json_array_add_object_element (content, block);
  json_object_set_array_member (object, "content", content);
  /* A failure need not fit the tool's output schema, so it is told in words alone. */
  if (!failed)
    json_object_set_member (object, "structuredContent", g_steal_pointer (&answer));
  json_object_set_boolean_member (object, "isError", failed);
  return result;
}

/**
 * handover_mcp_tools_call:
 * @store: the writer's store
 * @principal: the agent
 * @name: one of our tools
 * @arguments: what the model passed
 * @pinned: (nullable): the conversation that the host pinned
 * @error: return location for what went wrong inside; what the model did wrong is a result
 *
 * Calls a tool. A call that fails leaves nothing behind, but what puts a refused message on record stays.
 *
 * Returns: (transfer full): the result of `tools/call`, or %NULL with @error set
 */
JsonNode *
handover_mcp_tools_call (HandoverStore            *store,
                         const HandoverPrincipal  *principal,
                         const char               *name,
                         JsonObject               *arguments,
                         const char               *pinned,
                         GError                  **error)
{
  Call self = { principal, name, arguments, pinned };
  g_autoptr (GError) failure = NULL;
  JsonNode *result = NULL;

  if (!handover_store_attempt (store, run, &self, &failure) && failure->domain != HANDOVER_PROBLEM)
    g_propagate_error (error, g_steal_pointer (&failure));
  else
    {
      const GError *refusal = failure != NULL ? failure : self.refusal;

      if (refusal != NULL)
        describe_refusal (&self, refusal);
      result = make_result (&self, refusal != NULL);
    }

  g_clear_pointer (&self.answer, json_object_unref);
  g_clear_error (&self.refusal);
  g_free (self.external_id);
  return result;
}
