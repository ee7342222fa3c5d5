/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "app/handover-application.h"
#include "client/handover-account.h"
#include "core/handover-conversation.h"

G_BEGIN_DECLS

#define HANDOVER_TYPE_WINDOW (handover_window_get_type ())

G_DECLARE_FINAL_TYPE (HandoverWindow, handover_window, HANDOVER, WINDOW, AdwApplicationWindow)

HandoverWindow       *handover_window_new                       (HandoverApplication  *application);

HandoverAccount      *handover_window_get_account               (HandoverWindow       *self);
void                  handover_window_set_account               (HandoverWindow       *self,
                                                                 HandoverAccount      *account);

HandoverConversation *handover_window_get_conversation          (HandoverWindow       *self);
void                  handover_window_set_conversation          (HandoverWindow       *self,
                                                                 HandoverConversation *conversation);
gboolean              handover_window_open                      (HandoverWindow       *self,
                                                                 const char           *conversation_id);

void                  handover_window_ask_to_sign_in            (HandoverWindow       *self,
                                                                 const char           *service,
                                                                 const char           *reason);
void                  handover_window_set_notifications_refused (HandoverWindow       *self,
                                                                 gboolean              refused);
void                  handover_window_set_background_refused    (HandoverWindow       *self,
                                                                 gboolean              refused);
void                  handover_window_add_toast                 (HandoverWindow       *self,
                                                                 AdwToast             *toast);

G_END_DECLS
