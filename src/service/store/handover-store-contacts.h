/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "core/handover-conversation.h"
#include "service/store/handover-store.h"

G_BEGIN_DECLS

gboolean   handover_store_find_by_contact  (HandoverStore         *self,
                                            const char            *business_id,
                                            const char            *channel_id,
                                            const char            *contact,
                                            HandoverConversation **conversation,
                                            GError               **error);
gboolean   handover_store_get_contact      (HandoverStore         *self,
                                            const char            *business_id,
                                            const char            *conversation_id,
                                            char                 **contact,
                                            GError               **error);
gboolean   handover_store_set_contact      (HandoverStore         *self,
                                            const char            *business_id,
                                            const char            *conversation_id,
                                            const char            *channel_id,
                                            const char            *contact,
                                            GError               **error);
gboolean   handover_store_move_contact     (HandoverStore         *self,
                                            const char            *business_id,
                                            const char            *conversation_id,
                                            const char            *channel_id,
                                            const char            *contact,
                                            GError               **error);
gboolean   handover_store_set_agent        (HandoverStore         *self,
                                            const char            *business_id,
                                            const char            *conversation_id,
                                            const char            *agent_id,
                                            GError               **error);
GPtrArray *handover_store_list_with_others (HandoverStore         *self,
                                            const char            *business_id,
                                            const char            *channel_id,
                                            const char            *agent_id,
                                            GError               **error);

G_END_DECLS
