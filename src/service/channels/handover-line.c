/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#define G_LOG_DOMAIN "handover-line"

#include "service/channels/handover-line.h"

#include "core/handover-enum-types.h"
#include "service/channels/handover-channel-kinds.h"
#include "service/channels/handover-deliverer.h"
#include "service/channels/handover-fetcher.h"
#include "service/channels/handover-retry.h"
#include "service/channels/handover-typing.h"
#include "service/desk/handover-desk-channel.h"
#include "service/desk/handover-desk-delivery.h"
#include "service/desk/handover-desk-health.h"

/* After how many failures in a row a channel is called failing; one is a moment's trouble. */
#define FAILING_AFTER 2

/**
 * HandoverLine:
 *
 * Runs one connected account for as long as it is connected: opens it, receives, stores what came, and begins anew
 * whenever that fails.
 */
struct _HandoverLine
{
  GObject parent_instance;

  HandoverLineOptions options;
  HandoverWorkers *workers;
  HandoverChannel *channel;
  char *business_id;
  char *id;
  GBytes *secret;
  char *cursor;
  char *webhook_address;
  char *webhook_secret;

  HandoverDeliverer *deliverer;
  HandoverFetcher *fetcher;
  HandoverTyping *typing;
  GCancellable *closing;
  gboolean receives;
  gboolean opened;
  gboolean failing;
  gboolean failed_to_open;
  guint n_failures;
  char *trouble;
  guint timer;
};

G_DEFINE_FINAL_TYPE (HandoverLine, handover_line, G_TYPE_OBJECT)

/* What a job of a line works on. */
typedef struct
{
  char *business_id;
  char *id;
  HandoverInboundBatch *batch;
  char *reason;
  gboolean failing;
  gboolean gone;
} Job;

static void open_channel (HandoverLine *self);
static void receive (HandoverLine *self);

static void
job_free (gpointer data)
{
  Job *job = data;

  g_free (job->business_id);
  g_free (job->id);
  g_clear_pointer (&job->batch, handover_inbound_batch_free);
  g_free (job->reason);
  g_free (job);
}

static Job *
job_new (HandoverLine *self)
{
  Job *job = g_new0 (Job, 1);

  job->business_id = g_strdup (self->business_id);
  job->id = g_strdup (self->id);
  return job;
}

static void
handover_line_finalize (GObject *object)
{
  HandoverLine *self = HANDOVER_LINE (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->deliverer);
  g_clear_object (&self->fetcher);
  g_clear_pointer (&self->typing, handover_typing_free);
  g_clear_object (&self->channel);
  g_clear_object (&self->workers);
  g_clear_object (&self->closing);
  g_clear_pointer (&self->secret, g_bytes_unref);
  g_free (self->business_id);
  g_free (self->id);
  g_free (self->cursor);
  g_free (self->webhook_address);
  g_free (self->trouble);
  handover_vault_wipe (self->webhook_secret);

  G_OBJECT_CLASS (handover_line_parent_class)->finalize (object);
}

static void
handover_line_class_init (HandoverLineClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = handover_line_finalize;
}

static void
handover_line_init (HandoverLine *self)
{
  self->closing = g_cancellable_new ();
}

static gboolean
is_closing (HandoverLine *self)
{
  return g_cancellable_is_cancelled (self->closing);
}

/* --- Trouble ------------------------------------------------------------------------------------------------- */

static gboolean
fail_job (gpointer   store,
          gpointer   data,
          GError   **error)
{
  Job *job = data;
  g_autoptr (HandoverStoreChannel) row = NULL;

  if (!handover_store_find_channel (store, job->id, &row, error))
    return FALSE;

  return row == NULL || handover_desk_health_failed (store, row, job->reason, job->failing, error);
}

static void
failed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (GError) error = NULL;

  if (!handover_workers_finish (HANDOVER_WORKERS (object), result, &error))
    g_debug ("A channel's trouble cannot be noted: %s", error->message);
}

static gboolean
again_cb (gpointer data)
{
  HandoverLine *self = data;

  self->timer = 0;
  if (self->opened)
    receive (self);
  else
    open_channel (self);
  return G_SOURCE_REMOVE;
}

static void
try_again (HandoverLine *self,
           guint         retry_after)
{
  self->timer = g_timeout_add (handover_retry_get_delay (self->options.config->channel_retry, self->n_failures, retry_after),
                               again_cb, self);
}

/* The channel is opened anew: another may have changed at the platform what we had set. */
static void
fail (HandoverLine *self,
      const GError *error)
{
  gboolean locked_out = g_error_matches (error, HANDOVER_CHANNEL_ERROR, HANDOVER_CHANNEL_ERROR_LOCKED_OUT);
  gboolean conflict = g_error_matches (error, HANDOVER_CHANNEL_ERROR, HANDOVER_CHANNEL_ERROR_CONFLICT);
  Job *job;

  if (is_closing (self))
    return;

  self->failed_to_open = !self->opened;
  self->opened = FALSE;
  self->n_failures = locked_out ? G_MAXUINT / 2 : self->n_failures + 1;
  self->failing = self->n_failures >= FAILING_AFTER || conflict;
  if (g_set_str (&self->trouble, error->message))
    g_message ("Channel %s: %s", self->id, error->message);

  job = job_new (self);
  job->reason = g_strdup (error->message);
  job->failing = self->failing;
  handover_workers_write_async (self->workers, fail_job, job, job_free, NULL, failed_cb, NULL);
  try_again (self, handover_channel_error_get_retry_after (error));
}

/* --- Receiving ----------------------------------------------------------------------------------------------- */

static gboolean
take_job (gpointer   store,
          gpointer   data,
          GError   **error)
{
  Job *job = data;
  g_autoptr (HandoverStoreChannel) row = NULL;

  if (!handover_store_find_channel (store, job->id, &row, error))
    return FALSE;

  job->gone = row == NULL;
  return job->gone || handover_desk_channel_take (store, row, job->batch, error);
}

static void
taken_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (HandoverLine) self = data;
  Job *job = handover_workers_get_job (result);
  g_autoptr (GError) error = NULL;

  if (!handover_workers_finish (HANDOVER_WORKERS (object), result, &error))
    {
      /* Without the next cursor the platform brings it again. */
      g_debug ("Channel %s: what came cannot be stored yet: %s", self->id, error->message);
      self->n_failures++;
      if (!is_closing (self))
        try_again (self, 0);
      return;
    }
  if (job->gone || is_closing (self))
    return;

  self->n_failures = 0;
  self->failing = FALSE;
  g_clear_pointer (&self->trouble, g_free);
  if (job->batch->cursor != NULL)
    g_set_str (&self->cursor, job->batch->cursor);
  if (self->receives)
    receive (self);
}

static void
take (HandoverLine         *self,
      HandoverInboundBatch *batch)
{
  Job *job = job_new (self);

  job->batch = batch;
  handover_workers_write_async (self->workers, take_job, job, job_free, NULL, taken_cb, g_object_ref (self));
}

static void
received_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (HandoverLine) self = data;
  HandoverChannel *channel = HANDOVER_CHANNEL (object);
  g_autoptr (GError) error = NULL;
  g_autoptr (HandoverInboundBatch) batch = HANDOVER_CHANNEL_GET_CLASS (channel)->receive_finish (channel, result, &error);

  if (is_closing (self))
    return;
  if (batch == NULL)
    {
      fail (self, error);
      return;
    }

  /* Nothing came, as most of the time: there is nothing to write. */
  if (batch->events->len == 0 && !self->failing && (batch->cursor == NULL || g_strcmp0 (batch->cursor, self->cursor) == 0))
    {
      self->n_failures = 0;
      receive (self);
      return;
    }

  take (self, g_steal_pointer (&batch));
}

static void
receive (HandoverLine *self)
{
  HANDOVER_CHANNEL_GET_CLASS (self->channel)->receive_async (self->channel, self->cursor, self->closing, received_cb,
                                                             g_object_ref (self));
}

static void
opened_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (HandoverLine) self = data;
  HandoverChannel *channel = HANDOVER_CHANNEL (object);
  g_autoptr (GError) error = NULL;

  if (!HANDOVER_CHANNEL_GET_CLASS (channel)->open_finish (channel, result, &error))
    {
      fail (self, error);
      return;
    }
  if (is_closing (self))
    return;

  self->opened = TRUE;
  /* Where opening was the trouble it is over now; else what comes will show. */
  if (self->receives && !(self->failing && self->failed_to_open))
    receive (self);
  else
    take (self, handover_inbound_batch_new ());
}

static void
open_channel (HandoverLine *self)
{
  HANDOVER_CHANNEL_GET_CLASS (self->channel)->open_async (self->channel, self->webhook_address, self->webhook_secret,
                                                          self->closing, opened_cb, g_object_ref (self));
}

/* --- Around it ----------------------------------------------------------------------------------------------- */

static gboolean
recover_job (gpointer   store,
             gpointer   data,
             GError   **error)
{
  Job *job = data;

  return handover_desk_delivery_recover (store, job->business_id, job->id, error);
}

static void
begin (HandoverLine *self);

static gboolean
begin_again_cb (gpointer data)
{
  HandoverLine *self = data;

  self->timer = 0;
  begin (self);
  return G_SOURCE_REMOVE;
}

static void
recovered_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (HandoverLine) self = data;
  g_autoptr (GError) error = NULL;

  if (is_closing (self))
    return;
  if (!handover_workers_finish (HANDOVER_WORKERS (object), result, &error))
    {
      g_warning ("Channel %s cannot begin yet: %s", self->id, error->message);
      self->n_failures++;
      self->timer = g_timeout_add (handover_retry_get_delay (self->options.config->channel_retry, self->n_failures, 0),
                                   begin_again_cb, self);
      return;
    }

  handover_deliverer_start (self->deliverer);
  handover_fetcher_wake (self->fetcher);
  open_channel (self);
}

static void
begin (HandoverLine *self)
{
  handover_workers_write_async (self->workers, recover_job, job_new (self), job_free, NULL, recovered_cb,
                                g_object_ref (self));
}

static void
fail_for_good (HandoverLine *self,
               const char   *reason)
{
  Job *job = job_new (self);

  g_warning ("Channel %s: %s", self->id, reason);
  job->reason = g_strdup (reason);
  job->failing = TRUE;
  handover_workers_write_async (self->workers, fail_job, job, job_free, NULL, failed_cb, NULL);
}

static void
make_channel (HandoverLine *self,
              int           kind)
{
  GType type = handover_channel_kinds_get_type (kind);
  const char *nick = handover_enum_to_nick (HANDOVER_TYPE_CHANNEL_KIND, kind);
  char *token = handover_vault_unseal (self->options.vault, self->id, self->secret);
  HandoverConfig *config = self->options.config;

  if (type != G_TYPE_INVALID && token != NULL)
    {
      self->channel = handover_channel_new (type, token, g_hash_table_lookup (config->channel_addresses, nick));
      self->deliverer = handover_deliverer_new (self->channel, self->workers, self->business_id, self->id,
                                                config->channel_retry);
      self->fetcher = handover_fetcher_new (self->channel, self->workers, self->business_id, self->id,
                                            config->channel_retry);
      self->typing = handover_typing_new (self->channel);
    }
  handover_vault_wipe (token);
}

/**
 * handover_line_new:
 * @options: what to run it with
 * @row: the channel as it is stored
 *
 * Makes the line of a connected channel, which does nothing yet.
 *
 * Returns: (transfer full): a line
 */
HandoverLine *
handover_line_new (const HandoverLineOptions *options,
                   HandoverStoreChannel      *row)
{
  HandoverLine *self = g_object_new (HANDOVER_TYPE_LINE, NULL);

  self->options = *options;
  self->workers = g_object_ref (options->workers);
  self->business_id = g_strdup (row->business_id);
  self->id = g_strdup (row->account->id);
  self->secret = g_bytes_ref (row->secret);
  self->cursor = g_strdup (row->cursor);
  self->failing = row->account->state == HANDOVER_CHANNEL_STATE_FAILING;
  make_channel (self, row->account->kind);
  if (self->channel == NULL)
    return self;

  self->receives = HANDOVER_CHANNEL_GET_CLASS (self->channel)->limits.receives;
  if (options->config->public_address != NULL && HANDOVER_CHANNEL_GET_CLASS (self->channel)->read_webhook != NULL)
    {
      self->receives = FALSE;
      self->webhook_address = g_strdup_printf ("%s/channels/%s/webhook", options->config->public_address, self->id);
      self->webhook_secret = handover_vault_derive (options->vault, "webhook", self->id);
    }
  return self;
}

/**
 * handover_line_is_current:
 * @self: a line
 * @row: the channel as it is stored now
 *
 * Tells whether a line runs what is stored.
 *
 * Returns: %FALSE if the channel was connected anew, with another token
 */
gboolean
handover_line_is_current (HandoverLine         *self,
                          HandoverStoreChannel *row)
{
  return g_bytes_equal (self->secret, row->secret);
}

/**
 * handover_line_start:
 * @self: a line
 *
 * Begins to receive and to send.
 */
void
handover_line_start (HandoverLine *self)
{
  if (self->channel == NULL)
    fail_for_good (self, "The token cannot be read. Connect the channel again.");
  else if (!self->receives && self->webhook_address == NULL)
    fail_for_good (self, "This platform has to reach the service from outside. Set its public address.");
  else
    begin (self);
}

/**
 * handover_line_wake:
 * @self: a line
 * @conversation_id: a conversation in which there is something to send, or to fetch
 *
 * Does what there is to do.
 */
void
handover_line_wake (HandoverLine *self,
                    const char   *conversation_id)
{
  if (self->channel == NULL || is_closing (self))
    return;

  handover_deliverer_wake (self->deliverer, conversation_id);
  handover_fetcher_wake (self->fetcher);
}

/**
 * handover_line_show_typing:
 * @self: a line
 * @contact: the platform's name for a chat
 *
 * Lets a customer see that somebody writes. While the platform wants less from us, messages alone go there.
 */
void
handover_line_show_typing (HandoverLine *self,
                           const char   *contact)
{
  if (self->channel != NULL && !is_closing (self) && !handover_deliverer_is_held (self->deliverer))
    handover_typing_show (self->typing, contact, g_get_monotonic_time ());
}

/**
 * handover_line_answer_press:
 * @self: a line
 * @press: the platform's name for the press of a button
 *
 * Tells the platform that what a customer pressed is stored.
 */
void
handover_line_answer_press (HandoverLine *self,
                            const char   *press)
{
  if (self->channel != NULL && !is_closing (self) && HANDOVER_CHANNEL_GET_CLASS (self->channel)->answer_press != NULL)
    HANDOVER_CHANNEL_GET_CLASS (self->channel)->answer_press (self->channel, press);
}

static void
delivered_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (GTask) task = data;

  handover_deliverer_stop_finish (HANDOVER_DELIVERER (object), result);
  g_task_return_boolean (task, TRUE);
}

/**
 * handover_line_stop_async:
 * @self: a line
 * @callback: called when nothing is under way any more
 * @user_data: for @callback
 *
 * Receives nothing more, and finishes what is on its way to customers.
 */
void
handover_line_stop_async (HandoverLine        *self,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, handover_line_stop_async);
  g_clear_handle_id (&self->timer, g_source_remove);
  g_cancellable_cancel (self->closing);
  if (self->fetcher != NULL)
    handover_fetcher_stop (self->fetcher);
  if (self->deliverer != NULL)
    {
      handover_deliverer_stop_async (self->deliverer, delivered_cb, task);
      return;
    }

  g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

/**
 * handover_line_stop_finish:
 * @self: a line
 * @result: the result
 *
 * Finishes [method@Line.stop_async].
 */
void
handover_line_stop_finish (HandoverLine *self,
                           GAsyncResult *result)
{
  g_task_propagate_boolean (G_TASK (result), NULL);
}
