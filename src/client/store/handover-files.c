/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#define G_LOG_DOMAIN "handover-files"

#include "client/store/handover-files.h"

#include <glib/gstdio.h>
#include <utime.h>

#include "client/store/handover-file-folder.h"
#include "core/handover-problem.h"

/**
 * HandoverFiles:
 *
 * The files of an account's transcripts: downloaded when somebody wants to see them, and kept for the next time, the last
 * ones up to a limit. A file that is on its way already is waited for, not asked for again.
 */
struct _HandoverFiles
{
  GObject parent_instance;

  char *folder;
  gint64 limit;
  HandoverGateway *gateway;
  GHashTable *arrivals;
  GQueue waiting;
  guint n_running;
};

G_DEFINE_FINAL_TYPE (HandoverFiles, handover_files, G_TYPE_OBJECT)

/* At once: calls must not wait behind files. */
#define DOWNLOADS 3

/* One file on its way, or waiting for its turn, and all who wait for it. */
typedef struct
{
  HandoverFiles *files;
  HandoverAttachment *attachment;
  GCancellable *cancellable;
  GFile *target;
  GPtrArray *waiters;
  goffset received;
  gboolean running;
} Arrival;

/* One who waits; the data of a task. */
typedef struct
{
  HandoverAttachment *attachment;
  GFileProgressCallback progress;
  gpointer progress_data;
  Arrival *arrival;
  gulong cancelled;
} Waiter;

static void
waiter_free (gpointer data)
{
  Waiter *waiter = data;

  g_object_unref (waiter->attachment);
  g_free (waiter);
}

static void
arrival_free (Arrival *arrival)
{
  g_object_unref (arrival->attachment);
  g_object_unref (arrival->cancellable);
  g_object_unref (arrival->target);
  g_ptr_array_unref (arrival->waiters);
  g_object_unref (arrival->files);
  g_free (arrival);
}

static void
handover_files_dispose (GObject *object)
{
  g_clear_object (&HANDOVER_FILES (object)->gateway);

  G_OBJECT_CLASS (handover_files_parent_class)->dispose (object);
}

static void
handover_files_finalize (GObject *object)
{
  HandoverFiles *self = HANDOVER_FILES (object);

  g_hash_table_unref (self->arrivals);
  g_free (self->folder);

  G_OBJECT_CLASS (handover_files_parent_class)->finalize (object);
}

static void
handover_files_class_init (HandoverFilesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = handover_files_dispose;
  object_class->finalize = handover_files_finalize;
}

static void
handover_files_init (HandoverFiles *self)
{
  self->arrivals = g_hash_table_new (g_str_hash, g_str_equal);
}

/**
 * handover_files_new:
 * @folder: the account's folder, which is made when it is needed
 * @limit: how many bytes to keep
 *
 * Returns: (transfer full): the files of an account
 */
HandoverFiles *
handover_files_new (const char *folder,
                    gint64      limit)
{
  HandoverFiles *self = g_object_new (HANDOVER_TYPE_FILES, NULL);

  self->folder = g_strdup (folder);
  self->limit = limit;
  return self;
}

/* --- On the disk --- */

static char *
get_path (HandoverFiles      *self,
          HandoverAttachment *attachment)
{
  return handover_file_folder_get_download (self->folder, attachment->id, attachment->name);
}

typedef struct
{
  char *path;
  char *folder;
  gint64 size;
  gint64 limit;
} Place;

static void
place_free (gpointer data)
{
  Place *place = data;

  g_free (place->path);
  g_free (place->folder);
  g_free (place);
}

static Place *
place_new (HandoverFiles      *self,
           HandoverAttachment *attachment)
{
  Place *place = g_new0 (Place, 1);

  place->path = get_path (self, attachment);
  place->folder = g_strdup (self->folder);
  place->size = attachment->size;
  place->limit = self->limit;
  return place;
}

/* What is looked at is kept longest; a folder for what comes is made on the way. */
static void
look_thread (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  Place *place = task_data;
  g_autofree char *folder = g_path_get_dirname (place->path);
  GStatBuf about;
  gboolean there = g_stat (place->path, &about) == 0 && about.st_size == place->size;

  if (there)
    g_utime (place->path, NULL);
  else
    g_mkdir_with_parents (folder, 0700);
  g_task_return_boolean (task, there);
}

static void
trim_thread (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  Place *place = task_data;

  handover_file_folder_trim (place->folder, place->limit);
  g_task_return_boolean (task, TRUE);
}

/* --- From the service --- */

static void
answer_waiter (GTask        *task,
               GFile        *file,
               const GError *error)
{
  g_autoptr (GTask) owned = task;
  Waiter *waiter = g_task_get_task_data (task);

  waiter->arrival = NULL;
  g_cancellable_disconnect (g_task_get_cancellable (task), waiter->cancelled);
  waiter->cancelled = 0;
  if (file != NULL)
    g_task_return_pointer (task, g_object_ref (file), g_object_unref);
  else
    g_task_return_error (task, g_error_copy (error));
}

/* Whoever comes later begins anew. */
static void
take_out (Arrival *arrival)
{
  HandoverFiles *self = arrival->files;

  if (g_hash_table_lookup (self->arrivals, arrival->attachment->id) == arrival)
    g_hash_table_remove (self->arrivals, arrival->attachment->id);
}

static void
end_arrival (Arrival      *arrival,
             GFile        *file,
             const GError *error)
{
  take_out (arrival);
  while (arrival->waiters->len > 0)
    answer_waiter (g_ptr_array_steal_index (arrival->waiters, 0), file, error);
  arrival_free (arrival);
}

static void run_next (HandoverFiles *self);

static void
downloaded_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  Arrival *arrival = user_data;
  g_autoptr (HandoverFiles) self = g_object_ref (arrival->files);
  g_autoptr (GError) error = NULL;
  gboolean done = handover_gateway_download_finish (HANDOVER_GATEWAY (source), result, &error);
  g_autoptr (GTask) trimming = g_task_new (NULL, NULL, NULL, NULL);

  g_task_set_source_tag (trimming, downloaded_cb);
  g_task_set_task_data (trimming, place_new (self, arrival->attachment), place_free);
  g_task_run_in_thread (trimming, trim_thread);

  self->n_running--;
  end_arrival (arrival, done ? arrival->target : NULL, error);
  run_next (self);
}

static void
progress_cb (goffset  current,
             goffset  total,
             gpointer data)
{
  Arrival *arrival = data;

  arrival->received = current;
  for (guint i = 0; i < arrival->waiters->len; i++)
    {
      Waiter *waiter = g_task_get_task_data (g_ptr_array_index (arrival->waiters, i));

      if (waiter->progress != NULL)
        waiter->progress (current, total, waiter->progress_data);
    }
}

static void
run_next (HandoverFiles *self)
{
  while (self->n_running < DOWNLOADS && self->gateway != NULL && !g_queue_is_empty (&self->waiting))
    {
      Arrival *arrival = g_queue_pop_head (&self->waiting);

      arrival->running = TRUE;
      self->n_running++;
      handover_gateway_download_async (self->gateway, arrival->attachment->id, arrival->target, arrival->attachment->size,
                                       progress_cb, arrival, arrival->cancellable, downloaded_cb, arrival);
    }
}

static void
give_up (Arrival *arrival)
{
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "cancelled");

  if (arrival->running)
    {
      take_out (arrival);
      g_cancellable_cancel (arrival->cancellable);
    }
  else
    {
      g_queue_remove (&arrival->files->waiting, arrival);
      end_arrival (arrival, NULL, error);
    }
}

static gboolean
leave_cb (gpointer data)
{
  GTask *task = data;
  Waiter *waiter = g_task_get_task_data (task);
  Arrival *arrival = waiter->arrival;
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "cancelled");
  guint place;

  if (arrival == NULL || !g_ptr_array_find (arrival->waiters, task, &place))
    return G_SOURCE_REMOVE;

  g_ptr_array_steal_index (arrival->waiters, place);
  answer_waiter (task, NULL, error);
  if (arrival->waiters->len == 0)
    give_up (arrival);
  return G_SOURCE_REMOVE;
}

/* Inside g_cancellable_cancel() the handler cannot be disconnected. */
static void
cancelled_cb (GCancellable *cancellable,
              gpointer      data)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, leave_cb, g_object_ref (data), g_object_unref);
}

static Arrival *
begin_arrival (HandoverFiles      *self,
               HandoverAttachment *attachment)
{
  Arrival *arrival = g_new0 (Arrival, 1);
  g_autofree char *path = get_path (self, attachment);

  arrival->files = g_object_ref (self);
  arrival->attachment = g_object_ref (attachment);
  arrival->cancellable = g_cancellable_new ();
  arrival->target = g_file_new_for_path (path);
  arrival->waiters = g_ptr_array_new ();
  g_hash_table_insert (self->arrivals, attachment->id, arrival);
  g_queue_push_tail (&self->waiting, arrival);
  return arrival;
}

static void
looked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  HandoverFiles *self = g_task_get_source_object (task);
  Waiter *waiter = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);

  if (g_task_return_error_if_cancelled (task))
    return;
  if (g_task_propagate_boolean (G_TASK (result), NULL))
    {
      g_autofree char *path = get_path (self, waiter->attachment);

      g_task_return_pointer (task, g_file_new_for_path (path), g_object_unref);
      return;
    }
  if (self->gateway == NULL)
    {
      g_task_return_new_error (task, HANDOVER_PROBLEM, HANDOVER_PROBLEM_UNREACHABLE, "There is no connection");
      return;
    }

  waiter->arrival = g_hash_table_lookup (self->arrivals, waiter->attachment->id);
  if (waiter->arrival == NULL)
    waiter->arrival = begin_arrival (self, waiter->attachment);
  g_ptr_array_add (waiter->arrival->waiters, g_object_ref (task));
  if (waiter->arrival->received > 0 && waiter->progress != NULL)
    waiter->progress (waiter->arrival->received, waiter->attachment->size, waiter->progress_data);
  if (cancellable != NULL)
    waiter->cancelled = g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb), task, NULL);
  run_next (self);
}

/**
 * handover_files_set_gateway:
 * @self: the files
 * @gateway: (nullable): the way to the service
 *
 * Says how to download. Without a way nothing more comes, and whoever waits is told so.
 */
void
handover_files_set_gateway (HandoverFiles   *self,
                            HandoverGateway *gateway)
{
  g_autoptr (GPtrArray) arrivals = NULL;

  g_return_if_fail (HANDOVER_IS_FILES (self));

  g_set_object (&self->gateway, gateway);
  if (gateway != NULL)
    return;

  arrivals = g_hash_table_get_values_as_ptr_array (self->arrivals);
  for (guint i = 0; i < arrivals->len; i++)
    give_up (g_ptr_array_index (arrivals, i));
}

/**
 * handover_files_get_async:
 * @self: the files
 * @attachment: an attachment of a message that the service has
 * @progress: (nullable) (scope forever): told how much has come, until @callback
 * @progress_data: for @progress
 * @cancellable: (nullable): gives up
 * @callback: called when the file is there
 * @user_data: for @callback
 *
 * Gets a file: from the disk if it is there, else from the service.
 */
void
handover_files_get_async (HandoverFiles         *self,
                          HandoverAttachment    *attachment,
                          GFileProgressCallback  progress,
                          gpointer               progress_data,
                          GCancellable          *cancellable,
                          GAsyncReadyCallback    callback,
                          gpointer               user_data)
{
  GTask *task;
  Waiter *waiter;
  g_autoptr (GTask) looking = NULL;

  g_return_if_fail (HANDOVER_IS_FILES (self));
  g_return_if_fail (HANDOVER_IS_ATTACHMENT (attachment));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, handover_files_get_async);
  waiter = g_new0 (Waiter, 1);
  waiter->attachment = g_object_ref (attachment);
  waiter->progress = progress;
  waiter->progress_data = progress_data;
  g_task_set_task_data (task, waiter, waiter_free);

  looking = g_task_new (NULL, NULL, looked_cb, task);
  g_task_set_source_tag (looking, handover_files_get_async);
  g_task_set_task_data (looking, place_new (self, attachment), place_free);
  g_task_run_in_thread (looking, look_thread);
}

/**
 * handover_files_get_finish:
 * @self: the files
 * @result: what the callback was given
 * @error: return location; of %HANDOVER_PROBLEM with a text for people, or cancelled
 *
 * Returns: (transfer full) (nullable): the file, under its own name, to be read and not to be changed
 */
GFile *
handover_files_get_finish (HandoverFiles  *self,
                           GAsyncResult   *result,
                           GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
