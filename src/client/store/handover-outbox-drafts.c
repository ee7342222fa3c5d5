/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#define G_LOG_DOMAIN "handover-outbox-drafts"

#include "client/store/handover-outbox.h"

#include "client/store/handover-mirror-private.h"
#include "client/store/handover-outbox-private.h"

static gboolean
write_drafts_job (HandoverMirrorHandle  *handle,
                  gpointer               data,
                  HandoverChanges       *changes,
                  GError               **error)
{
  GHashTableIter iter;
  gpointer id, text;

  g_hash_table_iter_init (&iter, data);
  while (g_hash_table_iter_next (&iter, &id, &text))
    {
      if (!handover_outbox_store_put_draft (handle->database, id, text, error))
        return FALSE;
    }

  return TRUE;
}

static void write_drafts (HandoverOutbox *self);

static void
drafts_written_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (HandoverOutbox) self = handover_outbox_finish_write (source, result, user_data);

  self->writing_drafts = FALSE;
  write_drafts (self);
}

/* One write at a time: what is typed meanwhile goes with the next. */
static void
write_drafts (HandoverOutbox *self)
{
  GHashTable *drafts;
  GHashTableIter iter;
  gpointer id;

  if (self->writing_drafts || g_hash_table_size (self->unwritten_drafts) == 0)
    return;

  drafts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_hash_table_iter_init (&iter, self->unwritten_drafts);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_hash_table_insert (drafts, g_strdup (id), g_strdup (g_hash_table_lookup (self->drafts, id)));
  g_hash_table_remove_all (self->unwritten_drafts);

  self->writing_drafts = TRUE;
  handover_mirror_write_async (self->mirror, write_drafts_job, drafts, (GDestroyNotify) g_hash_table_unref,
                               drafts_written_cb, g_object_ref (self));
}

typedef struct
{
  HandoverOutboxEntry *entry;
  gboolean put;
  char *draft;
} Exchange;

static void
exchange_free (gpointer data)
{
  Exchange *exchange = data;

  handover_outbox_entry_unref (exchange->entry);
  g_free (exchange->draft);
  g_free (exchange);
}

static gboolean
exchange_job (HandoverMirrorHandle  *handle,
              gpointer               data,
              HandoverChanges       *changes,
              GError               **error)
{
  Exchange *exchange = data;
  HandoverOutboxEntry *entry = exchange->entry;

  if (exchange->put && !handover_outbox_store_insert (handle->database, entry, error))
    return FALSE;
  if (!exchange->put && !handover_database_run (handle->database, "outbox.delete", error, "t", entry->id))
    return FALSE;

  return handover_outbox_store_put_draft (handle->database, entry->conversation_id, exchange->draft, error);
}

/*
 * handover_outbox_exchange:
 * @entry: a reply that has just been made, or, if it is done, one that is not going to be sent
 * @draft: (nullable): what its conversation's draft is from now on
 *
 * Stores both in one transaction: a crash neither takes the text nor leaves it in two places.
 */
void
handover_outbox_exchange (HandoverOutbox      *self,
                          HandoverOutboxEntry *entry,
                          const char          *draft,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  Exchange *exchange = g_new0 (Exchange, 1);

  if (draft != NULL)
    g_hash_table_insert (self->drafts, g_strdup (entry->conversation_id), g_strdup (draft));
  else
    g_hash_table_remove (self->drafts, entry->conversation_id);
  g_hash_table_remove (self->unwritten_drafts, entry->conversation_id);

  exchange->entry = handover_outbox_entry_ref (entry);
  exchange->put = entry->state != HANDOVER_OUTBOX_DONE;
  exchange->draft = g_strdup (draft);
  handover_mirror_write_async (self->mirror, exchange_job, exchange, exchange_free, callback, user_data);
}

/**
 * handover_outbox_set_draft:
 * @self: an outbox
 * @conversation_id: a conversation
 * @text: (nullable): what is being written there; %NULL or empty for nothing
 *
 * Keeps a draft. It may be called at each keystroke.
 */
void
handover_outbox_set_draft (HandoverOutbox *self,
                           const char     *conversation_id,
                           const char     *text)
{
  g_return_if_fail (HANDOVER_IS_OUTBOX (self));
  g_return_if_fail (conversation_id != NULL);

  if (text != NULL && *text == '\0')
    text = NULL;
  if (g_strcmp0 (g_hash_table_lookup (self->drafts, conversation_id), text) == 0)
    return;

  if (text != NULL)
    g_hash_table_insert (self->drafts, g_strdup (conversation_id), g_strdup (text));
  else
    {
      g_hash_table_remove (self->drafts, conversation_id);
      g_hash_table_remove (self->reasons, conversation_id);
    }
  g_hash_table_add (self->unwritten_drafts, g_strdup (conversation_id));
  write_drafts (self);
}

/**
 * handover_outbox_get_draft:
 * @self: an outbox
 * @conversation_id: a conversation
 *
 * Returns: (transfer none) (nullable): what was being written there
 */
const char *
handover_outbox_get_draft (HandoverOutbox *self,
                           const char     *conversation_id)
{
  g_return_val_if_fail (HANDOVER_IS_OUTBOX (self), NULL);

  return g_hash_table_lookup (self->drafts, conversation_id);
}

/**
 * handover_outbox_get_reason:
 * @self: an outbox
 * @conversation_id: a conversation
 *
 * Says why a reply lies in the draft that was to be sent, until the draft is sent or emptied.
 *
 * Returns: (transfer none) (nullable): a text for people to read; %NULL if nothing came back
 */
const char *
handover_outbox_get_reason (HandoverOutbox *self,
                            const char     *conversation_id)
{
  g_return_val_if_fail (HANDOVER_IS_OUTBOX (self), NULL);
  g_return_val_if_fail (conversation_id != NULL, NULL);

  return g_hash_table_lookup (self->reasons, conversation_id);
}
