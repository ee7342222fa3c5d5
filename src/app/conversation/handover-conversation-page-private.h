/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "app/conversation/handover-composer.h"
#include "app/conversation/handover-control-head.h"
#include "app/conversation/handover-conversation-page.h"
#include "app/conversation/handover-held-reply.h"
#include "app/conversation/handover-stale-guard.h"
#include "app/conversation/handover-transcript-view.h"
#include "client/store/handover-mirror.h"
#include "client/store/handover-outbox.h"

G_BEGIN_DECLS

/* Shared by the page and its commands. */

struct _HandoverConversationPage
{
  AdwBin                  parent_instance;

  HandoverAccount        *account;
  HandoverConversation   *conversation;
  HandoverTranscript     *transcript;
  GSignalGroup           *account_signals;
  GSignalGroup           *outbox_signals;
  GSignalGroup           *conversation_signals;
  GSignalGroup           *transcript_signals;
  GSignalGroup           *agents_signals;
  GSignalGroup           *company_signals;
  guint                   viewing_source;
  GCancellable           *cancellable;
  gboolean                busy;
  char                   *read_id;
  char                   *wanted_id;
  guint                   wanted_pages;

  AdwToastOverlay        *toasts;
  AdwWindowTitle         *title;
  AdwBanner              *banner;
  HandoverStaleGuard     *guard;
  HandoverHeldReply      *held_reply;
  HandoverControlHead    *head;
  GtkRevealer            *company_revealer;
  GtkLabel               *company;
  HandoverTranscriptView *transcript_view;
  HandoverComposer       *composer;
};

const char *handover_conversation_page_get_operator_id   (HandoverConversationPage *self);
gboolean    handover_conversation_page_has_agent         (HandoverConversationPage *self);
void        handover_conversation_page_mark_read         (HandoverConversationPage *self);

gboolean    handover_conversation_page_hold_reply        (HandoverConversationPage *self);
void        handover_conversation_page_update_looking    (HandoverConversationPage *self);
void        handover_conversation_page_update_company    (HandoverConversationPage *self);
gboolean    handover_conversation_page_is_looked_at      (HandoverConversationPage *self);
void        handover_conversation_page_tell_typing       (HandoverConversationPage *self);
void        handover_conversation_page_tell_viewing      (HandoverConversationPage *self);

void        handover_conversation_page_install_files     (GtkWidgetClass           *widget_class);
void        handover_conversation_page_accept_files      (HandoverConversationPage *self);
void        handover_conversation_page_show_files        (HandoverConversationPage *self);

void        handover_conversation_page_install_quotes    (GtkWidgetClass           *widget_class);
void        handover_conversation_page_update_quote      (HandoverConversationPage *self);
void        handover_conversation_page_look_for_quoted   (HandoverConversationPage *self);

void        handover_conversation_page_install_commands  (GtkWidgetClass           *widget_class);
void        handover_conversation_page_update_commands   (HandoverConversationPage *self);

G_END_DECLS
