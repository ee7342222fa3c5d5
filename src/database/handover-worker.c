/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#define G_LOG_DOMAIN "handover-worker"

#include "database/handover-worker.h"

/* Frees a job, where its caller is. */
void
handover_job_free (gpointer data)
{
  HandoverJob *job = data;

  if (job->job_free != NULL && job->job != NULL)
    job->job_free (job->job);
  g_clear_error (&job->error);
  g_free (job);
}

/* For the last of those who share the queue. */
void
handover_queue_clear (gpointer data)
{
  HandoverQueue *shared = data;

  g_queue_clear_full (&shared->writes, g_object_unref);
  g_queue_clear_full (&shared->reads, g_object_unref);
  g_mutex_clear (&shared->mutex);
  g_cond_clear (&shared->writes_changed);
  g_cond_clear (&shared->reads_changed);
  g_cond_clear (&shared->readers_left);
  g_free (shared->path);
}

/* Closes the thread's handle. */
void
handover_worker_free (gpointer data)
{
  HandoverWorker *worker = data;

  if (worker->shared->options.close != NULL && worker->handle != NULL)
    worker->shared->options.close (worker->handle);
  g_clear_object (&worker->database);
  g_atomic_rc_box_release_full (worker->shared, handover_queue_clear);
  g_free (worker);
}

/* Opens a handle for a thread, which is started with it. */
HandoverWorker *
handover_worker_new (HandoverQueue  *shared,
                     gboolean        writer,
                     GError        **error)
{
  g_autoptr (HandoverWorker) worker = g_new0 (HandoverWorker, 1);
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
      HandoverJob *job = g_task_get_task_data (task);

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
take_writes (HandoverQueue *shared)
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
run_in_savepoint (HandoverWorker  *worker,
                  HandoverJob     *job,
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
run_write (HandoverWorker *worker,
           GTask  *task)
{
  HandoverJob *job = g_task_get_task_data (task);
  HandoverWorkersOptions *options = &worker->shared->options;
  gboolean kept = FALSE;

  if (!g_cancellable_set_error_if_cancelled (g_task_get_cancellable (task), &job->error))
    kept = run_in_savepoint (worker, job, &job->error);
  if (!kept && job->error == NULL)
    g_set_error (&job->error, HANDOVER_DATABASE_ERROR, HANDOVER_DATABASE_ERROR_FAILED, "The job failed");

  if (options->job_ended != NULL)
    options->job_ended (worker->handle, kept, options->user_data);
}

/* Whatever a job found may have been the work of another of the batch, and is undone: also its refusal. */
static void
fail_batch (GPtrArray    *batch,
            const GError *error)
{
  for (guint i = 0; i < batch->len; i++)
    {
      HandoverJob *job = g_task_get_task_data (g_ptr_array_index (batch, i));

      g_clear_error (&job->error);
      job->error = g_error_copy (error);
    }
}

static gboolean
run_batch (HandoverWorker     *worker,
           GPtrArray  *batch,
           GError    **error)
{
  if (!handover_database_begin_write (worker->database, error))
    return FALSE;

  for (guint i = 0; i < batch->len; i++)
    {
      GTask *task = g_ptr_array_index (batch, i);
      HandoverJob *job = g_task_get_task_data (task);

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

/* Whoever closes last empties the log beside the file and removes it. Two that close at once leave it to each other, and
 * the file by itself is not all there is. */
static void
wait_for_readers (HandoverQueue *shared)
{
  g_mutex_lock (&shared->mutex);
  while (shared->n_readers > 0)
    g_cond_wait (&shared->readers_left, &shared->mutex);
  g_mutex_unlock (&shared->mutex);
}

/* The writer's thread: takes all that is queued, commits it together, wakes the callers once. */
gpointer
handover_worker_write (gpointer data)
{
  g_autoptr (HandoverWorker) worker = data;
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

  wait_for_readers (worker->shared);
  return NULL;
}

/* --- The readers --- */

static GPtrArray *
take_read (HandoverQueue *shared)
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
run_read (HandoverWorker *worker,
          GTask  *task)
{
  HandoverJob *job = g_task_get_task_data (task);

  if (g_cancellable_set_error_if_cancelled (g_task_get_cancellable (task), &job->error)
      || !handover_database_begin (worker->database, &job->error))
    return;

  if (!job->func (worker->handle, job->job, &job->error) && job->error == NULL)
    g_set_error (&job->error, HANDOVER_DATABASE_ERROR, HANDOVER_DATABASE_ERROR_FAILED, "The job failed");
  handover_database_rollback (worker->database);
}

/* The writer hears of it when the handle is closed. */
static void
close_reader (HandoverWorker *worker)
{
  HandoverQueue *shared = g_atomic_rc_box_acquire (worker->shared);

  handover_worker_free (worker);
  g_mutex_lock (&shared->mutex);
  if (--shared->n_readers == 0)
    g_cond_signal (&shared->readers_left);
  g_mutex_unlock (&shared->mutex);
  g_atomic_rc_box_release_full (shared, handover_queue_clear);
}

/* A reader's thread: one job, one snapshot. */
gpointer
handover_worker_read (gpointer data)
{
  HandoverWorker *worker = data;

  while (TRUE)
    {
      g_autoptr (GPtrArray) batch = take_read (worker->shared);

      if (batch->len == 0)
        break;

      run_read (worker, g_ptr_array_index (batch, 0));
      deliver (batch);
    }

  close_reader (worker);
  return NULL;
}
