/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/store/handover-store-contacts.h"

#include "service/store/handover-store-conversations.h"
#include "service/store/handover-store-rows.h"

/**
 * handover_store_find_by_contact:
 * @self: a store
 * @business_id: whose
 * @channel_id: on which channel
 * @contact: the platform's name for a chat
 * @conversation: (out) (transfer full) (nullable): the conversation, or %NULL if it is new
 * @error: return location for an error
 *
 * Looks a conversation up by the platform's name for it.
 *
 * Returns: whether it could be looked up
 */
gboolean
handover_store_find_by_contact (HandoverStore         *self,
                                const char            *business_id,
                                const char            *channel_id,
                                const char            *contact,
                                HandoverConversation **conversation,
                                GError               **error)
{
  g_autofree char *id = NULL;

  *conversation = NULL;
  if (!handover_store_look_up_text (self, &id, error, "channel.conversation_by_contact", "ttt", business_id, channel_id,
                                    contact))
    return FALSE;
  if (id == NULL)
    return TRUE;

  *conversation = handover_store_get_conversation (self, business_id, id, error);
  return *conversation != NULL;
}

/**
 * handover_store_get_contact:
 * @self: a store
 * @business_id: whose
 * @conversation_id: a conversation
 * @contact: (out) (transfer full) (nullable): the platform's name for it, if it is on a platform
 * @error: return location for an error
 *
 * Gets how a channel reaches a customer.
 *
 * Returns: whether it could be read
 */
gboolean
handover_store_get_contact (HandoverStore  *self,
                            const char     *business_id,
                            const char     *conversation_id,
                            char          **contact,
                            GError        **error)
{
  return handover_store_look_up_text (self, contact, error, "channel.contact", "tt", business_id, conversation_id);
}

/**
 * handover_store_set_contact:
 * @self: the writer's store
 * @business_id: whose
 * @conversation_id: a conversation
 * @channel_id: on which channel it takes place
 * @contact: the platform's name for it
 * @error: return location for an error
 *
 * Says how a channel reaches a customer.
 *
 * Returns: whether it was written
 */
gboolean
handover_store_set_contact (HandoverStore  *self,
                            const char     *business_id,
                            const char     *conversation_id,
                            const char     *channel_id,
                            const char     *contact,
                            GError        **error)
{
  return handover_database_run (handover_store_get_database (self), "channel.set_contact", error, "tttt", business_id,
                                conversation_id, channel_id, contact);
}

/**
 * handover_store_move_contact:
 * @self: the writer's store
 * @business_id: whose
 * @conversation_id: a conversation
 * @channel_id: on which channel it takes place
 * @contact: the platform's new name for it
 * @error: return location for an error
 *
 * Says how a channel reaches a customer from now on. There, the platform's names of messages may mean others.
 *
 * Returns: whether it was written
 */
gboolean
handover_store_move_contact (HandoverStore  *self,
                             const char     *business_id,
                             const char     *conversation_id,
                             const char     *channel_id,
                             const char     *contact,
                             GError        **error)
{
  HandoverDatabase *database = handover_store_get_database (self);

  return handover_store_set_contact (self, business_id, conversation_id, channel_id, contact, error) &&
         handover_database_run (database, "message.forget_remote_ids", error, "tt", business_id, conversation_id) &&
         handover_database_run (database, "delivery.forget_remote_ids", error, "tt", business_id, conversation_id);
}

/**
 * handover_store_set_agent:
 * @self: the writer's store
 * @business_id: whose
 * @conversation_id: a conversation
 * @agent_id: (nullable): the agent that it belongs to from now on
 * @error: return location for an error
 *
 * Gives a conversation to an agent.
 *
 * Returns: whether it was written
 */
gboolean
handover_store_set_agent (HandoverStore  *self,
                          const char     *business_id,
                          const char     *conversation_id,
                          const char     *agent_id,
                          GError        **error)
{
  return handover_database_run (handover_store_get_database (self), "channel.set_agent", error, "ttt", business_id,
                                conversation_id, agent_id);
}

/**
 * handover_store_list_with_others:
 * @self: a store
 * @business_id: whose
 * @channel_id: on which channel
 * @agent_id: (nullable): the channel's agent
 * @error: return location for an error
 *
 * Lists the conversations on a channel that are not closed and belong to another agent than the channel's.
 *
 * Returns: (transfer full) (element-type utf8): their ids, or %NULL with @error set
 */
GPtrArray *
handover_store_list_with_others (HandoverStore  *self,
                                 const char     *business_id,
                                 const char     *channel_id,
                                 const char     *agent_id,
                                 GError        **error)
{
  return handover_store_read_all (self, handover_store_read_id, g_free, error, "channel.open_conversations", "ttt",
                                  business_id, channel_id, agent_id);
}
