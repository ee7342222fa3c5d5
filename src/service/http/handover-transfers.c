/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/http/handover-transfers.h"

#include "core/handover-problem.h"

struct _HandoverTransfers
{
  guint in_all;
  guint per_caller;
  guint n_open;
  GHashTable *callers;
};

/**
 * handover_transfers_new:
 * @in_all: how many files may be on their way at once
 * @per_caller: how many of them one caller's
 *
 * Makes what bounds the memory that files on their way take: each takes about a part.
 *
 * Returns: (transfer full): transfers
 */
HandoverTransfers *
handover_transfers_new (guint in_all,
                        guint per_caller)
{
  HandoverTransfers *self = g_new0 (HandoverTransfers, 1);

  self->in_all = in_all;
  self->per_caller = per_caller;
  self->callers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

/**
 * handover_transfers_free:
 * @self: (transfer full): transfers
 *
 * Frees it.
 */
void
handover_transfers_free (HandoverTransfers *self)
{
  g_hash_table_unref (self->callers);
  g_free (self);
}

/**
 * handover_transfers_begin:
 * @self: transfers
 * @caller: whose it is
 * @error: return location for a #HANDOVER_PROBLEM error
 *
 * Begins one more.
 *
 * Returns: whether there is room; then handover_transfers_end() is due
 */
gboolean
handover_transfers_begin (HandoverTransfers  *self,
                          const char         *caller,
                          GError            **error)
{
  guint n_own = GPOINTER_TO_UINT (g_hash_table_lookup (self->callers, caller));

  if (n_own >= self->per_caller)
    {
      g_set_error (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_BUSY,
                   "You have %u files on their way already. Wait for one of them to arrive.", n_own);
      return FALSE;
    }
  if (self->n_open >= self->in_all)
    {
      g_set_error_literal (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_BUSY,
                           "Too many files are on their way at once. Try again in a moment.");
      return FALSE;
    }

  self->n_open++;
  g_hash_table_replace (self->callers, g_strdup (caller), GUINT_TO_POINTER (n_own + 1));
  return TRUE;
}

/**
 * handover_transfers_end:
 * @self: transfers
 * @caller: whose it was
 *
 * Ends one that was begun.
 */
void
handover_transfers_end (HandoverTransfers *self,
                        const char        *caller)
{
  guint n_own = GPOINTER_TO_UINT (g_hash_table_lookup (self->callers, caller));

  g_return_if_fail (n_own > 0);

  self->n_open--;
  if (n_own > 1)
    g_hash_table_replace (self->callers, g_strdup (caller), GUINT_TO_POINTER (n_own - 1));
  else
    g_hash_table_remove (self->callers, caller);
}
