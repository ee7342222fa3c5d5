/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/store/handover-store-invites.h"

#include "core/handover-enum-types.h"
#include "core/handover-problem.h"
#include "service/store/handover-store-rows.h"

/**
 * handover_invite_free:
 * @self: (transfer full): an invite
 *
 * Frees an invite.
 */
void
handover_invite_free (HandoverInvite *self)
{
  g_free (self->id);
  g_free (self->business_id);
  g_free (self->email);
  g_free (self);
}

/**
 * handover_store_get_invite:
 * @self: a store
 * @token_hash: the hash of an invite's token
 * @now: the time in milliseconds
 * @error: return location for an error, also #HANDOVER_PROBLEM_INVITE_INVALID
 *
 * Gets an invite that can still be accepted.
 *
 * Returns: (transfer full) (nullable): the invite
 */
HandoverInvite *
handover_store_get_invite (HandoverStore  *self,
                           GBytes         *token_hash,
                           gint64          now,
                           GError        **error)
{
  HandoverStatement *row;
  HandoverInvite *invite;

  if (!handover_store_look_up (self, &row, error, "invite.by_token", "bi", token_hash, now))
    return NULL;
  if (row == NULL)
    {
      g_set_error_literal (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_INVITE_INVALID,
                           "This invite was used already or is too old. Ask for a new one.");
      return NULL;
    }

  invite = g_new0 (HandoverInvite, 1);
  invite->id = handover_statement_dup_text (row, 0);
  invite->business_id = handover_statement_dup_text (row, 1);
  invite->email = handover_statement_dup_text (row, 2);
  invite->role = handover_enum_from_nick (HANDOVER_TYPE_ROLE, handover_statement_get_text (row, 3));
  handover_statement_reset (row);

  return invite;
}

/**
 * handover_store_add_invite:
 * @self: the writer's store
 * @invite: a new invite
 * @token_hash: the hash of its token
 * @operator_id: who invites
 * @now: the time in milliseconds
 * @expires_at: until when it can be accepted
 * @error: return location for an error
 *
 * Stores an invite.
 *
 * Returns: whether it was stored
 */
gboolean
handover_store_add_invite (HandoverStore   *self,
                           HandoverInvite  *invite,
                           GBytes          *token_hash,
                           const char      *operator_id,
                           gint64           now,
                           gint64           expires_at,
                           GError         **error)
{
  return handover_database_run (handover_store_get_database (self), "invite.insert", error, "ttbtttii",
                                invite->id, invite->business_id, token_hash, invite->email,
                                handover_enum_to_nick (HANDOVER_TYPE_ROLE, invite->role), operator_id, now, expires_at);
}

/**
 * handover_store_accept_invite:
 * @self: the writer's store
 * @invite: an invite
 * @operator_id: who accepted it
 * @now: the time in milliseconds
 * @error: return location for an error
 *
 * Uses an invite up.
 *
 * Returns: whether it was stored
 */
gboolean
handover_store_accept_invite (HandoverStore   *self,
                              HandoverInvite  *invite,
                              const char      *operator_id,
                              gint64           now,
                              GError         **error)
{
  return handover_database_run (handover_store_get_database (self), "invite.accept", error, "ttit",
                                invite->business_id, invite->id, now, operator_id);
}
