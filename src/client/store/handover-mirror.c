/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#define G_LOG_DOMAIN "handover-mirror"

#include "client/store/handover-mirror.h"

#include "client/store/handover-mirror-private.h"

G_DEFINE_FINAL_TYPE (HandoverMirror, handover_mirror, G_TYPE_OBJECT)

typedef enum
{
  PROP_WAITING_COUNT = 1,
  PROP_MINE_COUNT,
  PROP_LAST_ESCALATION,
} HandoverMirrorProperty;

static GParamSpec *properties[PROP_LAST_ESCALATION + 1];

/* --- Ordering the short lists --- */

static int
compare_operators (gconstpointer a,
                   gconstpointer b)
{
  return g_utf8_collate (((const HandoverOperator *) a)->name, ((const HandoverOperator *) b)->name);
}

static int
compare_agents (gconstpointer a,
                gconstpointer b)
{
  return g_utf8_collate (((const HandoverAgent *) a)->name, ((const HandoverAgent *) b)->name);
}

static int
compare_channels (gconstpointer a,
                  gconstpointer b)
{
  return g_utf8_collate (((const HandoverChannelAccount *) a)->name, ((const HandoverChannelAccount *) b)->name);
}

static int
compare_templates (gconstpointer a,
                   gconstpointer b)
{
  return g_utf8_collate (((const HandoverTemplate *) a)->name, ((const HandoverTemplate *) b)->name);
}

/* --- The object --- */

static void
handover_mirror_dispose (GObject *object)
{
  HandoverMirror *self = HANDOVER_MIRROR (object);

  g_cancellable_cancel (self->closing);
  handover_mirror_forget_conversations (self);
  for (guint i = 0; i < HANDOVER_N_VIEWS; i++)
    {
      /* Somebody may hold the list for longer: then it is an empty one. */
      if (self->views[i] != NULL)
        handover_conversation_model_unload (self->views[i]);
      g_clear_object (&self->views[i]);
    }
  g_clear_object (&self->workers);
  g_clear_object (&self->reader);
  g_clear_object (&self->gateway);

  G_OBJECT_CLASS (handover_mirror_parent_class)->dispose (object);
}

static void
handover_mirror_finalize (GObject *object)
{
  HandoverMirror *self = HANDOVER_MIRROR (object);

  g_clear_object (&self->operators);
  g_clear_object (&self->agents);
  g_clear_object (&self->channels);
  g_clear_object (&self->templates);
  g_clear_object (&self->business);
  g_clear_object (&self->closing);
  g_clear_pointer (&self->conversations, g_hash_table_unref);
  g_clear_pointer (&self->transcripts, g_hash_table_unref);
  g_clear_pointer (&self->escalations, g_hash_table_unref);
  g_clear_pointer (&self->unsent, g_hash_table_unref);
  g_clear_pointer (&self->openings, g_ptr_array_unref);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->log, g_free);
  g_clear_pointer (&self->operator_id, g_free);

  G_OBJECT_CLASS (handover_mirror_parent_class)->finalize (object);
}

static void
handover_mirror_get_property (GObject    *object,
                              guint       property_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  HandoverMirror *self = HANDOVER_MIRROR (object);

  switch ((HandoverMirrorProperty) property_id)
    {
    case PROP_WAITING_COUNT:
      g_value_set_uint (value, handover_mirror_get_waiting_count (self));
      break;

    case PROP_MINE_COUNT:
      g_value_set_uint (value, handover_mirror_get_mine_count (self));
      break;

    case PROP_LAST_ESCALATION:
      g_value_set_int64 (value, self->last_escalation);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
add_signal (const char *name,
            guint       n_params,
            GType       first,
            GType       second)
{
  g_signal_new (name, HANDOVER_TYPE_MIRROR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, n_params, first,
                second);
}

static void
add_signals (void)
{
  /**
   * HandoverMirror::escalation-opened:
   * @self: the mirror
   * @escalation: the new escalation
   * @conversation: its conversation
   *
   * An escalation was opened. It may be claimed already by the time one hears of it.
   */
  add_signal ("escalation-opened", 2, HANDOVER_TYPE_ESCALATION, HANDOVER_TYPE_CONVERSATION);

  /**
   * HandoverMirror::escalation-changed:
   * @self: the mirror
   * @escalation: the escalation as it is now
   * @conversation: (nullable): its conversation
   *
   * An escalation was claimed, released, resolved or added to.
   */
  add_signal ("escalation-changed", 2, HANDOVER_TYPE_ESCALATION, HANDOVER_TYPE_CONVERSATION);

  /**
   * HandoverMirror::message-added:
   * @self: the mirror
   * @message: the message
   * @conversation: (nullable): its conversation
   *
   * A message was added at the newest end of a transcript.
   */
  add_signal ("message-added", 2, HANDOVER_TYPE_MESSAGE, HANDOVER_TYPE_CONVERSATION);

  /**
   * HandoverMirror::conversation-changed:
   * @self: the mirror
   * @conversation: what it is now; the live object may be another
   *
   * A conversation is new or changed.
   */
  add_signal ("conversation-changed", 1, HANDOVER_TYPE_CONVERSATION, G_TYPE_NONE);

  /**
   * HandoverMirror::conversation-removed:
   * @self: the mirror
   * @conversation_id: which
   *
   * A conversation was erased.
   */
  add_signal ("conversation-removed", 1, G_TYPE_STRING, G_TYPE_NONE);

  /**
   * HandoverMirror::business-changed:
   * @self: the mirror
   *
   * The business's own data are there or have changed.
   */
  add_signal ("business-changed", 0, G_TYPE_NONE, G_TYPE_NONE);

  /**
   * HandoverMirror::stalled:
   * @self: the mirror
   * @reason: why, for people to read
   *
   * An event could not be stored, and those after it are refused, so that none is lost. Resume the stream from
   * [method@Mirror.get_cursor] after a while.
   */
  add_signal ("stalled", 1, G_TYPE_STRING, G_TYPE_NONE);
}

static void
handover_mirror_class_init (HandoverMirrorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = handover_mirror_dispose;
  object_class->finalize = handover_mirror_finalize;
  object_class->get_property = handover_mirror_get_property;

  /**
   * HandoverMirror:waiting-count:
   *
   * How many conversations wait for a person.
   */
  properties[PROP_WAITING_COUNT] =
    g_param_spec_uint ("waiting-count", NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  /**
   * HandoverMirror:mine-count:
   *
   * How many conversations this operator holds.
   */
  properties[PROP_MINE_COUNT] =
    g_param_spec_uint ("mine-count", NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  /**
   * HandoverMirror:last-escalation:
   *
   * When the last escalation was opened, in milliseconds since 1970; 0 if none is known.
   */
  properties[PROP_LAST_ESCALATION] =
    g_param_spec_int64 ("last-escalation", NULL, NULL, 0, G_MAXINT64, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  add_signals ();
}

static void
weak_ref_free (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

static void
handover_mirror_init (HandoverMirror *self)
{
  self->closing = g_cancellable_new ();
  self->conversations = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->transcripts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, weak_ref_free);
  self->escalations = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, weak_ref_free);
  self->unsent = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->openings = g_ptr_array_new_with_free_func (g_object_unref);
  self->operators = handover_record_model_new (HANDOVER_TYPE_OPERATOR, compare_operators);
  self->agents = handover_record_model_new (HANDOVER_TYPE_AGENT, compare_agents);
  self->channels = handover_record_model_new (HANDOVER_TYPE_CHANNEL_ACCOUNT, compare_channels);
  self->templates = handover_record_model_new (HANDOVER_TYPE_TEMPLATE, compare_templates);
  g_queue_init (&self->recent);
}

static void
count_changed_cb (HandoverMirror *self,
                  guint           position,
                  guint           removed,
                  guint           added,
                  GListModel     *model)
{
  if (removed == added)
    return;

  g_object_notify_by_pspec (G_OBJECT (self),
                            properties[model == G_LIST_MODEL (self->views[HANDOVER_VIEW_WAITING])
                                         ? PROP_WAITING_COUNT
                                         : PROP_MINE_COUNT]);
}

/**
 * handover_mirror_count:
 * @self: a mirror that has been opened
 *
 * Begins to tell when the number of conversations in a counted view changes.
 */
void
handover_mirror_count (HandoverMirror *self)
{
  for (HandoverView view = HANDOVER_VIEW_WAITING; view <= HANDOVER_VIEW_MINE; view++)
    g_signal_connect_object (handover_mirror_get_conversations (self, view), "items-changed",
                             G_CALLBACK (count_changed_cb), self, G_CONNECT_SWAPPED);
}
