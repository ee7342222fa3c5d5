/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/http/handover-pipeline.h"

#include <string.h>

#include "core/handover-problem.h"
#include "core/handover-time.h"
#include "service/http/handover-token.h"
#include "service/store/handover-store-idempotency.h"
#include "service/store/handover-store-keys.h"
#include "service/store/handover-store-sessions.h"

#define BEARER "bearer "
#define KEY_LIMIT 128

static gboolean
refuse_stranger (GError **error)
{
  g_set_error_literal (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_UNAUTHORIZED,
                       "Send a valid token in the Authorization header: it is missing, or no longer valid.");
  return FALSE;
}

static const char *
get_token (HandoverRequest *request)
{
  const char *header = handover_request_get_header (request, "authorization");

  if (header == NULL || g_ascii_strncasecmp (header, BEARER, strlen (BEARER)) != 0)
    return NULL;

  return header + strlen (BEARER);
}

static gboolean
authenticate (HandoverStore     *store,
              HandoverExchange  *exchange,
              GError           **error)
{
  const char *token = get_token (exchange->request);
  g_autoptr (GBytes) hash = NULL;
  gboolean agent = exchange->route->access == HANDOVER_ACCESS_AGENT;
  gboolean looked;

  handover_principal_clear (&exchange->principal);
  if (exchange->route->access == HANDOVER_ACCESS_PUBLIC)
    return TRUE;
  if (token == NULL)
    return refuse_stranger (error);

  hash = handover_token_hash (token);
  looked = agent ? handover_store_find_key (store, hash, handover_time_now (), &exchange->principal, error)
                 : handover_store_find_session (store, hash, handover_time_now (), &exchange->principal, error);
  if (!looked)
    return FALSE;

  return exchange->principal.kind != HANDOVER_PRINCIPAL_NONE || refuse_stranger (error);
}

/* The one place where roles are checked. */
static gboolean
check_access (HandoverExchange  *exchange,
              GError           **error)
{
  HandoverRole needed = HANDOVER_ROLE_UNKNOWN;

  if (exchange->route->access == HANDOVER_ACCESS_ADMIN)
    needed = HANDOVER_ROLE_ADMIN;
  else if (exchange->route->access == HANDOVER_ACCESS_OWNER)
    needed = HANDOVER_ROLE_OWNER;

  if (exchange->principal.role >= needed)
    return TRUE;

  g_set_error (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_FORBIDDEN, "Only %s may do this.",
               needed == HANDOVER_ROLE_OWNER ? "an owner" : "an owner or an admin");
  return FALSE;
}

static gboolean
admit (HandoverStore     *store,
       HandoverExchange  *exchange,
       GError           **error)
{
  if (!authenticate (store, exchange, error) || !check_access (exchange, error))
    return FALSE;

  if (exchange->request->malformed)
    {
      g_set_error_literal (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_INVALID_REQUEST,
                           "The query of the address or the Idempotency-Key is malformed: they must be UTF-8 text.");
      return FALSE;
    }

  return (exchange->route->flags & HANDOVER_ROUTE_RAW_BODY) != 0 || exchange->request->body != NULL ||
         handover_request_parse (exchange->request, error);
}

/**
 * handover_pipeline_look_up:
 * @store: the store of a reader
 * @exchange: a #HandoverExchange
 * @error: return location
 *
 * Does what needs no writing, for whoever may use the route: reads the body and runs the route's lookup.
 *
 * Returns: whether to go on
 */
gboolean
handover_pipeline_look_up (gpointer   store,
                           gpointer   exchange,
                           GError   **error)
{
  HandoverExchange *self = exchange;

  return admit (store, self, error) &&
         (self->route->lookup == NULL ||
          self->route->lookup (store, &self->principal, self->request, self->response, error));
}

/* Every reading answer says at which number of which log it is true. */
static gboolean
date_answer (HandoverStore     *store,
             HandoverExchange  *self,
             GError           **error)
{
  const char *log_id = handover_store_get_log_id (store, error);

  if (log_id == NULL)
    return FALSE;

  g_set_str (&self->response->log_id, log_id);
  return handover_store_get_sequence (store, self->principal.business_id, &self->response->sequence, error);
}

static gboolean
run_reading (HandoverStore     *store,
             HandoverExchange  *self,
             GError           **error)
{
  if (!self->route->handler (store, &self->principal, self->request, self->response, error))
    return FALSE;

  return self->principal.business_id == NULL || date_answer (store, self, error);
}

static gboolean
replay (HandoverExchange *self,
        guint             status,
        char             *body)
{
  g_autoptr (GBytes) data = g_bytes_new_take (body, strlen (body));

  if (g_bytes_get_size (data) > 0)
    handover_response_set_data (self->response, status, "application/json", data);
  else
    handover_response_set_empty (self->response, status);

  return TRUE;
}

static gboolean
keep_answer (HandoverStore         *store,
             HandoverExchange      *self,
             const HandoverRepeat  *repeat,
             GError               **error)
{
  g_autofree char *body = NULL;

  /* A refusal is not an outcome: the same request may do better later. */
  if (self->response->status >= 400)
    return TRUE;

  if (!self->response->secret)
    body = handover_response_dup_text (self->response);

  return handover_store_keep_answer (store, repeat, handover_time_now (), self->response->status, body, error);
}

/* A body with a password is not remembered, not even as a fast hash: that would be easier to guess from than what
 * is stored in the password's place. Such routes are the ones that derive it first. */
static GBytes *
hash_request (HandoverExchange *self)
{
  if (self->route->prepare != NULL || self->route->ask != NULL)
    return g_bytes_new_static ("", 0);

  return handover_request_get_hash (self->request);
}

static gboolean
run_once (HandoverStore     *store,
          HandoverExchange  *self,
          const char        *key,
          GError           **error)
{
  g_autofree char *route = g_strconcat (self->request->method, " ", self->request->path, NULL);
  g_autoptr (GBytes) hash = hash_request (self);
  HandoverRepeat repeat = {
    .business_id = self->principal.business_id != NULL ? self->principal.business_id : "",
    .caller = self->principal.id != NULL ? self->principal.id : "",
    .route = route,
    .key = key,
    .request_hash = hash,
  };
  char *body;
  guint status;

  if (!handover_store_find_answer (store, &repeat, handover_time_now (), &status, &body, error))
    return FALSE;
  if (status != 0)
    return replay (self, status, body);

  return self->route->handler (store, &self->principal, self->request, self->response, error) &&
         keep_answer (store, self, &repeat, error);
}

static gboolean
run_writing (HandoverStore     *store,
             HandoverExchange  *self,
             GError           **error)
{
  const char *key = handover_request_get_header (self->request, "idempotency-key");
  glong length;

  if (key == NULL)
    return self->route->handler (store, &self->principal, self->request, self->response, error);

  length = g_utf8_strlen (key, -1);
  if (length < 1 || length > KEY_LIMIT)
    {
      g_set_error (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_INVALID_REQUEST,
                   "The Idempotency-Key must have 1 to %d characters.", KEY_LIMIT);
      return FALSE;
    }
  if (self->route->flags & HANDOVER_ROUTE_OWN_KEY)
    return self->route->handler (store, &self->principal, self->request, self->response, error);

  return run_once (store, self, key, error);
}

/**
 * handover_pipeline_run:
 * @store: the store of a reader or, for a write, the writer
 * @exchange: a #HandoverExchange
 * @error: return location
 *
 * Takes a request all the way: who asks, whether they may, whether they asked before, and the answer.
 *
 * Returns: whether to commit and answer
 */
gboolean
handover_pipeline_run (gpointer   store,
                       gpointer   exchange,
                       GError   **error)
{
  HandoverExchange *self = exchange;

  if (!admit (store, self, error))
    return FALSE;
  if (self->route->flags & HANDOVER_ROUTE_WRITE)
    return run_writing (store, self, error);

  return run_reading (store, self, error);
}

/**
 * handover_pipeline_touch:
 * @store: the writer's store
 * @principal: a #HandoverPrincipal
 * @error: return location
 *
 * Notes that a session or a key was used.
 *
 * Returns: whether it was stored
 */
gboolean
handover_pipeline_touch (gpointer   store,
                         gpointer   principal,
                         GError   **error)
{
  const HandoverPrincipal *self = principal;

  if (self->kind == HANDOVER_PRINCIPAL_AGENT)
    return handover_store_touch_key (store, self, handover_time_now (), error);

  return handover_store_touch_session (store, self, handover_time_now (), error);
}

/**
 * handover_pipeline_verify:
 * @store: a store
 * @principal: who was let in earlier
 * @error: return location
 *
 * Checks that somebody who reads a stream may still do so.
 *
 * Returns: whether they may
 */
gboolean
handover_pipeline_verify (HandoverStore            *store,
                          const HandoverPrincipal  *principal,
                          GError                  **error)
{
  gboolean current = FALSE;
  gboolean looked = principal->kind == HANDOVER_PRINCIPAL_AGENT
                      ? handover_store_has_key (store, principal, &current, error)
                      : handover_store_has_session (store, principal, &current, error);

  if (!looked)
    return FALSE;

  return current || refuse_stranger (error);
}
