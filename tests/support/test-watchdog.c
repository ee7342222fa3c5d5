/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

/* The watchdog is preloaded and records into the file that HANDOVER_WATCHDOG names: it must see what waits in a turn
 * of the main loop, and nothing else. */

#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <glib.h>
#include <glib/gstdio.h>

static int descriptor;

static void
turn (GSourceFunc func)
{
  g_idle_add (func, NULL);
  g_main_context_iteration (NULL, TRUE);
}

/* What was recorded since the last call; empty if nothing was. */
static char *
take_record (void)
{
  const char *path = g_getenv ("HANDOVER_WATCHDOG");
  char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return g_strdup ("");

  g_assert_cmpint (g_unlink (path), ==, 0);
  return text;
}

static void
assert_recorded (GSourceFunc  func,
                 const char  *call)
{
  g_autofree char *expected = call != NULL ? g_strdup_printf ("the main loop waits in %s\n", call) : g_strdup ("");
  g_autofree char *record = NULL;

  turn (func);
  record = take_record ();
  if (call == NULL)
    g_assert_cmpstr (record, ==, "");
  else
    g_assert_true (g_str_has_prefix (record, expected));
}

static gboolean
sync_cb (gpointer data)
{
  fsync (descriptor);
  return G_SOURCE_REMOVE;
}

static gboolean
poll_cb (gpointer data)
{
  g_assert_cmpint (poll (NULL, 0, 1), ==, 0);
  return G_SOURCE_REMOVE;
}

static gboolean
nest_cb (gpointer data)
{
  g_main_context_iteration (NULL, FALSE);
  return G_SOURCE_REMOVE;
}

static gboolean
look_up_cb (gpointer data)
{
  struct addrinfo hints = { .ai_flags = AI_NUMERICHOST };
  struct addrinfo *found = NULL;

  g_assert_cmpint (getaddrinfo ("127.0.0.1", NULL, &hints, &found), ==, 0);
  freeaddrinfo (found);
  return G_SOURCE_REMOVE;
}

static gpointer
thread (gpointer data)
{
  fsync (descriptor);
  poll (NULL, 0, 1);
  return NULL;
}

static gboolean
join_cb (gpointer data)
{
  g_thread_join (g_thread_new ("busy", thread, NULL));
  return G_SOURCE_REMOVE;
}

/* Reads from a socket to which something was written: it need not wait. */
static gboolean
read_ready_cb (gpointer data)
{
  int pair[2];
  char byte = 0;

  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM, 0, pair), ==, 0);
  g_assert_cmpint (write (pair[0], "x", 1), ==, 1);
  g_assert_cmpint (read (pair[1], &byte, 1), ==, 1);
  g_assert_cmpint (byte, ==, 'x');
  close (pair[0]);
  close (pair[1]);
  return G_SOURCE_REMOVE;
}

static gpointer
answer_thread (gpointer data)
{
  /* Once it was recorded that somebody waits. */
  while (!g_file_test (g_getenv ("HANDOVER_WATCHDOG"), G_FILE_TEST_EXISTS))
    g_thread_yield ();
  g_assert_cmpint (write (GPOINTER_TO_INT (data), "x", 1), ==, 1);
  return NULL;
}

/* Reads before anything is there. */
static gboolean
read_cb (gpointer data)
{
  int pair[2];
  char byte;
  GThread *answerer;

  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM, 0, pair), ==, 0);
  answerer = g_thread_new ("answer", answer_thread, GINT_TO_POINTER (pair[0]));
  g_assert_cmpint (read (pair[1], &byte, 1), ==, 1);
  g_thread_unref (answerer);
  close (pair[0]);
  close (pair[1]);
  return G_SOURCE_REMOVE;
}

static void
test_what_waits (void)
{
  assert_recorded (sync_cb, "fsync ()");
  assert_recorded (poll_cb, "poll ()");
  assert_recorded (nest_cb, "a main loop inside a main loop");
  assert_recorded (look_up_cb, "getaddrinfo ()");
  assert_recorded (join_cb, "g_thread_join ()");
  assert_recorded (read_cb, "read ()");
}

static void
test_what_does_not (void)
{
  g_autofree char *record = NULL;
  GThread *busy = g_thread_new ("busy", thread, NULL);

  assert_recorded (read_ready_cb, NULL);

  /* Outside of a turn, and on other threads, a program may wait. */
  g_thread_join (busy);
  fsync (descriptor);
  poll (NULL, 0, 1);
  record = take_record ();
  g_assert_cmpstr (record, ==, "");
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *path = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  descriptor = g_file_open_tmp ("watched-XXXXXX", &path, NULL);
  g_test_add_func ("/watchdog/what-waits", test_what_waits);
  g_test_add_func ("/watchdog/what-does-not", test_what_does_not);
  status = g_test_run ();
  close (descriptor);
  g_unlink (path);
  return status;
}
