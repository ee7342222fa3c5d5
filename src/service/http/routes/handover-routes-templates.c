/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/http/routes/handover-routes-desk.h"

#include "core/handover-enum-types.h"
#include "core/handover-json.h"
#include "core/handover-problem.h"
#include "service/desk/handover-desk-templates.h"
#include "service/http/routes/handover-route-help.h"
#include "service/store/handover-store-templates.h"

static gboolean
read_template (HandoverRequest       *request,
               gboolean               whole,
               HandoverDeskTemplate  *told,
               GError               **error)
{
  JsonObject *body = handover_request_get_object (request);
  int scope = whole ? HANDOVER_TEMPLATE_SCOPE_BUSINESS : HANDOVER_TEMPLATE_SCOPE_UNKNOWN;
  /* What may be left out may still not be blank, so absent is told from empty. */
  HandoverJsonFlags name = whole || json_object_has_member (body, "name") ? HANDOVER_JSON_NOT_EMPTY : HANDOVER_JSON_OPTIONAL;
  HandoverJsonFlags text = whole || json_object_has_member (body, "text") ? HANDOVER_JSON_NOT_EMPTY : HANDOVER_JSON_OPTIONAL;

  if (!handover_json_read_string (body, NULL, "name", name, HANDOVER_LIMIT_NAME, &told->name, error) ||
      !handover_json_read_string (body, NULL, "text", text, HANDOVER_LIMIT_TEXT, &told->text, error) ||
      !handover_json_read_string (body, NULL, "shortcut", HANDOVER_JSON_OPTIONAL, HANDOVER_LIMIT_NAME, &told->shortcut, error) ||
      !handover_json_read_enum (body, NULL, "scope", HANDOVER_JSON_OPTIONAL, HANDOVER_TYPE_TEMPLATE_SCOPE, &scope, error))
    return FALSE;

  if (told->shortcut == NULL && json_object_has_member (body, "shortcut"))
    told->shortcut = "";
  told->scope = scope;
  return TRUE;
}

static gboolean
list_templates (HandoverStore            *store,
                const HandoverPrincipal  *principal,
                HandoverRequest          *request,
                HandoverResponse         *response,
                GError                  **error)
{
  g_autoptr (GPtrArray) page = NULL;
  g_autofree char *next_cursor = NULL;
  guint limit;

  if (!handover_route_help_read_limit (request, &limit, error))
    return FALSE;

  page = handover_store_list_templates (store, principal->business_id, principal->id,
                                        handover_request_get_query (request, "cursor"), limit, &next_cursor, error);
  return handover_route_help_answer_page (response, page, next_cursor);
}

/* What the whole team uses is kept by those who run it; a personal template is its writer's own. */
static gboolean
check_scope (const HandoverPrincipal  *principal,
             HandoverTemplateScope     scope,
             GError                  **error)
{
  if (scope != HANDOVER_TEMPLATE_SCOPE_BUSINESS || principal->role >= HANDOVER_ROLE_ADMIN)
    return TRUE;

  g_set_error_literal (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_FORBIDDEN,
                       "Only an admin may change shared templates. A personal one is yours.");
  return FALSE;
}

static gboolean
check_stored (HandoverStore            *store,
              const HandoverPrincipal  *principal,
              const char               *id,
              GError                  **error)
{
  g_autoptr (HandoverTemplate) template = handover_store_get_template (store, principal->business_id, principal->id,
                                                                       id, error);

  return template != NULL && check_scope (principal, template->scope, error);
}

static gboolean
create_template (HandoverStore            *store,
                 const HandoverPrincipal  *principal,
                 HandoverRequest          *request,
                 HandoverResponse         *response,
                 GError                  **error)
{
  g_autoptr (HandoverTemplate) template = NULL;
  HandoverDeskTemplate told = { NULL };

  if (!read_template (request, TRUE, &told, error) || !check_scope (principal, told.scope, error))
    return FALSE;

  template = handover_desk_create_template (store, principal->business_id, principal->id, &told, error);
  return handover_route_help_answer_record (response, 201, template);
}

static gboolean
change_template (HandoverStore            *store,
                 const HandoverPrincipal  *principal,
                 HandoverRequest          *request,
                 HandoverResponse         *response,
                 GError                  **error)
{
  g_autoptr (HandoverTemplate) template = NULL;
  HandoverDeskTemplate told = { NULL };

  if (!read_template (request, FALSE, &told, error) || !check_scope (principal, told.scope, error) ||
      !check_stored (store, principal, handover_request_get_parameter (request, "id"), error))
    return FALSE;

  template = handover_desk_change_template (store, principal->business_id, principal->id,
                                            handover_request_get_parameter (request, "id"), &told, error);
  return handover_route_help_answer_record (response, 200, template);
}

static gboolean
delete_template (HandoverStore            *store,
                 const HandoverPrincipal  *principal,
                 HandoverRequest          *request,
                 HandoverResponse         *response,
                 GError                  **error)
{
  if (!check_stored (store, principal, handover_request_get_parameter (request, "id"), error))
    return FALSE;

  handover_response_set_empty (response, 204);
  return handover_desk_delete_template (store, principal->business_id, principal->id,
                                        handover_request_get_parameter (request, "id"), error);
}

const HandoverRoute handover_routes_templates[] = {
  { "GET", "/v1/templates", HANDOVER_ACCESS_OPERATOR, HANDOVER_ROUTE_READ, list_templates },
  { "POST", "/v1/templates", HANDOVER_ACCESS_OPERATOR, HANDOVER_ROUTE_WRITE, create_template },
  { "PATCH", "/v1/templates/{id}", HANDOVER_ACCESS_OPERATOR, HANDOVER_ROUTE_WRITE, change_template },
  { "DELETE", "/v1/templates/{id}", HANDOVER_ACCESS_OPERATOR, HANDOVER_ROUTE_WRITE, delete_template },
  { NULL },
};
