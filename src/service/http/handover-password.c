/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/http/handover-password.h"

#include <sodium.h>
#include <string.h>

#include "core/handover-problem.h"

/**
 * handover_password_hash:
 * @password: a password
 * @cost: what to spend
 * @error: return location
 *
 * Derives what is stored in place of a password, with Argon2id. Slow by intent: never on the main thread.
 *
 * Returns: (transfer full) (nullable): the hash, which names its own salt and cost
 */
char *
handover_password_hash (const char                  *password,
                        const HandoverPasswordCost  *cost,
                        GError                     **error)
{
  g_autofree char *hash = g_malloc0 (crypto_pwhash_STRBYTES);

  if (crypto_pwhash_str_alg (hash, password, strlen (password), cost->operations, cost->memory,
                             crypto_pwhash_ALG_ARGON2ID13) != 0)
    {
      g_set_error_literal (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_BUSY,
                           "The service is short of memory. Try again in a moment.");
      return NULL;
    }

  return g_steal_pointer (&hash);
}

/**
 * handover_password_verify:
 * @hash: what is stored
 * @password: a password
 *
 * Tells whether @hash was derived from @password. As slow as deriving it.
 *
 * Returns: whether it was
 */
gboolean
handover_password_verify (const char *hash,
                          const char *password)
{
  return crypto_pwhash_str_verify (hash, password, strlen (password)) == 0;
}

/**
 * handover_password_check:
 * @password: a password that somebody wants
 * @member: the member that holds it
 * @error: return location for a #HANDOVER_PROBLEM error
 *
 * Refuses passwords that are too short. Length is the one rule that helps.
 *
 * Returns: whether it may be used
 */
gboolean
handover_password_check (const char  *password,
                         const char  *member,
                         GError     **error)
{
  if (g_utf8_strlen (password, -1) >= HANDOVER_PASSWORD_MINIMUM)
    return TRUE;

  g_set_error (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_INVALID_MEMBER,
               "“%s” must have at least %d characters.", member, HANDOVER_PASSWORD_MINIMUM);
  return FALSE;
}
