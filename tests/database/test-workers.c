/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include <sqlite3.h>

#include "database/handover-database-private.h"
#include "database/handover-workers.h"
#include "test-folder.h"

typedef struct
{
  HandoverDatabase *database;
} Handle;

typedef struct
{
  char *folder;
  char *path;
  HandoverWorkers *workers;

  /* What the writer's thread counts. */
  int kept;
  int dropped;
  int batches;
  int failed_batches;

  /* A job that waits here holds its thread until the test lets it go. */
  GMutex mutex;
  GCond changed;
  gboolean held;
  gboolean released;

  guint finished;
  GString *order;
} Fixture;

typedef struct
{
  Fixture *fixture;
  const char *title;
  gint64 shelf;
  gint64 count;
  GError *error;
} Job;

static gpointer
open_handle (HandoverDatabase  *database,
             gboolean           writer,
             gpointer           user_data,
             GError           **error)
{
  Handle *handle;

  if (writer && !handover_database_migrate (database, "/test/good", error))
    return NULL;
  if (!handover_database_add_statements (database, "/test/statements/books.sql", error))
    return NULL;

  handle = g_new0 (Handle, 1);
  handle->database = g_object_ref (database);
  return handle;
}

static void
close_handle (gpointer data)
{
  Handle *handle = data;

  g_object_unref (handle->database);
  g_free (handle);
}

static void
job_ended (gpointer handle,
           gboolean kept,
           gpointer user_data)
{
  Fixture *fixture = user_data;

  g_atomic_int_inc (kept ? &fixture->kept : &fixture->dropped);
}

static void
batch_ended (gpointer handle,
             gboolean committed,
             gpointer user_data)
{
  Fixture *fixture = user_data;

  g_atomic_int_inc (committed ? &fixture->batches : &fixture->failed_batches);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  HandoverWorkersOptions options = {
    .n_readers = 2,
    .queue_limit = 10,
    .open = open_handle,
    .close = close_handle,
    .job_ended = job_ended,
    .batch_ended = batch_ended,
    .user_data = fixture,
  };

  fixture->folder = test_folder_new ();
  fixture->path = g_build_filename (fixture->folder, "books.sqlite", NULL);
  fixture->order = g_string_new (NULL);
  g_mutex_init (&fixture->mutex);
  g_cond_init (&fixture->changed);

  options.path = fixture->path;
  fixture->workers = handover_workers_open (&options, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  handover_workers_close (fixture->workers);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (fixture->workers);

  test_folder_remove (fixture->folder);
  g_free (fixture->path);
  g_string_free (fixture->order, TRUE);
  g_mutex_clear (&fixture->mutex);
  g_cond_clear (&fixture->changed);
}

/* --- Jobs --- */

static gboolean
insert_job (gpointer   handle,
            gpointer   data,
            GError   **error)
{
  Job *job = data;

  return handover_database_run (((Handle *) handle)->database, "book.insert", error, "nzt", job->shelf, job->title);
}

static gboolean
insert_and_fail_job (gpointer   handle,
                     gpointer   data,
                     GError   **error)
{
  if (!insert_job (handle, data, error))
    return FALSE;

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS, "No");
  return FALSE;
}

static gboolean
count_job (gpointer   handle,
           gpointer   data,
           GError   **error)
{
  Job *job = data;
  HandoverStatement *statement = handover_database_prepare (((Handle *) handle)->database, "book.count", error);
  gboolean row;

  if (statement == NULL || !handover_statement_step (statement, &row, error))
    return FALSE;

  job->count = handover_statement_get_int (statement, 0);
  return TRUE;
}

static void
hold (Fixture *fixture)
{
  g_mutex_lock (&fixture->mutex);
  fixture->held = TRUE;
  g_cond_broadcast (&fixture->changed);
  while (!fixture->released)
    g_cond_wait (&fixture->changed, &fixture->mutex);
  g_mutex_unlock (&fixture->mutex);
}

static gboolean
hold_job (gpointer   handle,
          gpointer   data,
          GError   **error)
{
  hold (((Job *) data)->fixture);
  return TRUE;
}

static gboolean
count_hold_count_job (gpointer   handle,
                      gpointer   data,
                      GError   **error)
{
  Job *job = data;
  gint64 before;

  if (!count_job (handle, data, error))
    return FALSE;
  before = job->count;
  hold (job->fixture);
  if (!count_job (handle, data, error))
    return FALSE;

  g_assert_cmpint (job->count, ==, before);
  return TRUE;
}

static void
wait_until_held (Fixture *fixture)
{
  g_mutex_lock (&fixture->mutex);
  while (!fixture->held)
    g_cond_wait (&fixture->changed, &fixture->mutex);
  g_mutex_unlock (&fixture->mutex);
}

static void
release (Fixture *fixture)
{
  g_mutex_lock (&fixture->mutex);
  fixture->released = TRUE;
  g_cond_broadcast (&fixture->changed);
  g_mutex_unlock (&fixture->mutex);
}

/* --- Calls --- */

static void
finished_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  Job *job = user_data;

  g_assert_true (handover_workers_get_job (result) == job);
  handover_workers_finish (HANDOVER_WORKERS (source), result, &job->error);
  job->fixture->finished++;
  g_string_append (job->fixture->order, job->title);
}

static void
write_job (Job             *job,
           HandoverJobFunc  func,
           GCancellable    *cancellable)
{
  handover_workers_write_async (job->fixture->workers, func, job, NULL, cancellable, finished_cb, job);
}

static void
read_job (Job             *job,
          HandoverJobFunc  func)
{
  handover_workers_read_async (job->fixture->workers, func, job, NULL, NULL, finished_cb, job);
}

static void
wait_for (Fixture *fixture,
          guint    finished)
{
  while (fixture->finished < finished)
    g_main_context_iteration (NULL, TRUE);
}

static gint64
count_books (Fixture *fixture)
{
  Job job = { fixture, "" };

  read_job (&job, count_job);
  wait_for (fixture, fixture->finished + 1);
  g_assert_no_error (job.error);
  return job.count;
}

/* --- Tests --- */

static void
test_group (Fixture       *fixture,
            gconstpointer  data)
{
  Job holder = { fixture, "h" };
  Job jobs[] = { { fixture, "1" }, { fixture, "2" }, { fixture, "3" }, { fixture, "4" } };

  write_job (&holder, hold_job, NULL);
  wait_until_held (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (jobs); i++)
    write_job (&jobs[i], i == 1 ? insert_and_fail_job : insert_job, NULL);
  release (fixture);
  wait_for (fixture, 5);

  /* One commit for the holder, one for all that queued up behind it; the failing job went alone. */
  g_assert_cmpint (g_atomic_int_get (&fixture->batches), ==, 2);
  g_assert_cmpint (g_atomic_int_get (&fixture->kept), ==, 4);
  g_assert_cmpint (g_atomic_int_get (&fixture->dropped), ==, 1);
  g_assert_cmpstr (fixture->order->str, ==, "h1234");
  g_assert_no_error (jobs[0].error);
  g_assert_error (jobs[1].error, G_IO_ERROR, G_IO_ERROR_EXISTS);
  g_assert_no_error (jobs[2].error);
  g_assert_no_error (jobs[3].error);
  g_assert_cmpint (count_books (fixture), ==, 3);
  g_clear_error (&jobs[1].error);
}

static void
test_failed_commit (Fixture       *fixture,
                    gconstpointer  data)
{
  Job holder = { fixture, "h" };
  Job jobs[] = { { fixture, "1" }, { fixture, "2", .shelf = 99 }, { fixture, "3" } };
  Job after = { fixture, "a" };

  write_job (&holder, hold_job, NULL);
  wait_until_held (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (jobs); i++)
    write_job (&jobs[i], insert_job, NULL);
  g_test_expect_message ("handover-worker", G_LOG_LEVEL_WARNING, "3 writes failed together*");
  release (fixture);
  wait_for (fixture, 4);
  g_test_assert_expected_messages ();

  /* The reference is checked at the commit, which therefore fails for all three. */
  for (guint i = 0; i < G_N_ELEMENTS (jobs); i++)
    {
      g_assert_error (jobs[i].error, HANDOVER_DATABASE_ERROR, HANDOVER_DATABASE_ERROR_CONSTRAINT);
      g_clear_error (&jobs[i].error);
    }
  g_assert_cmpint (g_atomic_int_get (&fixture->failed_batches), ==, 1);
  g_assert_cmpint (count_books (fixture), ==, 0);

  write_job (&after, insert_job, NULL);
  wait_for (fixture, fixture->finished + 1);
  g_assert_no_error (after.error);
  g_assert_cmpint (count_books (fixture), ==, 1);
}

static gboolean
fill_job (gpointer   handle,
          gpointer   data,
          GError   **error)
{
  HandoverDatabase *database = ((Handle *) handle)->database;
  g_autofree char *long_title = g_strnfill (100000, 'x');

  if (!handover_database_execute (database, "PRAGMA max_page_count = 12", error))
    return FALSE;
  return handover_database_run (database, "book.insert_next", error, "t", long_title);
}

static void
test_full_disk (Fixture       *fixture,
                gconstpointer  data)
{
  Job full = { fixture, "f" };
  Job after = { fixture, "a" };

  g_test_expect_message ("handover-worker", G_LOG_LEVEL_WARNING, "1 writes failed together*");
  write_job (&full, fill_job, NULL);
  wait_for (fixture, 1);
  g_test_assert_expected_messages ();
  g_assert_error (full.error, HANDOVER_DATABASE_ERROR, HANDOVER_DATABASE_ERROR_FULL);
  g_clear_error (&full.error);

  write_job (&after, insert_job, NULL);
  wait_for (fixture, 2);
  g_assert_no_error (after.error);
  g_assert_cmpint (count_books (fixture), ==, 1);
}

static void
test_snapshot (Fixture       *fixture,
               gconstpointer  data)
{
  Job reader = { fixture, "r" };
  Job writer = { fixture, "w" };

  read_job (&reader, count_hold_count_job);
  wait_until_held (fixture);
  write_job (&writer, insert_job, NULL);
  wait_for (fixture, 1);
  g_assert_no_error (writer.error);
  /* The other reader sees the book at once; the one that began before does not. */
  g_assert_cmpint (count_books (fixture), ==, 1);
  release (fixture);
  wait_for (fixture, 3);
  g_assert_no_error (reader.error);
  g_assert_cmpint (reader.count, ==, 0);
}

static void
test_readers_cannot_write (Fixture       *fixture,
                           gconstpointer  data)
{
  Job job = { fixture, "r" };

  read_job (&job, insert_job);
  wait_for (fixture, 1);
  g_assert_error (job.error, HANDOVER_DATABASE_ERROR, HANDOVER_DATABASE_ERROR_IO);
  g_clear_error (&job.error);
}

static void
test_cancelled (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GCancellable) too_late = g_cancellable_new ();
  Job holder = { fixture, "h" };
  Job waiting = { fixture, "w" };

  write_job (&holder, hold_job, too_late);
  wait_until_held (fixture);
  write_job (&waiting, insert_job, cancellable);
  g_cancellable_cancel (cancellable);
  g_cancellable_cancel (too_late);
  release (fixture);
  wait_for (fixture, 2);

  g_assert_error (waiting.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&waiting.error);
  g_assert_cmpint (count_books (fixture), ==, 0);
  /* What had begun was committed, and says so. */
  g_assert_no_error (holder.error);
}

static void
test_bounded (Fixture       *fixture,
              gconstpointer  data)
{
  Job holder = { fixture, "h" };
  Job jobs[11];

  write_job (&holder, hold_job, NULL);
  wait_until_held (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (jobs); i++)
    {
      jobs[i] = (Job) { fixture, "j" };
      write_job (&jobs[i], insert_job, NULL);
    }
  release (fixture);
  wait_for (fixture, 12);

  for (guint i = 0; i < 10; i++)
    g_assert_no_error (jobs[i].error);
  g_assert_error (jobs[10].error, HANDOVER_DATABASE_ERROR, HANDOVER_DATABASE_ERROR_BUSY);
  g_clear_error (&jobs[10].error);
  g_assert_cmpint (count_books (fixture), ==, 10);
}

static void
test_closed (Fixture       *fixture,
             gconstpointer  data)
{
  Job holder = { fixture, "h" };
  Job queued = { fixture, "q" };
  Job late = { fixture, "l" };

  write_job (&holder, hold_job, NULL);
  wait_until_held (fixture);
  write_job (&queued, insert_job, NULL);
  release (fixture);
  handover_workers_close (fixture->workers);
  write_job (&late, insert_job, NULL);
  wait_for (fixture, 3);

  /* What was accepted is done before the threads end. */
  g_assert_no_error (queued.error);
  g_assert_error (late.error, HANDOVER_DATABASE_ERROR, HANDOVER_DATABASE_ERROR_CLOSED);
  g_clear_error (&late.error);
}

/* What can be copied afterwards is the one file. */
static void
test_nothing_beside_the_file (void)
{
  Fixture fixture = { 0 };

  for (guint i = 0; i < 15; i++)
    {
      g_autofree char *beside = NULL;
      Job job = { &fixture, "a" };

      set_up (&fixture, NULL);
      beside = g_strconcat (fixture.path, "-wal", NULL);
      write_job (&job, insert_job, NULL);
      wait_for (&fixture, 1);
      g_assert_no_error (job.error);
      g_assert_true (g_file_test (beside, G_FILE_TEST_EXISTS));
      handover_workers_close (fixture.workers);
      g_assert_false (g_file_test (beside, G_FILE_TEST_EXISTS));
      tear_down (&fixture, NULL);
      memset (&fixture, 0, sizeof fixture);
    }
}

static gpointer
refuse_to_open (HandoverDatabase  *database,
                gboolean           writer,
                gpointer           user_data,
                GError           **error)
{
  g_set_error (error, HANDOVER_DATABASE_ERROR, HANDOVER_DATABASE_ERROR_NEWER, "No");
  return NULL;
}

static void
test_refused (void)
{
  g_autofree char *folder = test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "books.sqlite", NULL);
  g_autoptr (GError) error = NULL;
  HandoverWorkersOptions options = { .path = path, .n_readers = 1, .open = refuse_to_open };

  g_assert_null (handover_workers_open (&options, &error));
  g_assert_error (error, HANDOVER_DATABASE_ERROR, HANDOVER_DATABASE_ERROR_NEWER);
  test_folder_remove (g_steal_pointer (&folder));
}

#define ADD(name, function) g_test_add ("/workers/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("group", test_group);
  ADD ("failed-commit", test_failed_commit);
  ADD ("full-disk", test_full_disk);
  ADD ("snapshot", test_snapshot);
  ADD ("readers-cannot-write", test_readers_cannot_write);
  ADD ("cancelled", test_cancelled);
  ADD ("bounded", test_bounded);
  ADD ("closed", test_closed);
  g_test_add_func ("/workers/nothing-beside-the-file", test_nothing_beside_the_file);
  g_test_add_func ("/workers/refused", test_refused);

  return g_test_run ();
}
