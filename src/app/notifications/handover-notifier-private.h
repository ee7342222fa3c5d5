/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "app/notifications/handover-alert-thread.h"
#include "app/notifications/handover-notifier.h"
#include "client/store/handover-mirror.h"

G_BEGIN_DECLS

/* What the test alert is about; no conversation has this id. */
#define HANDOVER_NOTIFIER_TEST_KEY "test"

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
  GHashTable *waiting; /* conversation id → whom one waits for */
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

/* Who waits, and what the operator is told of it. */
GHashTable *handover_notifier_new_waiting  (void);
void        handover_notifier_watch        (HandoverNotifier *self,
                                            HandoverAccount  *account);
void        handover_notifier_unwatch      (HandoverNotifier *self);
void        handover_notifier_forget_all   (HandoverNotifier *self);
void        handover_notifier_shown_cb     (const char       *key,
                                            gpointer          user_data);
void        handover_notifier_activated_cb (const char       *key,
                                            const char       *action,
                                            const char       *token,
                                            gpointer          user_data);

G_END_DECLS
