/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#define G_LOG_DOMAIN "handover-outbox-files"

#include "client/store/handover-outbox-files.h"

#include "client/store/handover-file-folder.h"
#include "client/store/handover-mirror-private.h"
#include "client/store/handover-outbox-file-store.h"
#include "client/store/handover-outbox-files-private.h"

/*
 * handover_outbox_get_draft_files:
 *
 * Returns: (transfer none): the files of a draft
 */
GListStore *
handover_outbox_get_draft_files (HandoverOutbox    *self,
                                 const char        *conversation_id,
                                 HandoverDraftKind  kind)
{
  GListStore *files = g_hash_table_lookup (self->files[kind], conversation_id);

  if (files == NULL)
    {
      files = g_list_store_new (HANDOVER_TYPE_DRAFT_FILE);
      g_hash_table_insert (self->files[kind], g_strdup (conversation_id), files);
    }

  return files;
}

/**
 * handover_outbox_get_files:
 * @self: an outbox
 * @conversation_id: a conversation
 * @kind: for whom the draft is
 *
 * Lists the files that go with a draft. They go with the reply or note that the draft becomes, and come back with it.
 *
 * Returns: (transfer none): a list of #HandoverDraftFile that changes with the draft
 */
GListModel *
handover_outbox_get_files (HandoverOutbox    *self,
                           const char        *conversation_id,
                           HandoverDraftKind  kind)
{
  g_return_val_if_fail (HANDOVER_IS_OUTBOX (self), NULL);
  g_return_val_if_fail (conversation_id != NULL && kind < HANDOVER_N_DRAFT_KINDS, NULL);

  return G_LIST_MODEL (handover_outbox_get_draft_files (self, conversation_id, kind));
}

/* --- What happens to entries --- */

typedef struct
{
  char *folder;
  GHashTable *known;
  gint64 before;
} Sweep;

static void
sweep_free (gpointer data)
{
  Sweep *sweep = data;

  g_free (sweep->folder);
  g_hash_table_unref (sweep->known);
  g_free (sweep);
}

static void
sweep_thread (GTask        *task,
              gpointer      source_object,
              gpointer      task_data,
              GCancellable *cancellable)
{
  Sweep *sweep = task_data;

  handover_file_folder_sweep (sweep->folder, sweep->known, sweep->before);
  g_task_return_boolean (task, TRUE);
}

static void
run_in_thread (GTaskThreadFunc func,
               gpointer        data,
               GDestroyNotify  data_free)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, NULL, NULL);

  g_task_set_source_tag (task, run_in_thread);
  g_task_set_task_data (task, data, data_free);
  g_task_run_in_thread (task, func);
}

static HandoverOutboxEntry *
find_entry (GPtrArray  *entries,
            const char *id)
{
  for (guint i = 0; i < entries->len; i++)
    {
      HandoverOutboxEntry *entry = g_ptr_array_index (entries, i);

      if (g_str_equal (entry->id, id))
        return entry;
    }

  return NULL;
}

static void
place_row (HandoverOutbox       *self,
           GPtrArray            *entries,
           HandoverDraftFileRow *row)
{
  HandoverOutboxEntry *entry = row->entry_id != NULL ? find_entry (entries, row->entry_id) : NULL;

  if (entry == NULL)
    {
      g_list_store_append (handover_outbox_get_draft_files (self, row->conversation_id, row->kind), row->file);
      return;
    }
  if (entry->files == NULL)
    entry->files = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (entry->files, g_object_ref (row->file));
}

/*
 * handover_outbox_load_files:
 * @entries: (element-type HandoverOutboxEntry): what waits to be sent
 *
 * Reads the files of drafts and entries, and forgets copies that nothing names.
 *
 * Returns: %FALSE on error
 */
gboolean
handover_outbox_load_files (HandoverOutbox  *self,
                            GPtrArray       *entries,
                            GError         **error)
{
  g_autoptr (GPtrArray) rows = handover_outbox_file_store_read (self->mirror->reader, self->folder, error);
  Sweep *sweep;

  if (rows == NULL)
    return FALSE;

  sweep = g_new0 (Sweep, 1);
  sweep->folder = g_strdup (self->folder);
  sweep->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  sweep->before = g_get_real_time () / G_USEC_PER_SEC;
  for (guint i = 0; i < rows->len; i++)
    {
      HandoverDraftFileRow *row = g_ptr_array_index (rows, i);

      place_row (self, entries, row);
      g_hash_table_add (sweep->known, g_strdup (handover_draft_file_get_attachment (row->file)->id));
    }
  run_in_thread (sweep_thread, sweep, sweep_free);

  return TRUE;
}

/*
 * handover_outbox_take_files:
 *
 * Takes the files out of a draft, for the entry that it becomes.
 *
 * Returns: (transfer full) (nullable) (element-type HandoverDraftFile): the files in order
 */
GPtrArray *
handover_outbox_take_files (HandoverOutbox    *self,
                            const char        *conversation_id,
                            HandoverDraftKind  kind)
{
  GListStore *files = g_hash_table_lookup (self->files[kind], conversation_id);
  GPtrArray *taken;

  if (files == NULL || g_list_model_get_n_items (G_LIST_MODEL (files)) == 0)
    return NULL;

  taken = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (files)); i++)
    g_ptr_array_add (taken, g_list_model_get_item (G_LIST_MODEL (files), i));
  g_list_store_remove_all (files);
  return taken;
}

/*
 * handover_outbox_return_files:
 *
 * Puts the files of an entry that is not going to be sent before those of its draft.
 */
void
handover_outbox_return_files (HandoverOutbox      *self,
                              HandoverOutboxEntry *entry)
{
  GListStore *files;

  if (entry->files == NULL)
    return;

  files = handover_outbox_get_draft_files (self, entry->conversation_id, handover_outbox_entry_get_draft (entry));
  g_list_store_splice (files, 0, 0, entry->files->pdata, entry->files->len);
  g_clear_pointer (&entry->files, g_ptr_array_unref);
}

/*
 * handover_outbox_forget_files:
 *
 * Empties the drafts of a conversation that is gone. The copies go at the next start.
 */
void
handover_outbox_forget_files (HandoverOutbox *self,
                              const char     *conversation_id)
{
  for (guint kind = 0; kind < HANDOVER_N_DRAFT_KINDS; kind++)
    {
      GListStore *files = g_hash_table_lookup (self->files[kind], conversation_id);

      if (files != NULL)
        g_list_store_remove_all (files);
    }
}

typedef struct
{
  char *folder;
  GPtrArray *files;
} Keeping;

static void
keeping_free (gpointer data)
{
  Keeping *keeping = data;

  g_free (keeping->folder);
  g_ptr_array_unref (keeping->files);
  g_free (keeping);
}

static void
keep_thread (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  Keeping *keeping = task_data;

  for (guint i = 0; i < keeping->files->len; i++)
    {
      HandoverDraftFile *file = g_ptr_array_index (keeping->files, i);
      HandoverAttachment *attachment = handover_draft_file_get_attachment (file);

      handover_file_folder_adopt (keeping->folder, attachment->id, handover_draft_file_get_uploaded (file),
                                  attachment->name);
    }
  g_task_return_boolean (task, TRUE);
}

/*
 * handover_outbox_keep_sent_files:
 *
 * Keeps what was sent where downloads lie, so that nobody has to download their own picture.
 */
void
handover_outbox_keep_sent_files (HandoverOutbox      *self,
                                 HandoverOutboxEntry *entry)
{
  Keeping *keeping;

  if (entry->files == NULL)
    return;

  keeping = g_new0 (Keeping, 1);
  keeping->folder = g_strdup (self->folder);
  keeping->files = g_ptr_array_ref (entry->files);
  run_in_thread (keep_thread, keeping, keeping_free);
}

/* --- Removing and finding --- */

static gboolean
delete_job (HandoverMirrorHandle  *handle,
            gpointer               data,
            HandoverChanges       *changes,
            GError               **error)
{
  HandoverAttachment *attachment = data;

  return handover_database_run (handle->database, "draft_file.delete", error, "t", attachment->id);
}

static void
copy_deleted_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  if (!g_file_delete_finish (G_FILE (source), result, &error))
    g_debug ("A copy stays until the next start: %s", error->message);
}

static void
deleted_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (HandoverOutbox) self = handover_outbox_finish_write (source, result, user_data);
}

/**
 * handover_outbox_remove_file:
 * @self: an outbox
 * @file: a file of a draft
 *
 * Takes a file out of its draft; what is on its way to the service is withdrawn first, with its message.
 */
void
handover_outbox_remove_file (HandoverOutbox    *self,
                             HandoverDraftFile *file)
{
  g_return_if_fail (HANDOVER_IS_OUTBOX (self));
  g_return_if_fail (HANDOVER_IS_DRAFT_FILE (file));

  for (guint kind = 0; kind < HANDOVER_N_DRAFT_KINDS; kind++)
    {
      GHashTableIter iter;
      gpointer files;
      guint place;

      g_hash_table_iter_init (&iter, self->files[kind]);
      while (g_hash_table_iter_next (&iter, NULL, &files))
        {
          g_autoptr (HandoverDraftFile) held = g_object_ref (file);

          if (!g_list_store_find (files, file, &place))
            continue;

          g_list_store_remove (files, place);
          handover_mirror_write_async (self->mirror, delete_job,
                                       g_object_ref (handover_draft_file_get_attachment (held)), g_object_unref,
                                       deleted_cb, g_object_ref (self));
          g_file_delete_async (handover_draft_file_get_file (held), G_PRIORITY_DEFAULT, NULL, copy_deleted_cb, NULL);
          return;
        }
    }
}

/**
 * handover_outbox_get_sending_file:
 * @self: an outbox
 * @attachment_id: the id of an attachment of an unsent message
 *
 * Finds the file that an unsent message shows, with the progress of its upload.
 *
 * Returns: (transfer none) (nullable): the file; %NULL if the message is not waiting here
 */
HandoverDraftFile *
handover_outbox_get_sending_file (HandoverOutbox *self,
                                  const char     *attachment_id)
{
  g_autoptr (GPtrArray) all = NULL;

  g_return_val_if_fail (HANDOVER_IS_OUTBOX (self), NULL);
  g_return_val_if_fail (attachment_id != NULL, NULL);

  all = handover_outbox_list (self);
  for (guint i = 0; i < all->len; i++)
    {
      HandoverOutboxEntry *entry = g_ptr_array_index (all, i);

      for (guint j = 0; entry->files != NULL && j < entry->files->len; j++)
        {
          HandoverDraftFile *file = g_ptr_array_index (entry->files, j);

          if (g_str_equal (handover_draft_file_get_attachment (file)->id, attachment_id))
            return file;
        }
    }

  return NULL;
}
