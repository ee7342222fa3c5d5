/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "config.h"

#include "client/handover-local-program.h"

#include <glib/gi18n-lib.h>

#include "core/handover-exit-status.h"

/* The program of the service as the app has it: where it lies, how it is started, what its end means. */

/**
 * handover_local_program_find:
 *
 * Finds the service's program: beside the app's own, or where it is installed. `HANDOVER_SERVICE_PROGRAM` names another,
 * for an app that runs from where it was built.
 *
 * Returns: (transfer full): its path, where it may be missing
 */
char *
handover_local_program_find (void)
{
  const char *named = g_getenv ("HANDOVER_SERVICE_PROGRAM");
  g_autofree char *own = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *beside = NULL;

  if (named != NULL)
    return g_strdup (named);

  own = g_file_read_link ("/proc/self/exe", NULL);
  folder = own != NULL ? g_path_get_dirname (own) : g_strdup (BINDIR);
  beside = g_build_filename (folder, "handoverd", NULL);
  if (g_file_test (beside, G_FILE_TEST_IS_EXECUTABLE))
    return g_steal_pointer (&beside);

  return g_build_filename (BINDIR, "handoverd", NULL);
}

typedef struct
{
  char **arguments;
  GSubprocessFlags flags;
} Spawning;

static void
spawning_free (gpointer data)
{
  Spawning *spawning = data;

  g_strfreev (spawning->arguments);
  g_free (spawning);
}

static void
spawn_thread (GTask        *task,
              gpointer      object,
              gpointer      data,
              GCancellable *cancellable)
{
  Spawning *spawning = data;
  g_autoptr (GError) error = NULL;
  GSubprocess *process = g_subprocess_newv ((const char * const *) spawning->arguments, spawning->flags, &error);

  if (process != NULL)
    g_task_return_pointer (task, process, g_object_unref);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                             /* Translators: the first %s is a file, the second the reason that the system gives */
                             _("%s cannot be started (%s). Install Handover again."), spawning->arguments[0],
                             error->message);
}

/**
 * handover_local_program_spawn_async:
 * @arguments: the program and its arguments
 * @flags: which of its streams to hold
 * @callback: called when it was started
 * @user_data: for @callback
 *
 * Starts a program, which takes as long as the disk does: so no main loop waits for it.
 */
void
handover_local_program_spawn_async (const char * const  *arguments,
                                    GSubprocessFlags     flags,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);
  Spawning *spawning = g_new0 (Spawning, 1);

  spawning->arguments = g_strdupv ((char **) arguments);
  spawning->flags = flags;
  g_task_set_source_tag (task, handover_local_program_spawn_async);
  g_task_set_task_data (task, spawning, spawning_free);
  g_task_run_in_thread (task, spawn_thread);
}

/**
 * handover_local_program_spawn_finish:
 * @result: the result
 * @error: return location for an error that a person can read
 *
 * Ends handover_local_program_spawn_async().
 *
 * Returns: (transfer full) (nullable): the child
 */
GSubprocess *
handover_local_program_spawn_finish (GAsyncResult  *result,
                                     GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static GError *
explain_status (int status)
{
  switch ((HandoverExitStatus) status)
    {
    case HANDOVER_EXIT_FOLDER_BUSY:
      return g_error_new_literal (G_IO_ERROR, G_IO_ERROR_BUSY,
                                  _("Another Handover, perhaps in another session, uses this computer's service. "
                                    "Quit it there."));
    case HANDOVER_EXIT_ADDRESS_BUSY:
      return g_error_new_literal (G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE,
                                  _("Another program answers at the address of this computer's service."));
    case HANDOVER_EXIT_NEWER:
      return g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                                  _("A newer version of Handover wrote the data. Update Handover."));
    case HANDOVER_EXIT_FULL:
      return g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NO_SPACE, _("The disk is full. Make room on it."));
    case HANDOVER_EXIT_UNREADABLE:
      return g_error_new_literal (G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
                                  _("A file cannot be read or written. Check the permissions of Handover's data folder."));
    case HANDOVER_EXIT_DAMAGED:
      return g_error_new_literal (G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                                  _("The data is damaged. Restore a backup that is whole."));
    case HANDOVER_EXIT_DONE:
    case HANDOVER_EXIT_FAILED:
    case HANDOVER_EXIT_USAGE:
    default:
      return g_error_new (G_IO_ERROR, G_IO_ERROR_FAILED,
                          /* Translators: %d is a number that programs end with */
                          _("The service ended by itself (status %d). The system's log says more."), status);
    }
}

/**
 * handover_local_program_explain:
 * @process: a child that has ended
 *
 * Says in plain words why the service, or one of its commands, ended.
 *
 * Returns: (transfer full) (nullable): the reason, %NULL for a good end
 */
GError *
handover_local_program_explain (GSubprocess *process)
{
  if (!g_subprocess_get_if_exited (process))
    return g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, _("The service was ended from outside, or crashed."));

  if (g_subprocess_get_successful (process))
    return NULL;

  return explain_status (g_subprocess_get_exit_status (process));
}
