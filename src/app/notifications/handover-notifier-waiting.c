/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "config.h"

#include "app/notifications/handover-notifier-private.h"

#include "client/store/handover-outbox.h"

/* Who waits, and what the operator and the service are told of it. */

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

static void
waiting_free (gpointer data)
{
  Waiting *waiting = data;

  g_clear_handle_id (&waiting->repeat, g_source_remove);
  handover_alert_free (waiting->alert);
  g_free (waiting->escalation_id);
  g_free (waiting);
}

GHashTable *
handover_notifier_new_waiting (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, NULL, waiting_free);
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

void
handover_notifier_forget_all (HandoverNotifier *self)
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

void
handover_notifier_watch (HandoverNotifier *self,
                         HandoverAccount  *account)
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

void
handover_notifier_unwatch (HandoverNotifier *self)
{
  if (self->account == NULL)
    return;

  g_signal_handlers_disconnect_by_data (self->mirror, self);
  g_signal_handlers_disconnect_by_data (self->team, self);
  g_clear_object (&self->team);
  g_clear_object (&self->mirror);
  g_clear_object (&self->account);
  g_hash_table_remove_all (self->held);
  handover_notifier_forget_all (self);
}

/* What the desktop says. */

void
handover_notifier_shown_cb (const char *key,
                            gpointer    user_data)
{
  HandoverNotifier *self = user_data;
  Waiting *waiting = g_hash_table_lookup (self->waiting, key);

  if (waiting == NULL || waiting->shown)
    return;

  waiting->shown = TRUE;
  report (self, key, waiting->escalation_id, HANDOVER_ALERT_STATE_SHOWN);
}

void
handover_notifier_activated_cb (const char *key,
                                const char *action,
                                const char *token,
                                gpointer    user_data)
{
  HandoverNotifier *self = user_data;
  g_autofree char *conversation_id = g_str_equal (key, HANDOVER_NOTIFIER_TEST_KEY) ? NULL : g_strdup (key);
  const char *signal = g_str_equal (action, "take-over") ? "take-over" : "open";
  Waiting *waiting = g_hash_table_lookup (self->waiting, key);

  if (waiting != NULL)
    report (self, key, waiting->escalation_id, HANDOVER_ALERT_STATE_ACTED);
  g_signal_emit_by_name (self, signal, conversation_id, token);
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
