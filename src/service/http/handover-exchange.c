/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#define G_LOG_DOMAIN "handover-exchange"

#include "service/http/handover-exchange.h"

#include "core/handover-problem.h"
#include "database/handover-database-error.h"

/**
 * handover_exchange_clear:
 * @self: an exchange
 *
 * Frees what @self holds.
 */
void
handover_exchange_clear (HandoverExchange *self)
{
  handover_principal_clear (&self->principal);
  g_clear_pointer (&self->request, handover_request_free);
  g_clear_pointer (&self->response, handover_response_free);
}

static gboolean
is_overload (const GError *error)
{
  return g_error_matches (error, HANDOVER_DATABASE_ERROR, HANDOVER_DATABASE_ERROR_BUSY) ||
         g_error_matches (error, HANDOVER_DATABASE_ERROR, HANDOVER_DATABASE_ERROR_CLOSED);
}

/* Whoever asks can do nothing about it but wait; who runs the service reads the reason in its log. */
static const char *
describe_storage (const GError *error)
{
  if (g_error_matches (error, HANDOVER_DATABASE_ERROR, HANDOVER_DATABASE_ERROR_FULL))
    return "The service's disk is full. Nothing was changed; try again when there is space.";
  if (g_error_matches (error, HANDOVER_DATABASE_ERROR, HANDOVER_DATABASE_ERROR_IO))
    return "The service cannot read or write its files. Nothing was changed; try again later.";

  return NULL;
}

static HandoverProblem
get_problem (const GError  *error,
             const char   **detail)
{
  *detail = describe_storage (error);
  if (*detail != NULL)
    return HANDOVER_PROBLEM_STORAGE_FAILED;

  *detail = is_overload (error) ? "The service has more to do than it can. Try again in a moment." : NULL;
  return HANDOVER_PROBLEM_BUSY;
}

/**
 * handover_exchange_explain:
 * @error: why something failed
 *
 * Turns an error into what whoever asked is told of it.
 *
 * Returns: (transfer full): a #HANDOVER_PROBLEM
 */
GError *
handover_exchange_explain (const GError *error)
{
  const char *detail;
  HandoverProblem problem = get_problem (error, &detail);

  if (detail == NULL)
    return handover_response_to_problem (error);

  g_debug ("A request has to wait: %s", error->message);
  return g_error_new_literal (HANDOVER_PROBLEM, problem, detail);
}

/**
 * handover_exchange_fail:
 * @self: an exchange
 * @error: why it failed
 *
 * Turns the answer into a problem.
 */
void
handover_exchange_fail (HandoverExchange *self,
                        const GError     *error)
{
  g_autoptr (GError) problem = handover_exchange_explain (error);

  handover_response_clear (self->response);
  if (g_error_matches (problem, HANDOVER_PROBLEM, HANDOVER_PROBLEM_BUSY) ||
      g_error_matches (problem, HANDOVER_PROBLEM, HANDOVER_PROBLEM_STORAGE_FAILED))
    handover_response_set_header (self->response, "Retry-After", "1");
  if (g_error_matches (problem, HANDOVER_PROBLEM, HANDOVER_PROBLEM_UNAUTHORIZED))
    handover_response_set_header (self->response, "WWW-Authenticate", "Bearer");
  handover_response_set_problem (self->response, problem, NULL);
}
