/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/store/handover-store-messages.h"

#include "core/handover-enum-types.h"
#include "core/handover-problem.h"
#include "service/store/handover-store-cursor.h"
#include "service/store/handover-store-rows.h"

/* The columns of the statements that read whole messages. */
enum
{
  ID,
  CONVERSATION_ID,
  AUTHOR,
  OPERATOR_ID,
  OPERATOR_NAME,
  KIND,
  TEXT,
  TOOL,
  CHANGE,
  ATTACHMENTS,
  EPOCH,
  AT,
  DELIVERY_STATE,
  DELIVERY_REASON,
  VERSION,
  POSITION,
  REPLY_TO,
};

/**
 * handover_store_entry_clear:
 * @self: an entry
 *
 * Frees what an entry holds.
 */
void
handover_store_entry_clear (HandoverStoreEntry *self)
{
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->entry_id, g_free);
}

static HandoverRecord *
read_record (HandoverStatement *row,
             int                column,
             GType              type)
{
  const char *text = handover_statement_get_text (row, column);

  return text != NULL ? handover_record_from_data (type, text, NULL) : NULL;
}

static char *
write_record (gpointer record)
{
  return record != NULL ? handover_record_to_data (HANDOVER_RECORD (record)) : NULL;
}

/**
 * handover_store_read_preview:
 * @row: a row
 * @first: the first of eight columns: id, author, kind, operator and their name, text, attachments, time
 *
 * Reads a message that is shown cut short.
 *
 * Returns: (transfer full) (nullable): the preview, or %NULL where there is none
 */
HandoverPreview *
handover_store_read_preview (HandoverStatement *row,
                             int                first)
{
  HandoverPreview *preview;

  if (handover_statement_is_null (row, first))
    return NULL;

  preview = g_object_new (HANDOVER_TYPE_PREVIEW, NULL);
  preview->id = handover_statement_dup_text (row, first);
  preview->author = handover_store_read_enum (row, first + 1, HANDOVER_TYPE_AUTHOR);
  preview->kind = handover_store_read_enum (row, first + 2, HANDOVER_TYPE_MESSAGE_KIND);
  preview->operator = handover_store_read_person (row, first + 3, first + 4);
  preview->text = handover_statement_dup_text (row, first + 5);
  preview->attachments = handover_store_read_records (row, first + 6, HANDOVER_TYPE_ATTACHMENT);
  preview->at = handover_statement_get_int (row, first + 7);
  return preview;
}

static gpointer
read_message (HandoverStatement *row)
{
  HandoverMessage *self = g_object_new (HANDOVER_TYPE_MESSAGE, NULL);

  self->id = handover_statement_dup_text (row, ID);
  self->conversation_id = handover_statement_dup_text (row, CONVERSATION_ID);
  self->author = handover_store_read_enum (row, AUTHOR, HANDOVER_TYPE_AUTHOR);
  self->operator = handover_store_read_person (row, OPERATOR_ID, OPERATOR_NAME);
  self->kind = handover_store_read_enum (row, KIND, HANDOVER_TYPE_MESSAGE_KIND);
  self->text = handover_statement_dup_text (row, TEXT);
  self->tool = (HandoverTool *) read_record (row, TOOL, HANDOVER_TYPE_TOOL);
  self->change = (HandoverChange *) read_record (row, CHANGE, HANDOVER_TYPE_CHANGE);
  self->attachments = handover_store_read_records (row, ATTACHMENTS, HANDOVER_TYPE_ATTACHMENT);
  self->reply_to = handover_store_read_preview (row, REPLY_TO);
  self->epoch = handover_statement_get_int (row, EPOCH);
  self->at = handover_statement_get_int (row, AT);
  self->version = handover_statement_get_int (row, VERSION);
  if (!handover_statement_is_null (row, DELIVERY_STATE))
    {
      self->delivery = g_object_new (HANDOVER_TYPE_DELIVERY, NULL);
      self->delivery->state = handover_store_read_enum (row, DELIVERY_STATE, HANDOVER_TYPE_DELIVERY_STATE);
      self->delivery->reason = handover_statement_dup_text (row, DELIVERY_REASON);
    }
  return self;
}

/**
 * handover_store_get_message:
 * @self: a store
 * @business_id: whose
 * @id: its id
 * @position: (out) (optional): its place in its conversation
 * @error: return location for an error, `not_found` also for another business's id
 *
 * Gets one message.
 *
 * Returns: (transfer full): the message, or %NULL with @error set
 */
HandoverMessage *
handover_store_get_message (HandoverStore  *self,
                            const char     *business_id,
                            const char     *id,
                            gint64         *position,
                            GError        **error)
{
  HandoverStatement *row;
  HandoverMessage *message;

  if (!handover_store_look_up (self, &row, error, "message.by_id", "tt", business_id, id))
    return NULL;
  if (row == NULL)
    {
      g_set_error_literal (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_NOT_FOUND, "There is no such message.");
      return NULL;
    }

  message = read_message (row);
  if (position != NULL)
    *position = handover_statement_get_int (row, POSITION);
  handover_statement_reset (row);
  return message;
}

/**
 * handover_store_find_message_key:
 * @self: a store
 * @business_id: whose
 * @conversation_id: in which conversation
 * @key: an idempotency key
 * @id: (out) (transfer full) (nullable): the message that was stored with it
 * @hash: (out) (transfer full) (nullable): the hash of the request that was answered then
 * @error: return location for an error
 *
 * Looks for the message that an earlier try of the same request made.
 *
 * Returns: whether it could be looked up
 */
gboolean
handover_store_find_message_key (HandoverStore  *self,
                                 const char     *business_id,
                                 const char     *conversation_id,
                                 const char     *key,
                                 char          **id,
                                 GBytes        **hash,
                                 GError        **error)
{
  HandoverStatement *row;

  *id = NULL;
  *hash = NULL;
  if (!handover_store_look_up (self, &row, error, "message.by_idempotency_key", "ttt", business_id, conversation_id, key))
    return FALSE;
  if (row == NULL)
    return TRUE;

  *id = handover_statement_dup_text (row, 0);
  *hash = handover_statement_get_bytes (row, 1);
  handover_statement_reset (row);
  return TRUE;
}

/**
 * handover_store_find_transition:
 * @self: a store
 * @business_id: whose
 * @conversation_id: in which conversation
 * @message: (out) (transfer full) (nullable): the newest transition message
 * @error: return location for an error
 *
 * Looks for what the customer was told when a person was last called.
 *
 * Returns: whether it could be looked up
 */
gboolean
handover_store_find_transition (HandoverStore    *self,
                                const char       *business_id,
                                const char       *conversation_id,
                                HandoverMessage **message,
                                GError          **error)
{
  g_autofree char *id = NULL;

  *message = NULL;
  if (!handover_store_look_up_text (self, &id, error, "message.last_transition", "tt", business_id, conversation_id))
    return FALSE;
  if (id == NULL)
    return TRUE;

  *message = handover_store_get_message (self, business_id, id, NULL, error);
  return *message != NULL;
}

/**
 * handover_store_find_evidence:
 * @self: a store
 * @business_id: whose
 * @conversation_id: in which conversation
 * @name: a message's id, or the agent's own id of an entry
 * @id: (out) (transfer full) (nullable): the message's id
 * @error: return location for an error
 *
 * Finds the message that an agent names.
 *
 * Returns: whether it could be looked up
 */
gboolean
handover_store_find_evidence (HandoverStore  *self,
                              const char     *business_id,
                              const char     *conversation_id,
                              const char     *name,
                              char          **id,
                              GError        **error)
{
  return handover_store_look_up_text (self, id, error, "message.find_evidence", "ttt", business_id, conversation_id, name);
}

/* Reads up to limit messages; tells the position of the last one, and whether there is another. */
static GPtrArray *
read_page (HandoverStatement  *statement,
           guint               limit,
           gint64             *last,
           gboolean           *more,
           GError            **error)
{
  g_autoptr (GPtrArray) page = g_ptr_array_new_with_free_func (g_object_unref);
  gboolean row;

  *more = FALSE;
  while (handover_statement_step (statement, &row, error))
    {
      if (row && page->len < limit)
        {
          g_ptr_array_add (page, read_message (statement));
          *last = handover_statement_get_int (statement, POSITION);
          continue;
        }

      *more = row;
      handover_statement_reset (statement);
      return g_steal_pointer (&page);
    }

  return NULL;
}

/**
 * handover_store_list_messages:
 * @self: a store
 * @business_id: whose
 * @conversation_id: of which conversation
 * @before: (nullable): where to go on, or %NULL to start at the newest
 * @limit: how many at most
 * @next_cursor: (out) (transfer full) (nullable): where the next page starts; %NULL at the end
 * @error: return location for an error
 *
 * Lists one page of a transcript, newest first.
 *
 * Returns: (transfer full) (element-type HandoverMessage): the page, or %NULL with @error set
 */
GPtrArray *
handover_store_list_messages (HandoverStore  *self,
                              const char     *business_id,
                              const char     *conversation_id,
                              const char     *before,
                              guint           limit,
                              char          **next_cursor,
                              GError        **error)
{
  HandoverStatement *statement = handover_database_prepare (handover_store_get_database (self), "message.list_before", error);
  g_autofree char *unused = NULL;
  gint64 position = G_MAXINT64;
  GPtrArray *page;
  gboolean more;

  *next_cursor = NULL;
  if (statement == NULL)
    return NULL;
  if (before != NULL && !handover_store_cursor_parse (before, &position, &unused, error))
    return NULL;

  handover_statement_bind (statement, "ttii", business_id, conversation_id, position, (gint64) limit + 1);
  page = read_page (statement, limit, &position, &more, error);
  if (page != NULL && more)
    *next_cursor = handover_store_cursor_format (position, "m");
  return page;
}

/**
 * handover_store_list_visible:
 * @self: a store
 * @business_id: whose
 * @conversation_id: of which conversation
 * @after: the position after which to start; 0 for the first
 * @limit: how many at most
 * @next_after: (out): the position after which to go on
 * @error: return location for an error
 *
 * Lists what the customer saw or wrote, oldest first.
 *
 * Returns: (transfer full) (element-type HandoverMessage): the messages, or %NULL with @error set
 */
GPtrArray *
handover_store_list_visible (HandoverStore  *self,
                             const char     *business_id,
                             const char     *conversation_id,
                             gint64          after,
                             guint           limit,
                             gint64         *next_after,
                             GError        **error)
{
  HandoverStatement *statement = handover_database_prepare (handover_store_get_database (self),
                                                            "message.list_visible_after", error);
  gboolean more;

  *next_after = after;
  if (statement == NULL)
    return NULL;

  handover_statement_bind (statement, "ttii", business_id, conversation_id, after, (gint64) limit);
  return read_page (statement, limit, next_after, &more, error);
}

/**
 * handover_store_list_entries:
 * @self: a store
 * @business_id: whose
 * @conversation_id: of which conversation
 * @error: return location for an error
 *
 * Lists the whole transcript for alignment, oldest first, refused messages included, without notes and control changes.
 *
 * Returns: (transfer full) (element-type HandoverStoreEntry): the entries, or %NULL with @error set
 */
GArray *
handover_store_list_entries (HandoverStore  *self,
                             const char     *business_id,
                             const char     *conversation_id,
                             GError        **error)
{
  HandoverStatement *statement = handover_database_prepare (handover_store_get_database (self), "message.list_entries", error);
  g_autoptr (GArray) entries = g_array_new (FALSE, FALSE, sizeof (HandoverStoreEntry));
  gboolean row;

  if (statement == NULL)
    return NULL;

  g_array_set_clear_func (entries, (GDestroyNotify) handover_store_entry_clear);
  handover_statement_bind (statement, "tt", business_id, conversation_id);
  while (handover_statement_step (statement, &row, error))
    {
      HandoverStoreEntry entry;

      if (!row)
        return g_steal_pointer (&entries);

      entry.author = handover_store_read_enum (statement, 0, HANDOVER_TYPE_AUTHOR);
      entry.text = handover_statement_dup_text (statement, 1);
      entry.entry_id = handover_statement_dup_text (statement, 2);
      g_array_append_val (entries, entry);
    }

  return NULL;
}

/**
 * handover_store_insert_message:
 * @self: the writer's store
 * @business_id: whose
 * @message: a new message
 * @origin: (nullable): what it came with
 * @error: return location for an error
 *
 * Stores a message at the end of its conversation.
 *
 * Returns: whether it was stored
 */
gboolean
handover_store_insert_message (HandoverStore                *self,
                               const char                   *business_id,
                               HandoverMessage              *message,
                               const HandoverMessageOrigin  *origin,
                               GError                      **error)
{
  HandoverDatabase *database = handover_store_get_database (self);
  g_autofree char *tool = write_record (message->tool);
  g_autofree char *change = write_record (message->change);
  g_autofree char *attachments = handover_store_write_records (message->attachments);
  HandoverDelivery *delivery = message->delivery;

  if (!handover_database_run (database, "conversation.lengthen", error, "tt", business_id, message->conversation_id))
    return FALSE;

  return handover_database_run (database, "message.insert", error, "ttttttttttiittttbt",
                                message->id, business_id, message->conversation_id,
                                handover_enum_to_nick (HANDOVER_TYPE_AUTHOR, message->author),
                                message->operator != NULL ? message->operator->id : NULL,
                                handover_enum_to_nick (HANDOVER_TYPE_MESSAGE_KIND, message->kind),
                                message->text, tool, change, attachments, message->epoch, message->at,
                                delivery != NULL ? handover_enum_to_nick (HANDOVER_TYPE_DELIVERY_STATE, delivery->state) : NULL,
                                delivery != NULL ? delivery->reason : NULL,
                                origin != NULL ? origin->entry_id : NULL,
                                origin != NULL ? origin->key : NULL,
                                origin != NULL ? origin->hash : NULL,
                                message->reply_to != NULL ? message->reply_to->id : NULL);
}

/**
 * handover_store_save_content:
 * @self: the writer's store
 * @business_id: whose
 * @message: a message whose text or attachments changed
 * @error: return location for an error
 *
 * Writes what a message says.
 *
 * Returns: whether it was written
 */
gboolean
handover_store_save_content (HandoverStore    *self,
                             const char       *business_id,
                             HandoverMessage  *message,
                             GError          **error)
{
  g_autofree char *attachments = handover_store_write_records (message->attachments);

  return handover_database_run (handover_store_get_database (self), "message.set_content", error, "tttti",
                                business_id, message->id, message->text, attachments, message->version);
}

/**
 * handover_store_save_delivery:
 * @self: the writer's store
 * @business_id: whose
 * @message: a message whose delivery changed
 * @error: return location for an error
 *
 * Writes how far a message has come.
 *
 * Returns: whether it was written
 */
gboolean
handover_store_save_delivery (HandoverStore    *self,
                              const char       *business_id,
                              HandoverMessage  *message,
                              GError          **error)
{
  return handover_database_run (handover_store_get_database (self), "message.set_delivery", error, "tttti",
                                business_id, message->id,
                                handover_enum_to_nick (HANDOVER_TYPE_DELIVERY_STATE, message->delivery->state),
                                message->delivery->reason, message->version);
}
