/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "database/handover-workers.h"

#include "database/handover-worker.h"

#define QUEUE_LIMIT 4096
#define BATCH_LIMIT 512

struct _HandoverWorkers
{
  GObject parent_instance;

  HandoverQueue *shared;
  GPtrArray *threads;
};

G_DEFINE_FINAL_TYPE (HandoverWorkers, handover_workers, G_TYPE_OBJECT)

static void
request_close (HandoverWorkers *self)
{
  g_mutex_lock (&self->shared->mutex);
  self->shared->closed = TRUE;
  g_cond_broadcast (&self->shared->writes_changed);
  g_cond_broadcast (&self->shared->reads_changed);
  g_mutex_unlock (&self->shared->mutex);
}

static void
handover_workers_finalize (GObject *object)
{
  HandoverWorkers *self = HANDOVER_WORKERS (object);

  /* Not joined: this may be the main thread, or one of the workers. They end by themselves. */
  if (self->shared != NULL)
    request_close (self);
  g_clear_pointer (&self->threads, g_ptr_array_unref);
  if (self->shared != NULL)
    g_atomic_rc_box_release_full (self->shared, handover_queue_clear);

  G_OBJECT_CLASS (handover_workers_parent_class)->finalize (object);
}

static void
handover_workers_class_init (HandoverWorkersClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = handover_workers_finalize;
}

static void
handover_workers_init (HandoverWorkers *self)
{
  self->threads = g_ptr_array_new_with_free_func ((GDestroyNotify) g_thread_unref);
}

static HandoverQueue *
shared_new (const HandoverWorkersOptions *options)
{
  HandoverQueue *shared = g_atomic_rc_box_new0 (HandoverQueue);

  shared->options = *options;
  shared->path = g_strdup (options->path);
  if (shared->options.queue_limit == 0)
    shared->options.queue_limit = QUEUE_LIMIT;
  if (shared->options.batch_limit == 0)
    shared->options.batch_limit = BATCH_LIMIT;
  g_mutex_init (&shared->mutex);
  g_cond_init (&shared->writes_changed);
  g_cond_init (&shared->reads_changed);
  g_cond_init (&shared->readers_left);

  return shared;
}

/**
 * handover_workers_open:
 * @options: what to open and how; copied
 * @error: return location
 *
 * Opens the database once for writing and once for each reader, and starts their threads. It waits for the disk:
 * an application calls it from a thread of its own.
 *
 * Returns: (transfer full) (nullable): the workers
 */
HandoverWorkers *
handover_workers_open (const HandoverWorkersOptions  *options,
                       GError                       **error)
{
  g_autoptr (HandoverWorkers) self = g_object_new (HANDOVER_TYPE_WORKERS, NULL);
  g_autoptr (GPtrArray) workers = g_ptr_array_new_with_free_func (handover_worker_free);

  g_return_val_if_fail (options != NULL && options->path != NULL, NULL);
  g_return_val_if_fail (options->n_readers > 0, NULL);

  self->shared = shared_new (options);
  for (guint i = 0; i <= options->n_readers; i++)
    {
      HandoverWorker *worker = handover_worker_new (self->shared, i == 0, error);

      if (worker == NULL)
        return NULL;
      g_ptr_array_add (workers, worker);
    }

  self->shared->n_readers = options->n_readers;
  for (guint i = 0; workers->len > 0; i++)
    {
      HandoverWorker *worker = g_ptr_array_steal_index (workers, 0);

      g_ptr_array_add (self->threads,
                       i == 0 ? g_thread_new ("database-writer", handover_worker_write, worker)
                              : g_thread_new ("database-reader", handover_worker_read, worker));
    }

  return g_steal_pointer (&self);
}

/**
 * handover_workers_close:
 * @self: workers
 *
 * Refuses new jobs, waits until those that are queued have been done, and ends the threads. Their callbacks
 * still arrive. Not to be called from a job.
 */
void
handover_workers_close (HandoverWorkers *self)
{
  g_return_if_fail (HANDOVER_IS_WORKERS (self));

  request_close (self);
  while (self->threads->len > 0)
    g_thread_join (g_ptr_array_steal_index (self->threads, 0));
}

static gboolean
enqueue (HandoverWorkers  *self,
         GTask            *task,
         GQueue           *queue,
         GCond            *changed,
         GError          **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->shared->mutex);

  if (self->shared->closed)
    {
      g_set_error (error, HANDOVER_DATABASE_ERROR, HANDOVER_DATABASE_ERROR_CLOSED, "The database is closed");
      return FALSE;
    }
  if (queue->length >= self->shared->options.queue_limit)
    {
      g_set_error (error, HANDOVER_DATABASE_ERROR, HANDOVER_DATABASE_ERROR_BUSY,
                   "Too much is waiting already; try again in a moment");
      return FALSE;
    }

  g_queue_push_tail (queue, g_object_ref (task));
  g_cond_signal (changed);
  return TRUE;
}

static GTask *
job_task_new (HandoverWorkers     *self,
              HandoverJobFunc      func,
              gpointer             job,
              GDestroyNotify       destroy,
              GCancellable        *cancellable,
              GAsyncReadyCallback  callback,
              gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  HandoverJob *data = g_new0 (HandoverJob, 1);

  data->func = func;
  data->job = job;
  data->job_free = destroy;
  g_task_set_task_data (task, data, handover_job_free);

  return task;
}

/**
 * handover_workers_write_async:
 * @self: workers
 * @func: the job
 * @job: (nullable) (transfer full): its data, the job's alone until @callback
 * @job_free: (nullable): frees @job, on the caller's context
 * @cancellable: (nullable): keeps the job from starting; one that has started ends, and tells how
 * @callback: called when the job is committed or has failed
 * @user_data: for @callback
 *
 * Queues a write. Writes are done in the order of the calls; those that have queued up share one commit, but a
 * failing one is undone alone. If the commit itself fails, all of them have failed.
 */
void
handover_workers_write_async (HandoverWorkers     *self,
                              HandoverJobFunc      func,
                              gpointer             job,
                              GDestroyNotify       job_free_func,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GError) error = NULL;

  g_return_if_fail (HANDOVER_IS_WORKERS (self));
  g_return_if_fail (func != NULL);

  task = job_task_new (self, func, job, job_free_func, cancellable, callback, user_data);
  g_task_set_source_tag (task, handover_workers_write_async);
  /* Once committed it must not be reported as cancelled. */
  g_task_set_check_cancellable (task, FALSE);

  if (!enqueue (self, task, &self->shared->writes, &self->shared->writes_changed, &error))
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * handover_workers_read_async:
 * @self: workers
 * @func: the job; all it reads is one snapshot
 * @job: (nullable) (transfer full): its data, the job's alone until @callback
 * @job_free: (nullable): frees @job, on the caller's context
 * @cancellable: (nullable): keeps the job from starting, and hides its result
 * @callback: called when the job is done
 * @user_data: for @callback
 *
 * Queues a read for the next reader that is free.
 */
void
handover_workers_read_async (HandoverWorkers     *self,
                             HandoverJobFunc      func,
                             gpointer             job,
                             GDestroyNotify       job_free_func,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GError) error = NULL;

  g_return_if_fail (HANDOVER_IS_WORKERS (self));
  g_return_if_fail (func != NULL);

  task = job_task_new (self, func, job, job_free_func, cancellable, callback, user_data);
  g_task_set_source_tag (task, handover_workers_read_async);

  if (!enqueue (self, task, &self->shared->reads, &self->shared->reads_changed, &error))
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * handover_workers_finish:
 * @self: workers
 * @result: what the callback was given
 * @error: return location: the job's own, or %HANDOVER_DATABASE_ERROR
 *
 * Returns: whether the job succeeded; for a write, that it is committed
 */
gboolean
handover_workers_finish (HandoverWorkers  *self,
                         GAsyncResult     *result,
                         GError          **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * handover_workers_get_job:
 * @result: what the callback was given
 *
 * Gives the job's data, with the results that the job left there.
 *
 * Returns: (transfer none) (nullable): the data, valid as long as @result
 */
gpointer
handover_workers_get_job (GAsyncResult *result)
{
  HandoverJob *job;

  g_return_val_if_fail (G_IS_TASK (result), NULL);

  job = g_task_get_task_data (G_TASK (result));
  return job->job;
}
