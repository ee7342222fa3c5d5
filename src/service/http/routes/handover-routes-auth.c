/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/http/routes/handover-routes.h"

#include "core/handover-json.h"
#include "core/handover-problem.h"
#include "core/handover-time.h"
#include "service/http/handover-password.h"
#include "service/http/handover-token.h"
#include "service/http/routes/handover-sign-in.h"
#include "service/store/handover-store-businesses.h"
#include "service/store/handover-store-invites.h"
#include "service/store/handover-store-operators.h"
#include "service/store/handover-store-sessions.h"

#define DEFAULT_TRANSITION_MESSAGE "One moment please, I am getting a colleague who can help you."

/* Reads who somebody wants to be: the members that signing up and accepting an invite share. */
static gboolean
read_person (HandoverRequest  *request,
             GError          **error)
{
  JsonObject *object = handover_request_get_object (request);
  HandoverSignIn *attached = handover_sign_in_attach (request);
  const char *name;
  const char *email;
  const char *password;

  if (!handover_json_read_string (object, NULL, "name", HANDOVER_JSON_NOT_EMPTY, HANDOVER_LIMIT_NAME, &name, error) ||
      !handover_sign_in_read_email (object, &email, error) ||
      !handover_json_read_string (object, NULL, "password", HANDOVER_JSON_REQUIRED, HANDOVER_PASSWORD_MAXIMUM,
                                  &password, error) ||
      !handover_password_check (password, "password", error))
    return FALSE;

  attached->password = g_strdup (password);
  return TRUE;
}

static gboolean
refuse_taken_email (HandoverStore    *store,
                    HandoverRequest  *request,
                    GError          **error)
{
  const char *email = json_object_get_string_member (handover_request_get_object (request), "email");
  g_autoptr (HandoverCredentials) credentials = NULL;

  if (!handover_store_find_credentials (store, email, &credentials, error))
    return FALSE;
  if (credentials == NULL)
    return TRUE;

  g_set_error_literal (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_EMAIL_TAKEN,
                       "Somebody signs in with this email address already. Sign in, or use another.");
  return FALSE;
}

static gboolean
read_business_name (HandoverRequest  *request,
                    const char      **name,
                    GError          **error)
{
  return handover_json_read_string (handover_request_get_object (request), NULL, "business_name",
                                    HANDOVER_JSON_NOT_EMPTY, HANDOVER_LIMIT_NAME, name, error);
}

/* What can be refused is refused before the costly step. A repeat whose key is known is no new attempt at the address,
 * so the taken address is left to the handler there. */
static gboolean
look_up_sign_up (HandoverStore            *store,
                 const HandoverPrincipal  *principal,
                 HandoverRequest          *request,
                 HandoverResponse         *response,
                 GError                  **error)
{
  const char *business_name;

  return read_business_name (request, &business_name, error) && read_person (request, error) &&
         handover_sign_in_admit (request, response, NULL, error) &&
         (handover_request_get_header (request, "idempotency-key") != NULL ||
          refuse_taken_email (store, request, error));
}

static HandoverOperator *
dup_person (HandoverRequest *request,
            HandoverRole     role)
{
  JsonObject *object = handover_request_get_object (request);
  HandoverOperator *operator = g_object_new (HANDOVER_TYPE_OPERATOR, NULL);

  operator->id = handover_store_new_id ("op");
  operator->name = g_strdup (json_object_get_string_member (object, "name"));
  operator->email = g_strstrip (g_strdup (json_object_get_string_member (object, "email")));
  operator->role = role;
  operator->presence = HANDOVER_PRESENCE_AVAILABLE;
  operator->active = TRUE;

  return operator;
}

static gboolean
sign_up (HandoverStore            *store,
         const HandoverPrincipal  *principal,
         HandoverRequest          *request,
         HandoverResponse         *response,
         GError                  **error)
{
  HandoverSignIn *prepared = request->prepared;
  g_autoptr (HandoverBusiness) business = g_object_new (HANDOVER_TYPE_BUSINESS, NULL);
  g_autoptr (HandoverOperator) operator = dup_person (request, HANDOVER_ROLE_OWNER);
  const char *business_name;

  if (!read_business_name (request, &business_name, error))
    return FALSE;

  business->id = handover_store_new_id ("bu");
  business->name = g_strdup (business_name);
  business->transition_message = g_strdup (DEFAULT_TRANSITION_MESSAGE);
  business->created_at = handover_time_now ();
  if (!handover_store_add_business (store, business, error) ||
      !handover_store_add_operator (store, business->id, operator, prepared->hash, error))
    return FALSE;

  handover_sign_in_forgive (request, NULL);
  return handover_sign_in_open (store, request, response, 201, business->id, operator->id, error);
}

static gboolean
look_up_sign_in (HandoverStore            *store,
                 const HandoverPrincipal  *principal,
                 HandoverRequest          *request,
                 HandoverResponse         *response,
                 GError                  **error)
{
  JsonObject *object = handover_request_get_object (request);
  HandoverSignIn *attached = handover_sign_in_attach (request);
  g_autoptr (HandoverCredentials) credentials = NULL;
  const char *email;
  const char *password;

  if (!handover_sign_in_read_email (object, &email, error) ||
      !handover_json_read_string (object, NULL, "password", HANDOVER_JSON_REQUIRED, HANDOVER_PASSWORD_MAXIMUM,
                                  &password, error) ||
      !handover_sign_in_admit (request, response, email, error) ||
      !handover_store_find_credentials (store, email, &credentials, error))
    return FALSE;

  attached->password = g_strdup (password);
  if (credentials != NULL)
    attached->stored = g_steal_pointer (&credentials->password_hash);

  return TRUE;
}

static gboolean
sign_in (HandoverStore            *store,
         const HandoverPrincipal  *principal,
         HandoverRequest          *request,
         HandoverResponse         *response,
         GError                  **error)
{
  HandoverSignIn *checked = request->prepared;
  const char *email = json_object_get_string_member (handover_request_get_object (request), "email");
  g_autoptr (HandoverCredentials) credentials = NULL;

  if (!handover_store_find_credentials (store, email, &credentials, error))
    return FALSE;

  /* The password may have been changed while it was checked. */
  if (!checked->checked || credentials == NULL || g_strcmp0 (credentials->password_hash, checked->stored) != 0)
    {
      g_set_error_literal (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_INVALID_CREDENTIALS,
                           "The email address or the password is wrong.");
      return FALSE;
    }

  handover_sign_in_forgive (request, email);
  if (!credentials->active)
    {
      g_set_error_literal (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_FORBIDDEN,
                           "This account was deactivated. Ask an owner of your business.");
      return FALSE;
    }

  return handover_sign_in_open (store, request, response, 200, credentials->business_id, credentials->operator_id,
                                error);
}

static gboolean
sign_out (HandoverStore            *store,
          const HandoverPrincipal  *principal,
          HandoverRequest          *request,
          HandoverResponse         *response,
          GError                  **error)
{
  handover_response_set_empty (response, 204);
  handover_response_end_streams (response, principal->credential_id);

  return handover_store_delete_session (store, principal->business_id, principal->credential_id, error);
}

static HandoverInvite *
find_invite (HandoverStore    *store,
             HandoverRequest  *request,
             GError          **error)
{
  JsonObject *object = handover_request_get_object (request);
  g_autoptr (HandoverInvite) invite = NULL;
  g_autoptr (GBytes) hash = NULL;
  const char *token;
  const char *email;

  if (!handover_json_read_string (object, NULL, "invite", HANDOVER_JSON_NOT_EMPTY, HANDOVER_LIMIT_NAME, &token, error) ||
      !handover_sign_in_read_email (object, &email, error))
    return NULL;

  hash = handover_token_hash (token);
  invite = handover_store_get_invite (store, hash, handover_time_now (), error);
  if (invite == NULL || invite->email == NULL || g_ascii_strcasecmp (invite->email, email) == 0)
    return g_steal_pointer (&invite);

  g_set_error_literal (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_INVITE_INVALID,
                       "This invite is for another email address. Use the address it was sent to.");
  return NULL;
}

static gboolean
look_up_accept (HandoverStore            *store,
                const HandoverPrincipal  *principal,
                HandoverRequest          *request,
                HandoverResponse         *response,
                GError                  **error)
{
  g_autoptr (HandoverInvite) invite = NULL;

  if (!read_person (request, error) || !handover_sign_in_admit (request, response, NULL, error))
    return FALSE;
  if (handover_request_get_header (request, "idempotency-key") != NULL)
    return TRUE;

  invite = find_invite (store, request, error);
  return invite != NULL && refuse_taken_email (store, request, error);
}

static gboolean
accept_invite (HandoverStore            *store,
               const HandoverPrincipal  *principal,
               HandoverRequest          *request,
               HandoverResponse         *response,
               GError                  **error)
{
  HandoverSignIn *prepared = request->prepared;
  g_autoptr (HandoverInvite) invite = find_invite (store, request, error);
  g_autoptr (HandoverOperator) operator = NULL;

  if (invite == NULL)
    return FALSE;

  operator = dup_person (request, invite->role);
  if (!handover_store_add_operator (store, invite->business_id, operator, prepared->hash, error) ||
      !handover_store_accept_invite (store, invite, operator->id, handover_time_now (), error))
    return FALSE;

  handover_sign_in_forgive (request, NULL);
  return handover_sign_in_open (store, request, response, 201, invite->business_id, operator->id, error);
}

const HandoverRoute handover_routes_auth[] = {
  { "POST", "/v1/auth/sign-up", HANDOVER_ACCESS_PUBLIC, HANDOVER_ROUTE_WRITE, sign_up, look_up_sign_up,
    handover_sign_in_derive },
  { "POST", "/v1/auth/sign-in", HANDOVER_ACCESS_PUBLIC, HANDOVER_ROUTE_WRITE | HANDOVER_ROUTE_OWN_KEY, sign_in,
    look_up_sign_in, handover_sign_in_check },
  { "POST", "/v1/auth/accept-invite", HANDOVER_ACCESS_PUBLIC, HANDOVER_ROUTE_WRITE, accept_invite, look_up_accept,
    handover_sign_in_derive },
  { "POST", "/v1/auth/sign-out", HANDOVER_ACCESS_OPERATOR, HANDOVER_ROUTE_WRITE | HANDOVER_ROUTE_OWN_KEY, sign_out },
  { NULL },
};
