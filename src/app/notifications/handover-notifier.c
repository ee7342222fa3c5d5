/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#define G_LOG_DOMAIN "handover-notifier"

#include "config.h"

#include "app/notifications/handover-notifier.h"

#include <glib/gi18n.h>

#include "app/notifications/handover-alert-thread.h"
#include "client/store/handover-mirror.h"
#include "client/store/handover-outbox.h"

/* What the test alert is about; no conversation has this id. */
#define TEST_KEY "test"

/**
 * HandoverNotifier:
 *
 * Tells the operator, by notifications of the desktop, that somebody waits for a person: when an escalation opens, when
 * a colleague lets go of one, and again while the customer still waits. It stays silent about the conversation that the
 * operator is looking at, for as long as they look, and withdraws what anybody has taken.
 */
struct _HandoverNotifier
{
  GObject parent_instance;

  HandoverAlertThread *thread;
  HandoverAccount *account;
  HandoverMirror *mirror;
  GListModel *team;
  GHashTable *waiting; /* conversation id → Waiting */
  GHashTable *held;    /* ids of the conversations that colleagues hold */
  char *in_front;
  char *last_alert;
  char *last_read;     /* the escalation that was last told to have been read */
  gboolean enabled;
  gboolean refused;
  gboolean sound;
  guint repeat_minutes;
  guint repeat_milliseconds;
};

/* A customer whom the operator knows to be waiting, or will be told of. */
typedef struct
{
  HandoverNotifier *notifier;
  HandoverAlert *alert;
  guint times;
  char *escalation_id;
  gboolean shown;
  guint repeat;
} Waiting;

enum
{
  PROP_0,
  PROP_ACCOUNT,
  PROP_ENABLED,
  PROP_REFUSED,
  PROP_REPEAT_MINUTES,
  PROP_SOUND,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

enum
{
  SIGNAL_TAKE_OVER,
  SIGNAL_OPEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (HandoverNotifier, handover_notifier, G_TYPE_OBJECT)

static void
waiting_free (gpointer data)
{
  Waiting *waiting = data;

  g_clear_handle_id (&waiting->repeat, g_source_remove);
  handover_alert_free (waiting->alert);
  g_free (waiting->escalation_id);
  g_free (waiting);
}

static gboolean
is_in_front (HandoverNotifier *self,
             const char       *conversation_id)
{
  return g_strcmp0 (self->in_front, conversation_id) == 0;
}

/* Heard twice, then only seen: who has not come by then is not at the desk. */
static void
show (Waiting *waiting)
{
  waiting->times++;
  waiting->alert->has_sound = waiting->notifier->sound && waiting->times <= 2;
  handover_alert_thread_show (waiting->notifier->thread, handover_alert_copy (waiting->alert));
}

/* The service is told what became of an alert, as soon as it can be. */
static void
report (HandoverNotifier   *self,
        const char         *conversation_id,
        const char         *escalation_id,
        HandoverAlertState  state)
{
  HandoverOutbox *outbox = self->account != NULL ? handover_account_get_outbox (self->account) : NULL;

  if (outbox != NULL && escalation_id != NULL)
    handover_outbox_report_alert (outbox, conversation_id, escalation_id, state);
}

/* Nobody answered: louder this time. */
static gboolean
repeat_cb (gpointer user_data)
{
  Waiting *waiting = user_data;
  HandoverNotifier *self = waiting->notifier;

  if (is_in_front (self, waiting->alert->key))
    return G_SOURCE_CONTINUE;

  /* Nobody misses what no desktop has shown. */
  if (waiting->shown)
    report (self, waiting->alert->key, waiting->escalation_id, HANDOVER_ALERT_STATE_MISSED);
  waiting->alert->urgency = HANDOVER_ALERT_CRITICAL;
  show (waiting);

  return G_SOURCE_CONTINUE;
}

/* What is on the operator's screen needs no alert; that they can read it is news, once. */
static void
see (HandoverNotifier     *self,
     HandoverConversation *conversation)
{
  HandoverEscalation *escalation = conversation->escalation;

  if (conversation->control != HANDOVER_CONTROL_WAITING || escalation == NULL ||
      escalation->receipt >= HANDOVER_RECEIPT_SEEN || g_strcmp0 (self->last_read, escalation->id) == 0)
    return;

  g_set_str (&self->last_read, escalation->id);
  report (self, conversation->id, escalation->id, HANDOVER_ALERT_STATE_READ);
}

/* Who looks at the conversation may still go away without taking it: its turn to be repeated comes all the same. */
static void
alert (HandoverNotifier     *self,
       HandoverConversation *conversation,
       const char           *escalation_id)
{
  Waiting *waiting;

  if (!self->enabled)
    return;

  waiting = g_new0 (Waiting, 1);
  waiting->notifier = self;
  waiting->alert = handover_alert_new (conversation);
  waiting->escalation_id = g_strdup (escalation_id);
  if (self->repeat_milliseconds > 0)
    waiting->repeat = g_timeout_add (self->repeat_milliseconds, repeat_cb, waiting);
  g_hash_table_replace (self->waiting, waiting->alert->key, waiting);
  if (!is_in_front (self, conversation->id))
    show (waiting);
}

static void
withdraw (HandoverNotifier *self,
          const char       *conversation_id)
{
  Waiting *waiting = g_hash_table_lookup (self->waiting, conversation_id);

  if (waiting != NULL && waiting->times > 0)
    handover_alert_thread_withdraw (self->thread, conversation_id);
}

static void
forget (HandoverNotifier *self,
        const char       *conversation_id)
{
  withdraw (self, conversation_id);
  g_hash_table_remove (self->waiting, conversation_id);
}

static void
forget_all (HandoverNotifier *self)
{
  handover_alert_thread_withdraw_all (self->thread);
  g_hash_table_remove_all (self->waiting);
}

static void
escalation_opened_cb (HandoverNotifier     *self,
                      HandoverEscalation   *escalation,
                      HandoverConversation *conversation)
{
  /* Catching up after a break, it may have been taken already. */
  if (conversation->control == HANDOVER_CONTROL_WAITING)
    alert (self, conversation, escalation->id);
}

static gboolean
is_held_by_colleague (HandoverNotifier     *self,
                      HandoverConversation *conversation)
{
  return conversation->control == HANDOVER_CONTROL_OPERATOR && conversation->holder != NULL &&
         g_strcmp0 (conversation->holder->id, handover_mirror_get_operator_id (self->mirror)) != 0;
}

static void
conversation_changed_cb (HandoverNotifier     *self,
                         HandoverConversation *conversation)
{
  gboolean was_held = g_hash_table_contains (self->held, conversation->id);
  HandoverEscalation *escalation = conversation->escalation;

  if (is_in_front (self, conversation->id))
    see (self, conversation);
  if (conversation->control != HANDOVER_CONTROL_WAITING)
    forget (self, conversation->id);
  else if (was_held)
    alert (self, conversation, escalation != NULL ? escalation->id : NULL);

  if (is_held_by_colleague (self, conversation))
    g_hash_table_add (self->held, g_strdup (conversation->id));
  else if (was_held)
    g_hash_table_remove (self->held, conversation->id);
}

static void
team_changed_cb (HandoverNotifier *self,
                 guint             position,
                 guint             removed,
                 guint             added)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (HandoverConversation) conversation = g_list_model_get_item (self->team, i);

      if (conversation != NULL && is_held_by_colleague (self, conversation))
        g_hash_table_add (self->held, g_strdup (conversation->id));
    }
}

static void
leave_account (HandoverNotifier *self)
{
  if (self->account == NULL)
    return;

  g_signal_handlers_disconnect_by_data (self->mirror, self);
  g_signal_handlers_disconnect_by_data (self->team, self);
  g_clear_object (&self->team);
  g_clear_object (&self->mirror);
  g_clear_object (&self->account);
  g_hash_table_remove_all (self->held);
  forget_all (self);
}

/* What the desktop says. */

static void
shown_cb (const char *key,
          gpointer    user_data)
{
  HandoverNotifier *self = user_data;
  Waiting *waiting = g_hash_table_lookup (self->waiting, key);

  if (waiting == NULL || waiting->shown)
    return;

  waiting->shown = TRUE;
  report (self, key, waiting->escalation_id, HANDOVER_ALERT_STATE_SHOWN);
}

static void
activated_cb (const char *key,
              const char *action,
              const char *token,
              gpointer    user_data)
{
  HandoverNotifier *self = user_data;
  g_autofree char *conversation_id = g_str_equal (key, TEST_KEY) ? NULL : g_strdup (key);
  guint signal = g_str_equal (action, "take-over") ? SIGNAL_TAKE_OVER : SIGNAL_OPEN;
  Waiting *waiting = g_hash_table_lookup (self->waiting, key);

  if (waiting != NULL)
    report (self, key, waiting->escalation_id, HANDOVER_ALERT_STATE_ACTED);
  g_signal_emit (self, signals[signal], 0, conversation_id, token);
}

static void
refused_cb (gboolean refused,
            gpointer user_data)
{
  HandoverNotifier *self = user_data;

  if (self->refused == refused)
    return;

  self->refused = refused;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REFUSED]);
}

static void
leftover_cb (const char *key,
             gpointer    user_data)
{
  HandoverNotifier *self = user_data;

  if (!g_str_equal (key, TEST_KEY))
    g_set_str (&self->last_alert, key);
}

static const HandoverAlertEvents events = { shown_cb, activated_cb, refused_cb, leftover_cb };

static void
handover_notifier_dispose (GObject *object)
{
  HandoverNotifier *self = HANDOVER_NOTIFIER (object);

  leave_account (self);
  g_clear_pointer (&self->waiting, g_hash_table_unref);
  g_clear_pointer (&self->held, g_hash_table_unref);
  g_clear_pointer (&self->thread, handover_alert_thread_stop);

  G_OBJECT_CLASS (handover_notifier_parent_class)->dispose (object);
}

static void
handover_notifier_finalize (GObject *object)
{
  HandoverNotifier *self = HANDOVER_NOTIFIER (object);

  g_free (self->in_front);
  g_free (self->last_alert);
  g_free (self->last_read);

  G_OBJECT_CLASS (handover_notifier_parent_class)->finalize (object);
}

static void
handover_notifier_get_property (GObject    *object,
                                guint       property_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  HandoverNotifier *self = HANDOVER_NOTIFIER (object);

  switch (property_id)
    {
    case PROP_ACCOUNT:
      g_value_set_object (value, self->account);
      break;
    case PROP_ENABLED:
      g_value_set_boolean (value, self->enabled);
      break;
    case PROP_REFUSED:
      g_value_set_boolean (value, self->refused);
      break;
    case PROP_REPEAT_MINUTES:
      g_value_set_uint (value, self->repeat_minutes);
      break;
    case PROP_SOUND:
      g_value_set_boolean (value, self->sound);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
handover_notifier_set_property (GObject      *object,
                                guint         property_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  HandoverNotifier *self = HANDOVER_NOTIFIER (object);

  switch (property_id)
    {
    case PROP_ACCOUNT:
      handover_notifier_set_account (self, g_value_get_object (value));
      break;
    case PROP_ENABLED:
      handover_notifier_set_enabled (self, g_value_get_boolean (value));
      break;
    case PROP_REPEAT_MINUTES:
      handover_notifier_set_repeat_minutes (self, g_value_get_uint (value));
      break;
    case PROP_SOUND:
      handover_notifier_set_sound (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
install_signals (void)
{
  /**
   * HandoverNotifier::take-over:
   * @self: the notifier
   * @conversation_id: a conversation
   * @token: (nullable): with which a window may raise itself
   *
   * The operator chose to take a conversation over.
   */
  signals[SIGNAL_TAKE_OVER] = g_signal_new ("take-over", HANDOVER_TYPE_NOTIFIER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                            NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);

  /**
   * HandoverNotifier::open:
   * @self: the notifier
   * @conversation_id: (nullable): a conversation, or %NULL where only the window is wanted
   * @token: (nullable): with which a window may raise itself
   *
   * The operator chose to look at a conversation.
   */
  signals[SIGNAL_OPEN] = g_signal_new ("open", HANDOVER_TYPE_NOTIFIER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
}

static void
handover_notifier_class_init (HandoverNotifierClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  const GParamFlags settable = readable | G_PARAM_WRITABLE;

  object_class->dispose = handover_notifier_dispose;
  object_class->finalize = handover_notifier_finalize;
  object_class->get_property = handover_notifier_get_property;
  object_class->set_property = handover_notifier_set_property;

  /**
   * HandoverNotifier:account:
   *
   * Whose escalations are announced.
   */
  properties[PROP_ACCOUNT] = g_param_spec_object ("account", NULL, NULL, HANDOVER_TYPE_ACCOUNT, settable);

  /**
   * HandoverNotifier:enabled:
   *
   * Whether anything is announced.
   */
  properties[PROP_ENABLED] = g_param_spec_boolean ("enabled", NULL, NULL, TRUE, settable);

  /**
   * HandoverNotifier:refused:
   *
   * Whether the desktop shows no notifications, so that the operator has to be told otherwise.
   */
  properties[PROP_REFUSED] = g_param_spec_boolean ("refused", NULL, NULL, FALSE, readable);

  /**
   * HandoverNotifier:repeat-minutes:
   *
   * After how many minutes a customer who still waits is announced again; 0 for never.
   */
  properties[PROP_REPEAT_MINUTES] = g_param_spec_uint ("repeat-minutes", NULL, NULL, 0, 60, 1, settable);

  /**
   * HandoverNotifier:sound:
   *
   * Whether the first two alerts about a customer are heard as well.
   */
  properties[PROP_SOUND] = g_param_spec_boolean ("sound", NULL, NULL, TRUE, settable);

  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  install_signals ();
}

static void
handover_notifier_init (HandoverNotifier *self)
{
  g_autofree char *file = g_build_filename (g_get_user_state_dir (), APP_ID, "alerts", NULL);

  self->enabled = TRUE;
  self->sound = TRUE;
  self->repeat_minutes = 1;
  self->repeat_milliseconds = 60 * 1000;
  self->waiting = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, waiting_free);
  self->held = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->thread = handover_alert_thread_new (file, &events, self);
}

/**
 * handover_notifier_new:
 *
 * Makes the notifier; there is one for the app.
 *
 * Returns: (transfer full): the notifier
 */
HandoverNotifier *
handover_notifier_new (void)
{
  return g_object_new (HANDOVER_TYPE_NOTIFIER, NULL);
}

/**
 * handover_notifier_set_account:
 * @self: the notifier
 * @account: (nullable): an account that is signed in
 *
 * Says whose escalations are announced. What was shown of another account is withdrawn.
 */
void
handover_notifier_set_account (HandoverNotifier *self,
                               HandoverAccount  *account)
{
  g_return_if_fail (HANDOVER_IS_NOTIFIER (self));

  if (self->account == account)
    return;

  leave_account (self);
  if (account != NULL)
    {
      self->account = g_object_ref (account);
      self->mirror = g_object_ref (handover_account_get_mirror (account));
      self->team = g_object_ref (handover_mirror_get_conversations (self->mirror, HANDOVER_VIEW_TEAM));
      g_signal_connect_swapped (self->mirror, "escalation-opened", G_CALLBACK (escalation_opened_cb), self);
      g_signal_connect_swapped (self->mirror, "conversation-changed", G_CALLBACK (conversation_changed_cb), self);
      g_signal_connect_swapped (self->mirror, "conversation-removed", G_CALLBACK (forget), self);
      g_signal_connect_swapped (self->team, "items-changed", G_CALLBACK (team_changed_cb), self);
      team_changed_cb (self, 0, 0, g_list_model_get_n_items (self->team));
    }

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACCOUNT]);
}

/**
 * handover_notifier_set_in_front:
 * @self: the notifier
 * @conversation_id: (nullable): the conversation that is open in the active window; %NULL if there is none
 *
 * Says what the operator is looking at. No alert is shown about it for as long, and one that was is withdrawn.
 */
void
handover_notifier_set_in_front (HandoverNotifier *self,
                                const char       *conversation_id)
{
  g_autoptr (HandoverConversation) conversation = NULL;

  g_return_if_fail (HANDOVER_IS_NOTIFIER (self));

  if (!g_set_str (&self->in_front, conversation_id) || conversation_id == NULL)
    return;

  withdraw (self, conversation_id);
  if (self->mirror != NULL)
    conversation = handover_mirror_get_conversation (self->mirror, conversation_id);
  if (conversation != NULL)
    see (self, conversation);
}

/**
 * handover_notifier_set_enabled:
 * @self: the notifier
 * @enabled: whether anything is announced
 *
 * Switches alerts on or off.
 */
void
handover_notifier_set_enabled (HandoverNotifier *self,
                               gboolean          enabled)
{
  g_return_if_fail (HANDOVER_IS_NOTIFIER (self));

  if (self->enabled == enabled)
    return;

  self->enabled = enabled;
  if (!enabled)
    forget_all (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ENABLED]);
}

/**
 * handover_notifier_set_repeat_minutes:
 * @self: the notifier
 * @minutes: after how many minutes to announce again; 0 for never
 *
 * Says when a customer who still waits is announced again; it holds for alerts from now on.
 */
void
handover_notifier_set_repeat_minutes (HandoverNotifier *self,
                                      guint             minutes)
{
  g_return_if_fail (HANDOVER_IS_NOTIFIER (self));

  if (self->repeat_minutes == minutes)
    return;

  self->repeat_minutes = minutes;
  self->repeat_milliseconds = minutes * 60 * 1000;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REPEAT_MINUTES]);
}

/* For tests: after how many milliseconds to announce again. */
void
handover_notifier_set_repeat_milliseconds (HandoverNotifier *self,
                                           guint             milliseconds)
{
  self->repeat_milliseconds = milliseconds;
}

/**
 * handover_notifier_set_sound:
 * @self: the notifier
 * @sound: whether alerts are heard
 *
 * Says whether the first two alerts about a customer are heard as well; a desktop without sounds keeps silent.
 */
void
handover_notifier_set_sound (HandoverNotifier *self,
                             gboolean          sound)
{
  g_return_if_fail (HANDOVER_IS_NOTIFIER (self));

  if (self->sound == sound)
    return;

  self->sound = sound;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SOUND]);
}

/**
 * handover_notifier_get_refused:
 * @self: the notifier
 *
 * Tells whether the desktop shows no notifications.
 *
 * Returns: %TRUE if it does not
 */
gboolean
handover_notifier_get_refused (HandoverNotifier *self)
{
  g_return_val_if_fail (HANDOVER_IS_NOTIFIER (self), FALSE);

  return self->refused;
}

/**
 * handover_notifier_get_last_alert:
 * @self: the notifier
 *
 * Gets the conversation of the last alert that an earlier run left unanswered: what to open when the app was started by
 * a click on it.
 *
 * Returns: (nullable): the id of a conversation
 */
const char *
handover_notifier_get_last_alert (HandoverNotifier *self)
{
  g_return_val_if_fail (HANDOVER_IS_NOTIFIER (self), NULL);

  return self->last_alert;
}

/**
 * handover_notifier_send_test:
 * @self: the notifier
 *
 * Shows an alert that is about nothing, so that the operator can see whether they arrive.
 */
void
handover_notifier_send_test (HandoverNotifier *self)
{
  HandoverAlert *test;

  g_return_if_fail (HANDOVER_IS_NOTIFIER (self));

  test = g_new0 (HandoverAlert, 1);
  test->key = g_strdup (TEST_KEY);
  test->title = g_strdup (_("Notifications work"));
  test->body = g_strdup (_("This is how you will hear of customers who need a person."));
  test->urgency = 1;
  test->has_sound = self->sound;
  handover_alert_thread_show (self->thread, test);
}
