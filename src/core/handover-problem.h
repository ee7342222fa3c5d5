/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * HANDOVER_PROBLEM:
 *
 * The domain of everything that the interface can refuse. The error's message is the problem's `detail`: what is
 * wrong and what to do about it, for people to read.
 */
#define HANDOVER_PROBLEM (handover_problem_quark ())

/**
 * HandoverProblem:
 *
 * One value for each `code` of the interface. The last two never travel: the app meets them on its own side.
 */
typedef enum
{
  HANDOVER_PROBLEM_INVALID_REQUEST,
  HANDOVER_PROBLEM_MALFORMED_JSON,
  HANDOVER_PROBLEM_NOT_SUPPORTED,
  HANDOVER_PROBLEM_UNAUTHORIZED,
  HANDOVER_PROBLEM_INVALID_CREDENTIALS,
  HANDOVER_PROBLEM_FORBIDDEN,
  HANDOVER_PROBLEM_NOT_FOUND,
  HANDOVER_PROBLEM_METHOD_NOT_ALLOWED,
  HANDOVER_PROBLEM_NOT_ACCEPTABLE,
  HANDOVER_PROBLEM_ALREADY_CLAIMED,
  HANDOVER_PROBLEM_NOT_HOLDER,
  HANDOVER_PROBLEM_CONVERSATION_FROZEN,
  HANDOVER_PROBLEM_STALE_EPOCH,
  HANDOVER_PROBLEM_EPOCH_REQUIRED,
  HANDOVER_PROBLEM_OPERATOR_UNAVAILABLE,
  HANDOVER_PROBLEM_NO_AGENT,
  HANDOVER_PROBLEM_NOT_ESCALATED,
  HANDOVER_PROBLEM_IDEMPOTENCY_MISMATCH,
  HANDOVER_PROBLEM_ALREADY_DONE,
  HANDOVER_PROBLEM_EMAIL_TAKEN,
  HANDOVER_PROBLEM_SHORTCUT_TAKEN,
  HANDOVER_PROBLEM_ALREADY_CONNECTED,
  HANDOVER_PROBLEM_LAST_OWNER,
  HANDOVER_PROBLEM_INVITE_INVALID,
  HANDOVER_PROBLEM_CURSOR_EXPIRED,
  HANDOVER_PROBLEM_TOO_LARGE,
  HANDOVER_PROBLEM_UNSUPPORTED_MEDIA_TYPE,
  HANDOVER_PROBLEM_INVALID_MEMBER,
  HANDOVER_PROBLEM_INVALID_TOKEN,
  HANDOVER_PROBLEM_TOO_MANY_REQUESTS,
  HANDOVER_PROBLEM_INTERNAL,
  HANDOVER_PROBLEM_BUSY,
  HANDOVER_PROBLEM_STORAGE_FAILED,
  HANDOVER_PROBLEM_CHANNEL_UNREACHABLE,
  HANDOVER_PROBLEM_UNREACHABLE,
  HANDOVER_PROBLEM_UNEXPECTED_ANSWER,
  HANDOVER_N_PROBLEMS,
} HandoverProblem;

GQuark          handover_problem_quark      (void);
const char *    handover_problem_get_code   (HandoverProblem  problem);
guint           handover_problem_get_status (HandoverProblem  problem);
const char *    handover_problem_get_title  (HandoverProblem  problem);
HandoverProblem handover_problem_from_code  (const char      *code,
                                             guint            status);

G_END_DECLS
