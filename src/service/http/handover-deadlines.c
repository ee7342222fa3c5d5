/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#define G_LOG_DOMAIN "handover-deadlines"

#include "service/http/handover-deadlines.h"

#define WAIT_DATA "handover-wait"

struct _HandoverDeadlines
{
  GQueue waiting;
  gint64 head_limit;
  gint64 body_limit;
  guint sweep;
  gboolean closed;
};

/* A connection. It is queued while its other side keeps us waiting: for a request's head, for the body, or to take
 * the answer. The library tells of a second request only when it begins, so the wait belongs to the socket. */
typedef struct
{
  HandoverDeadlines *deadlines;
  GSocket *socket;
  GList link;
  gboolean queued;
  gint64 until;
} Wait;

static void
wait_end (Wait *wait)
{
  if (wait->queued)
    g_queue_unlink (&wait->deadlines->waiting, &wait->link);
  wait->queued = FALSE;
}

static void
wait_free (gpointer data)
{
  Wait *wait = data;

  wait_end (wait);
  g_rc_box_release (wait->deadlines);
  g_free (wait);
}

/* What the library then reads is the end of the connection, and it cleans up as ever. */
static void
cut (Wait *wait)
{
  wait_end (wait);
  g_debug ("A client took too long");
  g_socket_shutdown (wait->socket, TRUE, TRUE, NULL);
}

static gboolean
sweep_cb (gpointer data)
{
  HandoverDeadlines *self = data;
  gint64 now = g_get_monotonic_time ();
  GList *next;

  for (GList *link = self->waiting.head; link != NULL; link = next)
    {
      Wait *wait = link->data;

      next = link->next;
      if (wait->until <= now)
        cut (wait);
    }

  if (self->waiting.length > 0)
    return G_SOURCE_CONTINUE;

  self->sweep = 0;
  return G_SOURCE_REMOVE;
}

static void
wait_begin (Wait   *wait,
            gint64  limit)
{
  HandoverDeadlines *self = wait->deadlines;

  if (self->closed)
    return;

  wait->until = g_get_monotonic_time () + limit;
  if (!wait->queued)
    g_queue_push_tail_link (&self->waiting, &wait->link);
  wait->queued = TRUE;
  if (self->sweep == 0)
    self->sweep = g_timeout_add_seconds (1, sweep_cb, self);
}

static Wait *
get_wait (SoupServerMessage *message)
{
  GSocket *socket = soup_server_message_get_socket (message);

  return socket != NULL ? g_object_get_data (G_OBJECT (socket), WAIT_DATA) : NULL;
}

static void
moved_on_cb (SoupServerMessage *message,
             gpointer           data)
{
  HandoverDeadlines *self = data;
  Wait *wait = get_wait (message);

  if (wait != NULL)
    wait_begin (wait, self->body_limit);
}

static void
got_body_cb (SoupServerMessage *message,
             gpointer           data)
{
  Wait *wait = get_wait (message);

  if (wait != NULL)
    wait_end (wait);
}

static void
finished_cb (SoupServerMessage *message,
             gpointer           data)
{
  HandoverDeadlines *self = data;
  Wait *wait = get_wait (message);

  if (wait != NULL)
    wait_begin (wait, self->head_limit);
}

static void
connect_to (HandoverDeadlines *self,
            SoupServerMessage *message,
            const char        *signal,
            void             (*callback) (SoupServerMessage *message,
                                          gpointer           data))
{
  g_signal_connect_data (message, signal, G_CALLBACK (callback), g_rc_box_acquire (self),
                         (GClosureNotify) (GCallback) g_rc_box_release, G_CONNECT_DEFAULT);
}

/**
 * handover_deadlines_new:
 * @head_seconds: how long a connection may take to bring a request's head, and so how long it may be idle
 * @body_seconds: how long the body may take from there on, and how long the answer may take to be read
 *
 * Makes the clock that cuts whoever holds a connection without using it.
 *
 * Returns: (transfer full): deadlines
 */
HandoverDeadlines *
handover_deadlines_new (guint head_seconds,
                        guint body_seconds)
{
  HandoverDeadlines *self = g_rc_box_new0 (HandoverDeadlines);

  self->head_limit = head_seconds * G_USEC_PER_SEC;
  self->body_limit = body_seconds * G_USEC_PER_SEC;
  return self;
}

/**
 * handover_deadlines_free:
 * @self: (transfer full): deadlines
 *
 * Cuts nobody any more. Connections may outlive it.
 */
void
handover_deadlines_free (HandoverDeadlines *self)
{
  self->closed = TRUE;
  while (self->waiting.head != NULL)
    wait_end (self->waiting.head->data);
  g_clear_handle_id (&self->sweep, g_source_remove);
  g_rc_box_release (self);
}

/**
 * handover_deadlines_watch:
 * @self: deadlines
 * @message: a message that begins
 *
 * Watches a message, and its connection from then on, as long as the client keeps it waiting.
 */
void
handover_deadlines_watch (HandoverDeadlines *self,
                          SoupServerMessage *message)
{
  GSocket *socket = soup_server_message_get_socket (message);
  Wait *wait = get_wait (message);

  if (socket == NULL)
    return;
  if (wait == NULL)
    {
      wait = g_new0 (Wait, 1);
      wait->deadlines = g_rc_box_acquire (self);
      wait->socket = socket;
      wait->link.data = wait;
      g_object_set_data_full (G_OBJECT (socket), WAIT_DATA, wait, wait_free);
    }

  connect_to (self, message, "got-headers", moved_on_cb);
  connect_to (self, message, "got-body", got_body_cb);
  connect_to (self, message, "wrote-headers", moved_on_cb);
  connect_to (self, message, "wrote-chunk", moved_on_cb);
  connect_to (self, message, "finished", finished_cb);
  wait_begin (wait, self->head_limit);
}

/**
 * handover_deadlines_extend:
 * @message: a message that is watched
 *
 * Gives a message whose body moves on in parts the time of a body for the next part.
 */
void
handover_deadlines_extend (SoupServerMessage *message)
{
  Wait *wait = get_wait (message);

  if (wait != NULL)
    wait_begin (wait, wait->deadlines->body_limit);
}
