/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#define G_LOG_DOMAIN "handover-outbox-upload"

#include "client/store/handover-outbox-files-private.h"

#include "client/store/handover-mirror-private.h"

/* Of all conversations at once: calls must not wait behind files. */
#define UPLOADS 2

typedef struct
{
  HandoverSending *sending;
  HandoverDraftFile *file;
} Upload;

static void
upload_free (gpointer data)
{
  Upload *upload = data;

  handover_sending_free (upload->sending);
  g_object_unref (upload->file);
  g_free (upload);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Upload, upload_free)

typedef struct
{
  char *id;
  char *key;
  char *uploaded;
} Mark;

static void
mark_free (gpointer data)
{
  Mark *mark = data;

  g_free (mark->id);
  g_free (mark->key);
  g_free (mark->uploaded);
  g_free (mark);
}

static gboolean
mark_job (HandoverMirrorHandle  *handle,
          gpointer               data,
          HandoverChanges       *changes,
          GError               **error)
{
  Mark *mark = data;

  return handover_database_run (handle->database, "draft_file.set_uploaded", error, "ttt", mark->id, mark->key,
                                mark->uploaded);
}

static void
marked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (HandoverOutbox) self = handover_outbox_finish_write (source, result, user_data);
}

/* Lost in a crash, it only costs another upload. */
static void
store_mark (HandoverOutbox    *self,
            HandoverDraftFile *file)
{
  Mark *mark = g_new0 (Mark, 1);

  mark->id = g_strdup (handover_draft_file_get_attachment (file)->id);
  mark->key = g_strdup (handover_draft_file_get_key (file));
  mark->uploaded = g_strdup (handover_draft_file_get_uploaded (file));
  handover_mirror_write_async (self->mirror, mark_job, mark, mark_free, marked_cb, g_object_ref (self));
}

static HandoverDraftFile *
find_next (HandoverOutboxEntry *entry)
{
  for (guint i = 0; entry->files != NULL && i < entry->files->len; i++)
    {
      HandoverDraftFile *file = g_ptr_array_index (entry->files, i);

      if (handover_draft_file_get_uploaded (file) == NULL)
        return file;
    }

  return NULL;
}

static void
progress_cb (goffset  current,
             goffset  total,
             gpointer data)
{
  Upload *upload = data;

  if (upload->sending->entry->state == HANDOVER_OUTBOX_UPLOADING && total > 0)
    handover_draft_file_set_progress (upload->file, (double) current / (double) total);
}

static void
uploaded_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (Upload) upload = user_data;
  HandoverOutbox *self = upload->sending->outbox;
  HandoverOutboxEntry *entry = upload->sending->entry;
  g_autoptr (GError) error = NULL;
  g_autoptr (HandoverAttachment) attachment = handover_gateway_upload_finish (HANDOVER_GATEWAY (source), result, &error);

  self->n_uploads--;
  if (attachment != NULL)
    {
      handover_draft_file_set_uploaded (upload->file, attachment->id);
      store_mark (self, upload->file);
    }
  else
    {
      handover_draft_file_set_progress (upload->file, 0);
    }

  /* Whatever became of the entry meanwhile, there is room for another's file now. */
  if (entry->state != HANDOVER_OUTBOX_UPLOADING)
    {
      handover_outbox_pump (self);
      return;
    }

  if (!handover_outbox_conclude (self, entry, error))
    return;

  if (attachment != NULL)
    self->retry_seconds = HANDOVER_OUTBOX_RETRY_FIRST_SECONDS;
  else
    handover_outbox_refused (self, entry, error);
  handover_outbox_pump (self);
}

/*
 * handover_outbox_upload_next:
 * @entry: the first entry of its conversation, which is queued
 *
 * Begins to upload the next of its files, as long as there is one: what is not all there is not sent.
 *
 * Returns: whether it has to wait for a file
 */
gboolean
handover_outbox_upload_next (HandoverOutbox      *self,
                             HandoverOutboxEntry *entry)
{
  HandoverDraftFile *file = find_next (entry);
  HandoverAttachment *attachment;
  Upload *upload;

  if (file == NULL)
    return FALSE;
  if (self->n_uploads >= UPLOADS)
    return TRUE;

  attachment = handover_draft_file_get_attachment (file);
  upload = g_new0 (Upload, 1);
  upload->sending = handover_sending_new (self, entry);
  upload->file = g_object_ref (file);
  g_clear_object (&entry->uploading);
  entry->uploading = g_cancellable_new ();
  entry->state = HANDOVER_OUTBOX_UPLOADING;
  self->n_uploads++;
  handover_gateway_upload_async (self->gateway, handover_draft_file_get_file (file), attachment->name, attachment->size,
                                 handover_draft_file_get_key (file), progress_cb, upload, entry->uploading, uploaded_cb,
                                 upload);
  return TRUE;
}

/*
 * handover_outbox_upload_anew:
 * @entry: an entry that the service refused for what is in it
 *
 * The service removes files that no message used for a day, and a note may wait for longer. Uploads its files once more,
 * but not for ever.
 *
 * Returns: whether there is hope
 */
gboolean
handover_outbox_upload_anew (HandoverOutbox      *self,
                             HandoverOutboxEntry *entry)
{
  if (entry->files == NULL || entry->renewed)
    return FALSE;

  entry->renewed = TRUE;
  for (guint i = 0; i < entry->files->len; i++)
    {
      HandoverDraftFile *file = g_ptr_array_index (entry->files, i);
      g_autofree char *key = g_uuid_string_random ();

      handover_draft_file_set_key (file, key);
      handover_draft_file_set_uploaded (file, NULL);
      store_mark (self, file);
    }

  return TRUE;
}

/*
 * handover_outbox_stop_uploads:
 *
 * Breaks off what is on its way; it begins anew when there is a connection.
 */
void
handover_outbox_stop_uploads (HandoverOutbox *self)
{
  g_autoptr (GPtrArray) all = handover_outbox_list (self);

  for (guint i = 0; i < all->len; i++)
    g_cancellable_cancel (((HandoverOutboxEntry *) g_ptr_array_index (all, i))->uploading);
}
