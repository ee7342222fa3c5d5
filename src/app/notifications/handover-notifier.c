/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#define G_LOG_DOMAIN "handover-notifier"

#include "config.h"

#include "app/notifications/handover-notifier.h"

#include <glib/gi18n.h>

#include "app/notifications/handover-notifier-private.h"

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

/* What the desktop says. */

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

  if (!g_str_equal (key, HANDOVER_NOTIFIER_TEST_KEY))
    g_set_str (&self->last_alert, key);
}

static const HandoverAlertEvents events = { handover_notifier_shown_cb, handover_notifier_activated_cb, refused_cb,
                                            leftover_cb };

static void
handover_notifier_dispose (GObject *object)
{
  HandoverNotifier *self = HANDOVER_NOTIFIER (object);

  handover_notifier_unwatch (self);
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
  self->waiting = handover_notifier_new_waiting ();
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

  handover_notifier_unwatch (self);
  if (account != NULL)
    handover_notifier_watch (self, account);

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACCOUNT]);
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
    handover_notifier_forget_all (self);
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
  test->key = g_strdup (HANDOVER_NOTIFIER_TEST_KEY);
  test->title = g_strdup (_("Notifications work"));
  test->body = g_strdup (_("This is how you will hear of customers who need a person."));
  test->urgency = 1;
  test->has_sound = self->sound;
  handover_alert_thread_show (self->thread, test);
}
