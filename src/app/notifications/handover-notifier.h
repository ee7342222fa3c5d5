/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "client/handover-account.h"

G_BEGIN_DECLS

#define HANDOVER_TYPE_NOTIFIER (handover_notifier_get_type ())

G_DECLARE_FINAL_TYPE (HandoverNotifier, handover_notifier, HANDOVER, NOTIFIER, GObject)

/* Signals, on the main thread: "take-over" and "open", each (const char *conversation_id, const char *token); the
 * conversation is NULL where only the window is wanted, the token is NULL where the desktop gave none. */

HandoverNotifier *handover_notifier_new                (void);
void              handover_notifier_set_account        (HandoverNotifier *self,
                                                        HandoverAccount  *account);
void              handover_notifier_set_in_front       (HandoverNotifier *self,
                                                        const char       *conversation_id);
void              handover_notifier_set_enabled        (HandoverNotifier *self,
                                                        gboolean          enabled);
void              handover_notifier_set_repeat_minutes (HandoverNotifier *self,
                                                        guint             minutes);
void              handover_notifier_set_sound          (HandoverNotifier *self,
                                                        gboolean          sound);
gboolean          handover_notifier_get_refused        (HandoverNotifier *self);
const char       *handover_notifier_get_last_alert     (HandoverNotifier *self);
void              handover_notifier_send_test          (HandoverNotifier *self);

/* For tests: the pause before alerting again, where a minute is too long. */
void              handover_notifier_set_repeat_milliseconds (HandoverNotifier *self,
                                                             guint             milliseconds);

G_END_DECLS
