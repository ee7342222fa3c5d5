/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "database/handover-workers.h"

G_BEGIN_DECLS

/**
 * HandoverQueue:
 * @options: how the workers were opened
 * @path: the database's file
 * @mutex: guards what follows
 * @writes_changed: told when a write was queued, or @closed set
 * @reads_changed: the same for reads
 * @writes: (element-type GTask): the writes that wait
 * @reads: (element-type GTask): the reads that wait
 * @closed: whether new jobs are refused
 * @n_readers: how many readers have their handles open
 * @readers_left: when none has
 *
 * What the threads and the object share. They do not share the object, so that its last reference may be dropped on
 * any of them.
 */
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
  guint n_readers;
  GCond readers_left;
} HandoverQueue;

/**
 * HandoverWorker:
 * @shared: the queue
 * @database: the thread's own handle
 * @handle: what its jobs are given
 *
 * One thread.
 */
typedef struct
{
  HandoverQueue *shared;
  HandoverDatabase *database;
  gpointer handle;
} HandoverWorker;

/**
 * HandoverJob:
 * @func: what to do
 * @job: its parameters and results
 * @job_free: (nullable): frees @job
 * @error: (nullable): why it failed
 *
 * One job, the data of its task.
 */
typedef struct
{
  HandoverJobFunc func;
  gpointer job;
  GDestroyNotify job_free;
  GError *error;
} HandoverJob;

void            handover_job_free     (gpointer        data);
void            handover_queue_clear  (gpointer        data);

HandoverWorker *handover_worker_new   (HandoverQueue  *shared,
                                       gboolean        writer,
                                       GError        **error);
void            handover_worker_free  (gpointer        data);
gpointer        handover_worker_write (gpointer        data);
gpointer        handover_worker_read  (gpointer        data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HandoverWorker, handover_worker_free)

G_END_DECLS
