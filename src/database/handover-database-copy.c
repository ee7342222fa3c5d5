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

static gboolean
fail_with_errno (const char  *path,
                 GError     **error)
{
  int saved = errno;

  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (saved), "%s: %s", path, g_strerror (saved));
  return FALSE;
}

/* In one step: it reads one snapshot, and whoever writes meanwhile is not held up. */
static gboolean
copy_pages (sqlite3     *from,
            sqlite3     *to,
            const char  *path,
            GError     **error)
{
  sqlite3_backup *backup = sqlite3_backup_init (to, "main", from, "main");

  if (backup != NULL)
    {
      sqlite3_backup_step (backup, -1);
      sqlite3_backup_finish (backup);
    }
  if (sqlite3_errcode (to) == SQLITE_OK)
    return TRUE;

  handover_database_set_error (error, to, sqlite3_extended_errcode (to), path);
  return FALSE;
}

static gboolean
check_copy (sqlite3     *handle,
            const char  *path,
            GError     **error)
{
  sqlite3_stmt *statement = NULL;
  int result = sqlite3_prepare_v2 (handle, "PRAGMA integrity_check (1)", -1, &statement, NULL);
  gboolean sound;

  if (result == SQLITE_OK)
    result = sqlite3_step (statement);
  sound = result == SQLITE_ROW && g_strcmp0 ((const char *) sqlite3_column_text (statement, 0), "ok") == 0;
  sqlite3_finalize (statement);
  if (!sound)
    g_set_error (error, HANDOVER_DATABASE_ERROR, HANDOVER_DATABASE_ERROR_CORRUPT, "%s: the copy is not sound", path);

  return sound;
}

/* One file without a journal beside it, so that it can be carried about. */
static gboolean
write_copy (HandoverDatabase  *self,
            const char        *path,
            GError           **error)
{
  sqlite3 *handle = NULL;
  int result = sqlite3_open_v2 (path, &handle, SQLITE_OPEN_READWRITE, NULL);
  gboolean done = FALSE;

  if (result != SQLITE_OK)
    handover_database_set_error (error, handle, result, path);
  else
    done = copy_pages (handover_database_get_handle (self), handle, path, error) &&
           sqlite3_exec (handle, "PRAGMA journal_mode = DELETE", NULL, NULL, NULL) == SQLITE_OK &&
           check_copy (handle, path, error);

  if (!done && error != NULL && *error == NULL)
    handover_database_set_error (error, handle, sqlite3_extended_errcode (handle), path);
  sqlite3_close (handle);
  return done;
}

/* The name of a file is on the disk only when its folder is. */
static gboolean
sync_folder (const char  *path,
             GError     **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int descriptor = g_open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  gboolean done = descriptor >= 0 && fsync (descriptor) == 0;

  if (!done)
    fail_with_errno (folder, error);
  if (descriptor >= 0)
    close (descriptor);
  return done;
}

/**
 * handover_database_copy:
 * @self: a database; others may write to it meanwhile
 * @path: the copy's path, where no file may be
 * @error: return location
 *
 * Copies a database as it is at one moment. The copy gets its name when it is whole, checked and on the disk.
 *
 * Returns: whether it was copied; if not, nothing is left at @path
 */
gboolean
handover_database_copy (HandoverDatabase  *self,
                        const char        *path,
                        GError           **error)
{
  g_autofree char *partial = g_strconcat (path, ".partial", NULL);
  int descriptor;
  gboolean done;

  g_return_val_if_fail (HANDOVER_IS_DATABASE (self), FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    {
      errno = EEXIST;
      return fail_with_errno (path, error);
    }

  g_unlink (partial);
  descriptor = g_open (partial, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);
  if (descriptor < 0)
    return fail_with_errno (partial, error);

  done = write_copy (self, partial, error) && (fsync (descriptor) == 0 || fail_with_errno (partial, error));
  close (descriptor);
  /* A link, unlike a new name, never takes the place of a file that came meanwhile. */
  if (done && link (partial, path) != 0)
    done = fail_with_errno (path, error);
  g_unlink (partial);

  return done && sync_folder (path, error);
}
