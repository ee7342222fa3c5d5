/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#define G_LOG_DOMAIN "handover-download"

#include "service/http/handover-download.h"

#include "service/http/handover-reception.h"
#include "service/store/handover-store-attachments.h"

/**
 * HandoverDownload:
 *
 * Writes an answer that is a file. A part is read when the one before it is written, so that a slow reader holds no more
 * of it in memory.
 */
typedef struct
{
  HandoverCall *call;
  HandoverWorkers *workers;
  HandoverTransfers *transfers;
  GBytes *part;
  gint64 at;
  gint64 end;
  gboolean begun;
  gboolean busy;
  gboolean over;
} HandoverDownload;

static void
end (HandoverDownload *self)
{
  self->over = TRUE;
  g_signal_handlers_disconnect_by_data (self->call->message, self);
  if (self->busy)
    return;

  handover_transfers_end (self->transfers, self->call->exchange.principal.id);
  handover_call_free (self->call);
  g_clear_pointer (&self->part, g_bytes_unref);
  g_object_unref (self->workers);
  g_free (self);
}

static void
left_cb (SoupServerMessage *message,
         gpointer           data)
{
  end (data);
}

/* Half of an answer is no answer: who waits for the rest must see that it does not come. */
static void
break_off (HandoverDownload *self,
           const GError     *error)
{
  g_autoptr (GIOStream) connection = NULL;

  g_warning ("A file could not be read to its end: %s", error->message);
  g_signal_handlers_disconnect_by_data (self->call->message, self);
  connection = handover_reception_steal (self->call->message);
  g_io_stream_close_async (connection, G_PRIORITY_DEFAULT, NULL, NULL, NULL);
  end (self);
}

static gboolean
read_part (gpointer   store,
           gpointer   data,
           GError   **error)
{
  HandoverDownload *self = data;

  self->part = handover_store_read_attachment_part (store, self->call->exchange.principal.business_id,
                                                    self->call->exchange.response->file.id,
                                                    self->at / HANDOVER_ATTACHMENT_PART, error);
  return self->part != NULL;
}

static void
write_part (HandoverDownload *self)
{
  SoupMessageBody *body = soup_server_message_get_response_body (self->call->message);
  gint64 skipped = self->at % HANDOVER_ATTACHMENT_PART;
  gint64 length = MIN ((gint64) g_bytes_get_size (self->part) - skipped, self->end - self->at);
  g_autoptr (GBytes) wanted = g_bytes_new_from_bytes (self->part, skipped, length);

  g_clear_pointer (&self->part, g_bytes_unref);
  self->at += length;
  soup_message_body_append_bytes (body, wanted);
  soup_server_message_unpause (self->call->message);
}

static void read_cb (GObject      *object,
                     GAsyncResult *result,
                     gpointer      data);

static void
wrote_chunk_cb (SoupServerMessage *message,
                gpointer           data)
{
  HandoverDownload *self = data;

  if (self->at >= self->end)
    return;

  self->busy = TRUE;
  handover_workers_read_async (self->workers, read_part, self, NULL, NULL, read_cb, self);
}

static void
write_head (HandoverDownload *self)
{
  SoupServerMessage *message = self->call->message;

  self->begun = TRUE;
  handover_calls_log (self->call->calls, message, self->call->exchange.response->status);
  handover_call_write_headers (self->call);
  soup_message_headers_set_content_length (soup_server_message_get_response_headers (message), self->end - self->at);
  soup_message_body_set_accumulate (soup_server_message_get_response_body (message), FALSE);
  g_signal_connect (message, "wrote-chunk", G_CALLBACK (wrote_chunk_cb), self);
  g_signal_connect (message, "finished", G_CALLBACK (left_cb), self);
  g_signal_connect (message, "disconnected", G_CALLBACK (left_cb), self);
}

/* What was said of the file is not true of the problem. */
static void
answer_problem (HandoverCall *call,
                const GError *error)
{
  g_hash_table_remove_all (call->exchange.response->headers);
  handover_call_fail (call, error);
}

/* Nothing is written yet, so there can be another answer. */
static void
fail (HandoverDownload *self,
      const GError     *error)
{
  HandoverCall *call = self->call;

  handover_transfers_end (self->transfers, call->exchange.principal.id);
  g_object_unref (self->workers);
  g_free (self);
  answer_problem (call, error);
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      data)
{
  HandoverDownload *self = data;
  g_autoptr (GError) error = NULL;
  gboolean done = handover_workers_finish (HANDOVER_WORKERS (object), result, &error);

  self->busy = FALSE;
  if (self->over || self->call->left)
    {
      end (self);
    }
  else if (!done)
    {
      if (self->begun)
        break_off (self, error);
      else
        fail (self, error);
    }
  else
    {
      if (!self->begun)
        write_head (self);
      write_part (self);
    }
}

/**
 * handover_download_begin:
 * @call: (transfer full): a call whose answer is a file, and whose message is paused
 * @workers: runs the jobs
 * @transfers: counts the downloads; outlives the call
 *
 * Begins to answer with a file.
 */
void
handover_download_begin (HandoverCall      *call,
                         HandoverWorkers   *workers,
                         HandoverTransfers *transfers)
{
  HandoverResponse *response = call->exchange.response;
  HandoverDownload *self;
  g_autoptr (GError) error = NULL;

  if (!handover_transfers_begin (transfers, call->exchange.principal.id, &error))
    {
      answer_problem (call, error);
      return;
    }

  self = g_new0 (HandoverDownload, 1);
  self->call = call;
  self->workers = g_object_ref (workers);
  self->transfers = transfers;
  self->at = response->file.offset;
  self->end = response->file.offset + response->file.length;
  self->busy = TRUE;
  handover_workers_read_async (workers, read_part, self, NULL, NULL, read_cb, self);
}
