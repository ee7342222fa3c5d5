/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "test-folder.h"

#include <glib/gstdio.h>

/* A new folder for one test. */
char *
test_folder_new (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("handover-database-XXXXXX", &error);

  g_assert_no_error (error);
  return folder;
}

/* Removes the folder with its files, and frees the name. */
void
test_folder_remove (char *folder)
{
  g_autofree char *owned = folder;
  g_autoptr (GDir) entries = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (entries)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_assert_cmpint (g_unlink (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}
