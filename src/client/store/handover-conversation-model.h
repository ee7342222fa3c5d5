/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <gio/gio.h>

#include "client/store/handover-view.h"
#include "core/handover-conversation.h"

G_BEGIN_DECLS

#define HANDOVER_TYPE_CONVERSATION_MODEL (handover_conversation_model_get_type ())
G_DECLARE_FINAL_TYPE (HandoverConversationModel, handover_conversation_model, HANDOVER, CONVERSATION_MODEL, GObject)

/**
 * HandoverConversationLoader:
 * @ids: (array length=n_ids): the wanted id first, then what is likely to be wanted next
 * @n_ids: how many
 * @user_data: data
 *
 * Gives the live object of a conversation.
 *
 * Returns: (transfer full): the first of them; never %NULL
 */
typedef HandoverConversation *(*HandoverConversationLoader) (const char *const *ids,
                                                             guint              n_ids,
                                                             gpointer           user_data);

/**
 * HandoverConversationEnd:
 * @view: the view
 * @user_data: data
 *
 * Told when somebody looks at the end of a view.
 */
typedef void (*HandoverConversationEnd) (HandoverView view,
                                         gpointer     user_data);

HandoverConversationModel *handover_conversation_model_new    (HandoverView                view,
                                                               const char                 *operator_id,
                                                               HandoverConversationLoader  loader,
                                                               HandoverConversationEnd     end,
                                                               gpointer                    user_data);
void                       handover_conversation_model_load   (HandoverConversationModel  *self,
                                                               GArray                     *rows);
void                       handover_conversation_model_unload (HandoverConversationModel  *self);
void                       handover_conversation_model_put    (HandoverConversationModel  *self,
                                                               HandoverConversation       *conversation);
void                       handover_conversation_model_remove (HandoverConversationModel  *self,
                                                               const char                 *id);

G_END_DECLS
