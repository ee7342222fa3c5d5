/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#define G_LOG_DOMAIN "handover-stream-inbox"

#include "service/streams/handover-stream-inbox.h"

#include <errno.h>
#include <sys/eventfd.h>
#include <unistd.h>

/* Where other threads leave what the thread of the event streams is to do. Its descriptor is ready while something lies
 * there. */
struct _HandoverStreamInbox
{
  GMutex lock;
  GQueue commands;
  int wake;
};

/**
 * handover_stream_command_new:
 * @kind: what to do
 *
 * Makes a command that says nothing more yet.
 *
 * Returns: (transfer full): a command
 */
HandoverStreamCommand *
handover_stream_command_new (HandoverStreamCommandKind kind)
{
  HandoverStreamCommand *self = g_new0 (HandoverStreamCommand, 1);

  self->kind = kind;
  return self;
}

/**
 * handover_stream_command_free:
 * @self: (transfer full): a command
 *
 * Frees a command with all that it still holds.
 */
void
handover_stream_command_free (HandoverStreamCommand *self)
{
  g_clear_pointer (&self->stream, handover_stream_free);
  g_clear_pointer (&self->head, g_bytes_unref);
  g_clear_pointer (&self->lines, g_ptr_array_unref);
  g_free (self->id);
  g_free (self);
}

/**
 * handover_stream_inbox_new:
 *
 * Makes an empty inbox.
 *
 * Returns: (transfer full): an inbox, whose descriptor is -1 if the system has none left
 */
HandoverStreamInbox *
handover_stream_inbox_new (void)
{
  HandoverStreamInbox *self = g_new0 (HandoverStreamInbox, 1);

  g_mutex_init (&self->lock);
  g_queue_init (&self->commands);
  self->wake = eventfd (0, EFD_CLOEXEC | EFD_NONBLOCK);
  return self;
}

/**
 * handover_stream_inbox_free:
 * @self: (transfer full): an inbox that nobody posts to any more
 *
 * Frees an inbox and what lies in it.
 */
void
handover_stream_inbox_free (HandoverStreamInbox *self)
{
  g_queue_clear_full (&self->commands, (GDestroyNotify) handover_stream_command_free);
  g_mutex_clear (&self->lock);
  if (self->wake >= 0)
    close (self->wake);
  g_free (self);
}

/**
 * handover_stream_inbox_get_fd:
 * @self: an inbox
 *
 * Gets what to wait for.
 *
 * Returns: a descriptor that can be read while something lies in the inbox
 */
int
handover_stream_inbox_get_fd (HandoverStreamInbox *self)
{
  return self->wake;
}

/**
 * handover_stream_inbox_post:
 * @self: an inbox
 * @command: (transfer full): what to do
 *
 * Leaves a command, from any thread.
 */
void
handover_stream_inbox_post (HandoverStreamInbox   *self,
                            HandoverStreamCommand *command)
{
  const guint64 one = 1;
  gboolean first;

  g_mutex_lock (&self->lock);
  first = g_queue_is_empty (&self->commands);
  g_queue_push_tail (&self->commands, command);
  g_mutex_unlock (&self->lock);

  if (first && write (self->wake, &one, sizeof one) < 0)
    g_warning ("Cannot wake the thread of the event streams: %s", g_strerror (errno));
}

/**
 * handover_stream_inbox_take:
 * @self: an inbox
 *
 * Takes all that lies there, in the order in which it came.
 *
 * Returns: (transfer full) (element-type HandoverStreamCommand): the commands
 */
GQueue
handover_stream_inbox_take (HandoverStreamInbox *self)
{
  GQueue commands;
  guint64 count;
  gssize n_read G_GNUC_UNUSED = read (self->wake, &count, sizeof count);

  g_mutex_lock (&self->lock);
  commands = self->commands;
  g_queue_init (&self->commands);
  g_mutex_unlock (&self->lock);

  return commands;
}
