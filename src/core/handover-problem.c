/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "core/handover-problem.h"

typedef struct
{
  const char *code;
  guint status;
  const char *title;
} Problem;

static const Problem problems[] = {
  [HANDOVER_PROBLEM_INVALID_REQUEST] = { "invalid_request", 400, "The request cannot be understood" },
  [HANDOVER_PROBLEM_MALFORMED_JSON] = { "malformed_json", 400, "The body is not valid JSON" },
  [HANDOVER_PROBLEM_NOT_SUPPORTED] = { "not_supported", 400, "Not supported" },
  [HANDOVER_PROBLEM_UNAUTHORIZED] = { "unauthorized", 401, "Sign in first" },
  [HANDOVER_PROBLEM_INVALID_CREDENTIALS] = { "invalid_credentials", 401, "Wrong email or password" },
  [HANDOVER_PROBLEM_FORBIDDEN] = { "forbidden", 403, "Not allowed" },
  [HANDOVER_PROBLEM_NOT_FOUND] = { "not_found", 404, "Not found" },
  [HANDOVER_PROBLEM_METHOD_NOT_ALLOWED] = { "method_not_allowed", 405, "Method not allowed" },
  [HANDOVER_PROBLEM_NOT_ACCEPTABLE] = { "not_acceptable", 406, "Not acceptable" },
  [HANDOVER_PROBLEM_ALREADY_CLAIMED] = { "already_claimed", 409, "Somebody else has control" },
  [HANDOVER_PROBLEM_NOT_HOLDER] = { "not_holder", 409, "You do not have control" },
  [HANDOVER_PROBLEM_CONVERSATION_FROZEN] = { "conversation_frozen", 409, "The agent may not speak now" },
  [HANDOVER_PROBLEM_STALE_EPOCH] = { "stale_epoch", 409, "Control has changed since" },
  [HANDOVER_PROBLEM_EPOCH_REQUIRED] = { "epoch_required", 409, "The epoch is required" },
  [HANDOVER_PROBLEM_OPERATOR_UNAVAILABLE] = { "operator_unavailable", 409, "That operator cannot take it" },
  [HANDOVER_PROBLEM_NO_AGENT] = { "no_agent", 409, "No agent is enabled" },
  [HANDOVER_PROBLEM_NOT_ESCALATED] = { "not_escalated", 409, "Nothing is escalated" },
  [HANDOVER_PROBLEM_IDEMPOTENCY_MISMATCH] = { "idempotency_mismatch", 409, "The key was used for another request" },
  [HANDOVER_PROBLEM_ALREADY_DONE] = { "already_done", 409, "Already done" },
  [HANDOVER_PROBLEM_EMAIL_TAKEN] = { "email_taken", 409, "The email address is taken" },
  [HANDOVER_PROBLEM_SHORTCUT_TAKEN] = { "shortcut_taken", 409, "The shortcut is taken" },
  [HANDOVER_PROBLEM_ALREADY_CONNECTED] = { "already_connected", 409, "The account is connected already" },
  [HANDOVER_PROBLEM_LAST_OWNER] = { "last_owner", 409, "A business needs an owner" },
  [HANDOVER_PROBLEM_INVITE_INVALID] = { "invite_invalid", 410, "The invite cannot be used" },
  [HANDOVER_PROBLEM_CURSOR_EXPIRED] = { "cursor_expired", 410, "The cursor is too old" },
  [HANDOVER_PROBLEM_TOO_LARGE] = { "too_large", 413, "Too large" },
  [HANDOVER_PROBLEM_UNSUPPORTED_MEDIA_TYPE] = { "unsupported_media_type", 415, "Unsupported media type" },
  [HANDOVER_PROBLEM_INVALID_MEMBER] = { "invalid_member", 422, "A member is not valid" },
  [HANDOVER_PROBLEM_INVALID_TOKEN] = { "invalid_token", 422, "The platform does not know the token" },
  [HANDOVER_PROBLEM_TOO_MANY_REQUESTS] = { "too_many_requests", 429, "Too many requests" },
  [HANDOVER_PROBLEM_INTERNAL] = { "internal", 500, "The service failed" },
  [HANDOVER_PROBLEM_BUSY] = { "busy", 503, "The service is busy" },
  [HANDOVER_PROBLEM_STORAGE_FAILED] = { "storage_failed", 503, "The service cannot store anything" },
  [HANDOVER_PROBLEM_CHANNEL_UNREACHABLE] = { "channel_unreachable", 503, "The platform does not answer" },
  [HANDOVER_PROBLEM_UNREACHABLE] = { "unreachable", 0, "The service cannot be reached" },
  [HANDOVER_PROBLEM_UNEXPECTED_ANSWER] = { "unexpected_answer", 0, "The answer cannot be understood" },
};
G_STATIC_ASSERT (G_N_ELEMENTS (problems) == HANDOVER_N_PROBLEMS);

G_DEFINE_QUARK (handover-problem-quark, handover_problem)

/**
 * handover_problem_get_code:
 * @problem: a problem
 *
 * Gets the word that programs see.
 *
 * Returns: the `code` of the interface
 */
const char *
handover_problem_get_code (HandoverProblem problem)
{
  g_return_val_if_fail (problem < HANDOVER_N_PROBLEMS, NULL);

  return problems[problem].code;
}

/**
 * handover_problem_get_status:
 * @problem: a problem
 *
 * Gets the HTTP status that goes with a problem.
 *
 * Returns: the status, or 0 for a problem that the service never answers
 */
guint
handover_problem_get_status (HandoverProblem problem)
{
  g_return_val_if_fail (problem < HANDOVER_N_PROBLEMS, 500);

  return problems[problem].status;
}

/**
 * handover_problem_get_title:
 * @problem: a problem
 *
 * Gets the kind of problem in a few words, the same for each occurrence.
 *
 * Returns: the `title` of the interface
 */
const char *
handover_problem_get_title (HandoverProblem problem)
{
  g_return_val_if_fail (problem < HANDOVER_N_PROBLEMS, NULL);

  return problems[problem].title;
}

/**
 * handover_problem_from_code:
 * @code: (nullable): the `code` of an answer
 * @status: the HTTP status of the answer
 *
 * Finds the problem that an answer names; where this version does not know the code, one of the same status.
 *
 * Returns: the problem
 */
HandoverProblem
handover_problem_from_code (const char *code,
                            guint       status)
{
  for (guint i = 0; i < HANDOVER_N_PROBLEMS; i++)
    if (code != NULL && g_str_equal (problems[i].code, code))
      return i;

  for (guint i = 0; i < HANDOVER_N_PROBLEMS; i++)
    if (status != 0 && problems[i].status == status)
      return i;

  return status >= 500 ? HANDOVER_PROBLEM_INTERNAL : HANDOVER_PROBLEM_UNEXPECTED_ANSWER;
}
