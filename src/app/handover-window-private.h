/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "app/account/handover-sign-in-page.h"
#include "app/conversation/handover-conversation-page.h"
#include "app/details/handover-details-page.h"
#include "app/handover-window.h"
#include "app/inbox/handover-inbox.h"

G_BEGIN_DECLS

struct _HandoverWindow
{
  AdwApplicationWindow      parent_instance;

  HandoverAccount          *account;
  HandoverConversation     *conversation;
  GSettings                *settings;

  AdwToastOverlay          *toasts;
  GtkStack                 *pages;
  HandoverSignInPage       *sign_in_page;
  AdwNavigationSplitView   *split;
  HandoverInbox            *inbox;
  AdwNavigationPage        *conversation_navigation;
  GtkStack                 *conversation_pages;
  AdwOverlaySplitView      *details;
  HandoverConversationPage *conversation_page;
  HandoverDetailsPage      *details_page;
};

void handover_window_install_actions (GtkWidgetClass *widget_class);
void handover_window_update_actions  (HandoverWindow *self);

G_END_DECLS
