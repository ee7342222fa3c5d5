/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "app/notifications/handover-alert.h"

G_BEGIN_DECLS

/**
 * HandoverAlertEvents:
 * @shown: the desktop took an alert
 * @activated: the person chose an action of an alert, with the desktop's token for raising a window, or %NULL
 * @refused: whether the desktop shows no alerts
 * @leftover: the last alert that an earlier run left behind, unanswered
 *
 * What the desktop says about alerts; told on the thread that made the #HandoverAlertThread.
 */
typedef struct
{
  void (*shown)     (const char *key,
                     gpointer    user_data);
  void (*activated) (const char *key,
                     const char *action,
                     const char *token,
                     gpointer    user_data);
  void (*refused)   (gboolean    refused,
                     gpointer    user_data);
  void (*leftover)  (const char *key,
                     gpointer    user_data);
} HandoverAlertEvents;

typedef struct _HandoverAlertThread HandoverAlertThread;

HandoverAlertThread *handover_alert_thread_new          (const char                *file,
                                                         const HandoverAlertEvents *events,
                                                         gpointer                   user_data);
void                 handover_alert_thread_stop         (HandoverAlertThread       *self);
void                 handover_alert_thread_show         (HandoverAlertThread       *self,
                                                         HandoverAlert             *alert);
void                 handover_alert_thread_withdraw     (HandoverAlertThread       *self,
                                                         const char                *key);
void                 handover_alert_thread_withdraw_all (HandoverAlertThread       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HandoverAlertThread, handover_alert_thread_stop)

G_END_DECLS
