/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#define G_LOG_DOMAIN "handover-local-backup"

#include "config.h"

#include "client/handover-local-backup.h"

#include <glib/gi18n-lib.h>

#include "client/handover-local-program.h"

#define KEPT "kept "

/* Backups of the service on this computer, made and restored by commands of its program. They work on a file in its own
 * folder; from there, or to there, it is copied: the place that a person chose may be a portal's or another computer's,
 * where a database cannot be. */

typedef struct
{
  GFile *file;
  GFile *part;
  char *kept;
  GError *error;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_clear_object (&job->file);
  g_clear_object (&job->part);
  g_clear_error (&job->error);
  g_free (job->kept);
  g_free (job);
}

static GTask *
new_task (HandoverLocalService *service,
          GFile                *file,
          GCancellable         *cancellable,
          GAsyncReadyCallback   callback,
          gpointer              user_data)
{
  GTask *task = g_task_new (service, cancellable, callback, user_data);
  g_autofree char *unique = g_uuid_string_random ();
  g_autofree char *name = g_strdup_printf ("backup-%s.part", unique);
  Job *job = g_new0 (Job, 1);

  job->file = g_object_ref (file);
  job->part = g_file_new_build_filename (handover_local_service_get_folder (service), name, NULL);
  g_task_set_task_data (task, job, job_free);

  return task;
}

static void
removed_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Job *job = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (!g_file_delete_finish (G_FILE (object), result, &error) && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    g_message ("A file that is needed no more stays: %s", error->message);

  if (job->error != NULL)
    g_task_return_error (task, g_steal_pointer (&job->error));
  else
    g_task_return_pointer (task, g_steal_pointer (&job->kept), g_free);
}

/* Takes @task and @error. */
static void
finish (GTask  *task,
        GError *error)
{
  Job *job = g_task_get_task_data (task);

  job->error = error;
  g_file_delete_async (job->part, G_PRIORITY_DEFAULT, NULL, removed_cb, task);
}

static void
run (HandoverLocalService *service,
     const char           *command,
     GFile                *part,
     GAsyncReadyCallback   callback,
     gpointer              user_data)
{
  const char *arguments[] = {
    handover_local_service_get_program (service), "--data-dir", handover_local_service_get_folder (service),
    command, g_file_peek_path (part), g_str_equal (command, "restore") ? "--replace" : NULL, NULL,
  };

  handover_local_program_spawn_async (arguments, G_SUBPROCESS_FLAGS_STDOUT_PIPE, callback, user_data);
}

static void
given_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  GTask *task = user_data;
  GError *error = NULL;

  if (!g_file_copy_finish (G_FILE (object), result, &error))
    /* Translators: comes before the reason that the system gives */
    g_prefix_error_literal (&error, _("The backup cannot be written there: "));
  finish (task, error);
}

static void
made_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  GTask *task = user_data;
  Job *job = g_task_get_task_data (task);
  GError *error = NULL;

  if (g_subprocess_communicate_utf8_finish (G_SUBPROCESS (object), result, NULL, NULL, &error))
    error = handover_local_program_explain (G_SUBPROCESS (object));
  if (error != NULL)
    finish (task, error);
  else
    g_file_copy_async (job->part, job->file, G_FILE_COPY_OVERWRITE, G_PRIORITY_DEFAULT, g_task_get_cancellable (task),
                       NULL, NULL, given_cb, task);
}

static void
making_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  GTask *task = user_data;
  GError *error = NULL;
  g_autoptr (GSubprocess) process = handover_local_program_spawn_finish (result, &error);

  if (process == NULL)
    finish (task, error);
  else
    g_subprocess_communicate_utf8_async (process, NULL, NULL, made_cb, task);
}

/**
 * handover_local_backup_make_async:
 * @service: the service on this computer, which may be running
 * @file: where the backup goes; what is there is replaced
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is there
 * @user_data: for @callback
 *
 * Copies everything that the service has accepted into one file.
 */
void
handover_local_backup_make_async (HandoverLocalService *service,
                                  GFile                *file,
                                  GCancellable         *cancellable,
                                  GAsyncReadyCallback   callback,
                                  gpointer              user_data)
{
  GTask *task = new_task (service, file, cancellable, callback, user_data);
  Job *job = g_task_get_task_data (task);

  g_task_set_source_tag (task, handover_local_backup_make_async);
  run (service, "backup", job->part, making_cb, task);
}

/**
 * handover_local_backup_make_finish:
 * @service: the service
 * @result: the result
 * @error: return location for an error that a person can read
 *
 * Ends handover_local_backup_make_async().
 *
 * Returns: whether the backup is there
 */
gboolean
handover_local_backup_make_finish (HandoverLocalService  *service,
                                   GAsyncResult          *result,
                                   GError               **error)
{
  return !g_task_had_error (G_TASK (result)) || g_task_propagate_pointer (G_TASK (result), error) != NULL;
}

static void
started_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  GTask *task = user_data;
  Job *job = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  /* Why the restoring failed says more than what came of it. */
  if (!handover_local_service_start_finish (HANDOVER_LOCAL_SERVICE (object), result, &error) && job->error == NULL)
    job->error = g_steal_pointer (&error);
  finish (task, g_steal_pointer (&job->error));
}

/* Takes @error. With what was restored, or with what was there before: the service goes on. */
static void
start_again (GTask  *task,
             GError *error)
{
  Job *job = g_task_get_task_data (task);

  job->error = error;
  handover_local_service_start_async (g_task_get_source_object (task), NULL, started_cb, task);
}

static void
restored_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  GTask *task = user_data;
  Job *job = g_task_get_task_data (task);
  g_autofree char *said = NULL;
  GError *error = NULL;

  if (g_subprocess_communicate_utf8_finish (G_SUBPROCESS (object), result, &said, NULL, &error))
    error = handover_local_program_explain (G_SUBPROCESS (object));
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA))
    {
      g_clear_error (&error);
      error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                                   _("This file is damaged, or is no backup of Handover's. Nothing was changed."));
    }
  if (error == NULL && said != NULL && g_str_has_prefix (said, KEPT))
    job->kept = g_strndup (said + strlen (KEPT), strcspn (said + strlen (KEPT), "\n"));
  start_again (task, error);
}

static void
restoring_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  GTask *task = user_data;
  GError *error = NULL;
  g_autoptr (GSubprocess) process = handover_local_program_spawn_finish (result, &error);

  if (process == NULL)
    start_again (task, error);
  else
    g_subprocess_communicate_utf8_async (process, NULL, NULL, restored_cb, task);
}

static void
stopped_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  GTask *task = user_data;
  Job *job = g_task_get_task_data (task);

  handover_local_service_stop_finish (HANDOVER_LOCAL_SERVICE (object), result);
  run (HANDOVER_LOCAL_SERVICE (object), "restore", job->part, restoring_cb, task);
}

static void
taken_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  GTask *task = user_data;
  GError *error = NULL;

  if (g_file_copy_finish (G_FILE (object), result, &error))
    {
      handover_local_service_stop_async (g_task_get_source_object (task), stopped_cb, task);
      return;
    }

  /* Translators: comes before the reason that the system gives */
  g_prefix_error_literal (&error, _("The backup cannot be read: "));
  finish (task, error);
}

/**
 * handover_local_backup_restore_async:
 * @service: the service on this computer
 * @file: a backup
 * @cancellable: (nullable): a cancellable; from when the service stops, this goes to its end
 * @callback: called when the service runs again
 * @user_data: for @callback
 *
 * Makes a backup the service's data, and keeps a copy of what was there. Whoever is signed in stays so if the backup
 * knows the session.
 */
void
handover_local_backup_restore_async (HandoverLocalService *service,
                                     GFile                *file,
                                     GCancellable         *cancellable,
                                     GAsyncReadyCallback   callback,
                                     gpointer              user_data)
{
  GTask *task = new_task (service, file, cancellable, callback, user_data);
  Job *job = g_task_get_task_data (task);

  g_task_set_source_tag (task, handover_local_backup_restore_async);
  g_task_set_check_cancellable (task, FALSE);
  g_file_copy_async (file, job->part, G_FILE_COPY_TARGET_DEFAULT_PERMS, G_PRIORITY_DEFAULT, cancellable, NULL, NULL,
                     taken_cb, task);
}

/**
 * handover_local_backup_restore_finish:
 * @service: the service
 * @result: the result
 * @error: return location for an error that a person can read
 *
 * Ends handover_local_backup_restore_async().
 *
 * Returns: (transfer full) (nullable): where the copy is of what was there; %NULL with @error if it failed
 */
char *
handover_local_backup_restore_finish (HandoverLocalService  *service,
                                      GAsyncResult          *result,
                                      GError               **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
