/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "app/handover-application.h"
#include "app/handover-window.h"
#include "app/notifications/handover-background.h"
#include "app/notifications/handover-notifier.h"
#include "client/handover-account.h"

G_BEGIN_DECLS

struct _HandoverApplication
{
  AdwApplication      parent_instance;

  GSettings          *settings;
  HandoverWindow     *window;
  HandoverNotifier   *notifier;
  HandoverBackground *background;
  HandoverAccount    *account;
  GCancellable       *cancellable;
  char               *service;
  gboolean            restored;
  gboolean            starts_in_background;
  gboolean            started_in_background;
  gboolean            asking;
  gboolean            ending;

  /* What a notification asked for before there was an account. */
  char               *pending_conversation;
  gboolean            pending_take_over;
};

void handover_application_install_actions    (HandoverApplication *self);
void handover_application_update_actions     (HandoverApplication *self);
void handover_application_present            (HandoverApplication *self,
                                              const char          *token);
void handover_application_open               (HandoverApplication *self,
                                              const char          *conversation_id,
                                              gboolean             take_over);
void handover_application_ask_to_quit        (HandoverApplication *self);
void handover_application_end                (HandoverApplication *self);

void handover_application_prepare_service    (HandoverApplication *self);
void handover_application_leave_service      (HandoverApplication *self);

void handover_application_prepare_background (HandoverApplication *self);
void handover_application_look_at_background (HandoverApplication *self);
void handover_application_watch_window       (HandoverApplication *self);

G_END_DECLS
