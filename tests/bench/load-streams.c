/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

/* load-streams ADDRESS COUNT SUBSCRIBE PUBLISH: opens COUNT event streams with the request in the file SUBSCRIBE and
 * prints the seconds that took. Then, for each line "N" on standard input, sends the request in the file PUBLISH
 * N times, each when all streams have the one before. In it, $NUMBER$ becomes a number that tells events apart.
 *
 * Prints for each "ANSWERED:SENT", milliseconds until the last stream had it since the request was answered and since it
 * was sent; N of them a line. */

#include "load.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define CONNECTING 64
#define MARK 8

typedef struct
{
  int fd;
  guint turn;
  char last[MARK];
} Stream;

typedef struct
{
  Stream *streams;
  guint n_streams;
  int epoll;
  guint turn;
} Load;

/* One request; its own thread, so that when it was answered is not known late. */
typedef struct
{
  int fd;
  const char *request;
  gint64 sent;
  gint64 answered;
} Publication;

/* Whether @mark is in what a stream has sent, also across two reads. */
static gboolean
receive (Stream     *stream,
         const char *mark,
         gsize       mark_length)
{
  static char data[MARK + 65536];
  gssize length = recv (stream->fd, data + MARK, sizeof data - MARK, MSG_DONTWAIT);
  gboolean found;

  if (length == 0 || (length < 0 && errno != EAGAIN))
    g_error ("a stream was closed: %s", length < 0 ? g_strerror (errno) : "end of file");
  if (length < 0)
    return FALSE;

  memcpy (data, stream->last, MARK);
  found = memmem (data, MARK + length, mark, mark_length) != NULL;
  memcpy (stream->last, data + length, MARK);
  return found;
}

/* Waits until @missing more streams have sent @mark. */
static void
wait_for (Load       *load,
          guint       missing,
          const char *mark,
          gsize       mark_length)
{
  while (missing > 0)
    {
      struct epoll_event events[256];
      int ready = epoll_wait (load->epoll, events, G_N_ELEMENTS (events), 10000);

      if (ready <= 0)
        g_error ("%u of %u streams did not answer within ten seconds", missing, load->n_streams);
      for (int i = 0; i < ready; i++)
        {
          Stream *stream = &load->streams[events[i].data.u32];

          if (!receive (stream, mark, mark_length) || stream->turn == load->turn)
            continue;
          stream->turn = load->turn;
          missing--;
        }
    }
}

static void
open_streams (Load       *load,
              const char *address,
              const char *request)
{
  load->epoll = epoll_create1 (EPOLL_CLOEXEC);
  load->turn = 1;
  for (guint i = 0; i < load->n_streams; i++)
    {
      struct epoll_event event = { .events = EPOLLIN, .data.u32 = i };

      load->streams[i].fd = load_connect (address);
      epoll_ctl (load->epoll, EPOLL_CTL_ADD, load->streams[i].fd, &event);
      load_send (load->streams[i].fd, request, strlen (request));
      /* So many at a time: no server is asked for a longer queue than it has. */
      if ((i + 1) % CONNECTING == 0 || i + 1 == load->n_streams)
        wait_for (load, i % CONNECTING + 1, "\r\n\r\n", 4);
    }
}

static gpointer
publish (gpointer data)
{
  Publication *publication = data;
  g_autoptr (GString) answer = g_string_new (NULL);
  gsize wanted = 0;

  publication->sent = g_get_monotonic_time ();
  load_send (publication->fd, publication->request, strlen (publication->request));
  while (wanted == 0 || answer->len < wanted)
    {
      char part[4096];
      gssize length = recv (publication->fd, part, sizeof part, 0);

      if (length <= 0)
        g_error ("the connection was closed before an event was answered");
      g_string_append_len (answer, part, length);
      wanted = load_measure_answer (answer);
    }
  publication->answered = g_get_monotonic_time ();
  if (!g_str_has_prefix (answer->str, "HTTP/1.1 2"))
    g_error ("an event was refused: %s", answer->str);

  return NULL;
}

static void
measure (Load       *load,
         const char *address,
         const char *pattern,
         guint       rounds,
         guint      *number)
{
  Publication publication = { .fd = load_connect (address) };

  for (guint i = 0; i < rounds; i++)
    {
      g_autofree char *mark = g_strdup_printf ("%08u", ++*number);
      g_autofree char *request = g_strdup (pattern);
      GThread *publisher;
      gint64 last;

      load_put (request, "$NUMBER$", *number);
      publication.request = request;
      load->turn++;
      publisher = g_thread_new ("publisher", publish, &publication);
      wait_for (load, load->n_streams, mark, MARK);
      last = g_get_monotonic_time ();
      g_thread_join (publisher);
      g_print ("%.3f:%.3f ", (last - publication.answered) / 1000.0, (last - publication.sent) / 1000.0);
    }

  g_print ("\n");
  close (publication.fd);
}

int
main (int    argc,
      char **argv)
{
  Load load = { 0 };
  g_autofree Stream *streams = NULL;
  g_autofree char *subscribe = NULL;
  g_autofree char *pattern = NULL;
  char line[16];
  guint number = 10000000;
  gint64 start;

  if (argc != 5)
    g_error ("usage: load-streams ADDRESS COUNT SUBSCRIBE PUBLISH");

  load.n_streams = atoi (argv[2]);
  load.streams = streams = g_new0 (Stream, load.n_streams);
  subscribe = load_read_file (argv[3], NULL);
  pattern = load_read_file (argv[4], NULL);

  start = g_get_monotonic_time ();
  open_streams (&load, argv[1], subscribe);
  g_print ("%.3f\n", (g_get_monotonic_time () - start) / (double) G_USEC_PER_SEC);
  while (fgets (line, sizeof line, stdin) != NULL)
    measure (&load, argv[1], pattern, atoi (line), &number);

  return 0;
}
