/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <adwaita.h>

#include "client/handover-account.h"
#include "core/handover-conversation.h"

G_BEGIN_DECLS

#define HANDOVER_TYPE_INBOX (handover_inbox_get_type ())

G_DECLARE_FINAL_TYPE (HandoverInbox, handover_inbox, HANDOVER, INBOX, AdwBin)

void                  handover_inbox_set_account               (HandoverInbox        *self,
                                                                HandoverAccount      *account);
void                  handover_inbox_set_mirror                (HandoverInbox        *self,
                                                                HandoverMirror       *mirror);

const char           *handover_inbox_get_view                  (HandoverInbox        *self);
void                  handover_inbox_set_view                  (HandoverInbox        *self,
                                                                const char           *view);

HandoverConversation *handover_inbox_get_selected              (HandoverInbox        *self);
void                  handover_inbox_set_selected              (HandoverInbox        *self,
                                                                HandoverConversation *conversation);

void                  handover_inbox_move                      (HandoverInbox        *self,
                                                                int                   step);
void                  handover_inbox_start_search              (HandoverInbox        *self);
void                  handover_inbox_set_notifications_refused (HandoverInbox        *self,
                                                                gboolean              refused);
void                  handover_inbox_set_background_refused    (HandoverInbox        *self,
                                                                gboolean              refused);

G_END_DECLS
