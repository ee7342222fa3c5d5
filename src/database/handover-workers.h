/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <gio/gio.h>

#include "database/handover-database.h"

G_BEGIN_DECLS

/**
 * HandoverWorkersOptions:
 * @path: the database's file
 * @flags: how the writer opens it; the readers add @HANDOVER_DATABASE_READ_ONLY
 * @n_readers: how many reader threads
 * @queue_limit: how many writes, and how many reads, may wait; 0 for 4096
 * @batch_limit: how many writes one transaction takes; 0 for 512
 * @open: makes what jobs are given as their handle, once for each thread; the writer's comes first, and is the
 *   place to migrate; NULL: the handle is the database itself
 * @close: frees what @open made
 * @job_ended: (nullable): on the writer's thread after each write, telling whether its changes were kept for the
 *   commit or rolled back
 * @batch_ended: (nullable): on the writer's thread once for each batch, after its commit or its failure and
 *   before any caller hears of it: the place for what must follow a commit
 * @user_data: for the functions above; outlives the workers
 *
 * What a #HandoverWorkers is made of.
 */
typedef struct
{
  const char *path;
  HandoverDatabaseFlags flags;
  guint n_readers;
  guint queue_limit;
  guint batch_limit;

  gpointer (*open)        (HandoverDatabase  *database,
                           gboolean           writer,
                           gpointer           user_data,
                           GError           **error);
  void     (*close)       (gpointer handle);
  void     (*job_ended)   (gpointer handle,
                           gboolean kept,
                           gpointer user_data);
  void     (*batch_ended) (gpointer handle,
                           gboolean committed,
                           gpointer user_data);
  gpointer user_data;
} HandoverWorkersOptions;

/**
 * HandoverJobFunc:
 * @handle: what `open` made for the thread that runs the job
 * @job: the job's data, its parameters and the place for its results
 * @error: return location
 *
 * One job, run inside a transaction. A write that returns %FALSE is rolled back alone.
 *
 * Returns: %TRUE if it succeeded
 */
typedef gboolean (*HandoverJobFunc) (gpointer   handle,
                                     gpointer   job,
                                     GError   **error);

#define HANDOVER_TYPE_WORKERS (handover_workers_get_type ())
G_DECLARE_FINAL_TYPE (HandoverWorkers, handover_workers, HANDOVER, WORKERS, GObject)

HandoverWorkers *handover_workers_open        (const HandoverWorkersOptions  *options,
                                               GError                       **error);
void             handover_workers_close       (HandoverWorkers *self);

void             handover_workers_write_async (HandoverWorkers     *self,
                                               HandoverJobFunc      func,
                                               gpointer             job,
                                               GDestroyNotify       job_free,
                                               GCancellable        *cancellable,
                                               GAsyncReadyCallback  callback,
                                               gpointer             user_data);
void             handover_workers_read_async  (HandoverWorkers     *self,
                                               HandoverJobFunc      func,
                                               gpointer             job,
                                               GDestroyNotify       job_free,
                                               GCancellable        *cancellable,
                                               GAsyncReadyCallback  callback,
                                               gpointer             user_data);
gboolean         handover_workers_finish      (HandoverWorkers  *self,
                                               GAsyncResult     *result,
                                               GError          **error);
gpointer         handover_workers_get_job     (GAsyncResult *result);

G_END_DECLS
