/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#define G_LOG_DOMAIN "handover-mirror-files"

#include "client/store/handover-mirror.h"

#include <errno.h>
#include <glib/gstdio.h>

#include "client/store/handover-client-store-resources.h"
#include "client/store/handover-file-folder.h"
#include "client/store/handover-mirror-private.h"
#include "core/handover-time.h"

/* The mirror's files: opened, put aside when damaged, and removed. */

#define RESOURCES "/dev/handover/client/store/"

/* --- Opening --- */

static gpointer
open_handle (HandoverDatabase  *database,
             gboolean           writer,
             gpointer           user_data,
             GError           **error)
{
  HandoverMirrorHandle *handle;

  if (writer && !handover_database_migrate (database, RESOURCES "migrations", error))
    return NULL;
  if (!handover_database_add_statements (database, RESOURCES "statements/", error))
    return NULL;

  handle = g_new0 (HandoverMirrorHandle, 1);
  handle->database = g_object_ref (database);
  return handle;
}

static void
close_handle (gpointer data)
{
  HandoverMirrorHandle *handle = data;

  g_object_unref (handle->database);
  g_free (handle);
}

static void
batch_ended (gpointer data,
             gboolean committed,
             gpointer user_data)
{
  HandoverMirrorHandle *handle = data;

  if (!committed && handle->failed_event == 0)
    handle->failed_event = handle->first_event;
  handle->first_event = 0;
}

static HandoverWorkers *
open_workers (const char  *path,
              GError     **error)
{
  HandoverWorkersOptions options = {
    .path = path,
    .n_readers = 2,
    .queue_limit = 100000,
    .open = open_handle,
    .close = close_handle,
    .batch_ended = batch_ended,
  };

  return handover_workers_open (&options, error);
}

/* Drafts may be all that is lost with a damaged file; it is put aside and not thrown away. */
static gboolean
put_aside (const char  *path,
           GError     **error)
{
  static const char *const suffixes[] = { "", "-wal", "-shm" };
  g_autofree char *aside = g_strdup_printf ("%s.damaged-%" G_GINT64_FORMAT, path, handover_time_now ());

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *from = g_strconcat (path, suffixes[i], NULL);
      g_autofree char *to = g_strconcat (aside, suffixes[i], NULL);

      if (g_rename (from, to) != 0 && errno != ENOENT)
        {
          int saved = errno;

          g_set_error (error, G_IO_ERROR, g_io_error_from_errno (saved), "%s: %s", from, g_strerror (saved));
          return FALSE;
        }
    }

  g_warning ("The mirror was damaged; it is kept as %s", aside);
  return TRUE;
}

static gboolean
open_files (HandoverMirror  *self,
            GError         **error)
{
  g_autoptr (GError) local = NULL;

  self->workers = open_workers (self->path, &local);
  if (g_error_matches (local, HANDOVER_DATABASE_ERROR, HANDOVER_DATABASE_ERROR_CORRUPT)
      && put_aside (self->path, error))
    {
      g_clear_error (&local);
      self->workers = open_workers (self->path, &local);
    }
  if (self->workers == NULL)
    {
      if (error != NULL && *error == NULL)
        g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }

  self->reader = handover_database_open (self->path, HANDOVER_DATABASE_READ_ONLY, error);
  return self->reader != NULL
      && handover_database_add_statements (self->reader, RESOURCES "statements/", error)
      && handover_mirror_load_objects (self, error);
}

typedef struct
{
  char *path;
  char *operator_id;
} Opening;

static void
opening_free (gpointer data)
{
  Opening *opening = data;

  g_free (opening->path);
  g_free (opening->operator_id);
  g_free (opening);
}

/* The object is made here and given away: this thread must not be the one to drop the last reference to it. */
static void
open_thread (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  Opening *opening = task_data;
  g_autoptr (HandoverMirror) self = g_object_new (HANDOVER_TYPE_MIRROR, NULL);
  g_autofree char *folder = g_path_get_dirname (opening->path);
  g_autoptr (GError) error = NULL;

  self->path = g_steal_pointer (&opening->path);
  self->operator_id = g_steal_pointer (&opening->operator_id);
  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      int saved = errno;

      g_task_return_new_error (task, G_IO_ERROR, g_io_error_from_errno (saved), "%s: %s", folder, g_strerror (saved));
      return;
    }

  if (open_files (self, &error))
    g_task_return_pointer (task, g_steal_pointer (&self), g_object_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * handover_mirror_open_async:
 * @folder: where mirrors lie
 * @service: the service's address
 * @operator_id: who is signed in there
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is open
 * @user_data: for @callback
 *
 * Opens the mirror of an account, and makes it when it is not there. Its file is readable by its owner alone.
 */
void
handover_mirror_open_async (const char          *folder,
                            const char          *service,
                            const char          *operator_id,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autofree char *account = g_strjoin ("\n", service, operator_id, NULL);
  g_autofree char *name = g_compute_checksum_for_string (G_CHECKSUM_SHA256, account, -1);
  g_autofree char *file = g_strconcat (name, ".sqlite", NULL);
  Opening *opening = g_new0 (Opening, 1);

  /* They register themselves, but lie in a static library: naming them here is what links them in. */
  handover_client_store_get_resource ();
  opening->path = g_build_filename (folder, file, NULL);
  opening->operator_id = g_strdup (operator_id);
  g_task_set_source_tag (task, handover_mirror_open_async);
  g_task_set_task_data (task, opening, opening_free);
  g_task_run_in_thread (task, open_thread);
}

/**
 * handover_mirror_open_finish:
 * @result: what the callback was given
 * @error: return location; %HANDOVER_DATABASE_ERROR_NEWER if a newer version of the app has used the file
 *
 * Returns: (transfer full) (nullable): the mirror
 */
HandoverMirror *
handover_mirror_open_finish (GAsyncResult  *result,
                             GError       **error)
{
  HandoverMirror *self = g_task_propagate_pointer (G_TASK (result), error);

  if (self != NULL)
    handover_mirror_count (self);
  return self;
}

/* --- Removing --- */

typedef struct
{
  HandoverWorkers *workers;
  char *path;
} Removal;

static void
removal_free (gpointer data)
{
  Removal *removal = data;

  g_object_unref (removal->workers);
  g_free (removal->path);
  g_free (removal);
}

static void
remove_thread (GTask        *task,
               gpointer      source_object,
               gpointer      task_data,
               GCancellable *cancellable)
{
  static const char *const suffixes[] = { "-wal", "-shm", "" };
  Removal *removal = task_data;
  g_autofree char *folder = NULL;
  GError *error = NULL;

  handover_workers_close (removal->workers);
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *path = g_strconcat (removal->path, suffixes[i], NULL);

      if (g_unlink (path) != 0 && errno != ENOENT)
        {
          int saved = errno;

          g_task_return_new_error (task, G_IO_ERROR, g_io_error_from_errno (saved), "%s: %s", path,
                                   g_strerror (saved));
          return;
        }
    }

  folder = handover_file_folder_get_path (removal->path);
  if (handover_file_folder_remove (folder, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
files_removed_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * handover_mirror_dup_folder:
 * @self: a mirror
 *
 * Names the folder beside the mirror's file where the account's other files are, if there are any.
 *
 * Returns: (transfer full): its path
 */
char *
handover_mirror_dup_folder (HandoverMirror *self)
{
  g_return_val_if_fail (HANDOVER_IS_MIRROR (self), NULL);

  return handover_file_folder_get_path (self->path);
}

/**
 * handover_mirror_remove_async:
 * @self: a mirror
 * @cancellable: (nullable): a cancellable
 * @callback: called when the file is gone
 * @user_data: for @callback
 *
 * Closes the mirror for good and deletes its file, drafts and unsent replies with it, and the folder of files beside it.
 */
void
handover_mirror_remove_async (HandoverMirror      *self,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr (GTask) thread = NULL;
  GTask *task;
  Removal *removal;

  g_return_if_fail (HANDOVER_IS_MIRROR (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, handover_mirror_remove_async);
  g_cancellable_cancel (self->closing);
  g_clear_object (&self->reader);

  /* The thread knows nothing of the mirror, whose last reference it could otherwise drop. */
  removal = g_new0 (Removal, 1);
  removal->workers = g_object_ref (self->workers);
  removal->path = g_strdup (self->path);
  thread = g_task_new (NULL, cancellable, files_removed_cb, task);
  g_task_set_source_tag (thread, handover_mirror_remove_async);
  g_task_set_task_data (thread, removal, removal_free);
  g_task_run_in_thread (thread, remove_thread);
}

/**
 * handover_mirror_remove_finish:
 * @self: a mirror
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: whether the file is gone
 */
gboolean
handover_mirror_remove_finish (HandoverMirror  *self,
                               GAsyncResult    *result,
                               GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
