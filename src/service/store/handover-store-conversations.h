/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "core/handover-conversation.h"
#include "service/store/handover-store.h"

G_BEGIN_DECLS

/**
 * HandoverStoreView:
 * @HANDOVER_STORE_VIEW_WAITING: nobody answers; longest wait first
 * @HANDOVER_STORE_VIEW_MINE: the asking operator answers; newest change first, as all below
 * @HANDOVER_STORE_VIEW_TEAM: a colleague answers
 * @HANDOVER_STORE_VIEW_AGENT: the AI answers
 * @HANDOVER_STORE_VIEW_CLOSED: closed
 * @HANDOVER_STORE_VIEW_ALL: all of the business
 *
 * Which conversations to list.
 */
typedef enum
{
  HANDOVER_STORE_VIEW_WAITING,
  HANDOVER_STORE_VIEW_MINE,
  HANDOVER_STORE_VIEW_TEAM,
  HANDOVER_STORE_VIEW_AGENT,
  HANDOVER_STORE_VIEW_CLOSED,
  HANDOVER_STORE_VIEW_ALL,
} HandoverStoreView;

HandoverConversation *handover_store_get_conversation     (HandoverStore         *self,
                                                           const char            *business_id,
                                                           const char            *id,
                                                           GError               **error);
gboolean              handover_store_check_conversation   (HandoverStore         *self,
                                                           const char            *business_id,
                                                           const char            *id,
                                                           GError               **error);
gboolean              handover_store_find_conversation    (HandoverStore         *self,
                                                           const char            *business_id,
                                                           const char            *agent_id,
                                                           const char            *external_id,
                                                           HandoverConversation **conversation,
                                                           GError               **error);
GPtrArray            *handover_store_list_conversations   (HandoverStore         *self,
                                                           const char            *business_id,
                                                           HandoverStoreView      view,
                                                           const char            *operator_id,
                                                           const char            *cursor,
                                                           guint                  limit,
                                                           char                 **next_cursor,
                                                           GError               **error);
GPtrArray            *handover_store_list_held            (HandoverStore         *self,
                                                           const char            *business_id,
                                                           const char            *operator_id,
                                                           GError               **error);
gboolean              handover_store_insert_conversation  (HandoverStore         *self,
                                                           const char            *business_id,
                                                           HandoverConversation  *conversation,
                                                           GError               **error);
gboolean              handover_store_save_conversation    (HandoverStore         *self,
                                                           const char            *business_id,
                                                           HandoverConversation  *conversation,
                                                           GError               **error);
gboolean              handover_store_get_brief            (HandoverStore         *self,
                                                           const char            *business_id,
                                                           const char            *id,
                                                           char                 **brief,
                                                           GError               **error);
gboolean              handover_store_set_brief            (HandoverStore         *self,
                                                           const char            *business_id,
                                                           const char            *id,
                                                           const char            *brief,
                                                           GError               **error);

G_END_DECLS
