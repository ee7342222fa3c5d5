/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean handover_backup_make    (const char  *data_folder,
                                  const char  *file,
                                  GError     **error);
gboolean handover_backup_restore (const char  *data_folder,
                                  const char  *file,
                                  GError     **error);
gboolean handover_backup_replace (const char  *data_folder,
                                  const char  *file,
                                  char       **kept,
                                  GError     **error);

G_END_DECLS
