/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "database/handover-database.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "database/handover-database-private.h"

#define BUSY_TIMEOUT_MS 5000
#define SAVEPOINT "handover"

/* The writer changes some tens of pages a job, all over the file: those in use should stay in memory. */
#define CACHE_SIZE "-16384"

/* Every job runs some of these, so they are compiled once, as the named statements are. */
static const struct
{
  const char *name;
  const char *sql;
} transaction_statements[] = {
  { "transaction.begin", "BEGIN" },
  { "transaction.begin_write", "BEGIN IMMEDIATE" },
  { "transaction.commit", "COMMIT" },
  { "transaction.rollback", "ROLLBACK" },
  { "transaction.savepoint", "SAVEPOINT " SAVEPOINT },
  { "transaction.release", "RELEASE " SAVEPOINT },
  { "transaction.rollback_to", "ROLLBACK TO " SAVEPOINT },
};

struct _HandoverDatabase
{
  GObject parent_instance;

  char *path;
  sqlite3 *handle;
  GHashTable *texts;
  GHashTable *statements;
};

G_DEFINE_QUARK (handover-database-error-quark, handover_database_error)
G_DEFINE_FINAL_TYPE (HandoverDatabase, handover_database, G_TYPE_OBJECT)

/* A quota or a limit on the size of files is a full disk by another name. */
static gboolean
is_out_of_space (sqlite3 *handle)
{
  int system_error = handle != NULL ? sqlite3_system_errno (handle) : 0;

  return system_error == ENOSPC || system_error == EDQUOT || system_error == EFBIG;
}

static HandoverDatabaseError
error_code_from_result (sqlite3 *handle,
                        int      result)
{
  if (result == SQLITE_CONSTRAINT_UNIQUE || result == SQLITE_CONSTRAINT_PRIMARYKEY
      || result == SQLITE_CONSTRAINT_ROWID)
    return HANDOVER_DATABASE_ERROR_EXISTS;

  switch (result & 0xff)
    {
    case SQLITE_CONSTRAINT:
      return HANDOVER_DATABASE_ERROR_CONSTRAINT;

    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return HANDOVER_DATABASE_ERROR_LOCKED;

    case SQLITE_FULL:
      return HANDOVER_DATABASE_ERROR_FULL;

    case SQLITE_IOERR:
      return is_out_of_space (handle) ? HANDOVER_DATABASE_ERROR_FULL : HANDOVER_DATABASE_ERROR_IO;

    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
      return HANDOVER_DATABASE_ERROR_IO;

    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return HANDOVER_DATABASE_ERROR_CORRUPT;

    default:
      return HANDOVER_DATABASE_ERROR_FAILED;
    }
}

/*
 * handover_database_set_error:
 * @what: the statement or step that failed
 *
 * Turns the engine's result into an error of ours. Values never enter the message: they may be private.
 */
void
handover_database_set_error (GError    **error,
                             sqlite3    *handle,
                             int         result,
                             const char *what)
{
  g_set_error (error, HANDOVER_DATABASE_ERROR, error_code_from_result (handle, result),
               "%s: %s", what, handle != NULL ? sqlite3_errmsg (handle) : sqlite3_errstr (result));
}

static void
handover_database_finalize (GObject *object)
{
  HandoverDatabase *self = HANDOVER_DATABASE (object);

  g_clear_pointer (&self->statements, g_hash_table_unref);
  g_clear_pointer (&self->texts, g_hash_table_unref);
  g_clear_pointer (&self->handle, sqlite3_close);
  g_clear_pointer (&self->path, g_free);

  G_OBJECT_CLASS (handover_database_parent_class)->finalize (object);
}

static void
handover_database_class_init (HandoverDatabaseClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = handover_database_finalize;

  /* Nobody reads them, and to keep them all threads take one lock for every piece of memory. */
  sqlite3_config (SQLITE_CONFIG_MEMSTATUS, 0);
}

static void
handover_database_init (HandoverDatabase *self)
{
  self->texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->statements = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                            (GDestroyNotify) handover_statement_free);
  for (guint i = 0; i < G_N_ELEMENTS (transaction_statements); i++)
    g_hash_table_insert (self->texts, g_strdup (transaction_statements[i].name),
                         g_strdup (transaction_statements[i].sql));
}

/* The engine gives its journal files the permissions of the database, so it is enough to make that one private. */
static gboolean
make_private_file (const char  *path,
                   GError     **error)
{
  int descriptor = g_open (path, O_CREAT | O_RDWR | O_CLOEXEC, 0600);

  if (descriptor < 0)
    {
      int saved = errno;

      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (saved), "%s: %s", path, g_strerror (saved));
      return FALSE;
    }

  close (descriptor);
  return TRUE;
}

static gboolean
configure (HandoverDatabase       *self,
           HandoverDatabaseFlags   flags,
           GError                **error)
{
  sqlite3_busy_timeout (self->handle, BUSY_TIMEOUT_MS);
  sqlite3_extended_result_codes (self->handle, 1);

  /* What a part of a transaction may have to undo is kept in memory too, not written to a file for each part. */
  if (!handover_database_execute (self, "PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY; "
                                  "PRAGMA cache_size = " CACHE_SIZE, error))
    return FALSE;
  if ((flags & HANDOVER_DATABASE_READ_ONLY) != 0)
    return handover_database_execute (self, "PRAGMA query_only = ON", error);

  return handover_database_execute (self, "PRAGMA journal_mode = WAL", error)
      && handover_database_execute (self,
                                    (flags & HANDOVER_DATABASE_DURABLE) != 0 ? "PRAGMA synchronous = FULL"
                                                                             : "PRAGMA synchronous = NORMAL",
                                    error);
}

/**
 * handover_database_open:
 * @path: a file, or `:memory:`
 * @flags: how to open it
 * @error: return location
 *
 * Opens a database with a write-ahead log and foreign keys. A file that is made is readable by its owner alone.
 *
 * The handle may move between threads, but only one may use it at a time.
 *
 * Returns: (transfer full) (nullable): the database
 */
HandoverDatabase *
handover_database_open (const char             *path,
                        HandoverDatabaseFlags   flags,
                        GError                **error)
{
  g_autoptr (HandoverDatabase) self = NULL;
  gboolean read_only = (flags & HANDOVER_DATABASE_READ_ONLY) != 0;
  int result;

  g_return_val_if_fail (path != NULL, NULL);

  if (!read_only && !g_str_equal (path, ":memory:") && !make_private_file (path, error))
    return NULL;

  self = g_object_new (HANDOVER_TYPE_DATABASE, NULL);
  self->path = g_strdup (path);
  result = sqlite3_open_v2 (path, &self->handle,
                            SQLITE_OPEN_NOMUTEX | (read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE),
                            NULL);
  if (result != SQLITE_OK)
    {
      handover_database_set_error (error, self->handle, result, path);
      return NULL;
    }
  if (!configure (self, flags, error))
    {
      g_prefix_error (error, "%s: ", path);
      return NULL;
    }

  return g_steal_pointer (&self);
}

sqlite3 *
handover_database_get_handle (HandoverDatabase *self)
{
  return self->handle;
}

const char *
handover_database_get_path (HandoverDatabase *self)
{
  return self->path;
}

/*
 * handover_database_execute:
 *
 * Runs a script of this library or of a migration.
 */
gboolean
handover_database_execute (HandoverDatabase  *self,
                           const char        *sql,
                           GError           **error)
{
  int result = sqlite3_exec (self->handle, sql, NULL, NULL, NULL);

  if (result != SQLITE_OK)
    {
      g_set_error (error, HANDOVER_DATABASE_ERROR, error_code_from_result (self->handle, result),
                   "%s", sqlite3_errmsg (self->handle));
      return FALSE;
    }

  return TRUE;
}

static gboolean
add_file (HandoverDatabase  *self,
          const char        *resource_path,
          GError           **error)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GHashTable) parsed = NULL;
  g_autofree char *text = NULL;
  GHashTableIter iter;
  gpointer name, sql;

  bytes = g_resources_lookup_data (resource_path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  if (bytes == NULL)
    return FALSE;

  text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  parsed = handover_statement_file_parse (text, error);
  if (parsed == NULL)
    {
      g_prefix_error (error, "%s: ", resource_path);
      return FALSE;
    }

  g_hash_table_iter_init (&iter, parsed);
  while (g_hash_table_iter_next (&iter, &name, &sql))
    {
      if (g_hash_table_contains (self->texts, name))
        {
          g_set_error (error, HANDOVER_DATABASE_ERROR, HANDOVER_DATABASE_ERROR_STATEMENT,
                       "%s: statement “%s” is there twice", resource_path, (char *) name);
          return FALSE;
        }
      g_hash_table_iter_steal (&iter);
      g_hash_table_insert (self->texts, name, sql);
    }

  return TRUE;
}

/**
 * handover_database_add_statements:
 * @self: a database
 * @resource_path: a `.sql` file among the resources, or a folder of them, ending in `/`
 * @error: return location
 *
 * Makes named statements known. In the file each is a line `-- name: NAME` and one statement below it. They are
 * compiled when first prepared.
 *
 * Returns: %FALSE if the resource is missing or malformed, or a name is taken
 */
gboolean
handover_database_add_statements (HandoverDatabase  *self,
                                  const char        *resource_path,
                                  GError           **error)
{
  g_auto (GStrv) children = NULL;

  g_return_val_if_fail (HANDOVER_IS_DATABASE (self), FALSE);
  g_return_val_if_fail (resource_path != NULL, FALSE);

  if (!g_str_has_suffix (resource_path, "/"))
    return add_file (self, resource_path, error);

  children = g_resources_enumerate_children (resource_path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  if (children == NULL)
    return FALSE;

  for (char **child = children; *child != NULL; child++)
    {
      g_autofree char *path = g_strconcat (resource_path, *child, NULL);

      if (g_str_has_suffix (*child, ".sql") && !add_file (self, path, error))
        return FALSE;
    }

  return TRUE;
}

/**
 * handover_database_prepare:
 * @self: a database
 * @name: the name of a statement
 * @error: return location
 *
 * Gives a named statement, reset and with no value bound. It is the same one each time, so it must not be asked
 * for again while its rows are still being read.
 *
 * Returns: (transfer none) (nullable): the statement
 */
HandoverStatement *
handover_database_prepare (HandoverDatabase  *self,
                           const char        *name,
                           GError           **error)
{
  HandoverStatement *statement;
  const char *sql;

  g_return_val_if_fail (HANDOVER_IS_DATABASE (self), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  statement = g_hash_table_lookup (self->statements, name);
  if (statement != NULL)
    {
      handover_statement_clear (statement);
      return statement;
    }

  sql = g_hash_table_lookup (self->texts, name);
  if (sql == NULL)
    {
      g_set_error (error, HANDOVER_DATABASE_ERROR, HANDOVER_DATABASE_ERROR_STATEMENT,
                   "There is no statement “%s”", name);
      return NULL;
    }

  statement = handover_statement_new (self->handle, name, sql, error);
  if (statement != NULL)
    g_hash_table_insert (self->statements, g_strdup (name), statement);

  return statement;
}

/**
 * handover_database_run:
 * @self: a database
 * @name: the name of a statement
 * @error: return location
 * @format: as of [method@Statement.bind]
 * @...: the values
 *
 * Binds a statement and runs it to its end, passing over rows.
 *
 * Returns: %FALSE on error
 */
gboolean
handover_database_run (HandoverDatabase  *self,
                       const char        *name,
                       GError           **error,
                       const char        *format,
                       ...)
{
  HandoverStatement *statement = handover_database_prepare (self, name, error);
  gboolean row = TRUE;
  va_list arguments;

  if (statement == NULL)
    return FALSE;

  va_start (arguments, format);
  handover_statement_bind_valist (statement, format, arguments);
  va_end (arguments);

  while (row)
    {
      if (!handover_statement_step (statement, &row, error))
        return FALSE;
    }

  return TRUE;
}

/**
 * handover_database_get_changes:
 * @self: a database
 *
 * Returns: how many rows the last insert, update or delete changed
 */
gint64
handover_database_get_changes (HandoverDatabase *self)
{
  g_return_val_if_fail (HANDOVER_IS_DATABASE (self), 0);

  return sqlite3_changes64 (self->handle);
}

/**
 * handover_database_get_last_row_id:
 * @self: a database
 *
 * Returns: the row id of the last insert
 */
gint64
handover_database_get_last_row_id (HandoverDatabase *self)
{
  g_return_val_if_fail (HANDOVER_IS_DATABASE (self), 0);

  return sqlite3_last_insert_rowid (self->handle);
}

/**
 * handover_database_begin:
 * @self: a database
 * @error: return location
 *
 * Begins a transaction for reading: what it reads first fixes what it sees.
 *
 * Returns: %FALSE on error
 */
gboolean
handover_database_begin (HandoverDatabase  *self,
                         GError           **error)
{
  return handover_database_run (self, "transaction.begin", error, "");
}

/**
 * handover_database_begin_write:
 * @self: a database
 * @error: return location
 *
 * Begins a transaction that is going to write, and takes the lock at once.
 *
 * Returns: %FALSE on error
 */
gboolean
handover_database_begin_write (HandoverDatabase  *self,
                               GError           **error)
{
  return handover_database_run (self, "transaction.begin_write", error, "");
}

/* A statement left before its last row would keep the snapshot alive behind the transaction's back. */
static void
reset_all (HandoverDatabase *self)
{
  for (sqlite3_stmt *next = sqlite3_next_stmt (self->handle, NULL);
       next != NULL;
       next = sqlite3_next_stmt (self->handle, next))
    {
      if (sqlite3_stmt_busy (next))
        sqlite3_reset (next);
    }
}

/**
 * handover_database_commit:
 * @self: a database in a transaction
 * @error: return location
 *
 * Ends the transaction and lets go of all rows. If it fails the transaction may still be open: roll it back.
 *
 * Returns: %FALSE on error
 */
gboolean
handover_database_commit (HandoverDatabase  *self,
                          GError           **error)
{
  reset_all (self);
  return handover_database_run (self, "transaction.commit", error, "");
}

/**
 * handover_database_rollback:
 * @self: a database
 *
 * Undoes the transaction; does nothing when the engine has done so already.
 */
void
handover_database_rollback (HandoverDatabase *self)
{
  g_autoptr (GError) error = NULL;

  reset_all (self);
  if (handover_database_in_transaction (self) && !handover_database_run (self, "transaction.rollback", &error, ""))
    g_critical ("Could not roll back: %s", error->message);
}

/**
 * handover_database_in_transaction:
 * @self: a database
 *
 * Returns: whether a transaction is open; on a full disk the engine may have rolled it back by itself
 */
gboolean
handover_database_in_transaction (HandoverDatabase *self)
{
  g_return_val_if_fail (HANDOVER_IS_DATABASE (self), FALSE);

  return !sqlite3_get_autocommit (self->handle);
}

/**
 * handover_database_savepoint:
 * @self: a database in a transaction
 * @error: return location
 *
 * Begins a part that can be undone alone. Parts nest.
 *
 * Returns: %FALSE on error
 */
gboolean
handover_database_savepoint (HandoverDatabase  *self,
                             GError           **error)
{
  return handover_database_run (self, "transaction.savepoint", error, "");
}

/**
 * handover_database_release:
 * @self: a database in a savepoint
 * @error: return location
 *
 * Ends the innermost part and keeps it.
 *
 * Returns: %FALSE on error
 */
gboolean
handover_database_release (HandoverDatabase  *self,
                           GError           **error)
{
  return handover_database_run (self, "transaction.release", error, "");
}

/**
 * handover_database_rollback_to:
 * @self: a database in a savepoint
 * @error: return location
 *
 * Undoes the innermost part and ends it.
 *
 * Returns: %FALSE on error
 */
gboolean
handover_database_rollback_to (HandoverDatabase  *self,
                               GError           **error)
{
  reset_all (self);
  return handover_database_run (self, "transaction.rollback_to", error, "") &&
         handover_database_run (self, "transaction.release", error, "");
}
