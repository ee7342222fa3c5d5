/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/http/routes/handover-routes-desk.h"

#include "core/handover-enum-types.h"
#include "core/handover-json.h"
#include "core/handover-problem.h"
#include "service/desk/handover-desk-control.h"
#include "service/desk/handover-desk-reply.h"
#include "service/http/routes/handover-route-help.h"
#include "service/store/handover-store-conversations.h"
#include "service/store/handover-store-escalations.h"

static const struct
{
  const char *word;
  HandoverStoreView view;
} views[] = {
  { "waiting", HANDOVER_STORE_VIEW_WAITING }, { "mine", HANDOVER_STORE_VIEW_MINE },
  { "team", HANDOVER_STORE_VIEW_TEAM },       { "agent", HANDOVER_STORE_VIEW_AGENT },
  { "closed", HANDOVER_STORE_VIEW_CLOSED },   { "all", HANDOVER_STORE_VIEW_ALL },
};

static gboolean
read_view (HandoverRequest    *request,
           HandoverStoreView  *view,
           GError            **error)
{
  const char *word = handover_request_get_query (request, "view");

  *view = HANDOVER_STORE_VIEW_ALL;
  if (word == NULL)
    return TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (views); i++)
    if (g_str_equal (word, views[i].word))
      {
        *view = views[i].view;
        return TRUE;
      }

  g_set_error_literal (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_INVALID_REQUEST,
                       "“view” must be waiting, mine, team, agent, closed or all.");
  return FALSE;
}

static gboolean
list_conversations (HandoverStore            *store,
                    const HandoverPrincipal  *principal,
                    HandoverRequest          *request,
                    HandoverResponse         *response,
                    GError                  **error)
{
  g_autoptr (GPtrArray) page = NULL;
  g_autofree char *next_cursor = NULL;
  HandoverStoreView view;
  guint limit;

  if (!read_view (request, &view, error) || !handover_route_help_read_limit (request, &limit, error))
    return FALSE;

  page = handover_store_list_conversations (store, principal->business_id, view, principal->id,
                                            handover_request_get_query (request, "cursor"), limit, &next_cursor, error);
  return handover_route_help_answer_page (response, page, next_cursor);
}

static gboolean
get_conversation (HandoverStore            *store,
                  const HandoverPrincipal  *principal,
                  HandoverRequest          *request,
                  HandoverResponse         *response,
                  GError                  **error)
{
  g_autoptr (HandoverConversation) conversation =
    handover_store_get_conversation (store, principal->business_id, handover_request_get_parameter (request, "id"), error);

  return handover_route_help_answer_record (response, 200, conversation);
}

static gboolean
list_messages (HandoverStore            *store,
               const HandoverPrincipal  *principal,
               HandoverRequest          *request,
               HandoverResponse         *response,
               GError                  **error)
{
  const char *id = handover_request_get_parameter (request, "id");
  g_autoptr (GPtrArray) page = NULL;
  g_autofree char *next_cursor = NULL;
  guint limit;

  if (!handover_store_check_conversation (store, principal->business_id, id, error) ||
      !handover_route_help_read_limit (request, &limit, error))
    return FALSE;

  page = handover_store_list_messages (store, principal->business_id, id, handover_request_get_query (request, "before"),
                                       limit, &next_cursor, error);
  return handover_route_help_answer_page (response, page, next_cursor);
}

static gboolean
list_escalations (HandoverStore            *store,
                  const HandoverPrincipal  *principal,
                  HandoverRequest          *request,
                  HandoverResponse         *response,
                  GError                  **error)
{
  const char *id = handover_request_get_parameter (request, "id");
  g_autoptr (GPtrArray) page = NULL;
  g_autofree char *next_cursor = NULL;
  guint limit;

  if (!handover_store_check_conversation (store, principal->business_id, id, error) ||
      !handover_route_help_read_limit (request, &limit, error))
    return FALSE;

  page = handover_store_list_escalations (store, principal->business_id, id,
                                          handover_request_get_query (request, "cursor"), limit, &next_cursor, error);
  return handover_route_help_answer_page (response, page, next_cursor);
}

static gboolean
read_note (JsonObject  *body,
           gboolean    *note,
           GError     **error)
{
  const char *kind;

  if (!handover_json_read_string (body, NULL, "kind", HANDOVER_JSON_REQUIRED, 10, &kind, error))
    return FALSE;

  *note = g_str_equal (kind, "note");
  if (*note || g_str_equal (kind, "reply"))
    return TRUE;

  g_set_error_literal (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_INVALID_MEMBER, "kind must be reply or note");
  return FALSE;
}

static gboolean
post_message (HandoverStore            *store,
              const HandoverPrincipal  *principal,
              HandoverRequest          *request,
              HandoverResponse         *response,
              GError                  **error)
{
  JsonObject *body = handover_request_get_object (request);
  const char *id = handover_request_get_parameter (request, "id");
  g_autoptr (HandoverPerson) actor = handover_route_help_get_actor (principal);
  g_autoptr (HandoverMessage) message = NULL;
  g_autoptr (GBytes) hash = handover_request_get_hash (request);
  g_auto (GStrv) attachments = NULL;
  HandoverMessageOrigin origin = { .key = handover_request_get_header (request, "idempotency-key"), .hash = hash };
  HandoverJsonFlags words;
  const char *text;
  gboolean note;
  gint64 epoch = 0;

  if (!read_note (body, &note, error) || !handover_route_help_read_attachments (body, NULL, &attachments, error))
    return FALSE;

  words = attachments != NULL ? HANDOVER_JSON_OPTIONAL : HANDOVER_JSON_NOT_EMPTY;
  if (!handover_json_read_string (body, NULL, "text", words, HANDOVER_LIMIT_TEXT, &text, error) ||
      !handover_json_read_integer (body, NULL, "epoch", HANDOVER_JSON_OPTIONAL, 1, G_MAXINT64, &epoch, error) ||
      !handover_json_read_string (body, NULL, "reply_to", HANDOVER_JSON_OPTIONAL, HANDOVER_LIMIT_NAME, &origin.reply_to, error))
    return FALSE;

  if (note && origin.reply_to != NULL)
    {
      g_set_error_literal (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_INVALID_MEMBER,
                           "reply_to must be left out: a note answers nobody");
      return FALSE;
    }

  origin.attachments = attachments;
  text = text != NULL ? text : "";

  message = note ? handover_desk_note (store, principal->business_id, actor, id, text, &origin, error)
                 : handover_desk_reply (store, principal->business_id, actor, id, text, epoch, &origin, error);
  return handover_route_help_answer_record (response, 201, message);
}

static gboolean
claim (HandoverStore            *store,
       const HandoverPrincipal  *principal,
       HandoverRequest          *request,
       HandoverResponse         *response,
       GError                  **error)
{
  g_autoptr (HandoverPerson) actor = handover_route_help_get_actor (principal);
  g_autoptr (HandoverConversation) conversation =
    handover_desk_claim (store, principal->business_id, actor, handover_request_get_parameter (request, "id"), error);

  return handover_route_help_answer_record (response, 200, conversation);
}

static gboolean
release (HandoverStore            *store,
         const HandoverPrincipal  *principal,
         HandoverRequest          *request,
         HandoverResponse         *response,
         GError                  **error)
{
  g_autoptr (HandoverPerson) actor = handover_route_help_get_actor (principal);
  g_autoptr (HandoverConversation) conversation =
    handover_desk_release (store, principal->business_id, actor, handover_request_get_parameter (request, "id"), error);

  return handover_route_help_answer_record (response, 200, conversation);
}

static gboolean
transfer (HandoverStore            *store,
          const HandoverPrincipal  *principal,
          HandoverRequest          *request,
          HandoverResponse         *response,
          GError                  **error)
{
  g_autoptr (HandoverPerson) actor = handover_route_help_get_actor (principal);
  g_autoptr (HandoverConversation) conversation = NULL;
  const char *target_id;

  if (!handover_json_read_string (handover_request_get_object (request), NULL, "operator_id", HANDOVER_JSON_NOT_EMPTY,
                                  HANDOVER_LIMIT_NAME, &target_id, error))
    return FALSE;

  conversation = handover_desk_transfer (store, principal->business_id, actor,
                                         handover_request_get_parameter (request, "id"), target_id, error);
  return handover_route_help_answer_record (response, 200, conversation);
}

static gboolean
resolve (HandoverStore            *store,
         const HandoverPrincipal  *principal,
         HandoverRequest          *request,
         HandoverResponse         *response,
         GError                  **error)
{
  JsonObject *body = handover_request_get_object (request);
  g_autoptr (HandoverPerson) actor = handover_route_help_get_actor (principal);
  g_autoptr (HandoverConversation) conversation = NULL;
  int outcome = HANDOVER_OUTCOME_UNKNOWN;
  int resolution = HANDOVER_RESOLUTION_UNKNOWN;
  const char *brief;

  if (!handover_json_read_enum (body, NULL, "outcome", HANDOVER_JSON_REQUIRED, HANDOVER_TYPE_OUTCOME, &outcome, error) ||
      !handover_json_read_enum (body, NULL, "resolution", HANDOVER_JSON_OPTIONAL, HANDOVER_TYPE_RESOLUTION, &resolution,
                                error) ||
      !handover_json_read_string (body, NULL, "brief", HANDOVER_JSON_OPTIONAL, HANDOVER_LIMIT_TEXT, &brief, error))
    return FALSE;

  conversation = handover_desk_resolve (store, principal->business_id, actor,
                                        handover_request_get_parameter (request, "id"), outcome, resolution, brief, error);
  return handover_route_help_answer_record (response, 200, conversation);
}

static gboolean
mark_read (HandoverStore            *store,
           const HandoverPrincipal  *principal,
           HandoverRequest          *request,
           HandoverResponse         *response,
           GError                  **error)
{
  g_autoptr (HandoverPerson) actor = handover_route_help_get_actor (principal);
  const char *message_id;

  if (!handover_json_read_string (handover_request_get_object (request), NULL, "message_id", HANDOVER_JSON_NOT_EMPTY,
                                  HANDOVER_LIMIT_NAME, &message_id, error))
    return FALSE;

  handover_response_set_empty (response, 204);
  return handover_desk_mark_read (store, principal->business_id, actor, handover_request_get_parameter (request, "id"),
                                  message_id, error);
}

const HandoverRoute handover_routes_conversations[] = {
  { "GET", "/v1/conversations", HANDOVER_ACCESS_OPERATOR, HANDOVER_ROUTE_READ, list_conversations },
  { "GET", "/v1/conversations/{id}", HANDOVER_ACCESS_OPERATOR, HANDOVER_ROUTE_READ, get_conversation },
  { "GET", "/v1/conversations/{id}/messages", HANDOVER_ACCESS_OPERATOR, HANDOVER_ROUTE_READ, list_messages },
  { "GET", "/v1/conversations/{id}/escalations", HANDOVER_ACCESS_OPERATOR, HANDOVER_ROUTE_READ, list_escalations },
  { "POST", "/v1/conversations/{id}/messages", HANDOVER_ACCESS_OPERATOR, HANDOVER_ROUTE_WRITE | HANDOVER_ROUTE_OWN_KEY,
    post_message },
  { "POST", "/v1/conversations/{id}/claim", HANDOVER_ACCESS_OPERATOR, HANDOVER_ROUTE_WRITE, claim },
  { "POST", "/v1/conversations/{id}/release", HANDOVER_ACCESS_OPERATOR, HANDOVER_ROUTE_WRITE, release },
  { "POST", "/v1/conversations/{id}/transfer", HANDOVER_ACCESS_OPERATOR, HANDOVER_ROUTE_WRITE, transfer },
  { "POST", "/v1/conversations/{id}/resolve", HANDOVER_ACCESS_OPERATOR, HANDOVER_ROUTE_WRITE, resolve },
  { "POST", "/v1/conversations/{id}/read", HANDOVER_ACCESS_OPERATOR, HANDOVER_ROUTE_WRITE, mark_read },
  { NULL },
};
