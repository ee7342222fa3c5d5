/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#define G_LOG_DOMAIN "handover-workers"

#include "database/handover-workers.h"

#define QUEUE_LIMIT 4096
#define BATCH_LIMIT 512

/* The threads share this and not the object, so that the last reference may be dropped on any of them. */
typedef struct
{
  HandoverWorkersOptions options;
  char *path;

  GMutex mutex;
  GCond writes_changed;
  GCond reads_changed;
  GQueue writes;
  GQueue reads;
  gboolean closed;
} Shared;

typedef struct
{
  Shared *shared;
  HandoverDatabase *database;
  gpointer handle;
} Worker;

typedef struct
{
  HandoverJobFunc func;
  gpointer job;
  GDestroyNotify job_free;
  GError *error;
} Job;

struct _HandoverWorkers
{
  GObject parent_instance;

  Shared *shared;
  GPtrArray *threads;
};

G_DEFINE_FINAL_TYPE (HandoverWorkers, handover_workers, G_TYPE_OBJECT)

static void
job_free (gpointer data)
{
  Job *job = data;

  if (job->job_free != NULL && job->job != NULL)
    job->job_free (job->job);
  g_clear_error (&job->error);
  g_free (job);
}

static void
shared_clear (gpointer data)
{
  Shared *shared = data;

  g_queue_clear_full (&shared->writes, g_object_unref);
  g_queue_clear_full (&shared->reads, g_object_unref);
  g_mutex_clear (&shared->mutex);
  g_cond_clear (&shared->writes_changed);
  g_cond_clear (&shared->reads_changed);
  g_free (shared->path);
}

static void
worker_free (gpointer data)
{
  Worker *worker = data;

  if (worker->shared->options.close != NULL && worker->handle != NULL)
    worker->shared->options.close (worker->handle);
  g_clear_object (&worker->database);
  g_atomic_rc_box_release_full (worker->shared, shared_clear);
  g_free (worker);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Worker, worker_free)

static Worker *
worker_new (Shared    *shared,
            gboolean   writer,
            GError   **error)
{
  g_autoptr (Worker) worker = g_new0 (Worker, 1);
  HandoverDatabaseFlags flags = shared->options.flags;

  worker->shared = g_atomic_rc_box_acquire (shared);
  worker->database = handover_database_open (shared->path,
                                             writer ? flags : flags | HANDOVER_DATABASE_READ_ONLY,
                                             error);
  if (worker->database == NULL)
    return NULL;

  if (shared->options.open != NULL)
    worker->handle = shared->options.open (worker->database, writer, shared->options.user_data, error);
  else
    worker->handle = worker->database;

  return worker->handle != NULL ? g_steal_pointer (&worker) : NULL;
}

/* --- Telling the callers --- */

static gboolean
deliver_cb (gpointer data)
{
  GPtrArray *tasks = data;

  for (guint i = 0; i < tasks->len; i++)
    {
      GTask *task = g_ptr_array_index (tasks, i);
      Job *job = g_task_get_task_data (task);

      if (job->error != NULL)
        g_task_return_error (task, g_steal_pointer (&job->error));
      else
        g_task_return_boolean (task, TRUE);
    }

  return G_SOURCE_REMOVE;
}

static void
wake_context (GMainContext *context,
              GPtrArray    *tasks)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, deliver_cb, tasks, (GDestroyNotify) g_ptr_array_unref);
  g_source_set_static_name (source, "[handover] batch");
  g_source_attach (source, context);
}

/*
 * One wake-up for the batch: neighbours of the same context travel together, which is nearly always all.
 * The references move along, so that a job and its owner are released where they came from.
 */
static void
deliver (GPtrArray *batch)
{
  GMainContext *context = NULL;
  GPtrArray *tasks = NULL;

  for (guint i = 0; i < batch->len; i++)
    {
      GTask *task = g_ptr_array_index (batch, i);

      if (tasks != NULL && g_task_get_context (task) != context)
        wake_context (context, g_steal_pointer (&tasks));
      if (tasks == NULL)
        tasks = g_ptr_array_new_with_free_func (g_object_unref);
      context = g_task_get_context (task);
      g_ptr_array_add (tasks, task);
    }

  if (tasks != NULL)
    wake_context (context, tasks);
  g_ptr_array_set_free_func (batch, NULL);
}

/* --- The writer --- */

static GPtrArray *
take_writes (Shared *shared)
{
  g_autoptr (GPtrArray) batch = g_ptr_array_new_with_free_func (g_object_unref);

  g_mutex_lock (&shared->mutex);
  while (g_queue_is_empty (&shared->writes) && !shared->closed)
    g_cond_wait (&shared->writes_changed, &shared->mutex);
  while (batch->len < shared->options.batch_limit && !g_queue_is_empty (&shared->writes))
    g_ptr_array_add (batch, g_queue_pop_head (&shared->writes));
  g_mutex_unlock (&shared->mutex);

  return g_steal_pointer (&batch);
}

static gboolean
run_in_savepoint (Worker  *worker,
                  Job     *job,
                  GError **error)
{
  if (!handover_database_savepoint (worker->database, error))
    return FALSE;
  if (job->func (worker->handle, job->job, error))
    return handover_database_release (worker->database, error);

  /* On a full disk the engine has already undone the whole transaction; the batch finds that out. */
  if (handover_database_in_transaction (worker->database))
    handover_database_rollback_to (worker->database, NULL);
  return FALSE;
}

static void
run_write (Worker *worker,
           GTask  *task)
{
  Job *job = g_task_get_task_data (task);
  HandoverWorkersOptions *options = &worker->shared->options;
  gboolean kept = FALSE;

  if (!g_cancellable_set_error_if_cancelled (g_task_get_cancellable (task), &job->error))
    kept = run_in_savepoint (worker, job, &job->error);
  if (!kept && job->error == NULL)
    g_set_error (&job->error, HANDOVER_DATABASE_ERROR, HANDOVER_DATABASE_ERROR_FAILED, "The job failed");

  if (options->job_ended != NULL)
    options->job_ended (worker->handle, kept, options->user_data);
}

static void
fail_batch (GPtrArray    *batch,
            const GError *error)
{
  for (guint i = 0; i < batch->len; i++)
    {
      Job *job = g_task_get_task_data (g_ptr_array_index (batch, i));

      if (job->error == NULL)
        job->error = g_error_copy (error);
    }
}

static gboolean
run_batch (Worker     *worker,
           GPtrArray  *batch,
           GError    **error)
{
  if (!handover_database_begin_write (worker->database, error))
    return FALSE;

  for (guint i = 0; i < batch->len; i++)
    {
      GTask *task = g_ptr_array_index (batch, i);
      Job *job = g_task_get_task_data (task);

      run_write (worker, task);
      if (!handover_database_in_transaction (worker->database))
        {
          if (job->error != NULL)
            g_propagate_error (error, g_error_copy (job->error));
          else
            g_set_error (error, HANDOVER_DATABASE_ERROR, HANDOVER_DATABASE_ERROR_FAILED,
                         "A job ended the transaction");
          return FALSE;
        }
    }

  return handover_database_commit (worker->database, error);
}

static gpointer
writer_thread (gpointer data)
{
  g_autoptr (Worker) worker = data;
  HandoverWorkersOptions *options = &worker->shared->options;

  while (TRUE)
    {
      g_autoptr (GPtrArray) batch = take_writes (worker->shared);
      g_autoptr (GError) error = NULL;
      gboolean committed;

      if (batch->len == 0)
        break;

      committed = run_batch (worker, batch, &error);
      if (!committed)
        {
          g_warning ("%u writes failed together: %s", batch->len, error->message);
          handover_database_rollback (worker->database);
          fail_batch (batch, error);
        }
      if (options->batch_ended != NULL)
        options->batch_ended (worker->handle, committed, options->user_data);
      deliver (batch);
    }

  return NULL;
}

/* --- The readers --- */

static GPtrArray *
take_read (Shared *shared)
{
  g_autoptr (GPtrArray) batch = g_ptr_array_new_with_free_func (g_object_unref);

  g_mutex_lock (&shared->mutex);
  while (g_queue_is_empty (&shared->reads) && !shared->closed)
    g_cond_wait (&shared->reads_changed, &shared->mutex);
  if (!g_queue_is_empty (&shared->reads))
    g_ptr_array_add (batch, g_queue_pop_head (&shared->reads));
  g_mutex_unlock (&shared->mutex);

  return g_steal_pointer (&batch);
}

static void
run_read (Worker *worker,
          GTask  *task)
{
  Job *job = g_task_get_task_data (task);

  if (g_cancellable_set_error_if_cancelled (g_task_get_cancellable (task), &job->error)
      || !handover_database_begin (worker->database, &job->error))
    return;

  if (!job->func (worker->handle, job->job, &job->error) && job->error == NULL)
    g_set_error (&job->error, HANDOVER_DATABASE_ERROR, HANDOVER_DATABASE_ERROR_FAILED, "The job failed");
  handover_database_rollback (worker->database);
}

static gpointer
reader_thread (gpointer data)
{
  g_autoptr (Worker) worker = data;

  while (TRUE)
    {
      g_autoptr (GPtrArray) batch = take_read (worker->shared);

      if (batch->len == 0)
        break;

      run_read (worker, g_ptr_array_index (batch, 0));
      deliver (batch);
    }

  return NULL;
}

/* --- The object --- */

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
    g_atomic_rc_box_release_full (self->shared, shared_clear);

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

static Shared *
shared_new (const HandoverWorkersOptions *options)
{
  Shared *shared = g_atomic_rc_box_new0 (Shared);

  shared->options = *options;
  shared->path = g_strdup (options->path);
  if (shared->options.queue_limit == 0)
    shared->options.queue_limit = QUEUE_LIMIT;
  if (shared->options.batch_limit == 0)
    shared->options.batch_limit = BATCH_LIMIT;
  g_mutex_init (&shared->mutex);
  g_cond_init (&shared->writes_changed);
  g_cond_init (&shared->reads_changed);

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
  g_autoptr (GPtrArray) workers = g_ptr_array_new_with_free_func (worker_free);

  g_return_val_if_fail (options != NULL && options->path != NULL, NULL);
  g_return_val_if_fail (options->n_readers > 0, NULL);

  self->shared = shared_new (options);
  for (guint i = 0; i <= options->n_readers; i++)
    {
      Worker *worker = worker_new (self->shared, i == 0, error);

      if (worker == NULL)
        return NULL;
      g_ptr_array_add (workers, worker);
    }

  for (guint i = 0; workers->len > 0; i++)
    {
      Worker *worker = g_ptr_array_steal_index (workers, 0);

      g_ptr_array_add (self->threads,
                       i == 0 ? g_thread_new ("database-writer", writer_thread, worker)
                              : g_thread_new ("database-reader", reader_thread, worker));
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
  Job *data = g_new0 (Job, 1);

  data->func = func;
  data->job = job;
  data->job_free = destroy;
  g_task_set_task_data (task, data, job_free);

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
  Job *job;

  g_return_val_if_fail (G_IS_TASK (result), NULL);

  job = g_task_get_task_data (G_TASK (result));
  return job->job;
}
