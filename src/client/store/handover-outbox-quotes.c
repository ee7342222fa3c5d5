/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "client/store/handover-outbox.h"

#include "client/store/handover-mirror-private.h"
#include "client/store/handover-outbox-private.h"

/* Which message an unfinished reply answers. */

typedef struct
{
  char *conversation_id;
  HandoverPreview *quote;
} Choice;

static void
choice_free (gpointer data)
{
  Choice *choice = data;

  g_free (choice->conversation_id);
  g_clear_object (&choice->quote);
  g_free (choice);
}

static gboolean
write_quote_job (HandoverMirrorHandle  *handle,
                 gpointer               data,
                 HandoverChanges       *changes,
                 GError               **error)
{
  Choice *choice = data;

  return handover_outbox_store_put_quote (handle->database, choice->conversation_id, choice->quote, error);
}

/**
 * handover_outbox_set_quote:
 * @self: an outbox
 * @conversation_id: a conversation
 * @quote: (nullable): the message that the reply which is being written there answers; %NULL for none
 *
 * Keeps what a draft answers. The next reply takes it along.
 */
void
handover_outbox_set_quote (HandoverOutbox  *self,
                           const char      *conversation_id,
                           HandoverPreview *quote)
{
  Choice *choice;

  g_return_if_fail (HANDOVER_IS_OUTBOX (self));
  g_return_if_fail (conversation_id != NULL);

  if (quote == g_hash_table_lookup (self->quotes, conversation_id))
    return;

  choice = g_new0 (Choice, 1);
  choice->conversation_id = g_strdup (conversation_id);
  choice->quote = quote != NULL ? g_object_ref (quote) : NULL;
  handover_outbox_keep_quote (self, conversation_id, quote);
  handover_mirror_write_async (self->mirror, write_quote_job, choice, choice_free, handover_outbox_written_cb,
                               g_object_ref (self));
}

/**
 * handover_outbox_get_quote:
 * @self: an outbox
 * @conversation_id: a conversation
 *
 * Returns: (transfer none) (nullable): the message that the reply which is being written there answers
 */
HandoverPreview *
handover_outbox_get_quote (HandoverOutbox *self,
                           const char     *conversation_id)
{
  g_return_val_if_fail (HANDOVER_IS_OUTBOX (self), NULL);
  g_return_val_if_fail (conversation_id != NULL, NULL);

  return g_hash_table_lookup (self->quotes, conversation_id);
}

/* Here alone; what is on the disk follows. */
void
handover_outbox_keep_quote (HandoverOutbox  *self,
                            const char      *conversation_id,
                            HandoverPreview *quote)
{
  if (quote != NULL)
    g_hash_table_insert (self->quotes, g_strdup (conversation_id), g_object_ref (quote));
  else
    g_hash_table_remove (self->quotes, conversation_id);
}

gboolean
handover_outbox_load_quotes (HandoverOutbox  *self,
                             GError         **error)
{
  HandoverStatement *statement = handover_database_prepare (self->mirror->reader, "draft_quote.all", error);
  gboolean row = statement != NULL;

  while (row)
    {
      g_autoptr (HandoverRecord) quote = NULL;

      if (!handover_statement_step (statement, &row, error))
        return FALSE;
      if (row)
        quote = handover_record_from_data (HANDOVER_TYPE_PREVIEW, handover_statement_get_text (statement, 1), NULL);
      if (quote != NULL)
        handover_outbox_keep_quote (self, handover_statement_get_text (statement, 0), HANDOVER_PREVIEW (quote));
    }

  return statement != NULL;
}
