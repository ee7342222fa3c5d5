/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/channels/handover-identity.h"

/**
 * handover_identity_free:
 * @self: (transfer full): an identity
 *
 * Frees it.
 */
void
handover_identity_free (HandoverIdentity *self)
{
  g_free (self->remote_id);
  g_free (self->name);
  g_free (self->handle);
  g_free (self);
}
