/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "core/handover-enums.h"
#include "service/store/handover-store.h"

G_BEGIN_DECLS

/**
 * HandoverInvite:
 * @id: its id
 * @business_id: the business it leads to
 * @email: (nullable): the only address that may use it
 * @role: the role of whoever accepts it
 *
 * An invite that nobody accepted yet.
 */
typedef struct
{
  char *id;
  char *business_id;
  char *email;
  HandoverRole role;
} HandoverInvite;

void            handover_invite_free         (HandoverInvite  *self);

HandoverInvite *handover_store_get_invite    (HandoverStore   *self,
                                              GBytes          *token_hash,
                                              gint64           now,
                                              GError         **error);
gboolean        handover_store_add_invite    (HandoverStore   *self,
                                              HandoverInvite  *invite,
                                              GBytes          *token_hash,
                                              const char      *operator_id,
                                              gint64           now,
                                              gint64           expires_at,
                                              GError         **error);
gboolean        handover_store_accept_invite (HandoverStore   *self,
                                              HandoverInvite  *invite,
                                              const char      *operator_id,
                                              gint64           now,
                                              GError         **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HandoverInvite, handover_invite_free)

G_END_DECLS
