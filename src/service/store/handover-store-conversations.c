/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/store/handover-store-conversations.h"

#include "core/handover-enum-types.h"
#include "core/handover-problem.h"
#include "service/store/handover-store-cursor.h"
#include "service/store/handover-store-messages.h"
#include "service/store/handover-store-rows.h"

/* The columns of conversation.by_id. */
enum
{
  ID,
  EXTERNAL_ID,
  CHANNEL_ID,
  CHANNEL_KIND,
  AGENT_ID,
  CUSTOMER_ID,
  CUSTOMER_NAME,
  CUSTOMER_EMAIL,
  CUSTOMER_PHONE,
  CUSTOMER_USER_ID,
  CONTROL,
  EPOCH,
  HOLDER_ID,
  HOLDER_NAME,
  WAITING_SINCE,
  METADATA,
  LAST_MESSAGE_ID,
  LAST_AUTHOR,
  LAST_KIND,
  LAST_OPERATOR_ID,
  LAST_OPERATOR_NAME,
  LAST_TEXT,
  LAST_ATTACHMENTS,
  LAST_AT,
  UNREAD_COUNT,
  CREATED_AT,
  UPDATED_AT,
  VERSION,
  ESCALATION_ID,
  TRIGGER,
  SUMMARY,
  CONFIDENCE,
  SENTIMENT,
  PRIORITY,
  EVIDENCE,
  OPENED_AT,
  CLAIMED_AT,
  CLAIMED_BY,
  CLAIMED_BY_NAME,
  RECEIPT,
};

static HandoverCustomer *
read_customer (HandoverStatement *row)
{
  HandoverCustomer *customer = g_object_new (HANDOVER_TYPE_CUSTOMER, NULL);

  customer->id = handover_statement_dup_text (row, CUSTOMER_ID);
  customer->name = handover_statement_dup_text (row, CUSTOMER_NAME);
  customer->email = handover_statement_dup_text (row, CUSTOMER_EMAIL);
  customer->phone = handover_statement_dup_text (row, CUSTOMER_PHONE);
  customer->user_id = handover_statement_dup_text (row, CUSTOMER_USER_ID);
  return customer;
}

static HandoverEscalation *
read_escalation (HandoverStatement *row)
{
  HandoverEscalation *escalation;

  if (handover_statement_is_null (row, ESCALATION_ID))
    return NULL;

  escalation = g_object_new (HANDOVER_TYPE_ESCALATION, NULL);
  escalation->id = handover_statement_dup_text (row, ESCALATION_ID);
  escalation->conversation_id = handover_statement_dup_text (row, ID);
  escalation->trigger = handover_store_read_enum (row, TRIGGER, HANDOVER_TYPE_TRIGGER);
  escalation->summary = handover_statement_dup_text (row, SUMMARY);
  escalation->confidence = handover_store_read_part (row, CONFIDENCE);
  escalation->sentiment = handover_statement_dup_text (row, SENTIMENT);
  escalation->priority = handover_store_read_enum (row, PRIORITY, HANDOVER_TYPE_PRIORITY);
  escalation->evidence = handover_store_read_list (row, EVIDENCE);
  escalation->opened_at = handover_statement_get_int (row, OPENED_AT);
  escalation->claimed_at = handover_statement_get_int (row, CLAIMED_AT);
  escalation->claimed_by = handover_store_read_person (row, CLAIMED_BY, CLAIMED_BY_NAME);
  escalation->receipt = handover_store_read_enum (row, RECEIPT, HANDOVER_TYPE_RECEIPT);
  return escalation;
}

static gpointer
read_conversation (HandoverStatement *row)
{
  HandoverConversation *self = g_object_new (HANDOVER_TYPE_CONVERSATION, NULL);

  self->id = handover_statement_dup_text (row, ID);
  self->external_id = handover_statement_dup_text (row, EXTERNAL_ID);
  self->channel = g_object_new (HANDOVER_TYPE_CHANNEL_REFERENCE, NULL);
  self->channel->id = handover_statement_dup_text (row, CHANNEL_ID);
  self->channel->kind = handover_store_read_enum (row, CHANNEL_KIND, HANDOVER_TYPE_CHANNEL_KIND);
  self->agent_id = handover_statement_dup_text (row, AGENT_ID);
  self->customer = read_customer (row);
  self->control = handover_store_read_enum (row, CONTROL, HANDOVER_TYPE_CONTROL);
  self->epoch = handover_statement_get_int (row, EPOCH);
  self->holder = handover_store_read_person (row, HOLDER_ID, HOLDER_NAME);
  self->waiting_since = handover_statement_get_int (row, WAITING_SINCE);
  self->escalation = read_escalation (row);
  self->metadata = handover_store_read_json (row, METADATA);
  self->last_message = handover_store_read_preview (row, LAST_MESSAGE_ID);
  self->unread_count = handover_statement_get_int (row, UNREAD_COUNT);
  self->created_at = handover_statement_get_int (row, CREATED_AT);
  self->updated_at = handover_statement_get_int (row, UPDATED_AT);
  self->version = handover_statement_get_int (row, VERSION);
  return self;
}

/**
 * handover_store_get_conversation:
 * @self: a store
 * @business_id: whose
 * @id: its id
 * @error: return location for an error, `not_found` also for another business's id
 *
 * Gets a conversation as its readers see it.
 *
 * Returns: (transfer full): the conversation, or %NULL with @error set
 */
HandoverConversation *
handover_store_get_conversation (HandoverStore  *self,
                                 const char     *business_id,
                                 const char     *id,
                                 GError        **error)
{
  return handover_store_read_one (self, read_conversation, "conversation", error, "conversation.by_id", "tt", business_id,
                                  id);
}

/**
 * handover_store_check_conversation:
 * @self: a store
 * @business_id: whose
 * @id: its id
 * @error: return location for an error, `not_found` also for another business's id
 *
 * Finds out whether there is a conversation.
 *
 * Returns: whether there is
 */
gboolean
handover_store_check_conversation (HandoverStore  *self,
                                   const char     *business_id,
                                   const char     *id,
                                   GError        **error)
{
  g_autofree char *found = NULL;

  if (!handover_store_look_up_text (self, &found, error, "conversation.exists", "tt", business_id, id))
    return FALSE;
  if (found != NULL)
    return TRUE;

  g_set_error_literal (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_NOT_FOUND, "There is no such conversation.");
  return FALSE;
}

/**
 * handover_store_find_conversation:
 * @self: a store
 * @business_id: whose
 * @agent_id: the agent that knows it
 * @external_id: by which name the agent knows it
 * @conversation: (out) (transfer full) (nullable): the conversation, or %NULL if it is new
 * @error: return location for an error
 *
 * Looks a conversation up by its agent's own name for it.
 *
 * Returns: whether it could be looked up
 */
gboolean
handover_store_find_conversation (HandoverStore         *self,
                                  const char            *business_id,
                                  const char            *agent_id,
                                  const char            *external_id,
                                  HandoverConversation **conversation,
                                  GError               **error)
{
  g_autofree char *id = NULL;

  *conversation = NULL;
  if (!handover_store_look_up_text (self, &id, error, "conversation.id_by_external_id", "ttt", business_id, agent_id,
                                    external_id))
    return FALSE;
  if (id == NULL)
    return TRUE;

  *conversation = handover_store_get_conversation (self, business_id, id, error);
  return *conversation != NULL;
}

/* Takes the ids, and the order's term, of one page and of the item after it. */
static gboolean
list_ids (HandoverStatement  *statement,
          guint               limit,
          GPtrArray          *ids,
          char              **next_cursor,
          GError            **error)
{
  gint64 value = 0;
  gboolean row;

  for (;;)
    {
      if (!handover_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      if (ids->len == limit)
        break;
      g_ptr_array_add (ids, handover_statement_dup_text (statement, 0));
      value = handover_statement_get_int (statement, 1);
    }

  handover_statement_reset (statement);
  *next_cursor = handover_store_cursor_format (value, g_ptr_array_index (ids, ids->len - 1));
  return TRUE;
}

static GPtrArray *
load_all (HandoverStore  *self,
          const char     *business_id,
          GPtrArray      *ids,
          GError        **error)
{
  g_autoptr (GPtrArray) conversations = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < ids->len; i++)
    {
      HandoverConversation *conversation = handover_store_get_conversation (self, business_id, ids->pdata[i], error);

      if (conversation == NULL)
        return NULL;
      g_ptr_array_add (conversations, conversation);
    }

  return g_steal_pointer (&conversations);
}

static const char *const view_statements[] = {
  [HANDOVER_STORE_VIEW_WAITING] = "conversation.list_waiting", [HANDOVER_STORE_VIEW_MINE] = "conversation.list_mine",
  [HANDOVER_STORE_VIEW_TEAM] = "conversation.list_team",       [HANDOVER_STORE_VIEW_AGENT] = "conversation.list_agent",
  [HANDOVER_STORE_VIEW_CLOSED] = "conversation.list_closed",   [HANDOVER_STORE_VIEW_ALL] = "conversation.list_all",
};

/**
 * handover_store_list_conversations:
 * @self: a store
 * @business_id: whose
 * @view: which ones
 * @operator_id: who asks
 * @cursor: (nullable): where to go on, or %NULL to start
 * @limit: how many at most
 * @next_cursor: (out) (transfer full) (nullable): where the next page starts; %NULL at the end
 * @error: return location for an error
 *
 * Lists one page of a view, in the view's order.
 *
 * Returns: (transfer full) (element-type HandoverConversation): the page, or %NULL with @error set
 */
GPtrArray *
handover_store_list_conversations (HandoverStore      *self,
                                   const char         *business_id,
                                   HandoverStoreView   view,
                                   const char         *operator_id,
                                   const char         *cursor,
                                   guint               limit,
                                   char              **next_cursor,
                                   GError            **error)
{
  HandoverStatement *statement = handover_database_prepare (handover_store_get_database (self), view_statements[view], error);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *id = g_strdup ("");
  gint64 value = view == HANDOVER_STORE_VIEW_WAITING ? G_MININT64 : G_MAXINT64;

  *next_cursor = NULL;
  if (statement == NULL)
    return NULL;
  if (cursor != NULL)
    {
      g_clear_pointer (&id, g_free);
      if (!handover_store_cursor_parse (cursor, &value, &id, error))
        return NULL;
    }

  if (view == HANDOVER_STORE_VIEW_MINE || view == HANDOVER_STORE_VIEW_TEAM)
    handover_statement_bind (statement, "titit", business_id, value, id, (gint64) limit + 1, operator_id);
  else
    handover_statement_bind (statement, "titi", business_id, value, id, (gint64) limit + 1);

  if (!list_ids (statement, limit, ids, next_cursor, error))
    return NULL;
  return load_all (self, business_id, ids, error);
}

/**
 * handover_store_list_held:
 * @self: a store
 * @business_id: whose
 * @operator_id: the holder
 * @error: return location for an error
 *
 * Lists all conversations that an operator holds.
 *
 * Returns: (transfer full) (element-type HandoverConversation): the conversations, or %NULL with @error set
 */
GPtrArray *
handover_store_list_held (HandoverStore  *self,
                          const char     *business_id,
                          const char     *operator_id,
                          GError        **error)
{
  g_autoptr (GPtrArray) ids = handover_store_read_all (self, handover_store_read_id, g_free, error, "conversation.held_by",
                                                       "tt", business_id, operator_id);

  return ids != NULL ? load_all (self, business_id, ids, error) : NULL;
}

/**
 * handover_store_insert_conversation:
 * @self: the writer's store
 * @business_id: whose
 * @conversation: a new conversation without escalation, holder or messages; its customer is already stored
 * @error: return location for an error
 *
 * Stores a conversation that just began.
 *
 * Returns: whether it was stored
 */
gboolean
handover_store_insert_conversation (HandoverStore         *self,
                                    const char            *business_id,
                                    HandoverConversation  *conversation,
                                    GError               **error)
{
  g_autofree char *metadata = handover_store_write_json (conversation->metadata);

  return handover_database_run (handover_store_get_database (self), "conversation.insert", error, "tttttttiti",
                                conversation->id, business_id, conversation->agent_id, conversation->external_id,
                                handover_enum_to_nick (HANDOVER_TYPE_CHANNEL_KIND, conversation->channel->kind),
                                conversation->customer->id,
                                handover_enum_to_nick (HANDOVER_TYPE_CONTROL, conversation->control),
                                conversation->epoch, metadata, conversation->created_at);
}

/**
 * handover_store_save_conversation:
 * @self: the writer's store
 * @business_id: whose
 * @conversation: the conversation as it is now
 * @error: return location for an error
 *
 * Writes what can change in a conversation.
 *
 * Returns: whether it was written
 */
gboolean
handover_store_save_conversation (HandoverStore         *self,
                                  const char            *business_id,
                                  HandoverConversation  *conversation,
                                  GError               **error)
{
  HandoverDatabase *database = handover_store_get_database (self);
  g_autofree char *metadata = handover_store_write_json (conversation->metadata);

  return handover_database_run (database, "conversation.save_control", error, "tttitzt",
                                business_id, conversation->id,
                                handover_enum_to_nick (HANDOVER_TYPE_CONTROL, conversation->control),
                                conversation->epoch,
                                conversation->holder != NULL ? conversation->holder->id : NULL,
                                conversation->waiting_since,
                                conversation->escalation != NULL ? conversation->escalation->id : NULL) &&
         handover_database_run (database, "conversation.save", error, "tttiiit",
                                business_id, conversation->id, metadata, conversation->unread_count,
                                conversation->updated_at, conversation->version,
                                conversation->last_message != NULL ? conversation->last_message->id : NULL);
}

/**
 * handover_store_get_brief:
 * @self: a store
 * @business_id: whose
 * @id: a conversation's id
 * @brief: (out) (transfer full) (nullable): what an operator told the AI at the last hand-back
 * @error: return location for an error
 *
 * Gets the brief of a conversation.
 *
 * Returns: whether it could be read
 */
gboolean
handover_store_get_brief (HandoverStore  *self,
                          const char     *business_id,
                          const char     *id,
                          char          **brief,
                          GError        **error)
{
  return handover_store_look_up_text (self, brief, error, "conversation.brief", "tt", business_id, id);
}

/**
 * handover_store_set_brief:
 * @self: the writer's store
 * @business_id: whose
 * @id: a conversation's id
 * @brief: (nullable): what an operator tells the AI
 * @error: return location for an error
 *
 * Sets the brief of a conversation.
 *
 * Returns: whether it was written
 */
gboolean
handover_store_set_brief (HandoverStore  *self,
                          const char     *business_id,
                          const char     *id,
                          const char     *brief,
                          GError        **error)
{
  return handover_database_run (handover_store_get_database (self), "conversation.set_brief", error, "ttt",
                                business_id, id, brief);
}
