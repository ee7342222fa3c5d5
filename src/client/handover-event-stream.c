/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#define G_LOG_DOMAIN "handover-event-stream"

#include "config.h"

#include "client/handover-event-stream.h"

#include "client/handover-backoff.h"
#include "client/handover-sse-parser.h"

#define READ_SIZE (64 * 1024)

/* The service says something every five seconds, and a dead peer is to be known as one within ten. */
#define QUIET_LIMIT 9000

/* A connection that lasted this long was a good one: the next break is no reason to wait. */
#define GOOD_CONNECTION_MICROSECONDS (5 * G_USEC_PER_SEC)

/**
 * HandoverEventStream:
 *
 * The numbered events of a service, in order, for as long as it runs: broken connections are made again after the
 * last number that arrived, at once, then after 1, 2, 4 … 30 seconds, and at once when the network changes, for a
 * connection over the network of before may be dead without a word. A peer that says nothing for nine seconds, not even
 * a heartbeat, counts as gone.
 */
struct _HandoverEventStream
{
  GObject parent_instance;

  HandoverClient *client;
  HandoverBackoff *backoff;
  HandoverSseParser *parser;
  SoupMessage *message;
  GInputStream *input;
  GCancellable *cancellable;
  GSource *watchdog;

  gint64 sequence;
  char *log;
  gint64 connected_at;
  guint gaps;
  guint quiet_limit;
  guint first_delay;
  guint last_delay;
  gboolean running;
  gboolean heard;
  HandoverConnection connection;
};

enum
{
  PROP_0,
  PROP_CLIENT,
  PROP_CONNECTION,
  PROP_GAPS,
  PROP_QUIET_LIMIT,
  PROP_FIRST_DELAY,
  PROP_LAST_DELAY,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

enum
{
  SIGNAL_EVENT,
  SIGNAL_EXPIRED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (HandoverEventStream, handover_event_stream, G_TYPE_OBJECT)

static void read_more (HandoverEventStream *self);

static void
set_connection (HandoverEventStream *self,
                HandoverConnection   connection)
{
  if (self->connection == connection)
    return;

  self->connection = connection;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CONNECTION]);
}

static void
clear_watchdog (HandoverEventStream *self)
{
  if (self->watchdog == NULL)
    return;

  g_source_destroy (self->watchdog);
  g_clear_pointer (&self->watchdog, g_source_unref);
}

/* Drops the connection. What it still answers finds its own cancellable cancelled, and is ignored. */
static void
disconnect_now (gpointer user_data)
{
  HandoverEventStream *self = user_data;
  clear_watchdog (self);
  handover_backoff_cancel (self->backoff);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->message);
  g_clear_object (&self->input);
  g_clear_pointer (&self->parser, handover_sse_parser_free);
}

static void
reconnect_later (HandoverEventStream *self,
                 gint64               at_least)
{
  guint delay;

  if (self->heard && g_get_monotonic_time () - self->connected_at > GOOD_CONNECTION_MICROSECONDS)
    handover_backoff_reset (self->backoff);

  disconnect_now (self);
  delay = handover_backoff_wait (self->backoff, at_least);
  handover_client_distrust_connections (self->client);
  g_debug ("Connecting again in %u ms, after event %" G_GINT64_FORMAT, delay, self->sequence);
  set_connection (self, delay == 0 ? HANDOVER_CONNECTION_CONNECTING : HANDOVER_CONNECTION_OFFLINE);
}

static gboolean
watchdog_cb (gpointer user_data)
{
  HandoverEventStream *self = user_data;

  g_debug ("The service has been silent for too long");
  reconnect_later (self, 0);

  return G_SOURCE_REMOVE;
}

static void
feed_watchdog (HandoverEventStream *self)
{
  clear_watchdog (self);
  self->watchdog = g_timeout_source_new (self->quiet_limit);
  g_source_set_callback (self->watchdog, watchdog_cb, self, NULL);
  g_source_attach (self->watchdog, g_main_context_get_thread_default ());
}

/* Whether an event with this number is new; counts the numbers that were left out. */
static gboolean
take_sequence (HandoverEventStream *self,
               gint64               sequence)
{
  if (sequence <= self->sequence)
    return FALSE;

  if (self->sequence > 0 && sequence > self->sequence + 1)
    {
      self->gaps += sequence - self->sequence - 1;
      g_warning ("Events %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT " are missing", self->sequence + 1, sequence - 1);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_GAPS]);
    }

  self->sequence = sequence;

  return TRUE;
}

/* Signals travel without a number of their own: the id that the parser keeps is then that of an earlier event. */
static gint64
get_number (const HandoverSseEvent *event)
{
  gint64 sequence;

  if (event->id == NULL || g_str_equal (event->kind, "signal") ||
      !g_ascii_string_to_signed (event->id, 10, 1, G_MAXINT64, &sequence, NULL))
    return 0;

  return sequence;
}

static void
event_cb (const HandoverSseEvent *event,
          gpointer                user_data)
{
  HandoverEventStream *self = user_data;
  gint64 sequence = get_number (event);

  if (sequence == 0 || take_sequence (self, sequence))
    g_signal_emit (self, signals[SIGNAL_EVENT], 0, sequence, event->kind, event->data);
}

static void
take_bytes (HandoverEventStream *self,
            GBytes              *bytes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GCancellable) cancellable = g_object_ref (self->cancellable);
  gboolean sound;

  self->heard = TRUE;
  feed_watchdog (self);

  /* A handler may stop the stream; the parser must outlive the call that feeds it. */
  g_autoptr (HandoverSseParser) parser = g_steal_pointer (&self->parser);
  sound = handover_sse_parser_feed (parser, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &error);
  if (g_cancellable_is_cancelled (cancellable))
    return;

  self->parser = g_steal_pointer (&parser);
  if (sound)
    {
      read_more (self);
      return;
    }

  g_warning ("%s", error->message);
  reconnect_later (self, 0);
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (HandoverEventStream) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_input_stream_read_bytes_finish (G_INPUT_STREAM (object), result, &error);

  if (G_INPUT_STREAM (object) != self->input)
    return;

  if (bytes == NULL || g_bytes_get_size (bytes) == 0)
    {
      g_debug ("The stream has ended: %s", error != NULL ? error->message : "closed by the service");
      reconnect_later (self, handover_sse_parser_get_retry (self->parser));
      return;
    }

  take_bytes (self, bytes);
}

static void
read_more (HandoverEventStream *self)
{
  g_input_stream_read_bytes_async (self->input, READ_SIZE, G_PRIORITY_DEFAULT, self->cancellable, read_cb,
                                   g_object_ref (self));
}

static void
take_refusal (HandoverEventStream *self,
              SoupMessage         *message)
{
  guint status = soup_message_get_status (message);
  const char *retry_after = soup_message_headers_get_one (soup_message_get_response_headers (message), "Retry-After");
  gint64 seconds = 0;

  if (status == SOUP_STATUS_UNAUTHORIZED)
    {
      handover_event_stream_stop (self);
      g_signal_emit_by_name (self->client, "unauthorized");
      return;
    }

  if (status == SOUP_STATUS_GONE)
    {
      handover_event_stream_stop (self);
      g_signal_emit (self, signals[SIGNAL_EXPIRED], 0);
      return;
    }

  g_debug ("The service refused the stream: %u", status);
  if (retry_after != NULL)
    g_ascii_string_to_signed (retry_after, 10, 0, 3600, &seconds, NULL);
  reconnect_later (self, seconds * 1000);
}

static void
sent_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (HandoverEventStream) self = user_data;
  SoupMessage *message = soup_session_get_async_result_message (SOUP_SESSION (object), result);
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) input = soup_session_send_finish (SOUP_SESSION (object), result, &error);
  const char *type;

  if (message != self->message)
    return;

  if (input == NULL)
    {
      g_debug ("Cannot connect: %s", error->message);
      reconnect_later (self, 0);
      return;
    }

  type = soup_message_headers_get_content_type (soup_message_get_response_headers (message), NULL);
  if (soup_message_get_status (message) != SOUP_STATUS_OK || g_strcmp0 (type, "text/event-stream") != 0)
    {
      take_refusal (self, message);
      return;
    }

  g_set_object (&self->input, input);
  self->connected_at = g_get_monotonic_time ();
  self->parser = handover_sse_parser_new (event_cb, self);
  feed_watchdog (self);
  set_connection (self, HANDOVER_CONNECTION_CONNECTED);
  if (self->input != NULL)
    read_more (self);
}

static void
connect_now (gpointer user_data)
{
  HandoverEventStream *self = user_data;
  g_autofree char *last = g_strdup_printf ("%" G_GINT64_FORMAT, self->sequence);
  g_autofree char *path = self->log != NULL ? g_strconcat ("/v1/events?log=", self->log, NULL) : g_strdup ("/v1/events");
  g_autoptr (SoupMessage) message = NULL;
  SoupMessageHeaders *headers;

  disconnect_now (self);

  message = handover_client_new_message (self->client, "GET", path);
  headers = soup_message_get_request_headers (message);
  soup_message_headers_append (headers, "Accept", "text/event-stream");
  soup_message_headers_append (headers, "Last-Event-ID", last);

  self->heard = FALSE;
  self->cancellable = g_cancellable_new ();
  g_set_object (&self->message, message);

  feed_watchdog (self);
  soup_session_send_async (handover_client_get_session (self->client), message, G_PRIORITY_DEFAULT, self->cancellable,
                           sent_cb, g_object_ref (self));
}

/* A stream that only waits to connect is hurried by its back-off. */
static void
network_changed_cb (HandoverEventStream *self,
                    gboolean             available)
{
  if (!available || self->input == NULL)
    return;

  handover_backoff_reset (self->backoff);
  reconnect_later (self, 0);
}

static void
handover_event_stream_constructed (GObject *object)
{
  HandoverEventStream *self = HANDOVER_EVENT_STREAM (object);

  g_signal_connect_object (g_network_monitor_get_default (), "network-changed", G_CALLBACK (network_changed_cb), self,
                           G_CONNECT_SWAPPED);
  self->backoff = handover_backoff_new (self->first_delay, self->last_delay, connect_now, self);

  G_OBJECT_CLASS (handover_event_stream_parent_class)->constructed (object);
}

static void
handover_event_stream_dispose (GObject *object)
{
  HandoverEventStream *self = HANDOVER_EVENT_STREAM (object);

  handover_event_stream_stop (self);
  g_clear_pointer (&self->backoff, handover_backoff_free);
  g_clear_pointer (&self->log, g_free);
  g_clear_object (&self->client);

  G_OBJECT_CLASS (handover_event_stream_parent_class)->dispose (object);
}

static void
handover_event_stream_get_property (GObject    *object,
                                    guint       property_id,
                                    GValue     *value,
                                    GParamSpec *pspec)
{
  HandoverEventStream *self = HANDOVER_EVENT_STREAM (object);

  switch (property_id)
    {
    case PROP_CONNECTION:
      g_value_set_enum (value, self->connection);
      break;
    case PROP_GAPS:
      g_value_set_uint (value, self->gaps);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
handover_event_stream_set_property (GObject      *object,
                                    guint         property_id,
                                    const GValue *value,
                                    GParamSpec   *pspec)
{
  HandoverEventStream *self = HANDOVER_EVENT_STREAM (object);

  switch (property_id)
    {
    case PROP_CLIENT:
      self->client = g_value_dup_object (value);
      break;
    case PROP_QUIET_LIMIT:
      self->quiet_limit = g_value_get_uint (value);
      break;
    case PROP_FIRST_DELAY:
      self->first_delay = g_value_get_uint (value);
      break;
    case PROP_LAST_DELAY:
      self->last_delay = g_value_get_uint (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  const GParamFlags given = G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  /**
   * HandoverEventStream:client:
   *
   * The service and the session with it.
   */
  properties[PROP_CLIENT] = g_param_spec_object ("client", NULL, NULL, HANDOVER_TYPE_CLIENT, given);

  /**
   * HandoverEventStream:connection:
   *
   * How the stream stands now.
   */
  properties[PROP_CONNECTION] =
    g_param_spec_enum ("connection", NULL, NULL, HANDOVER_TYPE_CONNECTION, HANDOVER_CONNECTION_CONNECTING, readable);

  /**
   * HandoverEventStream:gaps:
   *
   * How many events never arrived although later ones did. Anything but 0 is a fault of the service.
   */
  properties[PROP_GAPS] = g_param_spec_uint ("gaps", NULL, NULL, 0, G_MAXUINT, 0, readable);

  /**
   * HandoverEventStream:quiet-limit:
   *
   * For how many milliseconds the service may be silent.
   */
  properties[PROP_QUIET_LIMIT] = g_param_spec_uint ("quiet-limit", NULL, NULL, 1, G_MAXUINT, QUIET_LIMIT, given);

  /**
   * HandoverEventStream:first-delay:
   *
   * How many milliseconds to wait after the second failure; each further one doubles them.
   */
  properties[PROP_FIRST_DELAY] = g_param_spec_uint ("first-delay", NULL, NULL, 1, G_MAXUINT,
                                                    HANDOVER_BACKOFF_FIRST, given);

  /**
   * HandoverEventStream:last-delay:
   *
   * How many milliseconds to wait at most.
   */
  properties[PROP_LAST_DELAY] = g_param_spec_uint ("last-delay", NULL, NULL, 1, G_MAXUINT,
                                                   HANDOVER_BACKOFF_LAST, given);

  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
handover_event_stream_class_init (HandoverEventStreamClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = handover_event_stream_constructed;
  object_class->dispose = handover_event_stream_dispose;
  object_class->get_property = handover_event_stream_get_property;
  object_class->set_property = handover_event_stream_set_property;
  install_properties (object_class);

  /**
   * HandoverEventStream::event:
   * @self: the stream
   * @sequence: its number, 0 for a passing signal
   * @kind: what it is
   * @data: its JSON
   *
   * An event has arrived; each number arrives once.
   */
  signals[SIGNAL_EVENT] = g_signal_new ("event", HANDOVER_TYPE_EVENT_STREAM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 3, G_TYPE_INT64, G_TYPE_STRING, G_TYPE_STRING);

  /**
   * HandoverEventStream::expired:
   *
   * The service no longer has the events after the last one; the stream has stopped.
   */
  signals[SIGNAL_EXPIRED] =
    g_signal_new ("expired", HANDOVER_TYPE_EVENT_STREAM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
handover_event_stream_init (HandoverEventStream *self)
{
}

/**
 * handover_event_stream_new:
 * @client: the service and the session with it
 *
 * Makes a stream that has not started.
 *
 * Returns: (transfer full): the stream
 */
HandoverEventStream *
handover_event_stream_new (HandoverClient *client)
{
  return g_object_new (HANDOVER_TYPE_EVENT_STREAM, "client", client, NULL);
}

/**
 * handover_event_stream_start:
 * @self: a stream
 * @after: the number to begin after
 *
 * Starts the stream; it keeps itself connected until it is stopped.
 */
void
handover_event_stream_start (HandoverEventStream *self,
                             gint64               after)
{
  g_return_if_fail (HANDOVER_IS_EVENT_STREAM (self));

  handover_event_stream_stop (self);
  self->running = TRUE;
  self->sequence = after;
  handover_backoff_reset (self->backoff);
  set_connection (self, HANDOVER_CONNECTION_CONNECTING);
  connect_now (self);
}

/**
 * handover_event_stream_set_log:
 * @self: a stream
 * @log: (nullable): the id of the log that the number to begin after is of
 *
 * Says which log is wanted, so that the service can tell when it has another.
 */
void
handover_event_stream_set_log (HandoverEventStream *self,
                               const char          *log)
{
  g_return_if_fail (HANDOVER_IS_EVENT_STREAM (self));

  g_free (self->log);
  self->log = log != NULL ? g_uri_escape_string (log, NULL, FALSE) : NULL;
}

/**
 * handover_event_stream_stop:
 * @self: a stream
 *
 * Stops the stream.
 */
void
handover_event_stream_stop (HandoverEventStream *self)
{
  g_return_if_fail (HANDOVER_IS_EVENT_STREAM (self));

  if (!self->running)
    return;

  self->running = FALSE;
  disconnect_now (self);
  set_connection (self, HANDOVER_CONNECTION_OFFLINE);
}

/**
 * handover_event_stream_retry:
 * @self: a stream
 *
 * Connects at once if the stream waits to do so.
 */
void
handover_event_stream_retry (HandoverEventStream *self)
{
  g_return_if_fail (HANDOVER_IS_EVENT_STREAM (self));

  handover_backoff_hurry (self->backoff);
}

/**
 * handover_event_stream_get_connection:
 * @self: a stream
 *
 * Gets how the stream stands now.
 *
 * Returns: the connection
 */
HandoverConnection
handover_event_stream_get_connection (HandoverEventStream *self)
{
  g_return_val_if_fail (HANDOVER_IS_EVENT_STREAM (self), HANDOVER_CONNECTION_OFFLINE);

  return self->connection;
}

/**
 * handover_event_stream_get_gaps:
 * @self: a stream
 *
 * Gets how many events never arrived although later ones did.
 *
 * Returns: the count
 */
guint
handover_event_stream_get_gaps (HandoverEventStream *self)
{
  g_return_val_if_fail (HANDOVER_IS_EVENT_STREAM (self), 0);

  return self->gaps;
}

/**
 * handover_event_stream_get_sequence:
 * @self: a stream
 *
 * Gets the number of the last event that arrived.
 *
 * Returns: the number
 */
gint64
handover_event_stream_get_sequence (HandoverEventStream *self)
{
  g_return_val_if_fail (HANDOVER_IS_EVENT_STREAM (self), 0);

  return self->sequence;
}
