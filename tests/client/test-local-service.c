/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>

#include <gio/gio.h>
#include <glib/gstdio.h>

#include "client/handover-local-service.h"

static const char *program;

typedef struct
{
  char *folder;
  HandoverLocalService *service;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->folder = g_dir_make_tmp ("hd-local-XXXXXX", NULL);
  fixture->service = handover_local_service_new (program, fixture->folder);
}

static void
done_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static void
wait_for_result (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static gboolean
start (HandoverLocalService  *service,
       GError               **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  handover_local_service_start_async (service, NULL, done_cb, &result);
  wait_for_result (&result);

  return handover_local_service_start_finish (service, result, error);
}

static void
stop (HandoverLocalService *service)
{
  g_autoptr (GAsyncResult) result = NULL;

  handover_local_service_stop_async (service, done_cb, &result);
  wait_for_result (&result);
  handover_local_service_stop_finish (service, result);
  g_assert_cmpint (handover_local_service_get_state (service), ==, HANDOVER_LOCAL_SERVICE_OFF);
}

static void
wait_for_state (HandoverLocalService      *service,
                HandoverLocalServiceState  state)
{
  while (handover_local_service_get_state (service) != state)
    g_main_context_iteration (NULL, TRUE);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (GDir) folder = NULL;
  const char *name;

  stop (fixture->service);
  g_assert_finalize_object (fixture->service);
  folder = g_dir_open (fixture->folder, 0, NULL);
  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
}

/* The child of this program, which has one at most. */
static int
find_child (void)
{
  g_autoptr (GDir) processes = g_dir_open ("/proc", 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (processes)) != NULL)
    {
      g_autofree char *path = g_build_filename ("/proc", name, "stat", NULL);
      g_autofree char *text = NULL;
      int parent = 0;
      char state = 0;

      if (!g_ascii_isdigit (*name) || !g_file_get_contents (path, &text, NULL, NULL))
        continue;
      if (sscanf (strrchr (text, ')') + 1, " %c %d", &state, &parent) == 2 && parent == getpid () && state != 'Z')
        return atoi (name);
    }

  return 0;
}

static void
test_runs_and_stops (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *address = NULL;
  guint port;

  g_assert_cmpint (handover_local_service_get_state (fixture->service), ==, HANDOVER_LOCAL_SERVICE_OFF);
  g_assert_true (start (fixture->service, &error));
  g_assert_no_error (error);
  g_assert_cmpint (handover_local_service_get_state (fixture->service), ==, HANDOVER_LOCAL_SERVICE_RUNNING);
  port = handover_local_service_get_port (fixture->service);
  address = g_strdup_printf ("http://127.0.0.1:%u", port);
  g_assert_cmpstr (handover_local_service_get_address (fixture->service), ==, address);
  g_assert_false (handover_local_service_has_moved (fixture->service));
  g_assert_true (start (fixture->service, &error));

  stop (fixture->service);
  g_assert_null (handover_local_service_get_address (fixture->service));
  g_assert_cmpint (find_child (), ==, 0);

  g_assert_true (start (fixture->service, &error));
  g_assert_cmpuint (handover_local_service_get_port (fixture->service), ==, port);
}

static void
test_is_wanted_again_while_it_stops (Fixture       *fixture,
                                     gconstpointer  data)
{
  g_autoptr (GAsyncResult) stopped = NULL;

  g_assert_true (start (fixture->service, NULL));
  handover_local_service_stop_async (fixture->service, done_cb, &stopped);
  g_assert_cmpint (handover_local_service_get_state (fixture->service), ==, HANDOVER_LOCAL_SERVICE_STOPPING);
  g_assert_true (start (fixture->service, NULL));
  g_assert_nonnull (stopped);
  g_assert_null (handover_local_service_get_trouble (fixture->service));
}

static void
test_comes_back (Fixture       *fixture,
                 gconstpointer  data)
{
  guint port;

  g_assert_true (start (fixture->service, NULL));
  port = handover_local_service_get_port (fixture->service);
  for (int i = 0; i < 2; i++)
    {
      g_assert_cmpint (kill (find_child (), SIGKILL), ==, 0);
      wait_for_state (fixture->service, HANDOVER_LOCAL_SERVICE_DOWN);
      g_assert_nonnull (handover_local_service_get_trouble (fixture->service));
      g_assert_null (handover_local_service_get_address (fixture->service));
      wait_for_state (fixture->service, HANDOVER_LOCAL_SERVICE_RUNNING);
      g_assert_null (handover_local_service_get_trouble (fixture->service));
      g_assert_cmpuint (handover_local_service_get_port (fixture->service), ==, port);
    }
}

static void
test_port_is_taken (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr (GSocketListener) other = g_socket_listener_new ();
  guint port = g_socket_listener_add_any_inet_port (other, NULL, NULL);

  g_object_set (fixture->service, "port", port, "told-port", port, NULL);
  g_assert_true (start (fixture->service, NULL));
  g_assert_cmpuint (handover_local_service_get_port (fixture->service), !=, port);
  g_assert_true (handover_local_service_has_moved (fixture->service));
  handover_local_service_take_as_told (fixture->service);
  g_assert_false (handover_local_service_has_moved (fixture->service));
  g_socket_listener_close (other);
}

static void
test_folder_is_in_use (Fixture       *fixture,
                       gconstpointer  data)
{
  g_autoptr (HandoverLocalService) second = handover_local_service_new (program, fixture->folder);
  g_autoptr (GError) error = NULL;

  g_assert_true (start (fixture->service, NULL));
  g_assert_false (start (second, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_BUSY);
  g_assert_cmpstr (handover_local_service_get_trouble (second), ==, error->message);
  g_assert_cmpint (handover_local_service_get_state (second), ==, HANDOVER_LOCAL_SERVICE_DOWN);

  /* It was not given up. */
  stop (fixture->service);
  wait_for_state (second, HANDOVER_LOCAL_SERVICE_RUNNING);
  stop (second);
  g_assert_null (handover_local_service_get_trouble (second));
}

static void
test_damaged_data (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "handoverd.db", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, "Dear diary, this is no database at all.", -1, NULL));
  g_assert_false (start (fixture->service, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
}

/* As a later Handover would have left it: the number of the schema, in the head of the file. */
static void
test_newer_data (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "handoverd.db", NULL);
  g_autofree char *content = NULL;
  const guint32 version = GUINT32_TO_BE (9999);
  g_autoptr (GError) error = NULL;
  gsize length;

  g_assert_true (start (fixture->service, NULL));
  stop (fixture->service);
  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  g_assert_cmpuint (length, >, 100);
  memcpy (content + 60, &version, sizeof version);
  g_assert_true (g_file_set_contents (path, content, length, NULL));

  g_assert_false (start (fixture->service, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
  g_assert_cmpstr (handover_local_service_get_trouble (fixture->service), ==, error->message);
}

/* A child inherits how large its files may become: none may grow at all, as where no room is left. */
static void
test_full_disk (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  struct rlimit limit;
  struct rlimit before;

  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  limit = before;
  limit.rlim_cur = 0;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  g_assert_false (start (fixture->service, &error));
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);

  wait_for_state (fixture->service, HANDOVER_LOCAL_SERVICE_RUNNING);
  g_assert_null (handover_local_service_get_trouble (fixture->service));
}

static void
test_no_program (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr (HandoverLocalService) service = handover_local_service_new ("/nonexistent/handoverd", fixture->folder);
  g_autoptr (GError) error = NULL;

  g_assert_false (start (service, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  stop (service);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  program = g_getenv ("HANDOVER_SERVICE_PROGRAM");

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  ADD ("/local-service/runs-and-stops", test_runs_and_stops);
  ADD ("/local-service/is-wanted-again-while-it-stops", test_is_wanted_again_while_it_stops);
  ADD ("/local-service/comes-back", test_comes_back);
  ADD ("/local-service/port-is-taken", test_port_is_taken);
  ADD ("/local-service/folder-is-in-use", test_folder_is_in_use);
  ADD ("/local-service/damaged-data", test_damaged_data);
  ADD ("/local-service/newer-data", test_newer_data);
  ADD ("/local-service/full-disk", test_full_disk);
  ADD ("/local-service/no-program", test_no_program);
#undef ADD

  return g_test_run ();
}
