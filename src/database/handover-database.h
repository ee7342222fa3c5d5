/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <glib-object.h>

#include "database/handover-database-error.h"
#include "database/handover-statement.h"

G_BEGIN_DECLS

/**
 * HandoverDatabaseFlags:
 * @HANDOVER_DATABASE_DEFAULT: read and write, made when missing; a power cut may lose the last commits
 * @HANDOVER_DATABASE_DURABLE: a commit is on the disk before it is reported (synchronous=FULL)
 * @HANDOVER_DATABASE_READ_ONLY: refuse to write, and never make the file
 *
 * How to open a database.
 */
typedef enum
{
  HANDOVER_DATABASE_DEFAULT = 0,
  HANDOVER_DATABASE_DURABLE = 1 << 0,
  HANDOVER_DATABASE_READ_ONLY = 1 << 1,
} HandoverDatabaseFlags;

#define HANDOVER_TYPE_DATABASE (handover_database_get_type ())
G_DECLARE_FINAL_TYPE (HandoverDatabase, handover_database, HANDOVER, DATABASE, GObject)

HandoverDatabase  *handover_database_open             (const char             *path,
                                                       HandoverDatabaseFlags   flags,
                                                       GError                **error);
gboolean           handover_database_add_statements   (HandoverDatabase  *self,
                                                       const char        *resource_path,
                                                       GError           **error);
gboolean           handover_database_migrate          (HandoverDatabase  *self,
                                                       const char        *resource_folder,
                                                       GError           **error);
gint64             handover_database_get_version      (HandoverDatabase *self);
gboolean           handover_database_copy             (HandoverDatabase  *self,
                                                       const char        *path,
                                                       GError           **error);

HandoverStatement *handover_database_prepare          (HandoverDatabase  *self,
                                                       const char        *name,
                                                       GError           **error);
gboolean           handover_database_run              (HandoverDatabase  *self,
                                                       const char        *name,
                                                       GError           **error,
                                                       const char        *format,
                                                       ...);
gint64             handover_database_get_changes      (HandoverDatabase *self);
gint64             handover_database_get_last_row_id  (HandoverDatabase *self);

gboolean           handover_database_begin            (HandoverDatabase  *self,
                                                       GError           **error);
gboolean           handover_database_begin_write      (HandoverDatabase  *self,
                                                       GError           **error);
gboolean           handover_database_commit           (HandoverDatabase  *self,
                                                       GError           **error);
void               handover_database_rollback         (HandoverDatabase *self);
gboolean           handover_database_in_transaction   (HandoverDatabase *self);
gboolean           handover_database_savepoint        (HandoverDatabase  *self,
                                                       GError           **error);
gboolean           handover_database_release          (HandoverDatabase  *self,
                                                       GError           **error);
gboolean           handover_database_rollback_to      (HandoverDatabase  *self,
                                                       GError           **error);

G_END_DECLS
