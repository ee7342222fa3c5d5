/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <gio/gio.h>

#include "core/handover-attachment.h"

G_BEGIN_DECLS

/* The folder beside an account's mirror: copies of files that are to be sent, and files that were downloaded. Only the
 * functions that give names may be called on a main loop; the others wait for the disk. */

char               *handover_file_folder_get_path  (const char    *mirror_path);
char               *handover_file_folder_get_draft (const char    *folder,
                                                    const char    *id);
char               *handover_file_folder_get_download (const char *folder,
                                                       const char *attachment_id,
                                                       const char *name);
HandoverAttachment *handover_file_folder_copy      (const char    *folder,
                                                    GInputStream  *source,
                                                    const char    *name,
                                                    GCancellable  *cancellable,
                                                    GError       **error);
gboolean            handover_file_folder_adopt     (const char    *folder,
                                                    const char    *draft_id,
                                                    const char    *attachment_id,
                                                    const char    *name);
void                handover_file_folder_sweep     (const char    *folder,
                                                    GHashTable    *known,
                                                    gint64         before);
void                handover_file_folder_trim      (const char    *folder,
                                                    gint64         limit);
gboolean            handover_file_folder_remove    (const char    *folder,
                                                    GError       **error);

G_END_DECLS
