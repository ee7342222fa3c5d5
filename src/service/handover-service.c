/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/handover-service.h"

#include <unistd.h>

#include "database/handover-workers.h"
#include "service/channels/handover-switchboard.h"
#include "service/handover-data-folder.h"
#include "service/handover-housekeeper.h"
#include "service/http/handover-http-server.h"
#include "service/http/handover-listener.h"
#include "service/http/routes/handover-routes.h"
#include "service/store/handover-store-channels.h"
#include "service/streams/handover-fan-out.h"
#include "service/streams/handover-stream-source.h"

struct _HandoverService
{
  GObject parent_instance;

  int lock;
  char *folder;
  HandoverStreamSource *source;
  HandoverFanOut *fan_out;
  HandoverWorkers *workers;
  HandoverHousekeeper *housekeeper;
  HandoverHttpServer *server;
  HandoverVault *vault;
  HandoverSwitchboard *switchboard;
};

G_DEFINE_FINAL_TYPE (HandoverService, handover_service, G_TYPE_OBJECT)

static void
end_housekeeping (HandoverService *self)
{
  if (self->housekeeper != NULL)
    handover_housekeeper_stop (self->housekeeper);
  g_clear_object (&self->housekeeper);
}

/* Streams end before the workers do: their pages come from there, and the writer publishes to them. */
static void
close_all (HandoverService *self)
{
  g_clear_object (&self->server);
  end_housekeeping (self);
  g_clear_object (&self->switchboard);
  if (self->workers != NULL)
    handover_workers_close (self->workers);
  if (self->source != NULL)
    handover_stream_source_connect (self->source, NULL, NULL);
  g_clear_pointer (&self->fan_out, handover_fan_out_free);
  g_clear_pointer (&self->source, handover_stream_source_free);
  g_clear_object (&self->workers);
  g_clear_pointer (&self->vault, handover_vault_free);
  if (self->lock >= 0)
    close (self->lock);
  self->lock = -1;
}

static void
handover_service_finalize (GObject *object)
{
  close_all (HANDOVER_SERVICE (object));
  g_free (HANDOVER_SERVICE (object)->folder);

  G_OBJECT_CLASS (handover_service_parent_class)->finalize (object);
}

static void
handover_service_class_init (HandoverServiceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = handover_service_finalize;
}

static void
handover_service_init (HandoverService *self)
{
  self->lock = -1;
}

/* A database whose tokens nobody can read any more is not to be served as if there were none. */
static gboolean
open_vault (HandoverService  *self,
            HandoverStore    *store,
            GError          **error)
{
  gboolean has_secrets;

  if (!handover_store_has_secrets (store, &has_secrets, error))
    return FALSE;

  self->vault = handover_vault_open (self->folder, !has_secrets, error);
  return self->vault != NULL;
}

static gpointer
open_store (HandoverDatabase  *database,
            gboolean           writer,
            gpointer           user_data,
            GError           **error)
{
  g_autoptr (HandoverStore) store = handover_store_new (database, writer, error);

  if (store == NULL || (writer && !open_vault (user_data, store, error)))
    return NULL;

  return g_steal_pointer (&store);
}

static void
job_ended (gpointer handle,
           gboolean kept,
           gpointer user_data)
{
  handover_store_job_ended (handle, kept);
}

/* Takes out what is for the channels alone. */
static void
wake_channels (HandoverService *self,
               GPtrArray       *lines)
{
  g_autoptr (GPtrArray) wakes = g_ptr_array_new_with_free_func ((GDestroyNotify) handover_log_line_unref);

  for (guint i = 0; i < lines->len;)
    {
      HandoverLogLine *line = lines->pdata[i];

      if (line->channel_id != NULL)
        g_ptr_array_add (wakes, g_ptr_array_steal_index (lines, i));
      else
        i++;
    }

  if (wakes->len > 0)
    handover_switchboard_tell (self->switchboard, g_steal_pointer (&wakes));
}

static void
batch_ended (gpointer handle,
             gboolean committed,
             gpointer user_data)
{
  HandoverService *self = user_data;
  g_autoptr (GPtrArray) lines = handover_store_batch_ended (handle, committed);

  if (lines == NULL)
    return;

  wake_channels (self, lines);
  if (lines->len > 0)
    handover_fan_out_publish (self->fan_out, lines);
}

static gboolean
open_log (HandoverService               *self,
          const HandoverServiceOptions  *options,
          GError                       **error)
{
  g_autofree char *path = handover_data_folder_get_database (options->data_folder);
  HandoverFanOutOptions fan_out_options = {
    .heartbeat = options->config->heartbeat,
    .fetch = handover_stream_source_fetch,
  };
  HandoverLineOptions line_options = { .config = options->config };
  HandoverWorkersOptions workers_options = {
    .path = path,
    .flags = HANDOVER_DATABASE_DURABLE,
    .n_readers = options->config->readers,
    .open = open_store,
    .close = g_object_unref,
    .job_ended = job_ended,
    .batch_ended = batch_ended,
    .user_data = self,
  };

  self->source = handover_stream_source_new ();
  fan_out_options.user_data = self->source;
  self->fan_out = handover_fan_out_new (&fan_out_options, error);
  if (self->fan_out == NULL)
    return FALSE;

  self->workers = handover_workers_open (&workers_options, error);
  if (self->workers == NULL)
    return FALSE;

  line_options.workers = self->workers;
  line_options.vault = self->vault;
  self->switchboard = handover_switchboard_new (&line_options);
  handover_stream_source_connect (self->source, self->workers, self->fan_out);
  self->housekeeper = handover_housekeeper_new (self->workers, options->config->keep_days);
  return TRUE;
}

static gboolean
listen_for_requests (HandoverService               *self,
                     const HandoverServiceOptions  *options,
                     GError                       **error)
{
  g_autoptr (GSocket) socket = handover_listener_new (options->listen, error);
  HandoverHttpServerOptions server_options = {
    .config = options->config,
    .workers = self->workers,
    .fan_out = self->fan_out,
    .vault = self->vault,
    .certificate = options->certificate,
    .quiet = options->quiet,
  };

  if (socket == NULL)
    {
      g_prefix_error (error, "Cannot listen on %s: ", options->listen);
      return FALSE;
    }

  self->server = handover_http_server_new (&server_options);
  for (const HandoverRoute * const *table = handover_routes; *table != NULL; table++)
    handover_http_server_add_routes (self->server, *table);

  return handover_http_server_listen (self->server, socket, error);
}

/**
 * handover_service_new:
 * @options: what it is made of
 * @error: return location
 *
 * Opens the database, bringing it up to date, and starts to answer. It blocks: use it before the main loop runs.
 *
 * Returns: (transfer full) (nullable): the service
 */
HandoverService *
handover_service_new (const HandoverServiceOptions  *options,
                      GError                       **error)
{
  g_autoptr (HandoverService) self = g_object_new (HANDOVER_TYPE_SERVICE, NULL);

  self->folder = g_strdup (options->data_folder);
  self->lock = handover_data_folder_lock (options->data_folder, error);
  if (self->lock < 0 || !open_log (self, options, error) || !listen_for_requests (self, options, error))
    return NULL;

  handover_switchboard_start (self->switchboard);
  return g_steal_pointer (&self);
}

/**
 * handover_service_get_uri:
 * @self: a service
 *
 * Gets the address that it listens on.
 *
 * Returns: (transfer full): the address, without a slash at its end
 */
char *
handover_service_get_uri (HandoverService *self)
{
  return handover_http_server_get_uri (self->server);
}

/* What is still to be written is written, and no main loop waits for the disk. */
static void
end_threads (GTask        *task,
             gpointer      object,
             gpointer      data,
             GCancellable *cancellable)
{
  HandoverService *self = object;

  handover_workers_close (self->workers);
  handover_fan_out_stop (self->fan_out);
  g_task_return_boolean (task, TRUE);
}

static void
channels_stopped_cb (GObject      *object,
                     GAsyncResult *result,
                     gpointer      data)
{
  g_autoptr (GTask) task = data;
  HandoverService *self = g_task_get_source_object (task);

  handover_switchboard_stop_finish (HANDOVER_SWITCHBOARD (object), result);
  end_housekeeping (self);
  handover_stream_source_connect (self->source, NULL, NULL);
  g_task_run_in_thread (task, end_threads);
}

static void
server_stopped_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      data)
{
  GTask *task = data;
  HandoverService *self = g_task_get_source_object (task);

  handover_http_server_stop_finish (HANDOVER_HTTP_SERVER (object), result, NULL);
  g_clear_object (&self->server);
  handover_switchboard_stop_async (self->switchboard, channels_stopped_cb, task);
}

/**
 * handover_service_stop_async:
 * @self: a service
 * @callback: called when it stopped
 * @user_data: for @callback
 *
 * Finishes what is under way, ends the streams and closes the database.
 */
void
handover_service_stop_async (HandoverService     *self,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, handover_service_stop_async);
  handover_http_server_stop_async (self->server, server_stopped_cb, task);
}

/**
 * handover_service_stop_finish:
 * @self: a service
 * @result: the result
 * @error: return location
 *
 * Finishes [method@Service.stop_async].
 *
 * Returns: whether it stopped
 */
gboolean
handover_service_stop_finish (HandoverService  *self,
                              GAsyncResult     *result,
                              GError          **error)
{
  gboolean stopped = g_task_propagate_boolean (G_TASK (result), error);

  close_all (self);
  return stopped;
}
