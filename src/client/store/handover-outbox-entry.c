/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "client/store/handover-outbox-entry.h"

#include "core/handover-time.h"

static const char *const kinds[] = {
  [HANDOVER_OUTBOX_REPLY] = "reply",
  [HANDOVER_OUTBOX_NOTE] = "note",
  [HANDOVER_OUTBOX_READ] = "read",
  [HANDOVER_OUTBOX_ALERT] = "alert",
};

/**
 * handover_outbox_entry_new:
 * @kind: what it is
 * @conversation_id: where it goes
 * @target: (nullable): the escalation, for an alert
 * @text: the text, the message's id, or the state
 * @epoch: the epoch that the operator saw; 0 for what needs none
 *
 * Returns: (transfer full): a new entry with a name of its own
 */
HandoverOutboxEntry *
handover_outbox_entry_new (HandoverOutboxKind  kind,
                           const char         *conversation_id,
                           const char         *target,
                           const char         *text,
                           gint64              epoch)
{
  HandoverOutboxEntry *self = g_rc_box_new0 (HandoverOutboxEntry);

  self->id = g_uuid_string_random ();
  self->kind = kind;
  self->conversation_id = g_strdup (conversation_id);
  self->target = g_strdup (target);
  self->text = g_strdup (text);
  self->epoch = epoch;
  self->created_at = handover_time_now ();
  return self;
}

/**
 * handover_outbox_entry_ref:
 * @self: an entry
 *
 * Returns: (transfer full): the same
 */
HandoverOutboxEntry *
handover_outbox_entry_ref (HandoverOutboxEntry *self)
{
  return g_rc_box_acquire (self);
}

static void
entry_clear (gpointer data)
{
  HandoverOutboxEntry *self = data;

  g_free (self->id);
  g_free (self->conversation_id);
  g_free (self->target);
  g_free (self->text);
  g_clear_object (&self->quote);
  g_clear_object (&self->message);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  g_clear_object (&self->uploading);
}

/**
 * handover_outbox_entry_unref:
 * @self: (transfer full): an entry
 *
 * Lets go of it.
 */
void
handover_outbox_entry_unref (HandoverOutboxEntry *self)
{
  g_rc_box_release_full (self, entry_clear);
}

/**
 * handover_outbox_entry_is_message:
 * @self: an entry
 *
 * Returns: whether it is something that the operator wrote: a reply or a note
 */
gboolean
handover_outbox_entry_is_message (HandoverOutboxEntry *self)
{
  return self->kind == HANDOVER_OUTBOX_REPLY || self->kind == HANDOVER_OUTBOX_NOTE;
}

/**
 * handover_outbox_entry_get_draft:
 * @self: a reply or note
 *
 * Returns: the kind of draft that it was, and is again if it is not sent
 */
HandoverDraftKind
handover_outbox_entry_get_draft (HandoverOutboxEntry *self)
{
  return self->kind == HANDOVER_OUTBOX_NOTE ? HANDOVER_DRAFT_NOTE : HANDOVER_DRAFT_REPLY;
}

/**
 * handover_outbox_entry_list_files:
 * @self: a reply or note
 *
 * Returns: (transfer full) (nullable): the local ids of its files
 */
char **
handover_outbox_entry_list_files (HandoverOutboxEntry *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  if (self->files == NULL)
    return NULL;

  for (guint i = 0; i < self->files->len; i++)
    g_strv_builder_add (builder, handover_draft_file_get_attachment (g_ptr_array_index (self->files, i))->id);
  return g_strv_builder_end (builder);
}

/**
 * handover_outbox_entry_became:
 * @self: a reply or note
 * @message: a message of the same author
 *
 * Returns: whether text and files of the message are those of the entry
 */
gboolean
handover_outbox_entry_became (HandoverOutboxEntry *self,
                              HandoverMessage     *message)
{
  guint n_files = self->files != NULL ? self->files->len : 0;
  guint n_attachments = message->attachments != NULL ? message->attachments->len : 0;

  if (g_strcmp0 (message->text, self->text) != 0 || n_files != n_attachments)
    return FALSE;

  for (guint i = 0; i < n_files; i++)
    {
      HandoverAttachment *attachment = g_ptr_array_index (message->attachments, i);

      if (g_strcmp0 (handover_draft_file_get_uploaded (g_ptr_array_index (self->files, i)), attachment->id) != 0)
        return FALSE;
    }

  return TRUE;
}

static GPtrArray *
list_attachments (HandoverOutboxEntry *self)
{
  GPtrArray *attachments;

  if (self->files == NULL)
    return NULL;

  attachments = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < self->files->len; i++)
    g_ptr_array_add (attachments,
                     g_object_ref (handover_draft_file_get_attachment (g_ptr_array_index (self->files, i))));
  return attachments;
}

/**
 * handover_outbox_entry_make_message:
 * @self: a reply or note
 * @operator_id: who wrote it
 * @operator_name: (nullable): their name
 *
 * Makes the message that a transcript shows: queued, and without a version.
 */
void
handover_outbox_entry_make_message (HandoverOutboxEntry *self,
                                    const char          *operator_id,
                                    const char          *operator_name)
{
  HandoverMessage *message = g_object_new (HANDOVER_TYPE_MESSAGE, NULL);

  message->id = g_strdup (self->id);
  message->conversation_id = g_strdup (self->conversation_id);
  message->author = HANDOVER_AUTHOR_OPERATOR;
  message->kind = self->kind == HANDOVER_OUTBOX_NOTE ? HANDOVER_MESSAGE_KIND_NOTE : HANDOVER_MESSAGE_KIND_MESSAGE;
  message->text = g_strdup (self->text);
  message->epoch = self->epoch;
  message->at = self->created_at;
  message->operator = g_object_new (HANDOVER_TYPE_PERSON, NULL);
  message->operator->id = g_strdup (operator_id);
  message->operator->name = g_strdup (operator_name != NULL ? operator_name : "");
  message->attachments = list_attachments (self);
  g_set_object (&message->reply_to, self->quote);
  message->delivery = g_object_new (HANDOVER_TYPE_DELIVERY, NULL);
  message->delivery->state = HANDOVER_DELIVERY_STATE_QUEUED;

  g_clear_object (&self->message);
  self->message = message;
}

/**
 * handover_outbox_store_insert:
 * @database: the writer's handle
 * @entry: an entry
 * @error: return location
 *
 * Returns: %FALSE on error
 */
gboolean
handover_outbox_store_insert (HandoverDatabase     *database,
                              HandoverOutboxEntry  *entry,
                              GError              **error)
{
  g_autofree char *quote = entry->quote != NULL ? handover_record_to_data (HANDOVER_RECORD (entry->quote)) : NULL;

  return handover_database_run (database, "outbox.insert", error, "tttttiit", entry->id, entry->conversation_id,
                                kinds[entry->kind], entry->target, entry->text, entry->epoch, entry->created_at, quote);
}

static const char *const draft_kinds[HANDOVER_N_DRAFT_KINDS] = {
  [HANDOVER_DRAFT_REPLY] = "reply",
  [HANDOVER_DRAFT_NOTE] = "note",
};

static HandoverOutboxEntry *
read_entry (HandoverStatement *statement)
{
  HandoverOutboxEntry *entry = g_rc_box_new0 (HandoverOutboxEntry);

  entry->id = handover_statement_dup_text (statement, 0);
  entry->conversation_id = handover_statement_dup_text (statement, 1);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      if (g_str_equal (kinds[i], handover_statement_get_text (statement, 2)))
        entry->kind = i;
    }
  entry->target = handover_statement_dup_text (statement, 3);
  entry->text = handover_statement_dup_text (statement, 4);
  entry->epoch = handover_statement_get_int (statement, 5);
  entry->created_at = handover_statement_get_int (statement, 6);
  entry->attempted = handover_statement_get_int (statement, 7) != 0;
  entry->state = HANDOVER_OUTBOX_QUEUED;
  if (!handover_statement_is_null (statement, 8))
    entry->quote = HANDOVER_PREVIEW (handover_record_from_data (HANDOVER_TYPE_PREVIEW,
                                                                handover_statement_get_text (statement, 8), NULL));
  return entry;
}

static void
read_draft (HandoverStatement  *statement,
            GHashTable        **drafts)
{
  gboolean note = g_str_equal (handover_statement_get_text (statement, 1), draft_kinds[HANDOVER_DRAFT_NOTE]);

  g_hash_table_insert (drafts[note ? HANDOVER_DRAFT_NOTE : HANDOVER_DRAFT_REPLY],
                       handover_statement_dup_text (statement, 0), handover_statement_dup_text (statement, 2));
}

/**
 * handover_outbox_store_read:
 * @database: a handle
 * @entries: (element-type HandoverOutboxEntry): filled with the entries in order
 * @drafts: (array fixed-size=2): a table for each kind of draft, filled by conversation
 * @error: return location
 *
 * Returns: %FALSE on error
 */
gboolean
handover_outbox_store_read (HandoverDatabase  *database,
                            GPtrArray         *entries,
                            GHashTable       **drafts,
                            GError           **error)
{
  HandoverStatement *statement = handover_database_prepare (database, "outbox.all", error);
  gboolean row = statement != NULL;

  while (row)
    {
      if (!handover_statement_step (statement, &row, error))
        return FALSE;
      if (row)
        g_ptr_array_add (entries, read_entry (statement));
    }

  statement = statement != NULL ? handover_database_prepare (database, "draft.all", error) : NULL;
  row = statement != NULL;
  while (row)
    {
      if (!handover_statement_step (statement, &row, error))
        return FALSE;
      if (row)
        read_draft (statement, drafts);
    }

  return statement != NULL;
}

/**
 * handover_outbox_store_put_draft:
 * @database: the writer's handle
 * @conversation_id: a conversation
 * @kind: which of its drafts
 * @text: (nullable): the draft; %NULL for none
 * @error: return location
 *
 * Returns: %FALSE on error
 */
gboolean
handover_outbox_store_put_draft (HandoverDatabase  *database,
                                 const char        *conversation_id,
                                 HandoverDraftKind  kind,
                                 const char        *text,
                                 GError           **error)
{
  if (text == NULL)
    return handover_database_run (database, "draft.delete", error, "tt", conversation_id, draft_kinds[kind]);

  return handover_database_run (database, "draft.put", error, "ttt", conversation_id, draft_kinds[kind], text);
}

/**
 * handover_outbox_store_put_quote:
 * @database: the writer's handle
 * @conversation_id: a conversation
 * @quote: (nullable): the message that its unfinished reply answers; %NULL for none
 * @error: return location
 *
 * Returns: %FALSE on error
 */
gboolean
handover_outbox_store_put_quote (HandoverDatabase  *database,
                                 const char        *conversation_id,
                                 HandoverPreview   *quote,
                                 GError           **error)
{
  g_autofree char *body = NULL;

  if (quote == NULL)
    return handover_database_run (database, "draft_quote.delete", error, "t", conversation_id);

  body = handover_record_to_data (HANDOVER_RECORD (quote));
  return handover_database_run (database, "draft_quote.put", error, "tt", conversation_id, body);
}
