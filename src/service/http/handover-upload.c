/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/http/handover-upload.h"

#include "core/handover-problem.h"
#include "service/http/handover-deadlines.h"
#include "service/http/handover-pipeline.h"
#include "service/http/handover-reception.h"
#include "service/store/handover-attachment-writer.h"

#define UPLOAD_DATA "handover-upload"

/**
 * HandoverUpload:
 *
 * Takes in a body that is a file. Who sends it is asked before the first byte is read; then each part is stored before
 * more is read, so that a fast sender waits and memory holds no more than a part. A body that came to its end goes
 * through the pipeline like any other request.
 */
struct _HandoverUpload
{
  HandoverCall *call;
  HandoverWorkers *workers;
  HandoverTransfers *transfers;
  HandoverAttachmentWriter *writer;
  char *caller;
  gboolean busy;
  gboolean over;
};

/* Whoever left while a job was under way is missed when it is done. */
static void
end (HandoverUpload *self)
{
  self->over = TRUE;
  g_signal_handlers_disconnect_by_data (self->call->message, self);
  if (!self->busy)
    handover_call_free (self->call);
}

static void
refuse (HandoverUpload *self,
        const GError   *error)
{
  g_autoptr (GError) problem = handover_exchange_explain (error);

  g_signal_handlers_disconnect_by_data (self->call->message, self);
  handover_reception_refuse (self->call->message, problem);
  end (self);
}

static void
go_on (HandoverUpload *self)
{
  handover_deadlines_extend (self->call->message);
  soup_server_message_unpause (self->call->message);
}

static void
flushed_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      data)
{
  HandoverUpload *self = data;
  g_autoptr (GError) error = NULL;
  gboolean stored = handover_attachment_writer_flush_finish (self->writer, HANDOVER_WORKERS (object), result, &error);

  self->busy = FALSE;
  if (self->over)
    end (self);
  else if (!stored)
    refuse (self, error);
  else
    go_on (self);
}

static void
got_chunk_cb (SoupServerMessage *message,
              GBytes            *chunk,
              gpointer           data)
{
  HandoverUpload *self = data;
  gsize size;
  gconstpointer bytes = g_bytes_get_data (chunk, &size);
  g_autoptr (GError) error = NULL;

  /* It may have been counted too large a moment ago. */
  if (handover_reception_get (message)->refused)
    {
      end (self);
      return;
    }
  if (!handover_attachment_writer_add (self->writer, bytes, size, &error))
    {
      refuse (self, error);
      return;
    }
  if (!handover_attachment_writer_is_full (self->writer))
    return;

  soup_server_message_pause (message);
  self->busy = TRUE;
  handover_attachment_writer_flush_async (self->writer, self->workers, flushed_cb, self);
}

static void
left_cb (SoupServerMessage *message,
         gpointer           data)
{
  end (data);
}

static void
looked_up_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      data)
{
  HandoverUpload *self = data;
  HandoverPrincipal *principal = &self->call->exchange.principal;
  g_autoptr (GError) error = NULL;
  gboolean admitted = handover_workers_finish (HANDOVER_WORKERS (object), result, &error);

  self->busy = FALSE;
  if (self->over)
    {
      end (self);
      return;
    }
  if (!admitted || !handover_transfers_begin (self->transfers, principal->id, &error))
    {
      refuse (self, error);
      return;
    }

  self->caller = g_strdup (principal->id);
  self->writer = handover_attachment_writer_new (principal->business_id, principal->id,
                                                 self->call->exchange.request->prepared);
  go_on (self);
}

/**
 * handover_upload_begin:
 * @call: (transfer full): a call with a route for uploads, whose message's head has come
 * @workers: runs the jobs
 * @transfers: counts the uploads; outlives the call
 *
 * Begins to take in the body of a message.
 */
void
handover_upload_begin (HandoverCall      *call,
                       HandoverWorkers   *workers,
                       HandoverTransfers *transfers)
{
  HandoverUpload *self = g_new0 (HandoverUpload, 1);

  self->call = call;
  self->workers = g_object_ref (workers);
  self->transfers = transfers;
  call->upload = self;
  g_object_set_data (G_OBJECT (call->message), UPLOAD_DATA, self);
  soup_message_body_set_accumulate (soup_server_message_get_request_body (call->message), FALSE);
  g_signal_connect (call->message, "got-chunk", G_CALLBACK (got_chunk_cb), self);
  g_signal_connect (call->message, "finished", G_CALLBACK (left_cb), self);
  g_signal_connect (call->message, "disconnected", G_CALLBACK (left_cb), self);

  soup_server_message_pause (call->message);
  self->busy = TRUE;
  handover_workers_read_async (workers, handover_pipeline_look_up, &call->exchange, NULL, NULL, looked_up_cb, self);
}

static void
release (gpointer data)
{
  handover_attachment_writer_unref (data);
}

/**
 * handover_upload_take:
 * @message: a message that has come in full
 *
 * Ends the reading of a body that is a file. The request is left with what tells its bytes from others', for repeats, and
 * with the writer, for the route to finish.
 *
 * Returns: (transfer full) (nullable): the call to go on with; %NULL if the message is no upload
 */
HandoverCall *
handover_upload_take (SoupServerMessage *message)
{
  HandoverUpload *self = g_object_get_data (G_OBJECT (message), UPLOAD_DATA);
  HandoverRequest *request;

  if (self == NULL)
    return NULL;

  g_signal_handlers_disconnect_by_data (message, self);
  request = self->call->exchange.request;
  g_clear_pointer (&request->data, g_bytes_unref);
  request->data = handover_attachment_writer_get_hash (self->writer);
  handover_request_set_prepared (request, handover_attachment_writer_ref (self->writer), release);
  return self->call;
}

/**
 * handover_upload_free:
 * @self: (transfer full): an upload whose call ends
 *
 * Frees it. A file that no answer told of is taken away again.
 */
void
handover_upload_free (HandoverUpload *self)
{
  g_object_set_data (G_OBJECT (self->call->message), UPLOAD_DATA, NULL);
  if (self->writer != NULL)
    {
      if (!self->call->done || !handover_attachment_writer_is_finished (self->writer))
        handover_attachment_writer_discard (self->writer, self->workers);
      handover_attachment_writer_unref (self->writer);
      handover_transfers_end (self->transfers, self->caller);
    }
  g_free (self->caller);
  g_object_unref (self->workers);
  g_free (self);
}
