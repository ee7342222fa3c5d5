/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/handover-backup.h"

#include <errno.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "database/handover-database.h"
#include "service/handover-data-folder.h"
#include "service/handover-vault.h"
#include "service/store/handover-store.h"

/* An empty file opens like a database; ours are at some version. */
static gboolean
check_version (HandoverDatabase  *database,
               const char        *path,
               GError           **error)
{
  if (handover_database_get_version (database) > 0)
    return TRUE;

  g_set_error (error, HANDOVER_DATABASE_ERROR, HANDOVER_DATABASE_ERROR_CORRUPT, "%s: not a database of Handover's", path);
  return FALSE;
}

static gboolean
copy (const char  *from,
      const char  *to,
      GError     **error)
{
  g_autoptr (HandoverDatabase) database = handover_database_open (from, HANDOVER_DATABASE_READ_ONLY, error);

  return database != NULL && check_version (database, from, error) && handover_database_copy (database, to, error);
}

/**
 * handover_backup_make:
 * @data_folder: the folder of a service, which may be running
 * @file: the backup's path, where no file may be
 * @error: return location
 *
 * Copies everything that a service has committed into one file.
 *
 * Returns: whether it was done
 */
gboolean
handover_backup_make (const char  *data_folder,
                      const char  *file,
                      GError     **error)
{
  g_autofree char *path = handover_data_folder_get_database (data_folder);

  return copy (path, file, error);
}

/* A journal that stayed behind would be played into whatever database has its name. */
static gboolean
check_absent (const char  *path,
              GError     **error)
{
  const char *suffixes[] = { "", "-wal", "-shm", "-journal" };

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *file = g_strconcat (path, suffixes[i], NULL);

      if (!g_file_test (file, G_FILE_TEST_EXISTS))
        continue;

      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_EXIST,
                   "%s is there already. Move it away, or restore into another folder.", file);
      return FALSE;
    }

  return TRUE;
}

/* The log goes on with numbers that clients may know for other lines. A backup from before logs had ids gets one when the
 * service starts. */
static gboolean
renew_log (const char  *path,
           GError     **error)
{
  g_autoptr (HandoverDatabase) database = handover_database_open (path, HANDOVER_DATABASE_DURABLE, error);

  return database != NULL && handover_store_renew_log (database, error);
}

static gboolean
put_in_place (const char  *from,
              const char  *to,
              GError     **error)
{
  int saved;

  if (g_rename (from, to) == 0)
    return TRUE;

  saved = errno;
  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (saved), "%s: %s", to, g_strerror (saved));
  return FALSE;
}

/**
 * handover_backup_restore:
 * @data_folder: the folder of a service that does not run, without a database yet; made when missing
 * @file: a backup
 * @error: return location
 *
 * Makes a backup the database of a service, with a log of its own. What is there already is never replaced.
 *
 * Returns: whether it was done
 */
gboolean
handover_backup_restore (const char  *data_folder,
                         const char  *file,
                         GError     **error)
{
  g_autofree char *path = handover_data_folder_get_database (data_folder);
  g_autofree char *restored = g_strconcat (path, ".restored", NULL);
  int lock = handover_data_folder_lock (data_folder, error);
  gboolean done;

  if (lock < 0)
    return FALSE;

  g_unlink (restored);
  done = check_absent (path, error) && copy (file, restored, error) && renew_log (restored, error) &&
         put_in_place (restored, path, error);
  if (!done)
    g_unlink (restored);
  done = done && handover_vault_make_room (data_folder, error);
  close (lock);
  return done;
}

/* Somebody may try twice within a second. */
static char *
dup_free_name (const char *path)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *moment = g_date_time_format (now, "%Y-%m-%d-%H%M%S");
  char *name = g_strconcat (path, ".before-", moment, NULL);

  for (guint n = 2; g_file_test (name, G_FILE_TEST_EXISTS); n++)
    {
      g_free (name);
      name = g_strdup_printf ("%s.before-%s-%u", path, moment, n);
    }

  return name;
}

/* Everything of the database that is there now goes into one new file; what is left of its journal is then empty, for
 * it must not be played into what takes its place. */
static gboolean
keep (const char  *path,
      char       **kept,
      GError     **error)
{
  g_autofree char *file = dup_free_name (path);
  g_autoptr (HandoverDatabase) database = NULL;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;

  if (!copy (path, file, error))
    return FALSE;

  /* Who closes a database last, and may write, leaves no journal. */
  database = handover_database_open (path, HANDOVER_DATABASE_DURABLE, error);
  if (database == NULL)
    return FALSE;

  *kept = g_steal_pointer (&file);
  return TRUE;
}

static gboolean
check_settled (const char  *path,
               GError     **error)
{
  g_autofree char *journal = g_strconcat (path, "-wal", NULL);

  if (!g_file_test (journal, G_FILE_TEST_EXISTS))
    return TRUE;

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_BUSY, "%s: another program still uses the database", journal);
  return FALSE;
}

/**
 * handover_backup_replace:
 * @data_folder: the folder of a service that does not run; made when missing
 * @file: a backup
 * @kept: (out) (transfer full) (nullable): where the copy is of what was there, if something was
 * @error: return location
 *
 * Makes a backup the database of a service, as handover_backup_restore() does, in the place of the one that is there.
 * There is one or the other at every moment, also if this is cut off.
 *
 * Returns: whether it was done; if not, what was there is still there
 */
gboolean
handover_backup_replace (const char  *data_folder,
                         const char  *file,
                         char       **kept,
                         GError     **error)
{
  g_autofree char *path = handover_data_folder_get_database (data_folder);
  g_autofree char *restored = g_strconcat (path, ".restored", NULL);
  int lock = handover_data_folder_lock (data_folder, error);
  gboolean done;

  *kept = NULL;
  if (lock < 0)
    return FALSE;

  g_unlink (restored);
  done = copy (file, restored, error) && renew_log (restored, error) && keep (path, kept, error) &&
         check_settled (path, error) && put_in_place (restored, path, error);
  if (!done)
    {
      g_unlink (restored);
      g_clear_pointer (kept, g_free);
    }
  done = done && handover_vault_make_room (data_folder, error);
  close (lock);
  return done;
}
