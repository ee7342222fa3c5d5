/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/streams/handover-stream.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

/* More in the kernel would only hide how far behind a slow reader is. */
#define SEND_BUFFER (32 * 1024)

static void
tune_socket (int fd)
{
  int on = 1;
  int size = SEND_BUFFER;

  setsockopt (fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  setsockopt (fd, SOL_SOCKET, SO_SNDBUF, &size, sizeof size);
}

/**
 * handover_stream_new:
 * @end: the connection
 * @principal: who reads it
 * @after: the number to start after
 * @error: return location
 *
 * Makes a stream of a connection. Without TLS only the descriptor is kept, which is a tenth of the memory.
 *
 * Returns: (transfer full) (nullable): the stream
 */
HandoverStream *
handover_stream_new (const HandoverStreamEnd *end,
                     const HandoverPrincipal *principal,
                     gint64                   after,
                     GError                 **error)
{
  HandoverPlace *place = end->place;
  HandoverStream *self;
  int fd = g_socket_get_fd (end->socket);

  if (!end->tls)
    fd = fcntl (fd, F_DUPFD_CLOEXEC, 0);
  if (fd < 0)
    {
      int saved_errno = errno;

      g_clear_pointer (&place, handover_place_free);
      g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (saved_errno), g_strerror (saved_errno));
      return NULL;
    }

  self = g_new0 (HandoverStream, 1);
  self->fd = fd;
  self->cursor = after;
  self->place = place;
  self->principal = *principal;
  self->principal.business_id = g_strdup (principal->business_id);
  self->principal.id = g_strdup (principal->id);
  self->principal.credential_id = g_strdup (principal->credential_id);
  self->principal.name = NULL;
  if (end->tls)
    {
      self->connection = g_object_ref (end->connection);
      self->socket = g_object_ref (end->socket);
    }
  tune_socket (fd);

  return self;
}

static GBytes *
peek_head (HandoverStream *self)
{
  return self->queue[self->queue_start];
}

static void
pop_head (HandoverStream *self)
{
  GBytes *head = peek_head (self);

  self->queue_bytes -= g_bytes_get_size (head);
  g_bytes_unref (head);
  self->queue_start = (self->queue_start + 1) % HANDOVER_STREAM_QUEUE_EVENTS;
  self->queue_length--;
  self->offset = 0;
  if (self->queue_length == 0)
    g_clear_pointer (&self->queue, g_free);
}

/**
 * handover_stream_free:
 * @self: (transfer full): a stream
 *
 * Closes the connection and frees the stream. An encrypted one gets no farewell, which could block.
 */
void
handover_stream_free (HandoverStream *self)
{
  while (self->queue_length > 0)
    pop_head (self);

  if (self->socket != NULL)
    g_socket_close (self->socket, NULL);
  else
    close (self->fd);
  g_clear_object (&self->connection);
  g_clear_object (&self->socket);
  g_clear_pointer (&self->place, handover_place_free);
  handover_principal_clear (&self->principal);
  g_free (self);
}

static gssize
write_encrypted (HandoverStream *self,
                 const char     *data,
                 gsize           size)
{
  g_autoptr (GError) error = NULL;
  GOutputStream *output = g_io_stream_get_output_stream (self->connection);
  gssize written = g_pollable_output_stream_write_nonblocking (G_POLLABLE_OUTPUT_STREAM (output),
                                                               data, size, NULL, &error);

  if (written < 0 && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    return 0;
  return written;
}

/* Writes what the kernel takes at once: the number of bytes, 0 when it is full, -1 when the reader is gone. */
static gssize
write_some (HandoverStream *self,
            const char     *data,
            gsize           size)
{
  gssize written;

  if (self->connection != NULL)
    return write_encrypted (self, data, size);

  do
    written = send (self->fd, data, size, MSG_DONTWAIT | MSG_NOSIGNAL);
  while (written < 0 && errno == EINTR);

  if (written < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
    return 0;
  return written;
}

static gboolean
enqueue (HandoverStream *self,
         GBytes         *bytes)
{
  gsize size = g_bytes_get_size (bytes);
  guint end;

  /* A page of the log may be larger than the bound; it comes only when nothing else waits. */
  if (self->queue_length > 0 &&
      (self->queue_length >= HANDOVER_STREAM_QUEUE_EVENTS || self->queue_bytes + size > HANDOVER_STREAM_QUEUE_BYTES))
    return FALSE;

  if (self->queue == NULL)
    {
      self->queue = g_new (GBytes *, HANDOVER_STREAM_QUEUE_EVENTS);
      self->queue_start = 0;
      self->stalled = 0;
    }
  end = (self->queue_start + self->queue_length) % HANDOVER_STREAM_QUEUE_EVENTS;
  self->queue[end] = g_bytes_ref (bytes);
  self->queue_length++;
  self->queue_bytes += size;

  return TRUE;
}

/**
 * handover_stream_flush:
 * @self: a stream
 *
 * Writes what waits, as far as the connection takes it. Encrypted connections want the same bytes again after they
 * were full, which the queue sees to.
 *
 * Returns: %FALSE if the connection is gone
 */
gboolean
handover_stream_flush (HandoverStream *self)
{
  while (self->queue_length > 0)
    {
      gsize size;
      const char *data = g_bytes_get_data (peek_head (self), &size);
      gssize written = write_some (self, data + self->offset, size - self->offset);

      if (written < 0)
        return FALSE;
      if (written == 0)
        return TRUE;

      self->stalled = 0;
      self->offset += written;
      if (self->offset == size)
        pop_head (self);
    }

  return TRUE;
}

/**
 * handover_stream_send:
 * @self: a stream
 * @bytes: what to write
 *
 * Writes at once what the connection takes and queues the rest.
 *
 * Returns: %FALSE if the stream is to be cut: its reader is gone or too slow
 */
gboolean
handover_stream_send (HandoverStream *self,
                      GBytes         *bytes)
{
  gssize written = 0;
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  if (self->queue_length > 0)
    return enqueue (self, bytes);

  written = write_some (self, data, size);
  if (written < 0)
    return FALSE;
  if ((gsize) written == size)
    return TRUE;
  if (!enqueue (self, bytes))
    return FALSE;

  self->offset = written;
  /* A partial write says that the kernel may take more now; only a would-block promises an edge later. */
  return written == 0 || handover_stream_flush (self);
}

/**
 * handover_stream_drain:
 * @self: a stream
 *
 * Reads and drops what the client sends, which is nothing of meaning, to learn when it leaves.
 *
 * Returns: %FALSE if the client has left
 */
gboolean
handover_stream_drain (HandoverStream *self)
{
  char buffer[1024];
  gssize n_read;

  do
    {
      if (self->connection != NULL)
        {
          g_autoptr (GError) error = NULL;
          GInputStream *input = g_io_stream_get_input_stream (self->connection);

          n_read = g_pollable_input_stream_read_nonblocking (G_POLLABLE_INPUT_STREAM (input),
                                                             buffer, sizeof buffer, NULL, &error);
          if (n_read < 0)
            return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK);
        }
      else
        {
          n_read = recv (self->fd, buffer, sizeof buffer, MSG_DONTWAIT);
          if (n_read < 0)
            return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
        }
    }
  while (n_read > 0);

  return FALSE;
}

/**
 * handover_stream_is_idle:
 * @self: a stream
 *
 * Tells whether everything was written.
 *
 * Returns: whether nothing waits
 */
gboolean
handover_stream_is_idle (HandoverStream *self)
{
  return self->queue_length == 0;
}

/**
 * handover_stream_count_beat:
 * @self: a stream in which something waits
 *
 * Counts one more heartbeat over which nothing could be written.
 *
 * Returns: how many there were in a row
 */
guint
handover_stream_count_beat (HandoverStream *self)
{
  return ++self->stalled;
}

/**
 * handover_stream_belongs_to:
 * @self: a stream
 * @id: the id of an operator, a session, an agent or a key
 *
 * Tells whether the stream was opened by @id.
 *
 * Returns: whether it was
 */
gboolean
handover_stream_belongs_to (HandoverStream *self,
                            const char     *id)
{
  return g_strcmp0 (self->principal.id, id) == 0 || g_strcmp0 (self->principal.credential_id, id) == 0;
}

/**
 * handover_stream_may_see:
 * @self: a stream
 * @line: a line of its business's log
 * @withheld: (out): whether only the number may be seen
 *
 * Decides what a stream is given of a line: an operator every number, an agent only its own.
 *
 * Returns: whether anything is
 */
gboolean
handover_stream_may_see (HandoverStream  *self,
                         HandoverLogLine *line,
                         gboolean        *withheld)
{
  *withheld = FALSE;
  if (self->principal.kind == HANDOVER_PRINCIPAL_AGENT)
    return line->agent_id != NULL && g_strcmp0 (line->agent_id, self->principal.id) == 0;

  *withheld = line->operator_id != NULL && g_strcmp0 (line->operator_id, self->principal.id) != 0;
  /* A signal without a number has nothing to withhold. */
  return line->sequence > 0 || !*withheld;
}
