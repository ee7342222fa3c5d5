/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/http/handover-principal.h"

/**
 * handover_principal_clear:
 * @self: a principal
 *
 * Frees what @self holds and makes it nobody again.
 */
void
handover_principal_clear (HandoverPrincipal *self)
{
  g_free (self->business_id);
  g_free (self->id);
  g_free (self->name);
  g_free (self->credential_id);
  *self = (HandoverPrincipal) { 0 };
}
