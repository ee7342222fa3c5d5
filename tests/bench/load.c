/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "load.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

/* Connects to HOST:PORT, a number each. */
int
load_connect (const char *address)
{
  g_auto (GStrv) parts = g_strsplit (address, ":", 2);
  struct sockaddr_in name = { .sin_family = AF_INET, .sin_port = htons (atoi (parts[1])) };
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const int one = 1;

  if (fd < 0 || inet_pton (AF_INET, parts[0], &name.sin_addr) != 1 ||
      connect (fd, (struct sockaddr *) &name, sizeof name) != 0)
    g_error ("cannot connect to %s: %s", address, g_strerror (errno));
  setsockopt (fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);

  return fd;
}

char *
load_read_file (const char *path,
                gsize      *length)
{
  g_autoptr (GError) error = NULL;
  char *text;

  if (!g_file_get_contents (path, &text, length, &error))
    g_error ("%s", error->message);

  return text;
}

/* Writes eight digits over each placeholder, which is as long: the length of the request stays. */
void
load_put (char       *request,
          const char *placeholder,
          guint       number)
{
  g_autofree char *digits = g_strdup_printf ("%08u", number);

  g_assert (strlen (placeholder) == 8 && strlen (digits) == 8);
  for (char *found = strstr (request, placeholder); found != NULL; found = strstr (found + 8, placeholder))
    memcpy (found, digits, 8);
}

/* Requests are small and the kernel takes them whole. */
void
load_send (int         fd,
           const char *data,
           gsize       length)
{
  if (send (fd, data, length, MSG_NOSIGNAL) != (gssize) length)
    g_error ("cannot send a request: %s", g_strerror (errno));
}

/* How long an answer is, once its head is there; 0 before. */
gsize
load_measure_answer (const GString *answer)
{
  const char *end = strstr (answer->str, "\r\n\r\n");
  const char *length = end != NULL ? strcasestr (answer->str, "\r\ncontent-length:") : NULL;

  if (end == NULL)
    return 0;

  return end + 4 - answer->str + (length != NULL ? strtoul (length + strlen ("\r\ncontent-length:"), NULL, 10) : 0);
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  const double *first = a;
  const double *second = b;

  return (*first > *second) - (*first < *second);
}

double
load_quantile (GArray *values,
               double  share)
{
  g_array_sort (values, compare);

  return g_array_index (values, double, MIN (values->len - 1, (guint) (share * values->len)));
}
