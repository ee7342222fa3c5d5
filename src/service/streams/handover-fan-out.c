/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#define G_LOG_DOMAIN "handover-fan-out"

#include "service/streams/handover-fan-out.h"

#include <errno.h>
#include <sys/epoll.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "service/streams/handover-stream-inbox.h"
#include "service/streams/handover-stream-text.h"

#define DEFAULT_HEARTBEAT 5000
#define MAXIMUM_STALLED_BEATS 12
#define EVENTS_PER_TURN 256

/* The streams of one business, and the last number published to them. */
typedef struct
{
  GPtrArray *streams;
  gint64 last;
} Room;

struct _HandoverFanOut
{
  HandoverFanOutOptions options;
  GThread *thread;
  HandoverStreamInbox *inbox;
  int epoll;
  int timer;
  gint next_stream;
  gint n_streams;

  /* Only the thread touches what follows. */
  GHashTable *streams;
  GHashTable *rooms;
  GPtrArray *dead;
  GBytes *heartbeat;
  gboolean stopping;
};

static void
room_free (gpointer data)
{
  Room *room = data;

  g_ptr_array_unref (room->streams);
  g_free (room);
}

static Room *
get_room (HandoverFanOut *self,
          const char     *business_id)
{
  Room *room = g_hash_table_lookup (self->rooms, business_id);

  if (room == NULL)
    {
      room = g_new0 (Room, 1);
      room->streams = g_ptr_array_new ();
      g_hash_table_insert (self->rooms, g_strdup (business_id), room);
    }

  return room;
}

/* A stream is freed at the end of the turn, for the same turn may still hold events for it. */
static void
cut (HandoverFanOut *self,
     HandoverStream *stream)
{
  Room *room;

  if (stream->dead)
    return;

  stream->dead = TRUE;
  epoll_ctl (self->epoll, EPOLL_CTL_DEL, stream->fd, NULL);
  g_hash_table_remove (self->streams, &stream->id);
  room = g_hash_table_lookup (self->rooms, stream->principal.business_id);
  g_ptr_array_remove_fast (room->streams, stream);
  if (room->streams->len == 0)
    g_hash_table_remove (self->rooms, stream->principal.business_id);
  g_ptr_array_add (self->dead, stream);
  g_atomic_int_set (&self->n_streams, (gint) g_hash_table_size (self->streams));
}

static void
fetch (HandoverFanOut *self,
       HandoverStream *stream)
{
  if (stream->fetching || stream->live || !handover_stream_is_idle (stream))
    return;

  stream->fetching = TRUE;
  self->options.fetch (stream->id, &stream->principal, stream->cursor, self->options.user_data);
}

static void
handle_add (HandoverFanOut        *self,
            HandoverStreamCommand *command)
{
  HandoverStream *stream = g_steal_pointer (&command->stream);
  struct epoll_event event = {
    .events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET,
    .data.ptr = stream,
  };

  g_hash_table_insert (self->streams, &stream->id, stream);
  g_ptr_array_add (get_room (self, stream->principal.business_id)->streams, stream);
  g_atomic_int_set (&self->n_streams, (gint) g_hash_table_size (self->streams));

  if (epoll_ctl (self->epoll, EPOLL_CTL_ADD, stream->fd, &event) < 0 || !handover_stream_send (stream, command->head))
    {
      cut (self, stream);
      return;
    }

  fetch (self, stream);
}

static GBytes *
pick_text (HandoverLogLine *line,
           gboolean         withheld,
           GBytes         **whole,
           GBytes         **number)
{
  GBytes **text = withheld ? number : whole;

  if (*text == NULL)
    *text = handover_stream_text_line (line, withheld);
  return *text;
}

static void
publish_line (HandoverFanOut  *self,
              HandoverLogLine *line)
{
  g_autoptr (GBytes) whole = NULL;
  g_autoptr (GBytes) number = NULL;
  Room *room = g_hash_table_lookup (self->rooms, line->business_id);

  if (room == NULL)
    return;

  room->last = MAX (room->last, line->sequence);
  /* Backwards, for cutting a stream moves the last one into its place; cutting the only one frees the room. */
  for (guint i = room->streams->len; i > 0; i--)
    {
      HandoverStream *stream = g_ptr_array_index (room->streams, i - 1);
      gboolean withheld;

      if (!stream->live || (line->sequence > 0 && line->sequence <= stream->cursor))
        continue;

      stream->cursor = MAX (stream->cursor, line->sequence);
      if (handover_stream_may_see (stream, line, &withheld) &&
          !handover_stream_send (stream, pick_text (line, withheld, &whole, &number)))
        cut (self, stream);
    }
}

static void
handle_publish (HandoverFanOut        *self,
                HandoverStreamCommand *command)
{
  for (guint i = 0; i < command->lines->len; i++)
    publish_line (self, g_ptr_array_index (command->lines, i));
}

static GBytes *
make_page (HandoverStream *stream,
           GPtrArray      *lines)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < lines->len; i++)
    {
      HandoverLogLine *line = g_ptr_array_index (lines, i);
      gboolean withheld;

      if (line->sequence > stream->cursor && handover_stream_may_see (stream, line, &withheld))
        handover_stream_text_append (text, line, withheld);
    }

  return g_string_free_to_bytes (text);
}

/* A stream goes live once a page reached the end of the log, was written out, and nothing later was published
 * meanwhile: what was published before that is in the page, what comes after goes out by itself. */
static void
handle_deliver (HandoverFanOut        *self,
                HandoverStreamCommand *command)
{
  HandoverStream *stream = g_hash_table_lookup (self->streams, &command->stream_id);
  g_autoptr (GBytes) page = NULL;
  Room *room;

  if (stream == NULL)
    return;

  page = make_page (stream, command->lines);
  stream->fetching = FALSE;
  stream->cursor = MAX (stream->cursor, command->end);
  if (g_bytes_get_size (page) > 0 && !handover_stream_send (stream, page))
    {
      cut (self, stream);
      return;
    }

  room = g_hash_table_lookup (self->rooms, stream->principal.business_id);
  stream->live = !command->more && stream->cursor >= room->last && handover_stream_is_idle (stream);
  fetch (self, stream);
}

static void
handle_refuse (HandoverFanOut        *self,
               HandoverStreamCommand *command)
{
  HandoverStream *stream = g_hash_table_lookup (self->streams, &command->stream_id);

  if (stream != NULL)
    cut (self, stream);
}

static void
cut_all (HandoverFanOut *self,
         const char     *id)
{
  g_autoptr (GPtrArray) streams = g_hash_table_get_values_as_ptr_array (self->streams);

  for (guint i = 0; i < streams->len; i++)
    {
      HandoverStream *stream = g_ptr_array_index (streams, i);

      if (id == NULL || handover_stream_belongs_to (stream, id))
        cut (self, stream);
    }
}

static void
run_command (HandoverFanOut        *self,
             HandoverStreamCommand *command)
{
  switch (command->kind)
    {
    case HANDOVER_STREAM_COMMAND_ADD:
      handle_add (self, command);
      break;
    case HANDOVER_STREAM_COMMAND_PUBLISH:
      handle_publish (self, command);
      break;
    case HANDOVER_STREAM_COMMAND_DELIVER:
      handle_deliver (self, command);
      break;
    case HANDOVER_STREAM_COMMAND_REFUSE:
      handle_refuse (self, command);
      break;
    case HANDOVER_STREAM_COMMAND_END:
      cut_all (self, command->id);
      break;
    case HANDOVER_STREAM_COMMAND_STOP:
      cut_all (self, NULL);
      self->stopping = TRUE;
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
run_inbox (HandoverFanOut *self)
{
  GQueue commands = handover_stream_inbox_take (self->inbox);

  while (!g_queue_is_empty (&commands))
    {
      HandoverStreamCommand *command = g_queue_pop_head (&commands);

      if (!self->stopping)
        run_command (self, command);
      handover_stream_command_free (command);
    }
}

static void
beat (HandoverFanOut *self)
{
  g_autoptr (GPtrArray) streams = g_hash_table_get_values_as_ptr_array (self->streams);
  guint64 count;
  gssize n_read G_GNUC_UNUSED = read (self->timer, &count, sizeof count);

  for (guint i = 0; i < streams->len; i++)
    {
      HandoverStream *stream = g_ptr_array_index (streams, i);

      if (!handover_stream_is_idle (stream))
        {
          if (handover_stream_count_beat (stream) >= MAXIMUM_STALLED_BEATS)
            cut (self, stream);
        }
      else if (!handover_stream_send (stream, self->heartbeat))
        {
          cut (self, stream);
        }
    }
}

static void
handle_ready (HandoverFanOut *self,
              HandoverStream *stream,
              guint32         events)
{
  if (stream->dead)
    return;

  if (events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR))
    cut (self, stream);
  else if ((events & EPOLLIN) != 0 && !handover_stream_drain (stream))
    cut (self, stream);
  else if (!handover_stream_flush (stream))
    cut (self, stream);
  else
    fetch (self, stream);
}

static gpointer
run (gpointer data)
{
  HandoverFanOut *self = data;

  while (!self->stopping)
    {
      struct epoll_event events[EVENTS_PER_TURN];
      int n_events = epoll_wait (self->epoll, events, EVENTS_PER_TURN, -1);

      for (int i = 0; i < n_events; i++)
        {
          if (events[i].data.ptr == self->inbox)
            run_inbox (self);
          else if (events[i].data.ptr == &self->timer)
            beat (self);
          else
            handle_ready (self, events[i].data.ptr, events[i].events);
        }
      g_ptr_array_set_size (self->dead, 0);
    }

  return NULL;
}

static gboolean
watch (HandoverFanOut  *self,
       int              descriptor,
       gpointer         name,
       GError         **error)
{
  struct epoll_event event = { .events = EPOLLIN, .data.ptr = name };

  if (descriptor >= 0 && epoll_ctl (self->epoll, EPOLL_CTL_ADD, descriptor, &event) == 0)
    return TRUE;

  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno),
               "Cannot prepare the thread of the event streams: %s", g_strerror (errno));
  return FALSE;
}

static gboolean
start (HandoverFanOut  *self,
       GError         **error)
{
  guint interval = self->options.heartbeat > 0 ? self->options.heartbeat : DEFAULT_HEARTBEAT;
  struct timespec period = { interval / 1000, (interval % 1000) * 1000000L };
  struct itimerspec timing = { period, period };

  self->epoll = epoll_create1 (EPOLL_CLOEXEC);
  self->timer = timerfd_create (CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);
  if (!watch (self, handover_stream_inbox_get_fd (self->inbox), self->inbox, error) ||
      !watch (self, self->timer, &self->timer, error))
    return FALSE;

  timerfd_settime (self->timer, 0, &timing, NULL);
  self->thread = g_thread_try_new ("streams", run, self, error);
  return self->thread != NULL;
}

/**
 * handover_fan_out_new:
 * @options: what it is made of
 * @error: return location
 *
 * Starts the thread that serves the event streams.
 *
 * Returns: (transfer full) (nullable): the fan-out
 */
HandoverFanOut *
handover_fan_out_new (const HandoverFanOutOptions  *options,
                      GError                      **error)
{
  g_autoptr (HandoverFanOut) self = g_new0 (HandoverFanOut, 1);

  self->options = *options;
  self->epoll = self->timer = -1;
  self->inbox = handover_stream_inbox_new ();
  self->streams = g_hash_table_new (g_int64_hash, g_int64_equal);
  self->rooms = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, room_free);
  self->dead = g_ptr_array_new_with_free_func ((GDestroyNotify) handover_stream_free);
  self->heartbeat = g_bytes_new_static (":\n\n", 3);

  if (!start (self, error))
    return NULL;

  return g_steal_pointer (&self);
}

static void
close_descriptor (int descriptor)
{
  if (descriptor >= 0)
    close (descriptor);
}

/**
 * handover_fan_out_stop:
 * @self: the fan-out
 *
 * Closes all streams, ends the thread and waits for it: not to be called on a main loop.
 */
void
handover_fan_out_stop (HandoverFanOut *self)
{
  handover_stream_inbox_post (self->inbox, handover_stream_command_new (HANDOVER_STREAM_COMMAND_STOP));
  g_thread_join (g_steal_pointer (&self->thread));
}

/**
 * handover_fan_out_free:
 * @self: (transfer full): the fan-out
 *
 * Frees a fan-out; one that was not stopped is.
 */
void
handover_fan_out_free (HandoverFanOut *self)
{
  if (self->thread != NULL)
    handover_fan_out_stop (self);

  handover_stream_inbox_free (self->inbox);
  g_ptr_array_unref (self->dead);
  g_hash_table_unref (self->streams);
  g_hash_table_unref (self->rooms);
  g_bytes_unref (self->heartbeat);
  close_descriptor (self->timer);
  close_descriptor (self->epoll);
  g_free (self);
}

/**
 * handover_fan_out_add:
 * @self: the fan-out
 * @end: the connection
 * @principal: who reads the stream
 * @after: the number to start after
 * @sequence: the number at which the request was answered
 * @error: return location
 *
 * Serves a connection as an event stream from now on: its head, the log after @after, then what is published.
 *
 * Returns: whether it could
 */
gboolean
handover_fan_out_add (HandoverFanOut           *self,
                      const HandoverStreamEnd  *end,
                      const HandoverPrincipal  *principal,
                      gint64                    after,
                      gint64                    sequence,
                      GError                  **error)
{
  HandoverStream *stream = handover_stream_new (end, principal, after, error);
  HandoverStreamCommand *command;

  if (stream == NULL)
    return FALSE;

  stream->id = (guint64) g_atomic_int_add (&self->next_stream, 1);
  command = handover_stream_command_new (HANDOVER_STREAM_COMMAND_ADD);
  command->stream = stream;
  command->head = handover_stream_text_head (sequence);
  handover_stream_inbox_post (self->inbox, command);

  return TRUE;
}

/**
 * handover_fan_out_publish:
 * @self: the fan-out
 * @lines: (element-type HandoverLogLine): lines in the order of their numbers
 *
 * Gives lines to all live streams that may see them. Called after their commit, from any thread.
 */
void
handover_fan_out_publish (HandoverFanOut *self,
                          GPtrArray      *lines)
{
  HandoverStreamCommand *command;

  if (lines->len == 0)
    return;

  command = handover_stream_command_new (HANDOVER_STREAM_COMMAND_PUBLISH);
  command->lines = g_ptr_array_ref (lines);
  handover_stream_inbox_post (self->inbox, command);
}

/**
 * handover_fan_out_deliver:
 * @self: the fan-out
 * @stream: the stream that asked
 * @lines: (element-type HandoverLogLine): a page of the log
 * @end: the number up to which the page tells all
 * @more: whether the log goes on after @end
 *
 * Answers what a stream asked for.
 */
void
handover_fan_out_deliver (HandoverFanOut *self,
                          guint64         stream,
                          GPtrArray      *lines,
                          gint64          end,
                          gboolean        more)
{
  HandoverStreamCommand *command = handover_stream_command_new (HANDOVER_STREAM_COMMAND_DELIVER);

  command->stream_id = stream;
  command->lines = g_ptr_array_ref (lines);
  command->end = end;
  command->more = more;
  handover_stream_inbox_post (self->inbox, command);
}

/**
 * handover_fan_out_refuse:
 * @self: the fan-out
 * @stream: the stream that asked
 *
 * Ends a stream whose page cannot be had. Its client connects again and is told why.
 */
void
handover_fan_out_refuse (HandoverFanOut *self,
                         guint64         stream)
{
  HandoverStreamCommand *command = handover_stream_command_new (HANDOVER_STREAM_COMMAND_REFUSE);

  command->stream_id = stream;
  handover_stream_inbox_post (self->inbox, command);
}

/**
 * handover_fan_out_end:
 * @self: the fan-out
 * @id: the id of an operator, a session, an agent or a key
 *
 * Ends all streams that @id opened.
 */
void
handover_fan_out_end (HandoverFanOut *self,
                      const char     *id)
{
  HandoverStreamCommand *command = handover_stream_command_new (HANDOVER_STREAM_COMMAND_END);

  command->id = g_strdup (id);
  handover_stream_inbox_post (self->inbox, command);
}

/**
 * handover_fan_out_get_count:
 * @self: the fan-out
 *
 * Counts the open streams.
 *
 * Returns: how many there are
 */
guint
handover_fan_out_get_count (HandoverFanOut *self)
{
  return (guint) g_atomic_int_get (&self->n_streams);
}
