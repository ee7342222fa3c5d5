/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

int   handover_data_folder_lock         (const char  *folder,
                                         GError     **error);
char *handover_data_folder_get_database (const char  *folder);
char *handover_data_folder_get_key      (const char  *folder);

G_END_DECLS
