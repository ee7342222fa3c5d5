/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/store/handover-store-attachments.h"

#include "core/handover-problem.h"
#include "core/handover-time.h"
#include "service/store/handover-store-rows.h"

/* The columns of the statements that read attachments. */
enum
{
  ID,
  NAME,
  TYPE,
  SIZE,
  WIDTH,
  HEIGHT,
};

static gpointer
read_attachment (HandoverStatement *row)
{
  HandoverAttachment *self = g_object_new (HANDOVER_TYPE_ATTACHMENT, NULL);

  self->id = handover_statement_dup_text (row, ID);
  self->name = handover_statement_dup_text (row, NAME);
  self->type = handover_statement_dup_text (row, TYPE);
  self->size = handover_statement_get_int (row, SIZE);
  self->width = handover_statement_get_int (row, WIDTH);
  self->height = handover_statement_get_int (row, HEIGHT);
  return self;
}

/**
 * handover_store_add_attachment:
 * @self: the writer's store
 * @business_id: whose
 * @uploader_id: the operator, the agent or the channel that brings it
 * @id: a new id
 * @name: a name that was made clean
 * @error: return location for an error
 *
 * Begins a file, which nobody sees until it is finished.
 *
 * Returns: whether it was written
 */
gboolean
handover_store_add_attachment (HandoverStore  *self,
                               const char     *business_id,
                               const char     *uploader_id,
                               const char     *id,
                               const char     *name,
                               GError        **error)
{
  return handover_database_run (handover_store_get_database (self), "attachment.insert", error, "tttti", id, business_id,
                                uploader_id, name, handover_time_now ());
}

/**
 * handover_store_append_attachment_part:
 * @self: the writer's store
 * @business_id: whose
 * @id: a file that was begun
 * @part: the number of the part, from 0 on
 * @bytes: %HANDOVER_ATTACHMENT_PART bytes, or fewer if it is the last
 * @error: return location for an error
 *
 * Writes one part of a file. Each belongs into a transaction of its own, so that the writer is never held for long.
 *
 * Returns: whether it was written
 */
gboolean
handover_store_append_attachment_part (HandoverStore  *self,
                                       const char     *business_id,
                                       const char     *id,
                                       guint           part,
                                       GBytes         *bytes,
                                       GError        **error)
{
  return handover_database_run (handover_store_get_database (self), "attachment.append", error, "ttib", business_id, id,
                                (gint64) part, bytes);
}

/**
 * handover_store_finish_attachment:
 * @self: the writer's store
 * @business_id: whose
 * @attachment: what the file is, now that all of it is there
 * @error: return location for an error, `not_found` if it was taken away meanwhile
 *
 * Makes a file one that can be sent and opened.
 *
 * Returns: whether it was written
 */
gboolean
handover_store_finish_attachment (HandoverStore       *self,
                                  const char          *business_id,
                                  HandoverAttachment  *attachment,
                                  GError             **error)
{
  HandoverDatabase *database = handover_store_get_database (self);

  if (!handover_database_run (database, "attachment.finish", error, "tttiii", business_id, attachment->id,
                              attachment->type, attachment->size, attachment->width, attachment->height))
    return FALSE;
  if (handover_database_get_changes (database) > 0)
    return TRUE;

  g_set_error_literal (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_NOT_FOUND,
                       "The upload took too long and was taken away. Upload the file again.");
  return FALSE;
}

/**
 * handover_store_discard_attachment:
 * @self: the writer's store
 * @business_id: whose
 * @id: a file that no message shows
 * @error: return location for an error
 *
 * Takes a file away with all that was written of it.
 *
 * Returns: whether it is gone
 */
gboolean
handover_store_discard_attachment (HandoverStore  *self,
                                   const char     *business_id,
                                   const char     *id,
                                   GError        **error)
{
  HandoverDatabase *database = handover_store_get_database (self);

  return handover_database_run (database, "attachment.delete_parts", error, "tt", business_id, id) &&
         handover_database_run (database, "attachment.delete", error, "tt", business_id, id);
}

/**
 * handover_store_get_attachment:
 * @self: a store
 * @business_id: whose
 * @id: its id
 * @error: return location for an error, `not_found` also for another business's id
 *
 * Gets a file that is all there, whoever may open it.
 *
 * Returns: (transfer full): what it is, or %NULL with @error set
 */
HandoverAttachment *
handover_store_get_attachment (HandoverStore  *self,
                               const char     *business_id,
                               const char     *id,
                               GError        **error)
{
  return handover_store_read_one (self, read_attachment, "attachment", error, "attachment.by_id", "tt", business_id, id);
}

/**
 * handover_store_get_attachment_for_operator:
 * @self: a store
 * @business_id: whose
 * @id: its id
 * @operator_id: who asks
 * @error: return location for an error, `not_found` for what they may not open
 *
 * Gets a file that an operator may open: one that a message shows, or one of their own uploads.
 *
 * Returns: (transfer full): what it is, or %NULL with @error set
 */
HandoverAttachment *
handover_store_get_attachment_for_operator (HandoverStore  *self,
                                            const char     *business_id,
                                            const char     *id,
                                            const char     *operator_id,
                                            GError        **error)
{
  return handover_store_read_one (self, read_attachment, "attachment", error, "attachment.for_operator", "ttt",
                                  business_id, id, operator_id);
}

/**
 * handover_store_get_attachment_for_agent:
 * @self: a store
 * @business_id: whose
 * @id: its id
 * @agent_id: the agent that asks
 * @error: return location for an error, `not_found` for what it may not open
 *
 * Gets a file that an agent may open: one that its customers saw or sent, or one of its own uploads.
 *
 * Returns: (transfer full): what it is, or %NULL with @error set
 */
HandoverAttachment *
handover_store_get_attachment_for_agent (HandoverStore  *self,
                                         const char     *business_id,
                                         const char     *id,
                                         const char     *agent_id,
                                         GError        **error)
{
  return handover_store_read_one (self, read_attachment, "attachment", error, "attachment.for_agent", "ttt",
                                  business_id, id, agent_id);
}

/**
 * handover_store_get_unused_attachment:
 * @self: a store
 * @business_id: whose
 * @id: its id
 * @uploader_id: who uploaded it
 * @error: return location for an error, `not_found` for what is not theirs, or was used
 *
 * Gets a file that its uploader may put into a message.
 *
 * Returns: (transfer full): what it is, or %NULL with @error set
 */
HandoverAttachment *
handover_store_get_unused_attachment (HandoverStore  *self,
                                      const char     *business_id,
                                      const char     *id,
                                      const char     *uploader_id,
                                      GError        **error)
{
  return handover_store_read_one (self, read_attachment, "unused attachment", error, "attachment.unused", "ttt",
                                  business_id, id, uploader_id);
}

/**
 * handover_store_find_shown_attachment:
 * @self: a store
 * @business_id: whose
 * @id: its id
 * @conversation_id: where it is shown
 * @attachment: (out) (transfer full) (nullable): what it is, or %NULL
 * @error: return location for an error
 *
 * Looks for a file among what a conversation's customer saw or sent.
 *
 * Returns: whether it could be looked up
 */
gboolean
handover_store_find_shown_attachment (HandoverStore       *self,
                                      const char          *business_id,
                                      const char          *id,
                                      const char          *conversation_id,
                                      HandoverAttachment **attachment,
                                      GError             **error)
{
  HandoverStatement *row;

  *attachment = NULL;
  if (!handover_store_look_up (self, &row, error, "attachment.in_conversation", "ttt", business_id, id, conversation_id))
    return FALSE;
  if (row == NULL)
    return TRUE;

  *attachment = read_attachment (row);
  handover_statement_reset (row);
  return TRUE;
}

/**
 * handover_store_use_attachment:
 * @self: the writer's store
 * @business_id: whose
 * @id: a file that no message shows
 * @message_id: the message that shows it from now on
 * @error: return location for an error
 *
 * Ties a file to the one message that it came with.
 *
 * Returns: whether it was written
 */
gboolean
handover_store_use_attachment (HandoverStore  *self,
                               const char     *business_id,
                               const char     *id,
                               const char     *message_id,
                               GError        **error)
{
  return handover_database_run (handover_store_get_database (self), "attachment.use", error, "ttt", business_id, id,
                                message_id);
}

/**
 * handover_store_read_attachment_part:
 * @self: a store
 * @business_id: whose
 * @id: a file that is all there
 * @part: the number of the part, from 0 on
 * @error: return location for an error, `not_found` behind the last one
 *
 * Reads one part of a file.
 *
 * Returns: (transfer full): its bytes, or %NULL with @error set
 */
GBytes *
handover_store_read_attachment_part (HandoverStore  *self,
                                     const char     *business_id,
                                     const char     *id,
                                     guint           part,
                                     GError        **error)
{
  HandoverStatement *row;
  GBytes *bytes;

  if (!handover_store_look_up (self, &row, error, "attachment.part", "tti", business_id, id, (gint64) part))
    return NULL;
  if (row == NULL)
    {
      g_set_error_literal (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_NOT_FOUND, "There is no such part.");
      return NULL;
    }

  bytes = handover_statement_get_bytes (row, 0);
  handover_statement_reset (row);
  return bytes;
}
