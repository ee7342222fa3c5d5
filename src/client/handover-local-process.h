/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define HANDOVER_TYPE_LOCAL_PROCESS (handover_local_process_get_type ())

G_DECLARE_FINAL_TYPE (HandoverLocalProcess, handover_local_process, HANDOVER, LOCAL_PROCESS, GObject)

HandoverLocalProcess *handover_local_process_start       (const char           *program,
                                                          const char           *folder,
                                                          guint                 port);
const char           *handover_local_process_get_address (HandoverLocalProcess *self);
gboolean              handover_local_process_was_steady  (HandoverLocalProcess *self);
gboolean              handover_local_process_was_asked   (HandoverLocalProcess *self);
void                  handover_local_process_end         (HandoverLocalProcess *self);

G_END_DECLS
