/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/http/routes/handover-routes-desk.h"

#include "core/handover-enum-types.h"
#include "core/handover-json.h"
#include "core/handover-problem.h"
#include "service/http/routes/handover-agent-answer.h"
#include "service/http/routes/handover-agent-terms.h"

static gboolean
answer_object (HandoverResponse *response,
               guint             status,
               JsonObject       *object)
{
  JsonNode *node;

  if (object == NULL)
    return FALSE;

  node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, object);
  handover_response_take_body (response, status, node);
  return TRUE;
}

/* A refusal is committed with what it put on record, and says who may speak. */
static gboolean
answer_refusal (const HandoverPrincipal  *principal,
                HandoverResponse         *response,
                const HandoverDeskAnswer *answer)
{
  JsonObject *members = handover_agent_answer_describe (principal, answer->conversation);

  json_object_remove_member (members, "conversation_id");
  handover_response_set_problem (response, answer->refusal, members);
  return TRUE;
}

static gboolean
post_escalation (HandoverStore            *store,
                 const HandoverPrincipal  *principal,
                 HandoverRequest          *request,
                 HandoverResponse         *response,
                 GError                  **error)
{
  JsonObject *body = handover_request_get_object (request);
  g_auto (HandoverAgentCall) call = { { NULL } };
  g_autoptr (HandoverConversation) conversation = NULL;
  g_autofree char *transition_message = NULL;
  JsonObject *place;
  gboolean opened;

  if (!handover_json_read_object (body, NULL, "conversation", HANDOVER_JSON_REQUIRED, &place, error) ||
      !handover_agent_call_read (&call, body, place, "conversation", NULL, error) ||
      !handover_desk_escalate (store, principal->business_id, principal->id, &call.call, &conversation, &opened,
                               &transition_message, error))
    return FALSE;

  return answer_object (response, opened ? 201 : 200, handover_agent_answer_describe_call (principal, conversation, transition_message));
}

static gboolean
read_external_id (HandoverRequest  *request,
                  const char      **external_id,
                  GError          **error)
{
  *external_id = handover_request_get_parameter (request, "external_id");
  if (strlen (*external_id) > HANDOVER_LIMIT_EXTERNAL_ID)
    {
      g_set_error (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_TOO_LARGE, "external_id must be at most %d bytes",
                   HANDOVER_LIMIT_EXTERNAL_ID);
      return FALSE;
    }
  if (!handover_json_is_text (*external_id))
    {
      g_set_error_literal (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_INVALID_MEMBER,
                           "external_id must not hold control characters");
      return FALSE;
    }

  return TRUE;
}

static gboolean
post_message (HandoverStore            *store,
              const HandoverPrincipal  *principal,
              HandoverRequest          *request,
              HandoverResponse         *response,
              GError                  **error)
{
  g_auto (HandoverAgentLine) line = { { NULL } };
  g_auto (HandoverDeskAnswer) answer = { NULL };
  g_autoptr (GBytes) hash = handover_request_get_hash (request);
  HandoverMessageOrigin origin = { .key = handover_request_get_header (request, "idempotency-key"), .hash = hash };
  const char *external_id;

  if (!read_external_id (request, &external_id, error) ||
      !handover_agent_line_read (&line, handover_request_get_object (request), HANDOVER_AUTHOR_UNKNOWN, error) ||
      !handover_desk_agent_message (store, principal->business_id, principal->id, external_id, line.contact, &line.line,
                                    &origin, &answer, error))
    return FALSE;

  if (answer.refusal != NULL)
    return answer_refusal (principal, response, &answer);
  return answer_object (response, 201, handover_agent_answer_describe_message (principal, answer.conversation, answer.message));
}

static gboolean
get_conversation (HandoverStore            *store,
                  const HandoverPrincipal  *principal,
                  HandoverRequest          *request,
                  HandoverResponse         *response,
                  GError                  **error)
{
  const char *external_id;
  gint64 after;

  return read_external_id (request, &external_id, error) &&
         handover_agent_terms_read_after (handover_request_get_query (request, "after"), &after, error) &&
         answer_object (response, 200, handover_agent_answer_look (store, principal, external_id, after, error));
}

static gboolean
close_conversation (HandoverStore            *store,
                    const HandoverPrincipal  *principal,
                    HandoverRequest          *request,
                    HandoverResponse         *response,
                    GError                  **error)
{
  g_auto (HandoverDeskAnswer) answer = { NULL };
  const char *external_id;
  gint64 epoch = 0;

  if (!read_external_id (request, &external_id, error) ||
      !handover_json_read_integer (handover_request_get_object (request), NULL, "epoch", HANDOVER_JSON_OPTIONAL, 1,
                                   G_MAXINT64, &epoch, error) ||
      !handover_desk_agent_close (store, principal->business_id, principal->id, external_id, epoch, &answer, error))
    return FALSE;

  if (answer.refusal != NULL)
    return answer_refusal (principal, response, &answer);
  return answer_object (response, 200, handover_agent_answer_describe (principal, answer.conversation));
}

static gboolean
post_status (HandoverStore            *store,
             const HandoverPrincipal  *principal,
             HandoverRequest          *request,
             HandoverResponse         *response,
             GError                  **error)
{
  JsonObject *body = handover_request_get_object (request);
  g_auto (HandoverDeskAnswer) answer = { NULL };
  int state = HANDOVER_DELIVERY_STATE_UNKNOWN;
  const char *reason;

  if (!handover_json_read_enum (body, NULL, "state", HANDOVER_JSON_REQUIRED, HANDOVER_TYPE_DELIVERY_STATE, &state, error) ||
      !handover_json_read_string (body, NULL, "reason", HANDOVER_JSON_OPTIONAL, HANDOVER_LIMIT_TEXT, &reason, error))
    return FALSE;
  if (state == HANDOVER_DELIVERY_STATE_QUEUED || state == HANDOVER_DELIVERY_STATE_SENT)
    {
      g_set_error_literal (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_INVALID_MEMBER,
                           "state must be delivered, read or failed");
      return FALSE;
    }
  if (!handover_desk_agent_status (store, principal->business_id, principal->id,
                                   handover_request_get_parameter (request, "message_id"), state, reason, &answer, error))
    return FALSE;

  return answer_object (response, 200, handover_agent_answer_describe_message (principal, answer.conversation, answer.message));
}

const HandoverRoute handover_routes_agent_api[] = {
  { "POST", "/agent/v1/escalations", HANDOVER_ACCESS_AGENT, HANDOVER_ROUTE_WRITE, post_escalation },
  { "POST", "/agent/v1/conversations/{external_id}/messages", HANDOVER_ACCESS_AGENT,
    HANDOVER_ROUTE_WRITE | HANDOVER_ROUTE_OWN_KEY, post_message },
  { "GET", "/agent/v1/conversations/{external_id}", HANDOVER_ACCESS_AGENT, HANDOVER_ROUTE_READ, get_conversation },
  { "POST", "/agent/v1/conversations/{external_id}/close", HANDOVER_ACCESS_AGENT, HANDOVER_ROUTE_WRITE, close_conversation },
  { "POST", "/agent/v1/messages/{message_id}/status", HANDOVER_ACCESS_AGENT, HANDOVER_ROUTE_WRITE, post_status },
  { NULL },
};
