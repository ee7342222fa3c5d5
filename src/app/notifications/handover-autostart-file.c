/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "config.h"

#include "app/notifications/handover-autostart-file.h"

#include <errno.h>

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#define GROUP G_KEY_FILE_DESKTOP_GROUP
#define ENABLED "X-GNOME-Autostart-enabled"

/* Outside of a sandbox, a file in the person's own folder makes the desktop start an app at login. Others may change it:
 * the file is what is true. */

static char *
get_path (void)
{
  return g_build_filename (g_get_user_config_dir (), "autostart", APP_ID ".desktop", NULL);
}

static gboolean
read_file (void)
{
  g_autofree char *path = get_path ();
  g_autoptr (GKeyFile) file = g_key_file_new ();

  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL))
    return FALSE;

  return !g_key_file_get_boolean (file, GROUP, G_KEY_FILE_DESKTOP_KEY_HIDDEN, NULL) &&
         (!g_key_file_has_key (file, GROUP, ENABLED, NULL) || g_key_file_get_boolean (file, GROUP, ENABLED, NULL));
}

/* As desktop files quote. */
static char *
quote (const char *path)
{
  g_autoptr (GString) quoted = g_string_new ("\"");

  for (const char *c = path; *c != '\0'; c++)
    {
      if (strchr ("\"`$\\", *c) != NULL)
        g_string_append_c (quoted, '\\');
      if (*c == '%')
        g_string_append_c (quoted, '%');
      g_string_append_c (quoted, *c);
    }

  return g_strconcat (quoted->str, "\"", NULL);
}

static gboolean
write_file (GError **error)
{
  g_autofree char *path = get_path ();
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *own = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *program = quote (own != NULL ? own : BINDIR "/handover");
  g_autofree char *command = g_strconcat (program, " --background", NULL);
  g_autoptr (GKeyFile) file = g_key_file_new ();

  g_mkdir_with_parents (folder, 0700);
  g_key_file_set_string (file, GROUP, G_KEY_FILE_DESKTOP_KEY_TYPE, G_KEY_FILE_DESKTOP_TYPE_APPLICATION);
  g_key_file_set_string (file, GROUP, G_KEY_FILE_DESKTOP_KEY_NAME, g_get_application_name ());
  g_key_file_set_string (file, GROUP, G_KEY_FILE_DESKTOP_KEY_EXEC, command);
  g_key_file_set_string (file, GROUP, G_KEY_FILE_DESKTOP_KEY_ICON, APP_ID);

  return g_key_file_save_to_file (file, path, error);
}

static gboolean
remove_file (GError **error)
{
  g_autofree char *path = get_path ();
  int saved;

  if (g_unlink (path) == 0 || errno == ENOENT)
    return TRUE;

  saved = errno;
  g_set_error_literal (error, G_FILE_ERROR, g_file_error_from_errno (saved), g_strerror (saved));
  return FALSE;
}

static void
read_thread (GTask        *task,
             gpointer      object,
             gpointer      data,
             GCancellable *cancellable)
{
  g_task_return_int (task, read_file ());
}

static void
write_thread (GTask        *task,
              gpointer      object,
              gpointer      data,
              GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;

  if (GPOINTER_TO_INT (data) ? write_file (&error) : remove_file (&error))
    g_task_return_int (task, read_file ());
  else
    g_task_return_new_error (task, error->domain, error->code,
                             /* Translators: %s is the reason that the system gives */
                             _("Starting at login cannot be changed: %s"), error->message);
}

/**
 * handover_autostart_file_read_async:
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is known
 * @user_data: for @callback
 *
 * Finds out whether the desktop starts this app at login. End with handover_autostart_file_finish().
 */
void
handover_autostart_file_read_async (GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, handover_autostart_file_read_async);
  g_task_run_in_thread (task, read_thread);
}

/**
 * handover_autostart_file_write_async:
 * @enabled: whether the desktop shall start this app at login
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Lets the desktop start this app at login, without a window, or no more. End with handover_autostart_file_finish().
 */
void
handover_autostart_file_write_async (gboolean             enabled,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, handover_autostart_file_write_async);
  g_task_set_task_data (task, GINT_TO_POINTER (enabled), NULL);
  g_task_run_in_thread (task, write_thread);
}

/**
 * handover_autostart_file_finish:
 * @result: the result
 * @enabled: (out): whether the desktop starts this app at login
 * @error: return location for an error that a person can read
 *
 * Ends reading or writing.
 *
 * Returns: %FALSE with @error if it failed
 */
gboolean
handover_autostart_file_finish (GAsyncResult  *result,
                                gboolean      *enabled,
                                GError       **error)
{
  gssize answer = g_task_propagate_int (G_TASK (result), error);

  *enabled = answer > 0;

  return answer >= 0;
}
