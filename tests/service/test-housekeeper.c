/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/handover-housekeeper.h"

#include <glib/gstdio.h>

#include "service/store/handover-store.h"

#define HOUR (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)
#define PATIENCE (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)

typedef struct
{
  char *folder;
  HandoverWorkers *workers;
  GMutex held;
  int n_jobs;
} Fixture;

static gpointer
open_store (HandoverDatabase  *database,
            gboolean           writer,
            gpointer           user_data,
            GError           **error)
{
  return handover_store_new (database, writer, error);
}

static void
job_ended (gpointer handle,
           gboolean kept,
           gpointer user_data)
{
  Fixture *fixture = user_data;

  handover_store_job_ended (handle, kept);
  g_assert_true (kept);
  g_mutex_lock (&fixture->held);
  g_atomic_int_inc (&fixture->n_jobs);
  g_mutex_unlock (&fixture->held);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  HandoverWorkersOptions options = {
    .n_readers = 1,
    .open = open_store,
    .close = g_object_unref,
    .job_ended = job_ended,
    .user_data = fixture,
  };

  g_mutex_init (&fixture->held);
  fixture->folder = g_dir_make_tmp ("housekeeper-XXXXXX", &error);
  g_assert_no_error (error);
  options.path = path = g_build_filename (fixture->folder, "test.db", NULL);
  fixture->workers = handover_workers_open (&options, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (GDir) folder = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  handover_workers_close (fixture->workers);
  g_assert_finalize_object (fixture->workers);
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  g_mutex_clear (&fixture->held);
}

/* Not one of those that are counted. */
static gboolean
do_nothing (gpointer   store,
            gpointer   job,
            GError   **error)
{
  g_atomic_int_add (&((Fixture *) job)->n_jobs, -1);
  return TRUE;
}

static void
done_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      done)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (handover_workers_finish (HANDOVER_WORKERS (object), result, &error));
  g_assert_no_error (error);
  *(gboolean *) done = TRUE;
}

/* Until what was asked of the writer before this is done, and who asked has heard of it. */
static void
wait_for_writer (Fixture *fixture)
{
  gboolean done = FALSE;

  handover_workers_write_async (fixture->workers, do_nothing, fixture, NULL, NULL, done_cb, &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
}

/* The timer, an hour ahead; a second is GLib's to choose. */
static GSource *
find_timer (HandoverHousekeeper *housekeeper)
{
  GSource *timer = g_main_context_find_source_by_user_data (NULL, housekeeper);
  gint64 ahead;

  g_assert_nonnull (timer);
  ahead = g_source_get_ready_time (timer) - g_get_monotonic_time ();
  g_assert_cmpint (ahead, >, HOUR - PATIENCE);
  g_assert_cmpint (ahead, <=, HOUR + G_USEC_PER_SEC);
  return timer;
}

static void
let_an_hour_pass (HandoverHousekeeper *housekeeper)
{
  g_source_set_ready_time (find_timer (housekeeper), 0);
  while (g_source_get_ready_time (g_main_context_find_source_by_user_data (NULL, housekeeper)) == 0)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_every_hour (Fixture       *fixture,
                 gconstpointer  data)
{
  HandoverHousekeeper *housekeeper = handover_housekeeper_new (fixture->workers, 30);

  wait_for_writer (fixture);
  g_assert_cmpint (g_atomic_int_get (&fixture->n_jobs), ==, 1);
  for (int hour = 1; hour <= 3; hour++)
    {
      let_an_hour_pass (housekeeper);
      wait_for_writer (fixture);
      g_assert_cmpint (g_atomic_int_get (&fixture->n_jobs), ==, 1 + hour);
    }

  handover_housekeeper_stop (housekeeper);
  g_assert_null (g_main_context_find_source_by_user_data (NULL, housekeeper));
  g_assert_finalize_object (housekeeper);
}

/* The writer's first round holds until the lock is given back. */
static void
test_one_round_at_a_time (Fixture       *fixture,
                          gconstpointer  data)
{
  HandoverHousekeeper *housekeeper;

  g_mutex_lock (&fixture->held);
  housekeeper = handover_housekeeper_new (fixture->workers, 30);
  let_an_hour_pass (housekeeper);
  let_an_hour_pass (housekeeper);
  g_mutex_unlock (&fixture->held);
  wait_for_writer (fixture);
  g_assert_cmpint (g_atomic_int_get (&fixture->n_jobs), ==, 1);

  handover_housekeeper_stop (housekeeper);
  g_assert_finalize_object (housekeeper);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/housekeeper/every-hour", Fixture, NULL, set_up, test_every_hour, tear_down);
  g_test_add ("/housekeeper/one-round-at-a-time", Fixture, NULL, set_up, test_one_round_at_a_time, tear_down);

  return g_test_run ();
}
