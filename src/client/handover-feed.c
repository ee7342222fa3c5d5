/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#define G_LOG_DOMAIN "handover-feed"

#include "config.h"

#include "client/handover-feed.h"

#include <string.h>

#include "client/handover-backoff.h"
#include "client/handover-event-stream.h"
#include "client/handover-join.h"
#include "client/store/handover-mirror.h"
#include "core/handover-event.h"
#include "core/handover-json.h"
#include "core/handover-signal.h"

/**
 * HandoverFeed:
 *
 * Keeps a mirror current: from the mirror's own last number if it has one, else, or where the service no longer has the
 * events after it, from the first lists; then by the stream.
 */
struct _HandoverFeed
{
  GObject parent_instance;

  HandoverClient *client;
  HandoverMirror *mirror;
  HandoverEventStream *stream;
  HandoverBackoff *backoff;
  GCancellable *cancellable;
  HandoverConnection connection;
  gboolean expired;
  /* Whether the lists were loaded, and no stream has yet gone on from them. */
  gboolean unproven;
};

enum
{
  PROP_0,
  PROP_CONNECTION,
  PROP_GAPS,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

enum
{
  SIGNAL_RECORD,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (HandoverFeed, handover_feed, G_TYPE_OBJECT)

static void
set_connection (HandoverFeed       *self,
                HandoverConnection  connection)
{
  if (self->connection == connection)
    return;

  self->connection = connection;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CONNECTION]);
}

static void
begin_later (HandoverFeed *self,
             const char   *reason)
{
  g_message ("The mirror is not current: %s", reason);
  set_connection (self, HANDOVER_CONNECTION_OFFLINE);
  handover_backoff_wait (self->backoff, 0);
}

static void
start_stream (HandoverFeed *self)
{
  handover_event_stream_set_log (self->stream, handover_mirror_get_log (self->mirror));
  handover_event_stream_start (self->stream, handover_mirror_get_cursor (self->mirror));
}

static void
loaded_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (HandoverFeed) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean loaded = handover_mirror_load_snapshot_finish (HANDOVER_MIRROR (object), result, &error);

  if (self->cancellable == NULL)
    return;

  if (!loaded)
    {
      begin_later (self, error->message);
      return;
    }

  self->expired = FALSE;
  if (!self->unproven)
    handover_backoff_reset (self->backoff);
  self->unproven = TRUE;
  start_stream (self);
}

static void
joined_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (HandoverFeed) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (HandoverSnapshot) snapshot = handover_join_finish (HANDOVER_CLIENT (object), result, &error);

  if (self->cancellable == NULL)
    return;

  if (snapshot == NULL)
    {
      begin_later (self, error->message);
      return;
    }

  handover_mirror_load_snapshot_async (self->mirror, g_steal_pointer (&snapshot), self->cancellable, loaded_cb,
                                       g_object_ref (self));
}

static void
begin (gpointer user_data)
{
  HandoverFeed *self = user_data;

  if (handover_mirror_get_cursor (self->mirror) > 0 && !self->expired)
    start_stream (self);
  else
    handover_join_async (self->client, self->cancellable, joined_cb, g_object_ref (self));
}

static void
expired_cb (HandoverFeed *self)
{
  self->expired = TRUE;
  if (self->unproven)
    {
      begin_later (self, "its number is unknown to the log that it was just given");
      return;
    }

  set_connection (self, HANDOVER_CONNECTION_CONNECTING);
  begin (self);
}

/* The disk may be full: what did not get in is asked for again. */
static void
stalled_cb (HandoverFeed *self,
            const char   *reason)
{
  if (self->cancellable == NULL)
    return;

  handover_event_stream_stop (self->stream);
  begin_later (self, reason);
}

static void
connection_cb (HandoverFeed *self)
{
  HandoverConnection connection = handover_event_stream_get_connection (self->stream);

  if (connection == HANDOVER_CONNECTION_CONNECTED)
    self->unproven = FALSE;
  set_connection (self, connection);
}

static void
gaps_cb (HandoverFeed *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_GAPS]);
}

/* What cannot be read must not hold up what comes after it: its number alone is taken. */
static HandoverEvent *
read_event (gint64      sequence,
            const char *kind,
            const char *data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, strlen (data));
  g_autoptr (JsonNode) node = handover_json_parse (bytes, &error);
  HandoverRecord *record = node != NULL ? handover_record_from_json (HANDOVER_TYPE_EVENT, node, &error) : NULL;
  HandoverEvent *event;

  if (record != NULL)
    return HANDOVER_EVENT (record);

  if (!g_str_equal (kind, "withheld"))
    g_warning ("Event %" G_GINT64_FORMAT " (%s) cannot be read: %s", sequence, kind, error->message);
  event = g_object_new (HANDOVER_TYPE_EVENT, NULL);
  event->sequence = sequence;
  event->kind = g_strdup ("withheld");

  return event;
}

/* What has no number may be lost, so what cannot be read is no loss. */
static void
take_signal (HandoverFeed *self,
             const char   *data)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, strlen (data));
  g_autoptr (JsonNode) node = handover_json_parse (bytes, NULL);
  g_autoptr (HandoverRecord) record =
    node != NULL ? handover_record_from_json (HANDOVER_TYPE_SIGNAL, node, NULL) : NULL;

  if (record != NULL)
    g_signal_emit (self, signals[SIGNAL_RECORD], 0, record);
}

static void
event_cb (HandoverFeed *self,
          gint64        sequence,
          const char   *kind,
          const char   *data)
{
  g_autoptr (HandoverEvent) event = NULL;

  if (sequence == 0)
    {
      take_signal (self, data);
      return;
    }

  event = read_event (sequence, kind, data);
  handover_mirror_apply_event (self->mirror, event);
  if (event->operator != NULL)
    g_signal_emit (self, signals[SIGNAL_RECORD], 0, event->operator);
  if (event->business != NULL)
    g_signal_emit (self, signals[SIGNAL_RECORD], 0, event->business);
}

static void
handover_feed_dispose (GObject *object)
{
  HandoverFeed *self = HANDOVER_FEED (object);

  handover_feed_stop (self);
  if (self->stream != NULL)
    g_signal_handlers_disconnect_by_data (self->stream, self);
  g_clear_object (&self->stream);
  g_clear_pointer (&self->backoff, handover_backoff_free);
  g_clear_object (&self->mirror);
  g_clear_object (&self->client);

  G_OBJECT_CLASS (handover_feed_parent_class)->dispose (object);
}

static void
handover_feed_get_property (GObject    *object,
                            guint       property_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  HandoverFeed *self = HANDOVER_FEED (object);

  switch (property_id)
    {
    case PROP_CONNECTION:
      g_value_set_enum (value, self->connection);
      break;
    case PROP_GAPS:
      g_value_set_uint (value, handover_feed_get_gaps (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
handover_feed_class_init (HandoverFeedClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = handover_feed_dispose;
  object_class->get_property = handover_feed_get_property;

  /**
   * HandoverFeed:connection:
   *
   * Whether changes arrive as they happen.
   */
  properties[PROP_CONNECTION] = g_param_spec_enum ("connection", NULL, NULL, HANDOVER_TYPE_CONNECTION,
                                                   HANDOVER_CONNECTION_CONNECTING, flags);

  /**
   * HandoverFeed:gaps:
   *
   * How many events never arrived although later ones did.
   */
  properties[PROP_GAPS] = g_param_spec_uint ("gaps", NULL, NULL, 0, G_MAXUINT, 0, flags);

  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  /**
   * HandoverFeed::record:
   * @self: the feed
   * @record: an operator, a business or a signal
   *
   * Something has changed that concerns the account itself, or is passing.
   */
  signals[SIGNAL_RECORD] = g_signal_new ("record", HANDOVER_TYPE_FEED, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, HANDOVER_TYPE_RECORD);
}

static void
handover_feed_init (HandoverFeed *self)
{
  self->backoff = handover_backoff_new (HANDOVER_BACKOFF_FIRST, HANDOVER_BACKOFF_LAST, begin, self);
  self->connection = HANDOVER_CONNECTION_CONNECTING;
}

/**
 * handover_feed_new:
 * @client: the service and the session with it
 * @mirror: what to keep current
 *
 * Makes a feed that has not started.
 *
 * Returns: (transfer full): the feed
 */
HandoverFeed *
handover_feed_new (HandoverClient *client,
                   HandoverMirror *mirror)
{
  HandoverFeed *self = g_object_new (HANDOVER_TYPE_FEED, NULL);

  self->client = g_object_ref (client);
  self->mirror = g_object_ref (mirror);
  self->stream = handover_event_stream_new (client);
  g_signal_connect_object (mirror, "stalled", G_CALLBACK (stalled_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_swapped (self->stream, "event", G_CALLBACK (event_cb), self);
  g_signal_connect_swapped (self->stream, "expired", G_CALLBACK (expired_cb), self);
  g_signal_connect_swapped (self->stream, "notify::connection", G_CALLBACK (connection_cb), self);
  g_signal_connect_swapped (self->stream, "notify::gaps", G_CALLBACK (gaps_cb), self);

  return self;
}

/**
 * handover_feed_start:
 * @self: a feed
 *
 * Starts the feed; it keeps itself going until it is stopped.
 */
void
handover_feed_start (HandoverFeed *self)
{
  g_return_if_fail (HANDOVER_IS_FEED (self));

  handover_feed_stop (self);
  self->cancellable = g_cancellable_new ();
  set_connection (self, HANDOVER_CONNECTION_CONNECTING);
  begin (self);
}

/**
 * handover_feed_stop:
 * @self: a feed
 *
 * Stops the feed.
 */
void
handover_feed_stop (HandoverFeed *self)
{
  g_return_if_fail (HANDOVER_IS_FEED (self));

  if (self->cancellable == NULL)
    return;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  handover_backoff_cancel (self->backoff);
  handover_event_stream_stop (self->stream);
  set_connection (self, HANDOVER_CONNECTION_OFFLINE);
}

/**
 * handover_feed_retry:
 * @self: a feed
 *
 * Connects at once if the feed waits to do so.
 */
void
handover_feed_retry (HandoverFeed *self)
{
  g_return_if_fail (HANDOVER_IS_FEED (self));

  handover_backoff_hurry (self->backoff);
  handover_event_stream_retry (self->stream);
}

/**
 * handover_feed_get_connection:
 * @self: a feed
 *
 * Gets whether changes arrive as they happen.
 *
 * Returns: the connection
 */
HandoverConnection
handover_feed_get_connection (HandoverFeed *self)
{
  g_return_val_if_fail (HANDOVER_IS_FEED (self), HANDOVER_CONNECTION_OFFLINE);

  return self->connection;
}

/**
 * handover_feed_get_gaps:
 * @self: a feed
 *
 * Gets how many events never arrived although later ones did.
 *
 * Returns: the count
 */
guint
handover_feed_get_gaps (HandoverFeed *self)
{
  g_return_val_if_fail (HANDOVER_IS_FEED (self), 0);

  return handover_event_stream_get_gaps (self->stream);
}
