/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "config.h"

#include "app/handover-help-viewer.h"

#include "app/notifications/handover-background.h"

/* A viewer finds the manual by the app's name among what is installed where the viewer is. So one that came with the
 * sandbox comes first; one outside of it has to be told in which folder the sandbox's files really lie. */

#define SANDBOX_INFO "/.flatpak-info"
#define SANDBOX_PREFIX "/app/"

typedef struct
{
  GtkWindow *window;
  char *page;
} Showing;

static void
showing_free (gpointer data)
{
  Showing *showing = data;

  g_clear_object (&showing->window);
  g_free (showing->page);
  g_free (showing);
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (gtk_uri_launcher_launch_finish (GTK_URI_LAUNCHER (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
open_address (GTask      *task,
              const char *address)
{
  Showing *showing = g_task_get_task_data (task);
  g_autoptr (GtkUriLauncher) launcher = gtk_uri_launcher_new (address);

  gtk_uri_launcher_launch (launcher, showing->window, g_task_get_cancellable (task), opened_cb, g_object_ref (task));
}

/* --- Outside of the sandbox --- */

static char *
find_page (const char *page)
{
  const char *const *languages = g_get_language_names ();
  g_autofree char *name = g_strconcat (page, ".page", NULL);

  for (gsize i = 0; languages[i] != NULL; i++)
    {
      g_autofree char *path = g_build_filename (HELPDIR, languages[i], "handover", name, NULL);

      if (g_file_test (path, G_FILE_TEST_EXISTS))
        return g_steal_pointer (&path);
    }

  return NULL;
}

static void
find_address_in_thread (GTask        *task,
                        gpointer      source,
                        gpointer      data,
                        GCancellable *cancellable)
{
  g_autoptr (GKeyFile) info = g_key_file_new ();
  g_autofree char *path = find_page (data);
  g_autofree char *files = NULL;
  g_autoptr (GError) error = NULL;

  if (g_key_file_load_from_file (info, SANDBOX_INFO, G_KEY_FILE_NONE, NULL))
    files = g_key_file_get_string (info, "Instance", "app-path", NULL);

  if (files == NULL || path == NULL || !g_str_has_prefix (path, SANDBOX_PREFIX))
    {
      g_task_return_new_error_literal (task, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "The manual is not installed");
      return;
    }

  g_task_return_pointer (task, g_strconcat ("ghelp:", files, path + strlen (SANDBOX_PREFIX) - 1, NULL), g_free);
}

static void
address_found_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autofree char *address = g_task_propagate_pointer (G_TASK (result), &error);

  if (address != NULL)
    open_address (task, address);
  else
    g_task_return_error (task, error);
}

static void
find_address (GTask *task)
{
  Showing *showing = g_task_get_task_data (task);
  g_autoptr (GTask) search = g_task_new (NULL, g_task_get_cancellable (task), address_found_cb, g_object_ref (task));

  g_task_set_source_tag (search, find_address);
  g_task_set_task_data (search, g_strdup (showing->page), g_free);
  g_task_run_in_thread (search, find_address_in_thread);
}

/* Takes @error, which says why nothing opens it in here. */
static void
look_outside (GTask  *task,
              GError *error)
{
  if (!handover_background_in_sandbox () || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_task_return_error (task, error);
      return;
    }

  g_error_free (error);
  find_address (task);
}

/* --- A viewer --- */

static void
launched_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (g_app_info_launch_uris_finish (G_APP_INFO (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    look_outside (task, error);
}

static void
viewer_found_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Showing *showing = g_task_get_task_data (task);
  g_autofree char *address = g_strconcat ("help:handover/", showing->page, NULL);
  g_autoptr (GAppInfo) viewer = NULL;
  g_autoptr (GAppLaunchContext) context = NULL;
  GError *error = NULL;
  GList uris = { .data = address };

  viewer = g_app_info_get_default_for_uri_scheme_finish (result, &error);
  if (viewer == NULL)
    {
      look_outside (task, error);
      return;
    }

  context = G_APP_LAUNCH_CONTEXT (gdk_display_get_app_launch_context (gdk_display_get_default ()));
  g_app_info_launch_uris_async (viewer, &uris, context, g_task_get_cancellable (task), launched_cb, g_object_ref (task));
}

/**
 * handover_help_viewer_show_async:
 * @window: (nullable): where it is asked for
 * @page: a page of the manual, by the name of its file
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is on its way
 * @user_data: for @callback
 *
 * Opens a page of the manual in the app for it.
 */
void
handover_help_viewer_show_async (GtkWindow           *window,
                                 const char          *page,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Showing *showing = g_new0 (Showing, 1);

  g_set_object (&showing->window, window);
  showing->page = g_strdup (page);
  g_task_set_source_tag (task, handover_help_viewer_show_async);
  g_task_set_task_data (task, showing, showing_free);
  g_app_info_get_default_for_uri_scheme_async ("help", cancellable, viewer_found_cb, task);
}

/**
 * handover_help_viewer_show_finish:
 * @result: the result
 * @error: return location for an error
 *
 * Ends handover_help_viewer_show_async().
 *
 * Returns: %FALSE with @error if nothing opens the manual, or the person has changed their mind
 */
gboolean
handover_help_viewer_show_finish (GAsyncResult  *result,
                                  GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
