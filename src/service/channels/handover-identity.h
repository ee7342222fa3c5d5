/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * HandoverIdentity:
 * @remote_id: the platform's own name for the account, which never changes
 * @name: what people call it
 * @handle: (nullable): how customers find it, such as `@shop_bot`
 *
 * Who an account is.
 */
typedef struct
{
  char *remote_id;
  char *name;
  char *handle;
} HandoverIdentity;

void handover_identity_free (HandoverIdentity *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HandoverIdentity, handover_identity_free)

G_END_DECLS
