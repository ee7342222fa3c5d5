/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/http/routes/handover-sign-in.h"

#include <string.h>

#include "core/handover-json.h"
#include "core/handover-problem.h"
#include "core/handover-time.h"
#include "service/http/handover-http-context.h"
#include "service/http/handover-password.h"
#include "service/http/handover-token.h"
#include "service/store/handover-store-businesses.h"
#include "service/store/handover-store-operators.h"
#include "service/store/handover-store-sessions.h"

#define EMAIL_LIMIT 254
#define DEVICE_LIMIT 200

static void
handover_sign_in_free (gpointer data)
{
  HandoverSignIn *self = data;

  handover_token_free (self->password);
  handover_token_free (self->new_password);
  handover_token_free (self->stored);
  handover_token_free (self->hash);
  g_free (self);
}

/**
 * handover_sign_in_attach:
 * @request: a request
 *
 * Gives a request a place where its steps keep secrets, which are wiped with it.
 *
 * Returns: (transfer none): the place
 */
HandoverSignIn *
handover_sign_in_attach (HandoverRequest *request)
{
  HandoverSignIn *self = g_new0 (HandoverSignIn, 1);

  handover_request_set_prepared (request, self, handover_sign_in_free);
  return self;
}

/**
 * handover_sign_in_read_email:
 * @object: a body
 * @email: (out) (transfer none): the address
 * @error: return location for a #HANDOVER_PROBLEM error
 *
 * Reads an email address. Whether it exists only a message to it could tell; here it only has to look like one.
 *
 * Returns: whether it does
 */
gboolean
handover_sign_in_read_email (JsonObject  *object,
                             const char **email,
                             GError     **error)
{
  const char *at;

  if (!handover_json_read_string (object, NULL, "email", HANDOVER_JSON_NOT_EMPTY, EMAIL_LIMIT, email, error))
    return FALSE;

  at = strchr (*email, '@');
  if (at != NULL && at > *email && at[1] != '\0' && strpbrk (*email, " \t\r\n<>,;") == NULL)
    return TRUE;

  g_set_error_literal (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_INVALID_MEMBER,
                       "“email” must be an email address such as name@example.com.");
  return FALSE;
}

static char *
fold (const char *account)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (account));

  return g_utf8_casefold (trimmed, -1);
}

/**
 * handover_sign_in_admit:
 * @request: a request
 * @response: its answer, which is told when to try again
 * @account: (nullable): the account that is tried
 * @error: return location for a #HANDOVER_PROBLEM error
 *
 * Counts an attempt at a password, by where it comes from and by the account.
 *
 * Returns: whether it may go on
 */
gboolean
handover_sign_in_admit (HandoverRequest   *request,
                        HandoverResponse  *response,
                        const char        *account,
                        GError           **error)
{
  g_autofree char *key = account != NULL ? fold (account) : NULL;
  g_autofree char *retry_after = NULL;
  gint64 now = handover_time_now ();
  guint wait;

  if (handover_throttle_admit (request->context->addresses, request->remote_address, now, &wait) &&
      (key == NULL || handover_throttle_admit (request->context->accounts, key, now, &wait)))
    return TRUE;

  retry_after = g_strdup_printf ("%u", wait);
  handover_response_set_header (response, "Retry-After", retry_after);
  g_set_error (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_TOO_MANY_REQUESTS,
               "Too many attempts. Try again in %u seconds.", wait);
  return FALSE;
}

/**
 * handover_sign_in_forgive:
 * @request: a request
 * @account: (nullable): the account that was tried
 *
 * Gives an attempt back, for the password was right.
 */
void
handover_sign_in_forgive (HandoverRequest *request,
                          const char      *account)
{
  g_autofree char *key = account != NULL ? fold (account) : NULL;

  handover_throttle_forgive (request->context->addresses, request->remote_address);
  if (key != NULL)
    handover_throttle_forgive (request->context->accounts, key);
}

/**
 * handover_sign_in_derive:
 * @request: a request with a place for secrets
 * @error: return location
 *
 * Derives the hash of the password.
 *
 * Returns: whether it could
 */
gboolean
handover_sign_in_derive (HandoverRequest  *request,
                         GError          **error)
{
  HandoverSignIn *self = request->prepared;

  self->hash = handover_password_hash (self->password, &request->context->config->password, error);
  return self->hash != NULL;
}

/**
 * handover_sign_in_check:
 * @request: a request with a place for secrets
 * @error: return location
 *
 * Checks the password. Where there is nobody to check, as much time is spent, so that it does not tell who has an
 * account.
 *
 * Returns: %TRUE; whether it fits is in `checked`
 */
gboolean
handover_sign_in_check (HandoverRequest  *request,
                        GError          **error)
{
  HandoverSignIn *self = request->prepared;

  if (self->stored == NULL)
    return handover_sign_in_derive (request, error);

  self->checked = handover_password_verify (self->stored, self->password);
  return TRUE;
}

/**
 * handover_sign_in_open:
 * @store: the writer's store
 * @request: the request
 * @response: its answer: a token, the operator and the business
 * @status: its status
 * @business_id: the business
 * @operator_id: who is signed in
 * @error: return location
 *
 * Opens a session, named by the device that asks for it.
 *
 * Returns: whether it could
 */
gboolean
handover_sign_in_open (HandoverStore     *store,
                       HandoverRequest   *request,
                       HandoverResponse  *response,
                       guint              status,
                       const char        *business_id,
                       const char        *operator_id,
                       GError           **error)
{
  const char *agent = handover_request_get_header (request, "user-agent");
  g_autofree char *device = agent != NULL ? g_utf8_substring (agent, 0, MIN (DEVICE_LIMIT, g_utf8_strlen (agent, -1)))
                                          : NULL;
  g_autoptr (HandoverBusiness) business = handover_store_get_business (store, business_id, error);
  g_autoptr (HandoverOperator) operator = NULL;
  g_autoptr (GBytes) hash = NULL;
  JsonObject *object;
  JsonNode *body;
  char *token;

  if (business == NULL)
    return FALSE;
  operator = handover_store_get_operator (store, business_id, operator_id, error);
  if (operator == NULL)
    return FALSE;

  token = handover_token_new ("hos");
  hash = handover_token_hash (token);
  object = json_object_new ();
  json_object_set_string_member (object, "token", token);
  json_object_set_member (object, "operator", handover_record_to_json (HANDOVER_RECORD (operator)));
  json_object_set_member (object, "business", handover_record_to_json (HANDOVER_RECORD (business)));
  handover_token_free (token);

  body = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (body, object);
  handover_response_take_body (response, status, body);
  response->secret = TRUE;

  return handover_store_add_session (store, business_id, operator_id, hash, device, handover_time_now (), error);
}
