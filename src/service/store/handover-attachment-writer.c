/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#define G_LOG_DOMAIN "handover-attachment-writer"

#include "service/store/handover-attachment-writer.h"

#include "core/handover-file-name.h"
#include "core/handover-file-type.h"
#include "core/handover-problem.h"

/**
 * HandoverAttachmentWriter:
 *
 * Takes a file in as its bytes arrive and stores it part by part, so that no more of it than a part or so is ever in
 * memory. Whoever brings the bytes adds them, flushes when a part is full and waits for that, and in the end finishes
 * inside a write of their own: the last bytes, and what else belongs with the file, are then committed together.
 *
 * One thread at a time has it: between a flush and its callback, and in the job that finishes it, that is the writer's.
 */
struct _HandoverAttachmentWriter
{
  char *business_id;
  char *uploader_id;
  char *id;
  char *name;
  GByteArray *buffer;
  GChecksum *checksum;
  HandoverFileType type;
  guint n_stored;
  gint64 size;
  gboolean finished;
};

static void
writer_clear (gpointer data)
{
  HandoverAttachmentWriter *self = data;

  g_free (self->business_id);
  g_free (self->uploader_id);
  g_free (self->id);
  g_free (self->name);
  g_byte_array_unref (self->buffer);
  g_checksum_free (self->checksum);
}

/**
 * handover_attachment_writer_new:
 * @business_id: whose file it is
 * @uploader_id: the operator, the agent or the channel that brings it
 * @name: (nullable): what they call it
 *
 * Begins to take in a file. Nothing is stored yet.
 *
 * Returns: (transfer full): a writer
 */
HandoverAttachmentWriter *
handover_attachment_writer_new (const char *business_id,
                                const char *uploader_id,
                                const char *name)
{
  HandoverAttachmentWriter *self = g_atomic_rc_box_new0 (HandoverAttachmentWriter);

  self->business_id = g_strdup (business_id);
  self->uploader_id = g_strdup (uploader_id);
  self->id = handover_store_new_id ("at");
  self->name = handover_file_name_clean (name);
  self->buffer = g_byte_array_new ();
  self->checksum = g_checksum_new (G_CHECKSUM_SHA256);
  return self;
}

/**
 * handover_attachment_writer_ref:
 * @self: a writer
 *
 * Returns: (transfer full): the same
 */
HandoverAttachmentWriter *
handover_attachment_writer_ref (HandoverAttachmentWriter *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * handover_attachment_writer_unref:
 * @self: (transfer full): a writer
 *
 * Lets go of it. What was stored without being finished is discarded by handover_attachment_writer_discard(), or else
 * by housekeeping, a day later.
 */
void
handover_attachment_writer_unref (HandoverAttachmentWriter *self)
{
  g_atomic_rc_box_release_full (self, writer_clear);
}

/**
 * handover_attachment_writer_add:
 * @self: a writer
 * @data: (array length=size): the next bytes
 * @size: how many
 * @error: return location for an error, `too_large` when the file is too large now
 *
 * Takes in more bytes. Not to be called while it is flushed.
 *
 * Returns: whether there may be more
 */
gboolean
handover_attachment_writer_add (HandoverAttachmentWriter  *self,
                                gconstpointer              data,
                                gsize                      size,
                                GError                   **error)
{
  if ((gint64) size > HANDOVER_LIMIT_ATTACHMENT - self->size)
    {
      g_set_error (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_TOO_LARGE, "A file must not be larger than %d bytes.",
                   HANDOVER_LIMIT_ATTACHMENT);
      return FALSE;
    }

  self->size += size;
  g_checksum_update (self->checksum, data, size);
  g_byte_array_append (self->buffer, data, size);
  return TRUE;
}

/**
 * handover_attachment_writer_is_full:
 * @self: a writer
 *
 * Says whether it is time to flush.
 *
 * Returns: whether a part is full
 */
gboolean
handover_attachment_writer_is_full (HandoverAttachmentWriter *self)
{
  return self->buffer->len >= HANDOVER_ATTACHMENT_PART;
}

/**
 * handover_attachment_writer_is_finished:
 * @self: a writer
 *
 * Says whether handover_attachment_writer_finish() made a file of it; that it is stored too is for the commit to tell.
 *
 * Returns: whether it is finished
 */
gboolean
handover_attachment_writer_is_finished (HandoverAttachmentWriter *self)
{
  return self->finished;
}

/**
 * handover_attachment_writer_get_hash:
 * @self: a writer
 *
 * Gets the SHA-256 of the name and of all bytes so far, by which a repeated upload is told from another.
 *
 * Returns: (transfer full): 32 bytes
 */
GBytes *
handover_attachment_writer_get_hash (HandoverAttachmentWriter *self)
{
  g_autoptr (GChecksum) checksum = g_checksum_copy (self->checksum);
  guint8 digest[32];
  gsize length = sizeof digest;

  g_checksum_update (checksum, (const guchar *) self->name, -1);
  g_checksum_get_digest (checksum, digest, &length);
  return g_bytes_new (digest, length);
}

static gboolean
begin (HandoverAttachmentWriter  *self,
       HandoverStore             *store,
       GError                   **error)
{
  if (self->n_stored > 0)
    return TRUE;

  handover_file_type_sniff (&self->type, self->buffer->data, self->buffer->len);
  return handover_store_add_attachment (store, self->business_id, self->uploader_id, self->id, self->name, error);
}

static gboolean
store_parts (HandoverAttachmentWriter  *self,
             HandoverStore             *store,
             guint                      least,
             GError                   **error)
{
  guint part = self->n_stored;

  for (guint at = 0; self->buffer->len - at >= least; at += HANDOVER_ATTACHMENT_PART)
    {
      guint length = MIN (self->buffer->len - at, HANDOVER_ATTACHMENT_PART);
      g_autoptr (GBytes) bytes = g_bytes_new (self->buffer->data + at, length);

      if (!handover_store_append_attachment_part (store, self->business_id, self->id, part++, bytes, error))
        return FALSE;
      if (length < HANDOVER_ATTACHMENT_PART)
        break;
    }

  return TRUE;
}

/* Nothing of the writer changes here but what comes out the same another time: the commit may still fail. */
static gboolean
flush (gpointer   store,
       gpointer   data,
       GError   **error)
{
  HandoverAttachmentWriter *self = data;

  return begin (self, store, error) && store_parts (self, store, HANDOVER_ATTACHMENT_PART, error);
}

static void
release (gpointer data)
{
  handover_attachment_writer_unref (data);
}

/**
 * handover_attachment_writer_flush_async:
 * @self: a writer
 * @workers: whose writer stores it
 * @callback: called when that is committed, or failed
 * @user_data: for @callback
 *
 * Stores the parts that are full.
 */
void
handover_attachment_writer_flush_async (HandoverAttachmentWriter *self,
                                        HandoverWorkers          *workers,
                                        GAsyncReadyCallback       callback,
                                        gpointer                  user_data)
{
  handover_workers_write_async (workers, flush, handover_attachment_writer_ref (self), release, NULL, callback,
                                user_data);
}

/**
 * handover_attachment_writer_flush_finish:
 * @self: a writer
 * @workers: what @callback was called with
 * @result: the result
 * @error: return location for an error
 *
 * Ends handover_attachment_writer_flush_async(); more bytes may be added then.
 *
 * Returns: whether they are stored
 */
gboolean
handover_attachment_writer_flush_finish (HandoverAttachmentWriter  *self,
                                         HandoverWorkers           *workers,
                                         GAsyncResult              *result,
                                         GError                   **error)
{
  guint n_parts = self->buffer->len / HANDOVER_ATTACHMENT_PART;

  if (!handover_workers_finish (workers, result, error))
    return FALSE;

  self->n_stored += n_parts;
  g_byte_array_remove_range (self->buffer, 0, n_parts * HANDOVER_ATTACHMENT_PART);
  return TRUE;
}

/**
 * handover_attachment_writer_finish:
 * @self: a writer that got the last bytes
 * @store: the writer's store, in a write
 * @error: return location for an error, `invalid_request` if there were no bytes at all
 *
 * Stores what is left, and tells what the file is. It can be used once that is committed, or in the same write.
 *
 * Returns: (transfer full): the attachment, or %NULL with @error set
 */
HandoverAttachment *
handover_attachment_writer_finish (HandoverAttachmentWriter  *self,
                                   HandoverStore             *store,
                                   GError                   **error)
{
  g_autoptr (HandoverAttachment) attachment = NULL;

  if (self->size == 0)
    {
      g_set_error_literal (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_INVALID_REQUEST,
                           "The file is empty. Send its bytes as the body of the request.");
      return NULL;
    }
  if (!begin (self, store, error) || !store_parts (self, store, 1, error))
    return NULL;

  attachment = g_object_new (HANDOVER_TYPE_ATTACHMENT, NULL);
  attachment->id = g_strdup (self->id);
  attachment->name = g_strdup (self->name);
  attachment->type = g_strdup (self->type.type);
  attachment->size = self->size;
  attachment->width = self->type.width;
  attachment->height = self->type.height;
  if (!handover_store_finish_attachment (store, self->business_id, attachment, error))
    return NULL;

  self->finished = TRUE;
  return g_steal_pointer (&attachment);
}

static gboolean
discard (gpointer   store,
         gpointer   data,
         GError   **error)
{
  HandoverAttachmentWriter *self = data;

  return handover_store_discard_attachment (store, self->business_id, self->id, error);
}

static void
discarded_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (GError) error = NULL;

  if (!handover_workers_finish (HANDOVER_WORKERS (object), result, &error))
    g_debug ("What was stored of an upload stays for a day: %s", error->message);
}

/**
 * handover_attachment_writer_discard:
 * @self: a writer that is not being flushed
 * @workers: whose writer to use
 *
 * Takes away what was stored of a file that is not wanted any more.
 */
void
handover_attachment_writer_discard (HandoverAttachmentWriter *self,
                                    HandoverWorkers          *workers)
{
  if (self->n_stored == 0)
    return;

  handover_workers_write_async (workers, discard, handover_attachment_writer_ref (self), release, NULL, discarded_cb,
                                NULL);
}
