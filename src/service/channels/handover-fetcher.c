/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#define G_LOG_DOMAIN "handover-fetcher"

#include "service/channels/handover-fetcher.h"

#include "core/handover-problem.h"
#include "service/channels/handover-retry.h"
#include "service/desk/handover-desk-channel.h"
#include "service/store/handover-attachment-writer.h"

#define CHUNK (64 * 1024)

/* How often a platform's trouble is waited out before the file is given up. */
#define TRIES_LIMIT 8

/**
 * HandoverFetcher:
 *
 * Fetches what customers sent on one channel, one after the other, and puts it to the messages that it came with.
 */
struct _HandoverFetcher
{
  GObject parent_instance;

  HandoverChannel *channel;
  HandoverWorkers *workers;
  char *business_id;
  char *channel_id;
  guint retry;

  GCancellable *closing;
  guint timer;
  guint n_tries;
  gint64 tried;
  gboolean busy;
  gboolean woken;
};

G_DEFINE_FINAL_TYPE (HandoverFetcher, handover_fetcher, G_TYPE_OBJECT)

/* One file on its way. */
typedef struct
{
  HandoverFetcher *self;
  HandoverStoreMedia *media;
  HandoverInboundMedia *described;
  GInputStream *stream;
  HandoverAttachmentWriter *writer;
  gint64 size;
  char *reason;
} Fetch;

static void read_on (Fetch *fetch);

static void
fetch_free (gpointer data)
{
  Fetch *fetch = data;

  if (fetch->stream != NULL)
    g_input_stream_close_async (fetch->stream, G_PRIORITY_LOW, NULL, NULL, NULL);
  g_clear_object (&fetch->stream);
  g_clear_pointer (&fetch->media, handover_store_media_free);
  g_clear_pointer (&fetch->described, handover_inbound_media_free);
  g_clear_pointer (&fetch->writer, handover_attachment_writer_unref);
  g_clear_object (&fetch->self);
  g_free (fetch->reason);
  g_free (fetch);
}

static void
handover_fetcher_dispose (GObject *object)
{
  handover_fetcher_stop (HANDOVER_FETCHER (object));

  G_OBJECT_CLASS (handover_fetcher_parent_class)->dispose (object);
}

static void
handover_fetcher_finalize (GObject *object)
{
  HandoverFetcher *self = HANDOVER_FETCHER (object);

  g_clear_object (&self->channel);
  g_clear_object (&self->workers);
  g_clear_object (&self->closing);
  g_free (self->business_id);
  g_free (self->channel_id);

  G_OBJECT_CLASS (handover_fetcher_parent_class)->finalize (object);
}

static void
handover_fetcher_class_init (HandoverFetcherClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = handover_fetcher_dispose;
  object_class->finalize = handover_fetcher_finalize;
}

static void
handover_fetcher_init (HandoverFetcher *self)
{
  self->closing = g_cancellable_new ();
}

static gboolean
again_cb (gpointer data)
{
  HandoverFetcher *self = data;

  self->timer = 0;
  handover_fetcher_wake (self);
  return G_SOURCE_REMOVE;
}

/* What was written of the file is removed, and the file is asked for again later. */
static void
try_later (Fetch *fetch,
           guint  retry_after)
{
  HandoverFetcher *self = fetch->self;

  if (fetch->writer != NULL)
    handover_attachment_writer_discard (fetch->writer, self->workers);
  self->busy = FALSE;
  if (!g_cancellable_is_cancelled (self->closing))
    self->timer = g_timeout_add (handover_retry_get_delay (self->retry, self->n_tries, retry_after), again_cb, self);
  fetch_free (fetch);
}

static void give_up (Fetch      *fetch,
                     const char *reason);

static void
job_done_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      data)
{
  Fetch *fetch = data;
  HandoverFetcher *self = fetch->self;
  g_autoptr (GError) error = NULL;

  if (!handover_workers_finish (HANDOVER_WORKERS (object), result, &error))
    {
      /* An empty file, for example, will not do better another time. */
      if (error->domain == HANDOVER_PROBLEM && fetch->reason == NULL)
        {
          give_up (fetch, error->message);
          return;
        }
      g_debug ("What a customer sent cannot be stored yet: %s", error->message);
      try_later (fetch, 0);
      return;
    }

  self->busy = FALSE;
  self->n_tries = 0;
  handover_fetcher_wake (self);
  fetch_free (fetch);
}

static gboolean
give_up_job (gpointer   store,
             gpointer   job,
             GError   **error)
{
  Fetch *fetch = job;

  return handover_desk_channel_give_up (store, fetch->self->business_id, fetch->self->channel_id, fetch->media,
                                        fetch->reason, error);
}

static gboolean
attach_job (gpointer   store,
            gpointer   job,
            GError   **error)
{
  Fetch *fetch = job;
  g_autoptr (HandoverAttachment) attachment = handover_attachment_writer_finish (fetch->writer, store, error);

  return attachment != NULL &&
         handover_desk_channel_attach (store, fetch->self->business_id, fetch->self->channel_id, fetch->media, attachment,
                                       error);
}

static void
give_up (Fetch      *fetch,
         const char *reason)
{
  HandoverFetcher *self = fetch->self;

  if (fetch->writer != NULL)
    handover_attachment_writer_discard (fetch->writer, self->workers);
  g_clear_pointer (&fetch->writer, handover_attachment_writer_unref);
  fetch->reason = g_strdup (reason);
  handover_workers_write_async (self->workers, give_up_job, fetch, NULL, NULL, job_done_cb, fetch);
}

/* Trouble of the platform's is waited out, for a while; what it does not have it will not have. */
static void
fail (Fetch  *fetch,
      GError *error)
{
  HandoverFetcher *self = fetch->self;
  gboolean for_good = g_error_matches (error, HANDOVER_CHANNEL_ERROR, HANDOVER_CHANNEL_ERROR_GONE) ||
                      g_error_matches (error, HANDOVER_CHANNEL_ERROR, HANDOVER_CHANNEL_ERROR_TOO_LARGE) ||
                      g_error_matches (error, HANDOVER_CHANNEL_ERROR, HANDOVER_CHANNEL_ERROR_INVALID);
  guint retry_after = handover_channel_error_get_retry_after (error);

  self->n_tries++;
  if (g_cancellable_is_cancelled (self->closing))
    try_later (fetch, 0);
  else if (for_good || self->n_tries >= TRIES_LIMIT)
    give_up (fetch, error->message);
  else
    try_later (fetch, retry_after);
  g_error_free (error);
}

static void
flushed_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      data)
{
  Fetch *fetch = data;
  GError *error = NULL;

  if (handover_attachment_writer_flush_finish (fetch->writer, fetch->self->workers, result, &error))
    read_on (fetch);
  else
    fail (fetch, error);
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      data)
{
  Fetch *fetch = data;
  HandoverFetcher *self = fetch->self;
  GError *error = NULL;
  g_autoptr (GBytes) bytes = g_input_stream_read_bytes_finish (G_INPUT_STREAM (object), result, &error);
  gsize size;
  gconstpointer chunk;

  if (bytes == NULL)
    {
      fail (fetch, error);
      return;
    }

  chunk = g_bytes_get_data (bytes, &size);
  fetch->size += size;
  if (fetch->size > HANDOVER_CHANNEL_GET_CLASS (self->channel)->limits.received_file)
    give_up (fetch, "It is too large to be fetched.");
  else if (size == 0)
    handover_workers_write_async (self->workers, attach_job, fetch, NULL, NULL, job_done_cb, fetch);
  else if (!handover_attachment_writer_add (fetch->writer, chunk, size, &error))
    fail (fetch, g_error_new_literal (HANDOVER_CHANNEL_ERROR, HANDOVER_CHANNEL_ERROR_TOO_LARGE, error->message));
  else if (handover_attachment_writer_is_full (fetch->writer))
    handover_attachment_writer_flush_async (fetch->writer, self->workers, flushed_cb, fetch);
  else
    read_on (fetch);
  g_clear_error (&error);
}

static void
read_on (Fetch *fetch)
{
  g_input_stream_read_bytes_async (fetch->stream, CHUNK, G_PRIORITY_DEFAULT, fetch->self->closing, read_cb, fetch);
}

static void
fetched_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      data)
{
  Fetch *fetch = data;
  HandoverFetcher *self = fetch->self;
  HandoverChannel *channel = HANDOVER_CHANNEL (object);
  GError *error = NULL;

  fetch->stream = HANDOVER_CHANNEL_GET_CLASS (channel)->fetch_finish (channel, result, &error);
  if (fetch->stream == NULL)
    {
      fail (fetch, error);
      return;
    }

  fetch->writer = handover_attachment_writer_new (self->business_id, self->channel_id,
                                                  fetch->media->name != NULL ? fetch->media->name : fetch->media->label);
  read_on (fetch);
}

static void
begin (Fetch *fetch)
{
  HandoverFetcher *self = fetch->self;
  HandoverChannelClass *klass = HANDOVER_CHANNEL_GET_CLASS (self->channel);
  HandoverStoreMedia *media = fetch->media;

  if (self->tried != media->id)
    self->n_tries = 0;
  self->tried = media->id;
  if (klass->fetch_async == NULL)
    {
      give_up (fetch, "Files cannot be fetched from this channel.");
      return;
    }
  if (media->size > klass->limits.received_file)
    {
      give_up (fetch, "It is too large to be fetched.");
      return;
    }

  fetch->described = handover_inbound_media_new (media->remote_id, media->label);
  fetch->described->name = g_strdup (media->name);
  fetch->described->type = g_strdup (media->type);
  fetch->described->size = media->size;
  klass->fetch_async (self->channel, fetch->described, self->closing, fetched_cb, fetch);
}

static gboolean
next_job (gpointer   store,
          gpointer   job,
          GError   **error)
{
  Fetch *fetch = job;

  return handover_store_next_media (store, fetch->self->business_id, fetch->self->channel_id, &fetch->media, error);
}

static void
next_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      data)
{
  Fetch *fetch = data;
  HandoverFetcher *self = fetch->self;
  g_autoptr (GError) error = NULL;

  if (!handover_workers_finish (HANDOVER_WORKERS (object), result, &error))
    {
      g_debug ("What is to be fetched cannot be read: %s", error->message);
      try_later (fetch, 0);
      return;
    }
  if (fetch->media != NULL && !g_cancellable_is_cancelled (self->closing))
    {
      begin (fetch);
      return;
    }

  self->busy = FALSE;
  if (self->woken)
    handover_fetcher_wake (self);
  fetch_free (fetch);
}

/**
 * handover_fetcher_new:
 * @channel: the channel to fetch by
 * @workers: runs the jobs
 * @business_id: whose
 * @channel_id: the channel's id
 * @retry: after how many milliseconds something is tried again for the first time
 *
 * Makes a fetcher, which fetches nothing yet.
 *
 * Returns: (transfer full): a fetcher
 */
HandoverFetcher *
handover_fetcher_new (HandoverChannel *channel,
                      HandoverWorkers *workers,
                      const char      *business_id,
                      const char      *channel_id,
                      guint            retry)
{
  HandoverFetcher *self = g_object_new (HANDOVER_TYPE_FETCHER, NULL);

  self->channel = g_object_ref (channel);
  self->workers = g_object_ref (workers);
  self->business_id = g_strdup (business_id);
  self->channel_id = g_strdup (channel_id);
  self->retry = retry;
  return self;
}

/**
 * handover_fetcher_wake:
 * @self: a fetcher
 *
 * Fetches what there is, unless it does so already.
 */
void
handover_fetcher_wake (HandoverFetcher *self)
{
  Fetch *fetch;

  if (self->busy || self->timer != 0 || g_cancellable_is_cancelled (self->closing))
    {
      self->woken = TRUE;
      return;
    }

  self->busy = TRUE;
  self->woken = FALSE;
  fetch = g_new0 (Fetch, 1);
  fetch->self = g_object_ref (self);
  handover_workers_read_async (self->workers, next_job, fetch, NULL, NULL, next_cb, fetch);
}

/**
 * handover_fetcher_stop:
 * @self: a fetcher
 *
 * Fetches nothing more. What is on its way is asked for again when the channel is run again.
 */
void
handover_fetcher_stop (HandoverFetcher *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  g_cancellable_cancel (self->closing);
}
