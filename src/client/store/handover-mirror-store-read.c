/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#define G_LOG_DOMAIN "handover-mirror-store-read"

#include "client/store/handover-mirror-store.h"

/**
 * handover_mirror_store_read_cursor:
 * @database: a handle
 * @cursor: (out): the log's number up to which the mirror is true
 * @error: return location
 *
 * Returns: %FALSE on error
 */
gboolean
handover_mirror_store_read_cursor (HandoverDatabase  *database,
                                   gint64            *cursor,
                                   GError           **error)
{
  HandoverStatement *statement = handover_database_prepare (database, "state.cursor", error);
  gboolean row;

  *cursor = 0;
  if (statement == NULL || !handover_statement_step (statement, &row, error))
    return FALSE;

  if (row)
    *cursor = handover_statement_get_int (statement, 0);
  handover_statement_reset (statement);
  return TRUE;
}

/**
 * handover_mirror_store_read_log:
 * @database: a handle
 * @log: (out) (transfer full) (nullable): the log that the mirror's cursor is a number of, if the service said so
 * @error: return location
 *
 * Returns: %FALSE on error
 */
gboolean
handover_mirror_store_read_log (HandoverDatabase  *database,
                                char             **log,
                                GError           **error)
{
  HandoverStatement *statement = handover_database_prepare (database, "state.log", error);
  gboolean row;

  *log = NULL;
  if (statement == NULL || !handover_statement_step (statement, &row, error))
    return FALSE;

  if (row)
    *log = handover_statement_dup_text (statement, 0);
  handover_statement_reset (statement);
  return TRUE;
}

static gboolean
read_records (HandoverStatement  *statement,
              GType               type,
              GPtrArray          *records,
              GError            **error)
{
  gboolean row = TRUE;

  while (row)
    {
      g_autoptr (GError) unreadable = NULL;
      HandoverRecord *record;

      if (!handover_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        continue;

      record = handover_record_from_data (type, handover_statement_get_text (statement, 0), &unreadable);
      if (record != NULL)
        g_ptr_array_add (records, record);
      else
        g_warning ("Passing over a stored %s: %s", g_type_name (type), unreadable->message);
    }

  return TRUE;
}

/**
 * handover_mirror_store_read_conversation:
 * @database: a handle
 * @id: a conversation's id
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the conversation; %NULL without an error if there is none
 */
HandoverRecord *
handover_mirror_store_read_conversation (HandoverDatabase  *database,
                                         const char        *id,
                                         GError           **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);
  HandoverStatement *statement = handover_database_prepare (database, "conversation.by_id", error);

  if (statement == NULL)
    return NULL;
  handover_statement_bind (statement, "t", id);
  if (!read_records (statement, HANDOVER_TYPE_CONVERSATION, found, error) || found->len == 0)
    return NULL;

  return g_object_ref (g_ptr_array_index (found, 0));
}

/**
 * handover_mirror_store_read_view:
 * @database: a handle
 * @view: a view
 * @operator_id: whose *mine* it is
 * @rows: (element-type HandoverViewRow): the rows are added here, in order
 * @error: return location
 *
 * Reads the ids of a view.
 *
 * Returns: %FALSE on error
 */
gboolean
handover_mirror_store_read_view (HandoverDatabase  *database,
                                 HandoverView       view,
                                 const char        *operator_id,
                                 GArray            *rows,
                                 GError           **error)
{
  g_autofree char *name = g_strconcat ("view.", handover_view_to_nick (view), NULL);
  HandoverStatement *statement = handover_database_prepare (database, name, error);
  gboolean row = TRUE;

  if (statement == NULL)
    return FALSE;
  if (view == HANDOVER_VIEW_MINE || view == HANDOVER_VIEW_TEAM)
    handover_statement_bind (statement, "t", operator_id);

  while (row)
    {
      HandoverViewRow line;

      if (!handover_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        continue;
      line.id = handover_statement_dup_text (statement, 0);
      line.key = handover_statement_get_int (statement, 1);
      g_array_append_val (rows, line);
    }

  return TRUE;
}

/**
 * handover_mirror_store_read_messages:
 * @database: a handle
 * @conversation_id: a conversation
 * @before: (nullable): only what lies before this position
 * @limit: at most how many
 * @changes: where the messages are put, newest first
 * @error: return location
 *
 * Reads the newest messages that are stored.
 *
 * Returns: %FALSE on error
 */
gboolean
handover_mirror_store_read_messages (HandoverDatabase  *database,
                                     const char        *conversation_id,
                                     const double      *before,
                                     guint              limit,
                                     HandoverChanges   *changes,
                                     GError           **error)
{
  HandoverStatement *statement;
  gboolean row = TRUE;

  statement = handover_database_prepare (database, before != NULL ? "message.before" : "message.newest", error);
  if (statement == NULL)
    return FALSE;
  if (before != NULL)
    handover_statement_bind (statement, "tdi", conversation_id, *before, (gint64) limit);
  else
    handover_statement_bind (statement, "ti", conversation_id, (gint64) limit);

  while (row)
    {
      g_autoptr (HandoverRecord) message = NULL;
      g_autoptr (GError) unreadable = NULL;

      if (!handover_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        continue;

      message = handover_record_from_data (HANDOVER_TYPE_MESSAGE, handover_statement_get_text (statement, 1),
                                           &unreadable);
      if (message != NULL)
        handover_changes_add_message (changes, HANDOVER_MESSAGE (message),
                                      handover_statement_get_double (statement, 0), TRUE);
      else
        g_warning ("Passing over a stored message: %s", unreadable->message);
    }

  return TRUE;
}

/**
 * handover_mirror_store_read_transcript:
 * @database: a handle
 * @conversation_id: a conversation
 * @cursor: (out) (transfer full) (nullable): where the service's next page begins
 * @complete: (out): whether the oldest message is stored
 * @error: return location
 *
 * Reads how far back a transcript is stored.
 *
 * Returns: %FALSE on error
 */
gboolean
handover_mirror_store_read_transcript (HandoverDatabase  *database,
                                       const char        *conversation_id,
                                       char             **cursor,
                                       gboolean          *complete,
                                       GError           **error)
{
  HandoverStatement *statement = handover_database_prepare (database, "transcript.get", error);
  gboolean row;

  *cursor = NULL;
  *complete = FALSE;
  if (statement == NULL)
    return FALSE;
  handover_statement_bind (statement, "t", conversation_id);
  if (!handover_statement_step (statement, &row, error))
    return FALSE;

  if (row)
    {
      *cursor = handover_statement_dup_text (statement, 0);
      *complete = handover_statement_get_int (statement, 1) != 0;
    }
  return TRUE;
}

/**
 * handover_mirror_store_read_escalations:
 * @database: a handle
 * @conversation_id: a conversation
 * @escalations: (element-type HandoverEscalation): filled with its escalations, newest first
 * @error: return location
 *
 * Returns: %FALSE on error
 */
gboolean
handover_mirror_store_read_escalations (HandoverDatabase  *database,
                                        const char        *conversation_id,
                                        GPtrArray         *escalations,
                                        GError           **error)
{
  HandoverStatement *statement = handover_database_prepare (database, "escalation.of_conversation", error);

  if (statement == NULL)
    return FALSE;
  handover_statement_bind (statement, "t", conversation_id);
  return read_records (statement, HANDOVER_TYPE_ESCALATION, escalations, error);
}

/**
 * handover_mirror_store_read_objects:
 * @database: a handle
 * @type: operator, agent, channel, template or business
 * @objects: (element-type HandoverRecord): filled with all of them
 * @error: return location
 *
 * Returns: %FALSE on error
 */
gboolean
handover_mirror_store_read_objects (HandoverDatabase  *database,
                                    GType              type,
                                    GPtrArray         *objects,
                                    GError           **error)
{
  HandoverStatement *statement = handover_database_prepare (database, "object.of_kind", error);

  if (statement == NULL)
    return FALSE;
  handover_statement_bind (statement, "t", g_type_name (type));
  return read_records (statement, type, objects, error);
}

/**
 * handover_mirror_store_last_escalation:
 * @database: a handle
 *
 * Returns: when the last escalation was opened; 0 if none is known
 */
gint64
handover_mirror_store_last_escalation (HandoverDatabase *database)
{
  HandoverStatement *statement = handover_database_prepare (database, "escalation.last_opened", NULL);
  gint64 opened_at;
  gboolean row;

  if (statement == NULL || !handover_statement_step (statement, &row, NULL) || !row)
    return 0;

  opened_at = handover_statement_get_int (statement, 0);
  handover_statement_reset (statement);
  return opened_at;
}
