/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#define G_LOG_DOMAIN "handover-deliverer"

#include "service/channels/handover-deliverer.h"

#include "service/channels/handover-pace.h"
#include "service/channels/handover-retry.h"
#include "service/channels/handover-trip.h"
#include "service/store/handover-store-deliveries.h"

/* How many parts are on their way at once; of one chat it is one. */
#define UNDER_WAY_LIMIT 32

/* How long a stop waits for what is on its way, before it gives up to know what became of it. */
#define STOP_SECONDS 5

/* One conversation that has something to send, or had a moment ago. */
typedef struct
{
  char *conversation_id;
  gint64 due;
  guint n_tries;
  gboolean busy;
  gboolean woken;
  gboolean idle;
  GSequenceIter *place;
} Chat;

/**
 * HandoverDeliverer:
 *
 * Sends what is queued on one channel: in order within each conversation, at the pace that the platform allows.
 */
struct _HandoverDeliverer
{
  GObject parent_instance;

  HandoverChannel *channel;
  HandoverWorkers *workers;
  char *business_id;
  char *channel_id;
  guint retry;

  GHashTable *chats;
  GSequence *waiting;
  HandoverPace *pace;
  gint64 held_until;
  gint64 limited_until;
  guint n_busy;
  GSource *timer;

  GCancellable *sending;
  gboolean ended;
  GTask *stopping;
  guint stop_timer;
};

G_DEFINE_FINAL_TYPE (HandoverDeliverer, handover_deliverer, G_TYPE_OBJECT)

/* A chat's turn to send. */
typedef struct
{
  HandoverDeliverer *self;
  Chat *chat;
  guint place;
} Turn;

static void run (HandoverDeliverer *self);

static void
chat_free (gpointer data)
{
  Chat *chat = data;

  g_free (chat->conversation_id);
  g_free (chat);
}

static void
clear_timer (HandoverDeliverer *self)
{
  if (self->timer != NULL)
    g_source_destroy (self->timer);
  g_clear_pointer (&self->timer, g_source_unref);
}

static void
handover_deliverer_dispose (GObject *object)
{
  HandoverDeliverer *self = HANDOVER_DELIVERER (object);

  clear_timer (self);
  g_clear_handle_id (&self->stop_timer, g_source_remove);

  G_OBJECT_CLASS (handover_deliverer_parent_class)->dispose (object);
}

static void
handover_deliverer_finalize (GObject *object)
{
  HandoverDeliverer *self = HANDOVER_DELIVERER (object);

  g_sequence_free (self->waiting);
  g_hash_table_unref (self->chats);
  g_clear_pointer (&self->pace, handover_pace_free);
  g_clear_object (&self->channel);
  g_clear_object (&self->workers);
  g_clear_object (&self->sending);
  g_free (self->business_id);
  g_free (self->channel_id);

  G_OBJECT_CLASS (handover_deliverer_parent_class)->finalize (object);
}

static void
handover_deliverer_class_init (HandoverDelivererClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = handover_deliverer_dispose;
  object_class->finalize = handover_deliverer_finalize;
}

static void
handover_deliverer_init (HandoverDeliverer *self)
{
  self->chats = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, chat_free);
  self->waiting = g_sequence_new (NULL);
  self->sending = g_cancellable_new ();
}

static int
compare_due (gconstpointer a,
             gconstpointer b,
             gpointer      data)
{
  gint64 due = ((const Chat *) a)->due;
  gint64 other = ((const Chat *) b)->due;

  return (due > other) - (due < other);
}

/* --- When ---------------------------------------------------------------------------------------------------- */

static void
wait (HandoverDeliverer *self,
      Chat              *chat,
      gint64             due)
{
  chat->due = due;
  chat->place = g_sequence_insert_sorted (self->waiting, chat, compare_due, NULL);
}

static gboolean
timer_cb (gpointer data)
{
  HandoverDeliverer *self = data;

  clear_timer (self);
  run (self);
  return G_SOURCE_REMOVE;
}

static void
wake_at (HandoverDeliverer *self,
         gint64             time)
{
  clear_timer (self);
  self->timer = g_timeout_source_new (0);
  g_source_set_ready_time (self->timer, time);
  g_source_set_callback (self->timer, timer_cb, self, NULL);
  g_source_attach (self->timer, g_main_context_get_thread_default ());
}

static void
check_stopped (HandoverDeliverer *self)
{
  GTask *task;

  if (self->stopping == NULL || self->n_busy > 0)
    return;

  g_clear_handle_id (&self->stop_timer, g_source_remove);
  task = g_steal_pointer (&self->stopping);
  g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

/* The chat's turn is over. One that has nothing more to send is remembered until its pause is over. */
static void
rest (HandoverDeliverer *self,
      Chat              *chat,
      gint64             due,
      gboolean           more)
{
  chat->busy = FALSE;
  chat->idle = !more && !chat->woken;
  chat->woken = FALSE;
  self->n_busy--;
  wait (self, chat, due);
  run (self);
  check_stopped (self);
}

/* The longest pause is a minute, where the shortest is a second. */
static gint64
get_pause (HandoverDeliverer *self,
           Chat              *chat,
           guint              retry_after)
{
  return handover_retry_get_delay (self->retry, chat->n_tries, retry_after) * (gint64) 1000;
}

/* --- A turn -------------------------------------------------------------------------------------------------- */

static gboolean
may_leave_cb (gpointer data)
{
  Turn *turn = data;

  if (turn->self->ended)
    return FALSE;

  handover_pace_pass (turn->self->pace, turn->place, g_get_monotonic_time ());
  return TRUE;
}

/* When the chat's next part may follow what the platform said of this one. */
static gint64
get_next (HandoverDeliverer        *self,
          Chat                     *chat,
          const HandoverSendResult *result)
{
  gint64 now = g_get_monotonic_time ();
  gint64 pause = HANDOVER_CHANNEL_GET_CLASS (self->channel)->limits.chat_interval * (gint64) 1000;

  switch (result->outcome)
    {
    case HANDOVER_SEND_AGAIN:
      chat->n_tries++;
      pause = MAX (pause, get_pause (self, chat, result->retry_after));
      /* One chat may be too fast for itself; when a second one is too, it is the whole account. */
      if (result->retry_after > 0 && now < self->limited_until)
        self->held_until = MAX (self->held_until, now + pause);
      if (result->retry_after > 0)
        self->limited_until = MAX (self->limited_until, now + pause);
      break;
    case HANDOVER_SEND_LOCKED_OUT:
      self->held_until = now + handover_retry_get_delay (self->retry, G_MAXUINT, 0) * (gint64) 1000;
      break;
    case HANDOVER_SEND_MOVED:
      pause = chat->n_tries++ == 0 ? 0 : get_pause (self, chat, 0);
      break;
    case HANDOVER_SEND_SENT:
    case HANDOVER_SEND_REFUSED:
    case HANDOVER_SEND_UNKNOWN:
    default:
      chat->n_tries = 0;
      break;
    }

  return now + pause;
}

static void
trip_ended_cb (HandoverTripEnd           end,
               const HandoverSendResult *result,
               gboolean                  more,
               gpointer                  data)
{
  g_autofree Turn *turn = data;
  g_autoptr (HandoverDeliverer) self = turn->self;
  Chat *chat = turn->chat;

  switch (end)
    {
    case HANDOVER_TRIP_UNREAD:
      chat->n_tries++;
      rest (self, chat, g_get_monotonic_time () + get_pause (self, chat, 0), TRUE);
      break;
    case HANDOVER_TRIP_UNNOTED:
      rest (self, chat, G_MAXINT64, FALSE);
      break;
    case HANDOVER_TRIP_NOTED:
      rest (self, chat, get_next (self, chat, result), more);
      break;
    case HANDOVER_TRIP_EMPTY:
    default:
      rest (self, chat, chat->due, FALSE);
      break;
    }
}

static void
begin (HandoverDeliverer *self,
       Chat              *chat,
       guint              place)
{
  Turn *turn = g_new0 (Turn, 1);
  HandoverTripOptions options = {
    .channel = self->channel,
    .workers = self->workers,
    .business_id = self->business_id,
    .channel_id = self->channel_id,
    .conversation_id = chat->conversation_id,
    .retry = self->retry,
    .cancellable = self->sending,
    .may_leave = may_leave_cb,
    .ended = trip_ended_cb,
    .user_data = turn,
  };

  turn->self = g_object_ref (self);
  turn->chat = chat;
  turn->place = place;
  handover_trip_begin (&options);
}

/* Begins with all whose time has come. */
static void
run (HandoverDeliverer *self)
{
  while (!self->ended && self->n_busy < UNDER_WAY_LIMIT && !g_sequence_is_empty (self->waiting))
    {
      GSequenceIter *first = g_sequence_get_begin_iter (self->waiting);
      Chat *chat = g_sequence_get (first);
      gint64 now = g_get_monotonic_time ();
      gint64 time = chat->idle ? chat->due : MAX (chat->due, MAX (self->held_until, handover_pace_get_next (self->pace)));

      if (time > now)
        {
          wake_at (self, time);
          return;
        }

      g_sequence_remove (first);
      chat->place = NULL;
      if (chat->idle)
        {
          g_hash_table_remove (self->chats, chat->conversation_id);
          continue;
        }

      chat->busy = TRUE;
      self->n_busy++;
      begin (self, chat, handover_pace_take (self->pace, now));
    }
}

/* --- Around it ----------------------------------------------------------------------------------------------- */

/**
 * handover_deliverer_new:
 * @channel: the channel to send by
 * @workers: runs the jobs
 * @business_id: whose
 * @channel_id: the channel's id
 * @retry: after how many milliseconds something is tried again for the first time
 *
 * Makes a deliverer, which sends nothing yet.
 *
 * Returns: (transfer full): a deliverer
 */
HandoverDeliverer *
handover_deliverer_new (HandoverChannel *channel,
                        HandoverWorkers *workers,
                        const char      *business_id,
                        const char      *channel_id,
                        guint            retry)
{
  HandoverDeliverer *self = g_object_new (HANDOVER_TYPE_DELIVERER, NULL);

  self->channel = g_object_ref (channel);
  self->workers = g_object_ref (workers);
  self->business_id = g_strdup (business_id);
  self->channel_id = g_strdup (channel_id);
  self->retry = retry;
  self->pace = handover_pace_new (HANDOVER_CHANNEL_GET_CLASS (channel)->limits.per_second);
  return self;
}

typedef struct
{
  char *business_id;
  char *channel_id;
  GPtrArray *conversation_ids;
} Start;

static void
start_free (gpointer data)
{
  Start *start = data;

  g_free (start->business_id);
  g_free (start->channel_id);
  g_clear_pointer (&start->conversation_ids, g_ptr_array_unref);
  g_free (start);
}

static gboolean
start_job (gpointer   store,
           gpointer   job,
           GError   **error)
{
  Start *start = job;

  start->conversation_ids = handover_store_list_undelivered (store, start->business_id, start->channel_id, error);
  return start->conversation_ids != NULL;
}

static gboolean
start_again_cb (gpointer data)
{
  g_autoptr (HandoverDeliverer) self = data;

  if (!self->ended)
    handover_deliverer_start (self);
  return G_SOURCE_REMOVE;
}

static void
started_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (HandoverDeliverer) self = data;
  Start *start = handover_workers_get_job (result);
  g_autoptr (GError) error = NULL;

  if (!handover_workers_finish (HANDOVER_WORKERS (object), result, &error))
    {
      g_debug ("The queue of a channel cannot be read yet: %s", error->message);
      if (!g_error_matches (error, HANDOVER_DATABASE_ERROR, HANDOVER_DATABASE_ERROR_CLOSED))
        g_timeout_add (self->retry, start_again_cb, g_steal_pointer (&self));
      return;
    }

  for (guint i = 0; i < start->conversation_ids->len; i++)
    handover_deliverer_wake (self, start->conversation_ids->pdata[i]);
}

/**
 * handover_deliverer_start:
 * @self: a deliverer
 *
 * Begins with what is queued already.
 */
void
handover_deliverer_start (HandoverDeliverer *self)
{
  Start *start = g_new0 (Start, 1);

  start->business_id = g_strdup (self->business_id);
  start->channel_id = g_strdup (self->channel_id);
  handover_workers_read_async (self->workers, start_job, start, start_free, NULL, started_cb, g_object_ref (self));
}

/**
 * handover_deliverer_wake:
 * @self: a deliverer
 * @conversation_id: a conversation in which something was queued
 *
 * Sends what there is, as soon as it may leave.
 */
void
handover_deliverer_wake (HandoverDeliverer *self,
                         const char        *conversation_id)
{
  Chat *chat = g_hash_table_lookup (self->chats, conversation_id);

  if (self->ended)
    return;

  if (chat == NULL)
    {
      chat = g_new0 (Chat, 1);
      chat->conversation_id = g_strdup (conversation_id);
      g_hash_table_insert (self->chats, chat->conversation_id, chat);
      wait (self, chat, 0);
    }
  chat->woken |= chat->busy;
  chat->idle = FALSE;
  run (self);
}

/**
 * handover_deliverer_is_held:
 * @self: a deliverer
 *
 * Returns: whether the platform said just now that it wants less from us
 */
gboolean
handover_deliverer_is_held (HandoverDeliverer *self)
{
  return g_get_monotonic_time () < MAX (self->held_until, self->limited_until);
}

static gboolean
stop_waiting_cb (gpointer data)
{
  HandoverDeliverer *self = data;

  self->stop_timer = 0;
  g_cancellable_cancel (self->sending);
  return G_SOURCE_REMOVE;
}

/**
 * handover_deliverer_stop_async:
 * @self: a deliverer
 * @callback: called when nothing is on its way any more
 * @user_data: for @callback
 *
 * Sends nothing more, and waits a little for what is on its way.
 */
void
handover_deliverer_stop_async (HandoverDeliverer   *self,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_return_if_fail (!self->ended);

  clear_timer (self);
  self->ended = TRUE;
  self->stopping = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (self->stopping, handover_deliverer_stop_async);
  self->stop_timer = g_timeout_add_seconds (STOP_SECONDS, stop_waiting_cb, self);
  check_stopped (self);
}

/**
 * handover_deliverer_stop_finish:
 * @self: a deliverer
 * @result: the result
 *
 * Finishes [method@Deliverer.stop_async].
 */
void
handover_deliverer_stop_finish (HandoverDeliverer *self,
                                GAsyncResult      *result)
{
  g_task_propagate_boolean (G_TASK (result), NULL);
}
