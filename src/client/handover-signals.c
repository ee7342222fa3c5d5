/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#define G_LOG_DOMAIN "handover-signals"

#include "client/handover-signals.h"

#include "core/handover-enum-types.h"

/* A signal is said again before the last one has run out, and no more often. */
#define SEND_PAUSE (4 * G_USEC_PER_SEC)

/**
 * HandoverSignals:
 *
 * Who of the team looks at which conversation, and writes in it, at this moment; and the way to tell the others the
 * same. Nothing here is kept: what is not said again is gone after ten seconds.
 */
struct _HandoverSignals
{
  GObject parent_instance;

  HandoverMirror *mirror;
  HandoverGateway *gateway;
  GCancellable *closing;
  GPtrArray *heard; /* Heard */
  GHashTable *sent; /* what and where → when, in microseconds */
  guint lifetime;
  gboolean online;
};

typedef struct
{
  HandoverSignals *signals;
  HandoverSignal *signal;
  guint timeout;
} Heard;

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (HandoverSignals, handover_signals, G_TYPE_OBJECT)

static void
heard_free (gpointer data)
{
  Heard *heard = data;

  g_clear_handle_id (&heard->timeout, g_source_remove);
  g_object_unref (heard->signal);
  g_free (heard);
}

static void
forget (Heard *heard)
{
  HandoverSignals *self = heard->signals;
  g_autofree char *conversation_id = g_strdup (heard->signal->conversation_id);

  g_ptr_array_remove (self->heard, heard);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0, conversation_id);
}

static gboolean
expired_cb (gpointer user_data)
{
  Heard *heard = user_data;

  heard->timeout = 0;
  forget (heard);

  return G_SOURCE_REMOVE;
}

static Heard *
find (HandoverSignals    *self,
      const char         *conversation_id,
      const char         *operator_id,
      HandoverSignalKind  kind)
{
  for (guint i = 0; i < self->heard->len; i++)
    {
      Heard *heard = g_ptr_array_index (self->heard, i);

      if (heard->signal->kind == (int) kind && g_str_equal (heard->signal->conversation_id, conversation_id) &&
          g_str_equal (heard->signal->operator->id, operator_id))
        return heard;
    }

  return NULL;
}

/* Who has said it no longer writes it. */
static void
message_added_cb (HandoverSignals *self,
                  HandoverMessage *message)
{
  Heard *typing = message->operator != NULL
                    ? find (self, message->conversation_id, message->operator->id, HANDOVER_SIGNAL_KIND_TYPING)
                    : NULL;

  if (typing != NULL)
    forget (typing);
}

static void
handover_signals_dispose (GObject *object)
{
  HandoverSignals *self = HANDOVER_SIGNALS (object);

  g_cancellable_cancel (self->closing);
  g_ptr_array_set_size (self->heard, 0);
  g_clear_object (&self->gateway);
  g_clear_object (&self->mirror);

  G_OBJECT_CLASS (handover_signals_parent_class)->dispose (object);
}

static void
handover_signals_finalize (GObject *object)
{
  HandoverSignals *self = HANDOVER_SIGNALS (object);

  g_clear_object (&self->closing);
  g_ptr_array_unref (self->heard);
  g_hash_table_unref (self->sent);

  G_OBJECT_CLASS (handover_signals_parent_class)->finalize (object);
}

static void
handover_signals_class_init (HandoverSignalsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = handover_signals_dispose;
  object_class->finalize = handover_signals_finalize;

  /**
   * HandoverSignals::changed:
   * @self: the signals
   * @conversation_id: a conversation
   *
   * Somebody began or ceased to look at a conversation, or to write in it.
   */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", HANDOVER_TYPE_SIGNALS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
handover_signals_init (HandoverSignals *self)
{
  self->closing = g_cancellable_new ();
  self->heard = g_ptr_array_new_with_free_func (heard_free);
  self->sent = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->lifetime = HANDOVER_SIGNAL_LIFETIME;
}

/**
 * handover_signals_new:
 * @mirror: the account's mirror
 *
 * Begins to listen.
 *
 * Returns: (transfer full): the signals
 */
HandoverSignals *
handover_signals_new (HandoverMirror *mirror)
{
  HandoverSignals *self = g_object_new (HANDOVER_TYPE_SIGNALS, NULL);

  self->mirror = g_object_ref (mirror);
  g_signal_connect_object (mirror, "message-added", G_CALLBACK (message_added_cb), self, G_CONNECT_SWAPPED);

  return self;
}

/* For tests: how long signals hold, in milliseconds. */
void
handover_signals_set_lifetime (HandoverSignals *self,
                               guint            lifetime)
{
  self->lifetime = lifetime;
}

/**
 * handover_signals_set_gateway:
 * @self: the signals
 * @gateway: (nullable): the way to the service
 *
 * Says how to send.
 */
void
handover_signals_set_gateway (HandoverSignals *self,
                              HandoverGateway *gateway)
{
  g_return_if_fail (HANDOVER_IS_SIGNALS (self));

  g_set_object (&self->gateway, gateway);
}

/**
 * handover_signals_set_online:
 * @self: the signals
 * @online: whether the service can be reached
 *
 * Nothing is sent while offline, and nothing that was heard is believed.
 */
void
handover_signals_set_online (HandoverSignals *self,
                             gboolean         online)
{
  g_return_if_fail (HANDOVER_IS_SIGNALS (self));

  self->online = online;
  while (!online && self->heard->len > 0)
    forget (g_ptr_array_index (self->heard, 0));
}

/**
 * handover_signals_take:
 * @self: the signals
 * @signal: what the service told
 *
 * Hears a signal. One's own, which comes back like all others, is ignored.
 */
void
handover_signals_take (HandoverSignals *self,
                       HandoverSignal  *signal)
{
  Heard *heard;
  gboolean again;

  g_return_if_fail (HANDOVER_IS_SIGNALS (self));
  g_return_if_fail (HANDOVER_IS_SIGNAL (signal));

  if (g_strcmp0 (signal->operator->id, handover_mirror_get_operator_id (self->mirror)) == 0)
    return;

  heard = find (self, signal->conversation_id, signal->operator->id, signal->kind);
  again = heard != NULL;
  if (again)
    {
      g_clear_handle_id (&heard->timeout, g_source_remove);
      g_set_object (&heard->signal, signal);
    }
  else
    {
      heard = g_new0 (Heard, 1);
      heard->signals = self;
      heard->signal = g_object_ref (signal);
      g_ptr_array_add (self->heard, heard);
    }
  heard->timeout = g_timeout_add (self->lifetime, expired_cb, heard);
  if (!again)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0, signal->conversation_id);
}

static void
sent_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  if (!handover_gateway_call_finish (HANDOVER_GATEWAY (object), result, NULL, NULL, &error))
    g_debug ("A signal was lost: %s", error->message);
}

static JsonNode *
make_body (const char         *conversation_id,
           HandoverSignalKind  kind)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "conversation_id");
  json_builder_add_string_value (builder, conversation_id);
  json_builder_set_member_name (builder, "kind");
  json_builder_add_string_value (builder, handover_enum_to_nick (HANDOVER_TYPE_SIGNAL_KIND, kind));
  json_builder_end_object (builder);

  return json_builder_get_root (builder);
}

/**
 * handover_signals_send:
 * @self: the signals
 * @conversation_id: a conversation
 * @kind: what the operator does there
 *
 * Tells the team, unless it was told a moment ago or nobody else is in the team. It may be called as often as one
 * likes, and never fails: what is lost is said again soon.
 */
void
handover_signals_send (HandoverSignals    *self,
                       const char         *conversation_id,
                       HandoverSignalKind  kind)
{
  g_autofree char *what = NULL;
  g_autoptr (JsonNode) body = NULL;
  gint64 now = g_get_monotonic_time ();
  gint64 *last;

  g_return_if_fail (HANDOVER_IS_SIGNALS (self));
  g_return_if_fail (conversation_id != NULL);

  if (!self->online || self->gateway == NULL ||
      g_list_model_get_n_items (handover_mirror_get_operators (self->mirror)) < 2)
    return;

  what = g_strdup_printf ("%d %s", kind, conversation_id);
  last = g_hash_table_lookup (self->sent, what);
  if (last != NULL && now - *last < SEND_PAUSE)
    return;

  g_hash_table_replace (self->sent, g_steal_pointer (&what), g_memdup2 (&now, sizeof now));
  body = make_body (conversation_id, kind);
  handover_gateway_call_async (self->gateway, "POST", "/v1/signals", body, NULL, self->closing, sent_cb, NULL);
}

/**
 * handover_signals_list:
 * @self: the signals
 * @conversation_id: a conversation
 * @kind: what to look for
 *
 * Lists who of the others does something in a conversation, in the order in which they began.
 *
 * Returns: (transfer full) (array zero-terminated=1): their names
 */
char **
handover_signals_list (HandoverSignals    *self,
                       const char         *conversation_id,
                       HandoverSignalKind  kind)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  g_return_val_if_fail (HANDOVER_IS_SIGNALS (self), NULL);

  for (guint i = 0; i < self->heard->len; i++)
    {
      HandoverSignal *signal = ((Heard *) g_ptr_array_index (self->heard, i))->signal;

      if (signal->kind == (int) kind && g_strcmp0 (signal->conversation_id, conversation_id) == 0)
        g_strv_builder_add (names, signal->operator->name);
    }

  return g_strv_builder_end (names);
}
