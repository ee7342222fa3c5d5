/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/handover-data-folder.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <gio/gio.h>
#include <glib/gstdio.h>

/**
 * handover_data_folder_lock:
 * @folder: the folder where a service keeps everything; made when missing
 * @error: return location
 *
 * Keeps others out. Two services on one folder would each publish only its own half of the log.
 *
 * Returns: a descriptor that holds the lock until it is closed, or -1
 */
int
handover_data_folder_lock (const char  *folder,
                           GError     **error)
{
  g_autofree char *path = g_build_filename (folder, "handoverd.lock", NULL);
  int lock = -1;
  int saved;

  if (g_mkdir_with_parents (folder, 0700) == 0)
    lock = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (lock >= 0 && flock (lock, LOCK_EX | LOCK_NB) == 0)
    return lock;

  saved = errno;
  if (lock >= 0)
    close (lock);
  if (saved == EWOULDBLOCK)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_BUSY, "Another handoverd uses %s already", folder);
  else
    g_set_error (error, G_IO_ERROR, g_io_error_from_errno (saved), "Cannot use %s: %s", folder, g_strerror (saved));
  return -1;
}

/**
 * handover_data_folder_get_database:
 * @folder: the folder where a service keeps everything
 *
 * Gets the path of the database.
 *
 * Returns: (transfer full): the path
 */
char *
handover_data_folder_get_database (const char *folder)
{
  return g_build_filename (folder, "handoverd.db", NULL);
}

/**
 * handover_data_folder_get_key:
 * @folder: the folder where a service keeps everything
 *
 * Gets the path of the key that seals the tokens of channels.
 *
 * Returns: (transfer full): the path
 */
char *
handover_data_folder_get_key (const char *folder)
{
  return g_build_filename (folder, "channel-key", NULL);
}
