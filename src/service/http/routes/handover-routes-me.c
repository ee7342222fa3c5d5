/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/http/routes/handover-routes.h"

#include "core/handover-enum-types.h"
#include "core/handover-json.h"
#include "core/handover-problem.h"
#include "service/http/handover-http-context.h"
#include "service/http/handover-password.h"
#include "service/http/routes/handover-sign-in.h"
#include "service/store/handover-store-operators.h"
#include "service/store/handover-store-sessions.h"

static gboolean
answer_operator (HandoverOperator *operator,
                 HandoverResponse *response)
{
  handover_response_take_body (response, 200, handover_record_to_json (HANDOVER_RECORD (operator)));
  return TRUE;
}

static gboolean
get_me (HandoverStore            *store,
        const HandoverPrincipal  *principal,
        HandoverRequest          *request,
        HandoverResponse         *response,
        GError                  **error)
{
  g_autoptr (HandoverOperator) operator = handover_store_get_operator (store, principal->business_id, principal->id,
                                                                       error);

  return operator != NULL && answer_operator (operator, response);
}

static gboolean
update_me (HandoverStore            *store,
           const HandoverPrincipal  *principal,
           HandoverRequest          *request,
           HandoverResponse         *response,
           GError                  **error)
{
  g_autoptr (HandoverOperator) operator = handover_store_get_operator (store, principal->business_id, principal->id,
                                                                       error);
  JsonObject *object = handover_request_get_object (request);
  const char *name = NULL;

  if (operator == NULL ||
      !handover_json_read_string (object, NULL, "name", json_object_has_member (object, "name")
                                                          ? HANDOVER_JSON_NOT_EMPTY : HANDOVER_JSON_OPTIONAL,
                                  HANDOVER_LIMIT_NAME, &name, error))
    return FALSE;
  if (name == NULL)
    return answer_operator (operator, response);

  g_set_str (&operator->name, name);
  return handover_store_update_operator (store, principal->business_id, operator, error) &&
         answer_operator (operator, response);
}

static gboolean
set_presence (HandoverStore            *store,
              const HandoverPrincipal  *principal,
              HandoverRequest          *request,
              HandoverResponse         *response,
              GError                  **error)
{
  g_autoptr (HandoverOperator) operator = handover_store_get_operator (store, principal->business_id, principal->id,
                                                                       error);
  int presence;

  if (operator == NULL ||
      !handover_json_read_enum (handover_request_get_object (request), NULL, "presence", HANDOVER_JSON_REQUIRED,
                                HANDOVER_TYPE_PRESENCE, &presence, error))
    return FALSE;
  if (operator->presence == presence)
    return answer_operator (operator, response);

  operator->presence = presence;
  return handover_store_update_operator (store, principal->business_id, operator, error) &&
         answer_operator (operator, response);
}

static gboolean
look_up_password (HandoverStore            *store,
                  const HandoverPrincipal  *principal,
                  HandoverRequest          *request,
                  HandoverResponse         *response,
                  GError                  **error)
{
  JsonObject *object = handover_request_get_object (request);
  HandoverSignIn *attached = handover_sign_in_attach (request);
  const char *old_password;
  const char *new_password;

  if (!handover_json_read_string (object, NULL, "old", HANDOVER_JSON_REQUIRED, HANDOVER_PASSWORD_MAXIMUM,
                                  &old_password, error) ||
      !handover_json_read_string (object, NULL, "new", HANDOVER_JSON_REQUIRED, HANDOVER_PASSWORD_MAXIMUM,
                                  &new_password, error) ||
      !handover_password_check (new_password, "new", error) ||
      !handover_sign_in_admit (request, response, principal->id, error))
    return FALSE;

  attached->password = g_strdup (old_password);
  attached->new_password = g_strdup (new_password);
  attached->stored = handover_store_get_password (store, principal->business_id, principal->id, error);
  return attached->stored != NULL;
}

static gboolean
refuse_password (GError **error)
{
  g_set_error_literal (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_INVALID_MEMBER,
                       "That is not your current password. Type the one that you sign in with now.");
  return FALSE;
}

/* Whether the old one fits is said later: a repeat of a change that was made is answered before that. */
static gboolean
prepare_password (HandoverRequest  *request,
                  GError          **error)
{
  HandoverSignIn *prepared = request->prepared;

  prepared->checked = handover_password_verify (prepared->stored, prepared->password);
  if (!prepared->checked)
    return TRUE;

  prepared->hash = handover_password_hash (prepared->new_password, &request->context->config->password, error);
  return prepared->hash != NULL;
}

static gboolean
set_password (HandoverStore            *store,
              const HandoverPrincipal  *principal,
              HandoverRequest          *request,
              HandoverResponse         *response,
              GError                  **error)
{
  HandoverSignIn *prepared = request->prepared;
  g_autofree char *stored = handover_store_get_password (store, principal->business_id, principal->id, error);
  g_autoptr (GPtrArray) ended = NULL;

  if (stored == NULL)
    return FALSE;
  if (!prepared->checked || g_strcmp0 (stored, prepared->stored) != 0)
    return refuse_password (error);
  if (!handover_store_set_operator_password (store, principal->business_id, principal->id, prepared->hash, error))
    return FALSE;

  ended = handover_store_delete_sessions (store, principal->business_id, principal->id, principal->credential_id,
                                          error);
  if (ended == NULL)
    return FALSE;

  for (guint i = 0; i < ended->len; i++)
    handover_response_end_streams (response, g_ptr_array_index (ended, i));
  handover_sign_in_forgive (request, principal->id);
  handover_response_set_empty (response, 204);
  return TRUE;
}

const HandoverRoute handover_routes_me[] = {
  { "GET", "/v1/me", HANDOVER_ACCESS_OPERATOR, HANDOVER_ROUTE_READ, get_me },
  { "PATCH", "/v1/me", HANDOVER_ACCESS_OPERATOR, HANDOVER_ROUTE_WRITE, update_me },
  { "PUT", "/v1/me/presence", HANDOVER_ACCESS_OPERATOR, HANDOVER_ROUTE_WRITE, set_presence },
  { "PUT", "/v1/me/password", HANDOVER_ACCESS_OPERATOR, HANDOVER_ROUTE_WRITE, set_password, look_up_password,
    prepare_password },
  { NULL },
};
