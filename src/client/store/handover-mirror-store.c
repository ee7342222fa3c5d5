/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "client/store/handover-mirror-store.h"

#include "client/store/handover-message-order.h"
#include "client/store/handover-snapshot-private.h"
#include "core/handover-enum-types.h"

/**
 * handover_mirror_store_get_id:
 * @record: an object of the interface that has an id
 *
 * Returns: (nullable): its id
 */
const char *
handover_mirror_store_get_id (HandoverRecord *record)
{
  if (HANDOVER_IS_CONVERSATION (record))
    return HANDOVER_CONVERSATION (record)->id;
  if (HANDOVER_IS_MESSAGE (record))
    return HANDOVER_MESSAGE (record)->id;
  if (HANDOVER_IS_ESCALATION (record))
    return HANDOVER_ESCALATION (record)->id;
  if (HANDOVER_IS_OPERATOR (record))
    return HANDOVER_OPERATOR (record)->id;
  if (HANDOVER_IS_AGENT (record))
    return HANDOVER_AGENT (record)->id;
  if (HANDOVER_IS_CHANNEL_ACCOUNT (record))
    return HANDOVER_CHANNEL_ACCOUNT (record)->id;
  if (HANDOVER_IS_TEMPLATE (record))
    return HANDOVER_TEMPLATE (record)->id;
  if (HANDOVER_IS_BUSINESS (record))
    return HANDOVER_BUSINESS (record)->id;

  return NULL;
}

/* A newer service may know more words; a conversation in such a state is in no view but the one of all. */
static const char *
control_word (int control)
{
  const char *word = handover_enum_to_nick (HANDOVER_TYPE_CONTROL, control);

  return word != NULL ? word : "";
}

static gboolean
put_escalation (HandoverDatabase    *database,
                HandoverEscalation  *escalation,
                gint64               sequence,
                HandoverChanges     *changes,
                GError             **error)
{
  g_autofree char *body = handover_record_to_data (HANDOVER_RECORD (escalation));

  if (!handover_database_run (database, "escalation.put", error, "ttiit", escalation->id,
                              escalation->conversation_id, escalation->opened_at, sequence, body))
    return FALSE;

  if (handover_database_get_changes (database) > 0)
    g_ptr_array_add (changes->records, g_object_ref (escalation));
  return TRUE;
}

static gboolean
put_conversation (HandoverDatabase      *database,
                  HandoverConversation  *conversation,
                  gint64                 sequence,
                  HandoverChanges       *changes,
                  GError               **error)
{
  g_autofree char *body = handover_record_to_data (HANDOVER_RECORD (conversation));

  if (!handover_database_run (database, "conversation.put", error, "titttiit", conversation->id,
                              conversation->version, conversation->customer->id,
                              control_word (conversation->control),
                              conversation->holder != NULL ? conversation->holder->id : NULL,
                              conversation->waiting_since, conversation->updated_at, body))
    return FALSE;

  if (handover_database_get_changes (database) == 0)
    return TRUE;

  g_ptr_array_add (changes->records, g_object_ref (conversation));
  return conversation->escalation == NULL
      || put_escalation (database, conversation->escalation, sequence, changes, error);
}

static gboolean
read_position (HandoverDatabase  *database,
               const char        *name,
               const char        *conversation_id,
               const double      *beside,
               double            *position,
               gboolean          *found,
               GError           **error)
{
  HandoverStatement *statement = handover_database_prepare (database, name, error);

  *found = FALSE;
  if (statement == NULL)
    return FALSE;
  if (beside != NULL)
    handover_statement_bind (statement, "td", conversation_id, *beside);
  else
    handover_statement_bind (statement, "t", conversation_id);
  if (!handover_statement_step (statement, found, error))
    return FALSE;

  *found = *found && !handover_statement_is_null (statement, 0);
  if (*found)
    *position = handover_statement_get_double (statement, 0);
  return TRUE;
}

static gboolean
read_place (HandoverDatabase      *database,
            const char            *id,
            HandoverMessagePlace  *place,
            GError               **error)
{
  HandoverStatement *statement = handover_database_prepare (database, "message.known", error);

  if (statement == NULL)
    return FALSE;
  handover_statement_bind (statement, "t", id);
  if (!handover_statement_step (statement, &place->known, error))
    return FALSE;

  if (place->known)
    place->position = handover_statement_get_double (statement, 0);
  return TRUE;
}

static gboolean
put_message_at (HandoverDatabase            *database,
                HandoverMessage             *message,
                const HandoverMessagePlace  *place,
                HandoverChanges             *changes,
                GError                     **error)
{
  g_autofree char *body = handover_record_to_data (HANDOVER_RECORD (message));
  gboolean done;

  if (place->known)
    done = handover_database_run (database, "message.update", error, "tit", message->id, message->version, body);
  else
    done = handover_database_run (database, "message.insert", error, "ttdit", message->id,
                                  message->conversation_id, place->position, message->version, body);

  if (done && handover_database_get_changes (database) > 0)
    handover_changes_add_message (changes, message, place->position, !place->known);
  return done;
}

/* A message that is not known comes from the log, and so is the newest. */
static gboolean
put_message (HandoverDatabase  *database,
             HandoverMessage   *message,
             HandoverChanges   *changes,
             GError           **error)
{
  HandoverMessagePlace place = { 0 };
  gboolean found;

  if (!read_place (database, message->id, &place, error))
    return FALSE;
  if (!place.known)
    {
      if (!read_position (database, "message.newest_position", message->conversation_id, NULL, &place.position,
                          &found, error))
        return FALSE;
      place.position = found ? place.position + 1 : 0;
    }

  return put_message_at (database, message, &place, changes, error);
}

/**
 * handover_mirror_store_put_answer:
 * @database: the writer's handle
 * @message: a message that the service has just taken from this operator
 * @changes: what it changes is added here
 * @error: return location
 *
 * Stores a message whose place among the others the log has not told yet: until it does, it stands behind them all.
 *
 * Returns: %FALSE on error
 */
gboolean
handover_mirror_store_put_answer (HandoverDatabase  *database,
                                  HandoverMessage   *message,
                                  HandoverChanges   *changes,
                                  GError           **error)
{
  HandoverMessagePlace place = { 0 };
  g_autofree char *body = NULL;
  gboolean found;

  if (!read_place (database, message->id, &place, error))
    return FALSE;
  if (place.known)
    return put_message_at (database, message, &place, changes, error);

  body = handover_record_to_data (HANDOVER_RECORD (message));
  if (!read_position (database, "message.answered_position", message->conversation_id, NULL, &place.position, &found,
                      error)
      || !handover_database_run (database, "message.insert_answered", error, "ttdit", message->id,
                                 message->conversation_id, place.position, message->version, body))
    return FALSE;

  if (handover_database_get_changes (database) > 0)
    handover_changes_add_message (changes, message, place.position, TRUE);
  return TRUE;
}

static gboolean
put_object (HandoverDatabase  *database,
            HandoverRecord    *record,
            gint64             sequence,
            HandoverChanges   *changes,
            GError           **error)
{
  g_autofree char *body = handover_record_to_data (record);

  if (!handover_database_run (database, "object.put", error, "ttit", G_OBJECT_TYPE_NAME (record),
                              handover_mirror_store_get_id (record), sequence, body))
    return FALSE;

  if (handover_database_get_changes (database) > 0)
    g_ptr_array_add (changes->records, g_object_ref (record));
  return TRUE;
}

/**
 * handover_mirror_store_put_record:
 * @database: the writer's handle
 * @record: an object of the interface
 * @sequence: the number of the log that it is true at
 * @changes: what it changes is added here
 * @error: return location
 *
 * Stores an object, unless what is stored is as new.
 *
 * Returns: %FALSE on error
 */
gboolean
handover_mirror_store_put_record (HandoverDatabase  *database,
                                  HandoverRecord    *record,
                                  gint64             sequence,
                                  HandoverChanges   *changes,
                                  GError           **error)
{
  if (HANDOVER_IS_CONVERSATION (record))
    return put_conversation (database, HANDOVER_CONVERSATION (record), sequence, changes, error);
  if (HANDOVER_IS_MESSAGE (record))
    return put_message (database, HANDOVER_MESSAGE (record), changes, error);
  if (HANDOVER_IS_ESCALATION (record))
    return put_escalation (database, HANDOVER_ESCALATION (record), sequence, changes, error);

  return put_object (database, record, sequence, changes, error);
}

static gboolean
delete_conversation (HandoverDatabase  *database,
                     const char        *id,
                     HandoverChanges   *changes,
                     GError           **error)
{
  static const char *const names[] = {
    "conversation.delete",
    "message.delete_of_conversation",
    "transcript.delete",
    "escalation.delete_of_conversation",
    "outbox.delete_of_conversation",
    "draft.delete_of_conversation",
    "draft_quote.delete",
    "draft_file.delete_of_conversation",
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (!handover_database_run (database, names[i], error, "t", id))
        return FALSE;
    }

  g_ptr_array_add (changes->deleted_conversations, g_strdup (id));
  return TRUE;
}

static gboolean
erase_customer (HandoverDatabase  *database,
                HandoverEvent     *event,
                HandoverChanges   *changes,
                GError           **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  HandoverStatement *statement;
  gboolean row = TRUE;

  if (event->conversation != NULL)
    g_ptr_array_add (ids, g_strdup (event->conversation->id));

  statement = handover_database_prepare (database, "conversation.of_customer", error);
  if (statement == NULL)
    return FALSE;
  handover_statement_bind (statement, "t", event->customer != NULL ? event->customer->id : NULL);
  while (row)
    {
      if (!handover_statement_step (statement, &row, error))
        return FALSE;
      if (row)
        g_ptr_array_add (ids, handover_statement_dup_text (statement, 0));
    }

  for (guint i = 0; i < ids->len; i++)
    {
      if (!delete_conversation (database, g_ptr_array_index (ids, i), changes, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
delete_objects (HandoverDatabase  *database,
                HandoverRecord   **records,
                guint              n_records,
                HandoverChanges   *changes,
                GError           **error)
{
  for (guint i = 0; i < n_records; i++)
    {
      if (records[i] == NULL)
        continue;
      if (!handover_database_run (database, "object.delete", error, "tt", G_OBJECT_TYPE_NAME (records[i]),
                                  handover_mirror_store_get_id (records[i])))
        return FALSE;
      g_ptr_array_add (changes->deleted_records, g_object_ref (records[i]));
    }

  return TRUE;
}

static gboolean
apply_objects (HandoverDatabase  *database,
               HandoverEvent     *event,
               HandoverChanges   *changes,
               GError           **error)
{
  /* The conversation first: what happens in it is told with it at hand. */
  HandoverRecord *records[] = {
    (HandoverRecord *) event->conversation, (HandoverRecord *) event->escalation, (HandoverRecord *) event->message,
    (HandoverRecord *) event->operator,     (HandoverRecord *) event->agent,      (HandoverRecord *) event->template,
    (HandoverRecord *) event->business,     (HandoverRecord *) event->channel,
  };

  if (g_str_has_suffix (event->kind, ".deleted"))
    return delete_objects (database, records + 3, 4, changes, error);

  for (guint i = 0; i < G_N_ELEMENTS (records); i++)
    {
      if (records[i] != NULL
          && !handover_mirror_store_put_record (database, records[i], event->sequence, changes, error))
        return FALSE;
    }

  return TRUE;
}

/**
 * handover_mirror_store_apply_event:
 * @database: the writer's handle
 * @event: an event of the log
 * @changes: what it changes is added here
 * @error: return location
 *
 * Stores what an event carries and its number, together.
 *
 * Returns: %FALSE on error
 */
gboolean
handover_mirror_store_apply_event (HandoverDatabase  *database,
                                   HandoverEvent     *event,
                                   HandoverChanges   *changes,
                                   GError           **error)
{
  gint64 cursor;

  if (!handover_mirror_store_read_cursor (database, &cursor, error))
    return FALSE;
  if (g_str_equal (event->kind, "customer.erased"))
    {
      if (!erase_customer (database, event, changes, error))
        return FALSE;
    }
  else if (!apply_objects (database, event, changes, error))
    return FALSE;

  if (event->sequence <= cursor)
    return TRUE;

  changes->event = g_object_ref (event);
  return handover_database_run (database, "state.set_cursor", error, "i", event->sequence);
}

/**
 * handover_mirror_store_mark_read:
 * @database: the writer's handle
 * @conversation_id: a conversation
 * @changes: what it changes is added here
 * @error: return location
 *
 * Shows a conversation as read at once; the service's next word on it stands above this.
 *
 * Returns: %FALSE on error
 */
gboolean
handover_mirror_store_mark_read (HandoverDatabase  *database,
                                 const char        *conversation_id,
                                 HandoverChanges   *changes,
                                 GError           **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (HandoverRecord) record = handover_mirror_store_read_conversation (database, conversation_id, &local);
  g_autofree char *body = NULL;

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (record == NULL || HANDOVER_CONVERSATION (record)->unread_count == 0)
    return TRUE;

  HANDOVER_CONVERSATION (record)->unread_count = 0;
  body = handover_record_to_data (record);
  g_ptr_array_add (changes->records, g_object_ref (record));
  return handover_database_run (database, "conversation.set_body", error, "tt", conversation_id, body);
}

/**
 * handover_mirror_store_replace:
 * @database: the writer's handle
 * @snapshot: the first lists
 * @error: return location
 *
 * Forgets what the service had said before and stores the lists instead. What this operator has not sent yet stays.
 *
 * Returns: %FALSE on error
 */
gboolean
handover_mirror_store_replace (HandoverDatabase  *database,
                               HandoverSnapshot  *snapshot,
                               GError           **error)
{
  static const char *const names[] = {
    "conversation.delete_all", "message.delete_all", "transcript.delete_all", "escalation.delete_all",
    "object.delete_all", "view_page.delete_all",
  };
  GPtrArray *entries = handover_snapshot_get_entries (snapshot);
  g_autoptr (HandoverChanges) changes = handover_changes_new ();

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (!handover_database_run (database, names[i], error, ""))
        return FALSE;
    }
  for (guint i = 0; i < entries->len; i++)
    {
      HandoverSnapshotEntry *entry = g_ptr_array_index (entries, i);

      if (!handover_mirror_store_put_record (database, entry->record, entry->sequence, changes, error))
        return FALSE;
    }

  return handover_database_run (database, "state.begin", error, "it", handover_snapshot_get_sequence (snapshot),
                                handover_snapshot_get_log (snapshot));
}

typedef struct
{
  HandoverDatabase *database;
  const char *conversation_id;
  GError *error;
} Neighbours;

static gboolean
find_neighbour (double    position,
                gboolean  above,
                double   *found,
                gpointer  user_data)
{
  Neighbours *neighbours = user_data;
  gboolean exists = FALSE;

  if (neighbours->error == NULL)
    read_position (neighbours->database, above ? "message.position_above" : "message.position_below",
                   neighbours->conversation_id, &position, found, &exists, &neighbours->error);
  return exists;
}

/**
 * handover_mirror_store_put_page:
 * @database: the writer's handle
 * @conversation_id: a conversation
 * @messages: (element-type HandoverMessage): a page of its transcript, newest first
 * @older: whether it goes on where an earlier page ended, else it is the newest
 * @next_cursor: (nullable): where the next, older page begins; %NULL if there is none
 * @changes: what it changes is added here
 * @error: return location
 *
 * Stores a page that the service answered.
 *
 * Returns: %FALSE on error
 */
gboolean
handover_mirror_store_put_page (HandoverDatabase  *database,
                                const char        *conversation_id,
                                GPtrArray         *messages,
                                gboolean           older,
                                const char        *next_cursor,
                                HandoverChanges   *changes,
                                GError           **error)
{
  g_autofree HandoverMessagePlace *places = g_new0 (HandoverMessagePlace, messages->len + 1);
  Neighbours neighbours = { database, conversation_id, NULL };
  gboolean has_edge;
  double edge = 0;

  for (guint i = 0; i < messages->len; i++)
    {
      HandoverMessage *message = g_ptr_array_index (messages, i);

      if (!read_place (database, message->id, &places[i], error))
        return FALSE;
    }
  if (!read_position (database, older ? "message.oldest_position" : "message.newest_position", conversation_id, NULL,
                      &edge, &has_edge, error))
    return FALSE;

  handover_message_order_fill (places, messages->len, has_edge ? &edge : NULL, older, find_neighbour, &neighbours);
  if (neighbours.error != NULL)
    {
      g_propagate_error (error, neighbours.error);
      return FALSE;
    }

  for (guint i = 0; i < messages->len; i++)
    {
      if (!put_message_at (database, g_ptr_array_index (messages, i), &places[i], changes, error))
        return FALSE;
    }
  return handover_database_run (database, "transcript.put", error, "tti", conversation_id, next_cursor,
                                (gint64) (next_cursor == NULL));
}
