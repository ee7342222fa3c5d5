/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/streams/handover-stream-source.h"

#include "service/http/handover-pipeline.h"
#include "service/store/handover-store-events.h"

#define PAGE_LINES 64

/* Reads the log for streams that catch up. It lives on the main thread, where the workers' answers arrive. */
struct _HandoverStreamSource
{
  gatomicrefcount references;
  GMainContext *main_context;
  HandoverWorkers *workers;
  HandoverFanOut *fan_out;
};

typedef struct
{
  HandoverStreamSource *source;
  guint64 stream;
  HandoverPrincipal principal;
  gint64 after;
  GPtrArray *lines;
  gint64 end;
  gboolean more;
} Page;

static HandoverStreamSource *
source_ref (HandoverStreamSource *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

static void
page_free (gpointer data)
{
  Page *page = data;

  g_clear_pointer (&page->lines, g_ptr_array_unref);
  handover_principal_clear (&page->principal);
  handover_stream_source_free (page->source);
  g_free (page);
}

/* On a reader's thread. Who was let in once may have been shut out since, so that is looked at again. If what comes next
 * was removed meanwhile, the stream ends: a gap would go unnoticed. */
static gboolean
read_page (gpointer   store,
           gpointer   job,
           GError   **error)
{
  Page *page = job;
  const char *business_id = page->principal.business_id;

  if (!handover_pipeline_verify (store, &page->principal, error) ||
      !handover_store_check_cursor (store, business_id, page->after, error))
    return FALSE;

  page->lines = handover_store_list_events (store, business_id, page->after, PAGE_LINES, error);
  if (page->lines == NULL)
    return FALSE;

  page->more = page->lines->len == PAGE_LINES;
  if (page->more)
    {
      HandoverLogLine *last = g_ptr_array_index (page->lines, page->lines->len - 1);

      page->end = last->sequence;
      return TRUE;
    }

  return handover_store_get_sequence (store, business_id, &page->end, error);
}

static void
page_read_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      data)
{
  Page *page = handover_workers_get_job (result);
  HandoverFanOut *fan_out = page->source->fan_out;
  gboolean done = handover_workers_finish (HANDOVER_WORKERS (object), result, NULL);

  if (fan_out == NULL)
    return;

  if (done)
    handover_fan_out_deliver (fan_out, page->stream, page->lines, page->end, page->more);
  else
    handover_fan_out_refuse (fan_out, page->stream);
}

static gboolean
start_page (gpointer data)
{
  Page *page = data;

  if (page->source->workers != NULL)
    handover_workers_read_async (page->source->workers, read_page, page, page_free, NULL, page_read_cb, NULL);
  else
    page_free (page);

  return G_SOURCE_REMOVE;
}

/**
 * handover_stream_source_new:
 *
 * Makes a source for the thread that calls it.
 *
 * Returns: (transfer full): a source
 */
HandoverStreamSource *
handover_stream_source_new (void)
{
  HandoverStreamSource *self = g_new0 (HandoverStreamSource, 1);

  g_atomic_ref_count_init (&self->references);
  self->main_context = g_main_context_ref_thread_default ();

  return self;
}

/**
 * handover_stream_source_free:
 * @self: (transfer full): a source
 *
 * Gives the source back; pages that are under way keep it a little longer.
 */
void
handover_stream_source_free (HandoverStreamSource *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;

  g_main_context_unref (self->main_context);
  g_free (self);
}

/**
 * handover_stream_source_connect:
 * @self: a source
 * @workers: (nullable): reads the log
 * @fan_out: (nullable): wants it; %NULL before it is freed
 *
 * Says between whom the source stands. Both outlive the next call.
 */
void
handover_stream_source_connect (HandoverStreamSource *self,
                                HandoverWorkers      *workers,
                                HandoverFanOut       *fan_out)
{
  self->workers = workers;
  self->fan_out = fan_out;
}

/**
 * handover_stream_source_fetch:
 * @stream: the stream's number
 * @principal: who reads it
 * @after: the number after which lines are wanted
 * @source: a #HandoverStreamSource
 *
 * Fetches a page of the log; a #HandoverFanOutFetch.
 */
void
handover_stream_source_fetch (guint64                  stream,
                              const HandoverPrincipal *principal,
                              gint64                   after,
                              gpointer                 source)
{
  HandoverStreamSource *self = source;
  Page *page = g_new0 (Page, 1);

  page->source = source_ref (self);
  page->stream = stream;
  page->after = after;
  page->principal = *principal;
  page->principal.business_id = g_strdup (principal->business_id);
  page->principal.id = g_strdup (principal->id);
  page->principal.credential_id = g_strdup (principal->credential_id);
  page->principal.name = NULL;
  g_main_context_invoke (self->main_context, start_page, page);
}
