/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/store/handover-store-escalations.h"

#include "core/handover-enum-types.h"
#include "service/store/handover-store-cursor.h"
#include "service/store/handover-store-rows.h"

/* The columns of escalation.list. */
enum
{
  ID,
  CONVERSATION_ID,
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
  RESOLVED_AT,
  RESOLUTION,
  RECEIPT,
};

static gpointer
read_escalation (HandoverStatement *row)
{
  HandoverEscalation *self = g_object_new (HANDOVER_TYPE_ESCALATION, NULL);

  self->id = handover_statement_dup_text (row, ID);
  self->conversation_id = handover_statement_dup_text (row, CONVERSATION_ID);
  self->trigger = handover_store_read_enum (row, TRIGGER, HANDOVER_TYPE_TRIGGER);
  self->summary = handover_statement_dup_text (row, SUMMARY);
  self->confidence = handover_store_read_part (row, CONFIDENCE);
  self->sentiment = handover_statement_dup_text (row, SENTIMENT);
  self->priority = handover_store_read_enum (row, PRIORITY, HANDOVER_TYPE_PRIORITY);
  self->evidence = handover_store_read_list (row, EVIDENCE);
  self->opened_at = handover_statement_get_int (row, OPENED_AT);
  self->claimed_at = handover_statement_get_int (row, CLAIMED_AT);
  self->claimed_by = handover_store_read_person (row, CLAIMED_BY, CLAIMED_BY_NAME);
  self->resolved_at = handover_statement_get_int (row, RESOLVED_AT);
  self->resolution = handover_store_read_enum (row, RESOLUTION, HANDOVER_TYPE_RESOLUTION);
  self->receipt = handover_store_read_enum (row, RECEIPT, HANDOVER_TYPE_RECEIPT);
  return self;
}

/**
 * handover_store_list_escalations:
 * @self: a store
 * @business_id: whose
 * @conversation_id: of which conversation
 * @cursor: (nullable): where to go on, or %NULL to start
 * @limit: how many at most
 * @next_cursor: (out) (transfer full) (nullable): where the next page starts; %NULL at the end
 * @error: return location for an error
 *
 * Lists one page of a conversation's escalations, newest first.
 *
 * Returns: (transfer full) (element-type HandoverEscalation): the page, or %NULL with @error set
 */
GPtrArray *
handover_store_list_escalations (HandoverStore  *self,
                                 const char     *business_id,
                                 const char     *conversation_id,
                                 const char     *cursor,
                                 guint           limit,
                                 char          **next_cursor,
                                 GError        **error)
{
  g_autofree char *id = NULL;
  gint64 before = G_MAXINT64;
  GPtrArray *page;

  *next_cursor = NULL;
  if (cursor != NULL && !handover_store_cursor_parse (cursor, &before, &id, error))
    return NULL;

  page = handover_store_read_all (self, read_escalation, g_object_unref, error, "escalation.list", "ttiti", business_id,
                                  conversation_id, before, id != NULL ? id : "", (gint64) limit + 1);
  if (page != NULL && handover_store_end_page (page, limit))
    {
      HandoverEscalation *last = g_ptr_array_index (page, limit - 1);

      *next_cursor = handover_store_cursor_format (last->opened_at, last->id);
    }
  return page;
}

/**
 * handover_store_find_escalation:
 * @self: a store
 * @business_id: whose
 * @escalation_id: the id of an escalation, open or not
 * @error: return location for an error
 *
 * Finds the conversation that an escalation is part of.
 *
 * Returns: (transfer full): the conversation's id, or %NULL with @error set
 */
char *
handover_store_find_escalation (HandoverStore  *self,
                                const char     *business_id,
                                const char     *escalation_id,
                                GError        **error)
{
  return handover_store_read_one (self, handover_store_read_id, "escalation", error, "escalation.conversation", "tt",
                                  business_id, escalation_id);
}

static gboolean
write_escalation (HandoverStore       *self,
                  const char          *statement_name,
                  const char          *business_id,
                  HandoverEscalation  *escalation,
                  GError             **error)
{
  HandoverStatement *statement = handover_database_prepare (handover_store_get_database (self), statement_name, error);
  g_autofree char *evidence = handover_store_write_list (escalation->evidence);
  const char *claimed_by = escalation->claimed_by != NULL ? escalation->claimed_by->id : NULL;
  const char *resolution = handover_enum_to_nick (HANDOVER_TYPE_RESOLUTION, escalation->resolution);
  gboolean row;

  if (statement == NULL)
    return FALSE;

  handover_statement_bind (statement, "tttttdtttiztztt",
                           escalation->id, business_id, escalation->conversation_id,
                           handover_enum_to_nick (HANDOVER_TYPE_TRIGGER, escalation->trigger),
                           escalation->summary, escalation->confidence, escalation->sentiment,
                           handover_enum_to_nick (HANDOVER_TYPE_PRIORITY, escalation->priority), evidence,
                           escalation->opened_at, escalation->claimed_at, claimed_by, escalation->resolved_at,
                           escalation->resolution != HANDOVER_RESOLUTION_UNKNOWN ? resolution : NULL,
                           handover_enum_to_nick (HANDOVER_TYPE_RECEIPT, escalation->receipt));
  return handover_statement_step (statement, &row, error);
}

/**
 * handover_store_insert_escalation:
 * @self: the writer's store
 * @business_id: whose
 * @escalation: a new escalation
 * @error: return location for an error
 *
 * Stores an escalation that was just opened.
 *
 * Returns: whether it was stored
 */
gboolean
handover_store_insert_escalation (HandoverStore       *self,
                                  const char          *business_id,
                                  HandoverEscalation  *escalation,
                                  GError             **error)
{
  return write_escalation (self, "escalation.insert", business_id, escalation, error);
}

/**
 * handover_store_save_escalation:
 * @self: the writer's store
 * @business_id: whose
 * @escalation: the escalation as it is now
 * @error: return location for an error
 *
 * Writes what can change in an escalation.
 *
 * Returns: whether it was written
 */
gboolean
handover_store_save_escalation (HandoverStore       *self,
                                const char          *business_id,
                                HandoverEscalation  *escalation,
                                GError             **error)
{
  return write_escalation (self, "escalation.save", business_id, escalation, error);
}
