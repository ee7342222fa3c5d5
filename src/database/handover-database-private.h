/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <sqlite3.h>

#include "database/handover-database.h"

G_BEGIN_DECLS

sqlite3           *handover_database_get_handle     (HandoverDatabase *self);
const char        *handover_database_get_path       (HandoverDatabase *self);
gboolean           handover_database_execute        (HandoverDatabase  *self,
                                                     const char        *sql,
                                                     GError           **error);
void               handover_database_set_error      (GError    **error,
                                                     sqlite3    *handle,
                                                     int         result,
                                                     const char *what);

HandoverStatement *handover_statement_new           (sqlite3     *handle,
                                                     const char  *name,
                                                     const char  *sql,
                                                     GError     **error);
void               handover_statement_free          (HandoverStatement *self);
void               handover_statement_clear         (HandoverStatement *self);

GHashTable        *handover_statement_file_parse    (const char  *text,
                                                     GError     **error);

G_END_DECLS
