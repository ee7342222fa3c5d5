/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

char        *handover_local_program_find         (void);
void         handover_local_program_spawn_async  (const char * const   *arguments,
                                                  GSubprocessFlags      flags,
                                                  GAsyncReadyCallback   callback,
                                                  gpointer              user_data);
GSubprocess *handover_local_program_spawn_finish (GAsyncResult         *result,
                                                  GError              **error);
GError      *handover_local_program_explain      (GSubprocess          *process);

G_END_DECLS
