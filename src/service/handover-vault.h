/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * HandoverVault:
 *
 * Seals what must not be read from the database alone. Its key lies beside the database in a file of its own. It may be
 * used from any thread.
 */
typedef struct _HandoverVault HandoverVault;

HandoverVault *handover_vault_open      (const char     *folder,
                                         gboolean        may_make,
                                         GError        **error);
gboolean       handover_vault_make_room (const char     *folder,
                                         GError        **error);
void           handover_vault_free      (HandoverVault  *self);
GBytes        *handover_vault_seal      (HandoverVault  *self,
                                         const char     *owner,
                                         const char     *secret);
char          *handover_vault_unseal    (HandoverVault  *self,
                                         const char     *owner,
                                         GBytes         *sealed);
char          *handover_vault_derive    (HandoverVault  *self,
                                         const char     *purpose,
                                         const char     *owner);
void           handover_vault_wipe      (char           *secret);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HandoverVault, handover_vault_free)

G_END_DECLS
