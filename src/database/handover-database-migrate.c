/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#define G_LOG_DOMAIN "handover-database-migrate"

#include "database/handover-database.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

#include "database/handover-database-private.h"

static gboolean
read_number (HandoverDatabase  *self,
             const char        *sql,
             gint64            *number,
             gboolean          *found,
             GError           **error)
{
  sqlite3 *handle = handover_database_get_handle (self);
  sqlite3_stmt *statement = NULL;
  int result = sqlite3_prepare_v2 (handle, sql, -1, &statement, NULL);

  if (result == SQLITE_OK)
    result = sqlite3_step (statement);

  *found = result == SQLITE_ROW;
  if (*found)
    *number = sqlite3_column_int64 (statement, 0);
  else if (result != SQLITE_DONE)
    handover_database_set_error (error, handle, result, sql);

  sqlite3_finalize (statement);
  return result == SQLITE_ROW || result == SQLITE_DONE;
}

static gboolean
read_version (HandoverDatabase  *self,
              gint64            *version,
              GError           **error)
{
  gboolean found;

  *version = 0;
  return read_number (self, "PRAGMA user_version", version, &found, error);
}

/**
 * handover_database_get_version:
 * @self: a database
 *
 * Returns: the number of the last migration it has been through; 0 for a new one, -1 if it cannot be read
 */
gint64
handover_database_get_version (HandoverDatabase *self)
{
  g_autoptr (GError) error = NULL;
  gint64 version;

  g_return_val_if_fail (HANDOVER_IS_DATABASE (self), -1);

  if (read_version (self, &version, &error))
    return version;

  g_warning ("Could not read the version: %s", error->message);
  return -1;
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static GPtrArray *
list_migrations (const char  *resource_folder,
                 GError     **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) children = NULL;

  children = g_resources_enumerate_children (resource_folder, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  if (children == NULL)
    return NULL;

  for (char **child = children; *child != NULL; child++)
    {
      if (g_str_has_suffix (*child, ".sql"))
        g_ptr_array_add (names, g_strdup (*child));
    }
  g_ptr_array_sort (names, compare_names);

  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);

      if (strtol (name, NULL, 10) == (long) i + 1)
        continue;
      g_set_error (error, HANDOVER_DATABASE_ERROR, HANDOVER_DATABASE_ERROR_STATEMENT,
                   "Migration %u is missing before “%s”", i + 1, name);
      return NULL;
    }

  return g_steal_pointer (&names);
}

/* The copy gets its name only when it is whole, and replaces what an earlier attempt left. */
static gboolean
make_copy (HandoverDatabase  *self,
           gint64             version,
           GError           **error)
{
  g_autofree char *copy = g_strdup_printf ("%s.before-%" G_GINT64_FORMAT, handover_database_get_path (self), version);
  g_autofree char *partial = g_strconcat (copy, ".partial", NULL);
  char *sql;
  gboolean copied;

  g_unlink (partial);
  sql = sqlite3_mprintf ("VACUUM INTO %Q", partial);
  copied = handover_database_execute (self, sql, error);
  sqlite3_free (sql);

  if (copied && (g_chmod (partial, 0600) != 0 || g_rename (partial, copy) != 0))
    {
      int saved = errno;

      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (saved), "%s", g_strerror (saved));
      copied = FALSE;
    }
  if (!copied)
    {
      g_unlink (partial);
      g_prefix_error (error, "Could not copy the database to %s before changing it: ", copy);
    }

  return copied;
}

static gboolean
run_migration (HandoverDatabase  *self,
               const char        *resource_folder,
               const char        *name,
               gint64             version,
               GError           **error)
{
  g_autofree char *path = g_build_path ("/", resource_folder, name, NULL);
  g_autoptr (GBytes) bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  g_autofree char *sql = NULL;
  g_autofree char *stamp = g_strdup_printf ("PRAGMA user_version = %" G_GINT64_FORMAT, version);

  if (bytes == NULL)
    return FALSE;

  sql = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  if (!handover_database_execute (self, sql, error) || !handover_database_execute (self, stamp, error))
    {
      g_prefix_error (error, "Migration “%s” failed: ", name);
      return FALSE;
    }

  return TRUE;
}

static gboolean
check_foreign_keys (HandoverDatabase  *self,
                    GError           **error)
{
  gint64 row;
  gboolean broken;

  if (!read_number (self, "SELECT 1 FROM pragma_foreign_key_check LIMIT 1", &row, &broken, error))
    return FALSE;
  if (!broken)
    return TRUE;

  g_set_error (error, HANDOVER_DATABASE_ERROR, HANDOVER_DATABASE_ERROR_CONSTRAINT,
               "The migrations would leave a row without what it points to");
  return FALSE;
}

static gboolean
run_migrations (HandoverDatabase  *self,
                const char        *resource_folder,
                GPtrArray         *names,
                GError           **error)
{
  gint64 version;

  if (!handover_database_begin_write (self, error))
    return FALSE;

  /* Another process may have been here between the first look and the lock. */
  if (!read_version (self, &version, error))
    return FALSE;

  for (guint i = version; i < names->len; i++)
    {
      if (!run_migration (self, resource_folder, g_ptr_array_index (names, i), i + 1, error))
        return FALSE;
    }

  return check_foreign_keys (self, error) && handover_database_commit (self, error);
}

/**
 * handover_database_migrate:
 * @self: a database that is open for writing
 * @resource_folder: the folder of resources that holds the migrations, files named `NNN-what.sql` from 001 on
 * @error: return location
 *
 * Brings the database to the newest version: all missing migrations in order, in one transaction. An existing
 * database is first copied to `FILE.before-N`, where N is the version that it becomes. A database that a newer
 * program wrote is refused with %HANDOVER_DATABASE_ERROR_NEWER and left alone.
 *
 * Returns: %FALSE on error, with the database as it was
 */
gboolean
handover_database_migrate (HandoverDatabase  *self,
                           const char        *resource_folder,
                           GError           **error)
{
  g_autoptr (GPtrArray) names = NULL;
  gint64 version;
  gboolean done;

  g_return_val_if_fail (HANDOVER_IS_DATABASE (self), FALSE);
  g_return_val_if_fail (resource_folder != NULL, FALSE);

  names = list_migrations (resource_folder, error);
  if (names == NULL || !read_version (self, &version, error))
    return FALSE;

  if (version > names->len)
    {
      g_set_error (error, HANDOVER_DATABASE_ERROR, HANDOVER_DATABASE_ERROR_NEWER,
                   "%s was written by a newer version of Handover (its version is %" G_GINT64_FORMAT
                   ", this program knows %u). Update Handover to open it.",
                   handover_database_get_path (self), version, names->len);
      return FALSE;
    }
  if (version == names->len)
    return TRUE;
  if (version > 0 && !g_str_equal (handover_database_get_path (self), ":memory:")
      && !make_copy (self, names->len, error))
    return FALSE;

  /* Rebuilding a table breaks references for a moment; they are checked as a whole before the commit. */
  if (!handover_database_execute (self, "PRAGMA foreign_keys = OFF", error))
    return FALSE;
  done = run_migrations (self, resource_folder, names, error);
  handover_database_rollback (self);

  return handover_database_execute (self, "PRAGMA foreign_keys = ON", done ? error : NULL) && done;
}
