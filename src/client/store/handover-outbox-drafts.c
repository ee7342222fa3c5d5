/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#define G_LOG_DOMAIN "handover-outbox-drafts"

#include "client/store/handover-outbox.h"

#include "client/store/handover-mirror-private.h"
#include "client/store/handover-outbox-file-store.h"
#include "client/store/handover-outbox-files-private.h"

/* What has changed: by kind, then by conversation; NULL for a draft that is no longer there. */
typedef struct
{
  GHashTable *texts[HANDOVER_N_DRAFT_KINDS];
} Drafts;

static void
drafts_free (gpointer data)
{
  Drafts *drafts = data;

  for (guint kind = 0; kind < HANDOVER_N_DRAFT_KINDS; kind++)
    g_hash_table_unref (drafts->texts[kind]);
  g_free (drafts);
}

static gboolean
write_drafts_job (HandoverMirrorHandle  *handle,
                  gpointer               data,
                  HandoverChanges       *changes,
                  GError               **error)
{
  Drafts *drafts = data;
  GHashTableIter iter;
  gpointer id, text;

  for (guint kind = 0; kind < HANDOVER_N_DRAFT_KINDS; kind++)
    {
      g_hash_table_iter_init (&iter, drafts->texts[kind]);
      while (g_hash_table_iter_next (&iter, &id, &text))
        {
          if (!handover_outbox_store_put_draft (handle->database, id, kind, text, error))
            return FALSE;
        }
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

static GHashTable *
take_unwritten (HandoverOutbox    *self,
                HandoverDraftKind  kind)
{
  GHashTable *texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, self->unwritten_drafts[kind]);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_hash_table_insert (texts, g_strdup (id), g_strdup (g_hash_table_lookup (self->drafts[kind], id)));
  g_hash_table_remove_all (self->unwritten_drafts[kind]);

  return texts;
}

/* One write at a time: what is typed meanwhile goes with the next. */
static void
write_drafts (HandoverOutbox *self)
{
  Drafts *drafts;
  guint n_unwritten = 0;

  for (guint kind = 0; kind < HANDOVER_N_DRAFT_KINDS; kind++)
    n_unwritten += g_hash_table_size (self->unwritten_drafts[kind]);
  if (self->writing_drafts || n_unwritten == 0)
    return;

  drafts = g_new0 (Drafts, 1);
  for (guint kind = 0; kind < HANDOVER_N_DRAFT_KINDS; kind++)
    drafts->texts[kind] = take_unwritten (self, kind);

  self->writing_drafts = TRUE;
  handover_mirror_write_async (self->mirror, write_drafts_job, drafts, drafts_free, drafts_written_cb,
                               g_object_ref (self));
}

typedef struct
{
  HandoverOutboxEntry *entry;
  gboolean put;
  char *draft;
  char **files;
  HandoverPreview *quote;
} Exchange;

static void
exchange_free (gpointer data)
{
  Exchange *exchange = data;

  handover_outbox_entry_unref (exchange->entry);
  g_free (exchange->draft);
  g_strfreev (exchange->files);
  g_clear_object (&exchange->quote);
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

  if (exchange->put
      && (!handover_outbox_store_insert (handle->database, entry, error)
          || !handover_outbox_file_store_send (handle->database, entry->id, exchange->files, error)))
    return FALSE;
  if (!exchange->put
      && (!handover_database_run (handle->database, "outbox.delete", error, "t", entry->id)
          || !handover_outbox_file_store_take_back (handle->database, exchange->files, error)))
    return FALSE;

  if (entry->kind == HANDOVER_OUTBOX_REPLY
      && !handover_outbox_store_put_quote (handle->database, entry->conversation_id, exchange->quote, error))
    return FALSE;

  return handover_outbox_store_put_draft (handle->database, entry->conversation_id,
                                          handover_outbox_entry_get_draft (entry), exchange->draft, error);
}

/* What came back answers what it answered, unless the operator has begun to answer something else. */
static HandoverPreview *
exchange_quote (HandoverOutbox      *self,
                HandoverOutboxEntry *entry)
{
  HandoverPreview *quote = handover_outbox_get_quote (self, entry->conversation_id);

  if (entry->state != HANDOVER_OUTBOX_DONE)
    quote = NULL;
  else if (quote == NULL)
    quote = entry->quote;
  handover_outbox_keep_quote (self, entry->conversation_id, quote);

  return quote;
}

/*
 * handover_outbox_exchange:
 * @entry: a reply or note that has just been made, or, if it is done, one that is not going to be sent
 * @draft: (nullable): what its conversation's draft of that kind is from now on
 *
 * Stores both in one transaction, with the files: a crash neither takes anything nor leaves it in two places.
 */
void
handover_outbox_exchange (HandoverOutbox      *self,
                          HandoverOutboxEntry *entry,
                          const char          *draft,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  HandoverDraftKind kind = handover_outbox_entry_get_draft (entry);
  Exchange *exchange = g_new0 (Exchange, 1);

  if (draft != NULL)
    g_hash_table_insert (self->drafts[kind], g_strdup (entry->conversation_id), g_strdup (draft));
  else
    g_hash_table_remove (self->drafts[kind], entry->conversation_id);
  g_hash_table_remove (self->unwritten_drafts[kind], entry->conversation_id);

  exchange->entry = handover_outbox_entry_ref (entry);
  exchange->put = entry->state != HANDOVER_OUTBOX_DONE;
  exchange->draft = g_strdup (draft);
  exchange->files = handover_outbox_entry_list_files (entry);
  if (entry->kind == HANDOVER_OUTBOX_REPLY)
    g_set_object (&exchange->quote, exchange_quote (self, entry));
  if (!exchange->put)
    handover_outbox_return_files (self, entry);
  handover_mirror_write_async (self->mirror, exchange_job, exchange, exchange_free, callback, user_data);
}

/**
 * handover_outbox_set_draft:
 * @self: an outbox
 * @conversation_id: a conversation
 * @kind: for whom it is
 * @text: (nullable): what is being written there; %NULL or empty for nothing
 *
 * Keeps a draft. It may be called at each keystroke.
 */
void
handover_outbox_set_draft (HandoverOutbox    *self,
                           const char        *conversation_id,
                           HandoverDraftKind  kind,
                           const char        *text)
{
  g_return_if_fail (HANDOVER_IS_OUTBOX (self));
  g_return_if_fail (conversation_id != NULL && kind < HANDOVER_N_DRAFT_KINDS);

  if (text != NULL && *text == '\0')
    text = NULL;
  if (g_strcmp0 (g_hash_table_lookup (self->drafts[kind], conversation_id), text) == 0)
    return;

  if (text != NULL)
    g_hash_table_insert (self->drafts[kind], g_strdup (conversation_id), g_strdup (text));
  else
    {
      g_hash_table_remove (self->drafts[kind], conversation_id);
      g_hash_table_remove (self->reasons[kind], conversation_id);
    }
  g_hash_table_add (self->unwritten_drafts[kind], g_strdup (conversation_id));
  write_drafts (self);
}

/**
 * handover_outbox_get_draft:
 * @self: an outbox
 * @conversation_id: a conversation
 * @kind: for whom it is
 *
 * Returns: (transfer none) (nullable): what was being written there
 */
const char *
handover_outbox_get_draft (HandoverOutbox    *self,
                           const char        *conversation_id,
                           HandoverDraftKind  kind)
{
  g_return_val_if_fail (HANDOVER_IS_OUTBOX (self), NULL);
  g_return_val_if_fail (conversation_id != NULL && kind < HANDOVER_N_DRAFT_KINDS, NULL);

  return g_hash_table_lookup (self->drafts[kind], conversation_id);
}

/**
 * handover_outbox_get_reason:
 * @self: an outbox
 * @conversation_id: a conversation
 * @kind: for whom it is
 *
 * Says why a text lies in the draft that was to be sent, until the draft is sent or emptied.
 *
 * Returns: (transfer none) (nullable): a text for people to read; %NULL if nothing came back
 */
const char *
handover_outbox_get_reason (HandoverOutbox    *self,
                            const char        *conversation_id,
                            HandoverDraftKind  kind)
{
  g_return_val_if_fail (HANDOVER_IS_OUTBOX (self), NULL);
  g_return_val_if_fail (conversation_id != NULL && kind < HANDOVER_N_DRAFT_KINDS, NULL);

  return g_hash_table_lookup (self->reasons[kind], conversation_id);
}
