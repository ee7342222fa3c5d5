/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

/* load-requests ADDRESS CONNECTIONS SECONDS FILE [COUNT]: sends the request in FILE over and over, the next as soon as the
 * one before is answered, COUNT times at most. In it $CLIENT$ becomes the connection's number and $NUMBER$ the request's.
 *
 * Prints "ANSWERED SECONDS P50 P99 REFUSED", times in milliseconds. */

#include "load.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

typedef struct
{
  int fd;
  char *request;
  gsize length;
  GString *answer;
  gsize wanted;
  gint64 started;
} Connection;

typedef struct
{
  const char *pattern;
  gsize length;
  guint number;
  guint limit;
  guint refused;
  GArray *times;
} Load;

static void
send_next (Load       *load,
           Connection *connection,
           guint       client)
{
  if (load->number == load->limit)
    return;

  memcpy (connection->request, load->pattern, load->length);
  load_put (connection->request, "$CLIENT$", client);
  load_put (connection->request, "$NUMBER$", load->number++);
  g_string_truncate (connection->answer, 0);
  connection->wanted = 0;
  connection->started = g_get_monotonic_time ();
  load_send (connection->fd, connection->request, load->length);
}

/* Whether the answer is complete. */
static gboolean
receive (Connection *connection)
{
  static char data[65536];
  gssize length = recv (connection->fd, data, sizeof data, 0);

  if (length <= 0)
    g_error ("the connection was closed: %s", length < 0 ? g_strerror (errno) : "end of file");

  g_string_append_len (connection->answer, data, length);
  if (connection->wanted == 0)
    connection->wanted = load_measure_answer (connection->answer);

  return connection->wanted > 0 && connection->answer->len >= connection->wanted;
}

static void
count (Load       *load,
       Connection *connection)
{
  double elapsed = (g_get_monotonic_time () - connection->started) / 1000.0;

  if (strncmp (connection->answer->str, "HTTP/1.1 2", 10) == 0)
    g_array_append_val (load->times, elapsed);
  else if (load->refused++ == 0)
    g_printerr ("%s\n", connection->answer->str);
}

static double
run (Load       *load,
     Connection *connections,
     guint       n_connections,
     double      seconds)
{
  int epoll = epoll_create1 (EPOLL_CLOEXEC);
  gint64 start = g_get_monotonic_time ();
  gint64 now = start;

  for (guint i = 0; i < n_connections; i++)
    {
      struct epoll_event event = { .events = EPOLLIN, .data.u32 = i };

      epoll_ctl (epoll, EPOLL_CTL_ADD, connections[i].fd, &event);
      send_next (load, &connections[i], i);
    }

  while (now < start + seconds * G_USEC_PER_SEC && load->times->len + load->refused < load->limit)
    {
      struct epoll_event events[64];
      int ready = epoll_wait (epoll, events, G_N_ELEMENTS (events), 10000);

      if (ready <= 0)
        g_error ("no answer within ten seconds");
      for (int i = 0; i < ready; i++)
        if (receive (&connections[events[i].data.u32]))
          {
            count (load, &connections[events[i].data.u32]);
            send_next (load, &connections[events[i].data.u32], events[i].data.u32);
          }
      now = g_get_monotonic_time ();
    }

  return (now - start) / (double) G_USEC_PER_SEC;
}

int
main (int    argc,
      char **argv)
{
  Load load = { .limit = G_MAXUINT, .times = g_array_new (FALSE, FALSE, sizeof (double)) };
  g_autofree Connection *connections = NULL;
  g_autofree char *pattern = NULL;
  double elapsed;
  guint n_connections;

  if (argc < 5)
    g_error ("usage: load-requests ADDRESS CONNECTIONS SECONDS FILE [COUNT]");
  if (argc > 5)
    load.limit = atoi (argv[5]);

  pattern = load_read_file (argv[4], &load.length);
  load.pattern = pattern;
  n_connections = atoi (argv[2]);
  connections = g_new0 (Connection, n_connections);
  for (guint i = 0; i < n_connections; i++)
    {
      connections[i].fd = load_connect (argv[1]);
      connections[i].request = g_strdup (pattern);
      connections[i].answer = g_string_new (NULL);
    }

  elapsed = run (&load, connections, n_connections, atof (argv[3]));
  if (load.times->len == 0)
    g_error ("nothing was answered");
  g_print ("%u %.3f %.3f %.3f %u\n", load.times->len, elapsed, load_quantile (load.times, 0.5),
           load_quantile (load.times, 0.99), load.refused);

  for (guint i = 0; i < n_connections; i++)
    {
      close (connections[i].fd);
      g_free (connections[i].request);
      g_string_free (connections[i].answer, TRUE);
    }
  g_array_unref (load.times);
  return 0;
}
