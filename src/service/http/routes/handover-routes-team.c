/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/http/routes/handover-routes.h"

#include "core/handover-enum-types.h"
#include "core/handover-json.h"
#include "core/handover-problem.h"
#include "core/handover-time.h"
#include "service/desk/handover-desk-control.h"
#include "service/http/handover-token.h"
#include "service/http/routes/handover-route-help.h"
#include "service/http/routes/handover-sign-in.h"
#include "service/store/handover-store-invites.h"
#include "service/store/handover-store-operators.h"
#include "service/store/handover-store-sessions.h"

#define INVITE_LIFETIME (G_GINT64_CONSTANT (7) * 24 * 3600 * 1000)

static gboolean
list_team (HandoverStore            *store,
           const HandoverPrincipal  *principal,
           HandoverRequest          *request,
           HandoverResponse         *response,
           GError                  **error)
{
  g_autoptr (GPtrArray) operators = handover_store_list_operators (store, principal->business_id, error);

  return handover_route_help_answer_page (response, operators, NULL);
}

/* Nobody hands out, or takes away, more than they have. */
static gboolean
check_rank (const HandoverPrincipal  *principal,
            HandoverRole              role,
            GError                  **error)
{
  if (role <= principal->role)
    return TRUE;

  g_set_error_literal (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_FORBIDDEN, "Only an owner may do this to an owner.");
  return FALSE;
}

static gboolean
read_invite (HandoverRequest  *request,
             HandoverInvite   *invite,
             GError          **error)
{
  JsonObject *object = handover_request_get_object (request);
  const char *email;
  int role;

  if (!handover_json_read_enum (object, NULL, "role", HANDOVER_JSON_REQUIRED, HANDOVER_TYPE_ROLE, &role, error))
    return FALSE;

  invite->role = role;
  if (!json_object_has_member (object, "email") || json_object_get_null_member (object, "email"))
    return TRUE;
  if (!handover_sign_in_read_email (object, &email, error))
    return FALSE;

  invite->email = g_strstrip (g_strdup (email));
  return TRUE;
}

static gboolean
invite_operator (HandoverStore            *store,
                 const HandoverPrincipal  *principal,
                 HandoverRequest          *request,
                 HandoverResponse         *response,
                 GError                  **error)
{
  g_autoptr (HandoverInvite) invite = g_new0 (HandoverInvite, 1);
  g_autoptr (GBytes) hash = NULL;
  g_autofree char *expires_at = handover_time_format (handover_time_now () + INVITE_LIFETIME);
  JsonObject *object;
  JsonNode *body;
  char *token;

  if (!read_invite (request, invite, error) || !check_rank (principal, invite->role, error))
    return FALSE;

  invite->id = handover_store_new_id ("in");
  invite->business_id = g_strdup (principal->business_id);
  token = handover_token_new ("hoi");
  hash = handover_token_hash (token);

  object = json_object_new ();
  json_object_set_string_member (object, "invite", token);
  json_object_set_string_member (object, "expires_at", expires_at);
  handover_token_free (token);
  body = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (body, object);
  handover_response_take_body (response, 201, body);
  response->secret = TRUE;

  return handover_store_add_invite (store, invite, hash, principal->id, handover_time_now (),
                                    handover_time_now () + INVITE_LIFETIME, error);
}

static gboolean
check_owner_stays (HandoverStore           *store,
                   const HandoverPrincipal *principal,
                   HandoverOperator        *operator,
                   GError                 **error)
{
  gboolean has_other;

  if (!handover_store_has_other_owner (store, principal->business_id, operator->id, &has_other, error))
    return FALSE;
  if (has_other)
    return TRUE;

  g_set_error_literal (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_LAST_OWNER,
                       "This is the last owner. Make somebody else an owner first.");
  return FALSE;
}

static gboolean
read_changes (HandoverRequest   *request,
              HandoverOperator  *operator,
              GError           **error)
{
  JsonObject *object = handover_request_get_object (request);

  if (json_object_has_member (object, "role") &&
      !handover_json_read_enum (object, NULL, "role", HANDOVER_JSON_REQUIRED, HANDOVER_TYPE_ROLE, &operator->role,
                                error))
    return FALSE;

  return !json_object_has_member (object, "active") ||
         handover_json_read_boolean (object, NULL, "active", HANDOVER_JSON_REQUIRED, &operator->active, error);
}

/* Whoever was deactivated is signed out everywhere, and the customers they had wait for somebody else. */
static gboolean
dismiss (HandoverStore            *store,
         const HandoverPrincipal  *principal,
         HandoverOperator         *operator,
         GError                  **error)
{
  g_autoptr (GPtrArray) ended = handover_store_delete_sessions (store, principal->business_id, operator->id, "", error);

  return ended != NULL && handover_desk_release_all_of (store, principal->business_id, operator->id, error);
}

static gboolean
update_operator (HandoverStore            *store,
                 const HandoverPrincipal  *principal,
                 HandoverRequest          *request,
                 HandoverResponse         *response,
                 GError                  **error)
{
  g_autoptr (HandoverOperator) operator = NULL;
  HandoverRole old_role;
  gboolean was_active;

  operator = handover_store_get_operator (store, principal->business_id,
                                          handover_request_get_parameter (request, "id"), error);
  if (operator == NULL || !check_rank (principal, operator->role, error))
    return FALSE;

  old_role = operator->role;
  was_active = operator->active;
  if (!read_changes (request, operator, error) || !check_rank (principal, operator->role, error))
    return FALSE;
  if (old_role == HANDOVER_ROLE_OWNER && was_active &&
      (operator->role != HANDOVER_ROLE_OWNER || !operator->active) &&
      !check_owner_stays (store, principal, operator, error))
    return FALSE;

  if (!handover_store_update_operator (store, principal->business_id, operator, error))
    return FALSE;
  if (was_active && !operator->active && !dismiss (store, principal, operator, error))
    return FALSE;
  if (old_role != (HandoverRole) operator->role || (was_active && !operator->active))
    handover_response_end_streams (response, operator->id);

  handover_response_take_body (response, 200, handover_record_to_json (HANDOVER_RECORD (operator)));
  return TRUE;
}

const HandoverRoute handover_routes_team[] = {
  { "GET", "/v1/team", HANDOVER_ACCESS_OPERATOR, HANDOVER_ROUTE_READ, list_team },
  { "POST", "/v1/team/invites", HANDOVER_ACCESS_ADMIN, HANDOVER_ROUTE_WRITE, invite_operator },
  { "PATCH", "/v1/team/{id}", HANDOVER_ACCESS_ADMIN, HANDOVER_ROUTE_WRITE, update_operator },
  { NULL },
};
