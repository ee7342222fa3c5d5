/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#define G_LOG_DOMAIN "handover-calls"

#include "service/http/handover-calls.h"

#include <stdio.h>
#include <string.h>

#include "core/handover-problem.h"
#include "service/http/handover-call.h"
#include "service/http/handover-download.h"
#include "service/http/handover-http-context.h"
#include "service/http/handover-pipeline.h"
#include "service/http/handover-reception.h"
#include "service/http/handover-remote-address.h"
#include "service/http/handover-router.h"
#include "service/http/handover-transfers.h"
#include "service/http/handover-upload.h"

/* Deriving a password's hash takes a core and much memory, so only so many at once; past the queue it is busy. */
#define PREPARE_THREADS 2
#define PREPARE_QUEUE 128
/* How many of those may wait at once that ask somebody else. */
#define ASK_LIMIT 16
#define LARGE_BODY (16 * 1024)

/* How many files may be on their way at once, in all and for one caller. */
#define UPLOADS 64
#define UPLOADS_PER_CALLER 4
#define DOWNLOADS 256
#define DOWNLOADS_PER_CALLER 32

/* U+FFFD, which stands where bytes were no UTF-8. */
#define REPLACED "\xef\xbf\xbd"

struct _HandoverCalls
{
  HandoverHttpServerOptions options;
  HandoverHttpContext context;
  HandoverRouter *router;
  HandoverTransfers *uploads;
  HandoverTransfers *downloads;
  GThreadPool *preparers;
  GMainContext *main_context;
  guint n_asking;
};

static void
calls_clear (gpointer data)
{
  HandoverCalls *self = data;

  g_thread_pool_free (self->preparers, TRUE, TRUE);
  handover_router_free (self->router);
  handover_transfers_free (self->uploads);
  handover_transfers_free (self->downloads);
  handover_throttle_free (self->context.accounts);
  handover_throttle_free (self->context.addresses);
  g_main_context_unref (self->main_context);
}

static void
start_stream (HandoverCall *call)
{
  HandoverCalls *self = call->calls;
  HandoverResponse *response = call->exchange.response;
  g_autoptr (GSocket) socket = NULL;
  g_autoptr (GIOStream) connection = NULL;
  HandoverStreamEnd end = { .tls = self->options.certificate != NULL };
  g_autoptr (GError) error = NULL;

  handover_calls_log (self, call->message, response->status);
  if (!call->left)
    {
      /* What the stolen stream says of itself is no guide to whether it is encrypted; the server's own word is. */
      socket = g_object_ref (soup_server_message_get_socket (call->message));
      connection = handover_reception_steal (call->message);
      end.socket = socket;
      end.connection = connection;
      end.place = handover_connections_take_place (socket);
      if (!handover_fan_out_add (self->options.fan_out, &end, &call->exchange.principal, response->stream.after,
                                 response->sequence, &error))
        g_warning ("Cannot start an event stream: %s", error->message);
    }
  handover_call_free (call);
}

static void
touched_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (GError) error = NULL;

  if (!handover_workers_finish (HANDOVER_WORKERS (object), result, &error))
    g_debug ("Cannot note that a session was used: %s", error->message);
}

static void
principal_free (gpointer data)
{
  handover_principal_clear (data);
  g_free (data);
}

/* Apart from the request, so that reading stays reading. */
static void
touch (HandoverCall *call)
{
  HandoverPrincipal *principal;

  if (!call->exchange.principal.stale)
    return;

  principal = g_new0 (HandoverPrincipal, 1);
  principal->kind = call->exchange.principal.kind;
  principal->business_id = g_strdup (call->exchange.principal.business_id);
  principal->id = g_strdup (call->exchange.principal.id);
  principal->credential_id = g_strdup (call->exchange.principal.credential_id);
  handover_workers_write_async (call->calls->options.workers, handover_pipeline_touch, principal, principal_free, NULL,
                                touched_cb, NULL);
}

static void
main_job_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      data)
{
  HandoverCall *call = data;
  HandoverResponse *response = call->exchange.response;
  g_autoptr (GError) error = NULL;

  if (!handover_workers_finish (HANDOVER_WORKERS (object), result, &error))
    {
      handover_call_fail (call, error);
      return;
    }

  call->done = TRUE;
  touch (call);
  for (guint i = 0; i < response->ended->len; i++)
    handover_fan_out_end (call->calls->options.fan_out, g_ptr_array_index (response->ended, i));

  if (response->stream.wanted)
    start_stream (call);
  else if (response->file.id != NULL)
    handover_download_begin (call, call->calls->options.workers, call->calls->downloads);
  else
    handover_call_answer (call);
}

static void
run_main_job (HandoverCall *call)
{
  HandoverWorkers *workers = call->calls->options.workers;

  if (call->exchange.route->flags & HANDOVER_ROUTE_WRITE)
    handover_workers_write_async (workers, handover_pipeline_run, &call->exchange, NULL, NULL, main_job_cb, call);
  else
    handover_workers_read_async (workers, handover_pipeline_run, &call->exchange, NULL, NULL, main_job_cb, call);
}

static gboolean
prepared_cb (gpointer data)
{
  HandoverCall *call = data;

  if (call->error != NULL)
    handover_call_fail (call, call->error);
  else
    run_main_job (call);

  return G_SOURCE_REMOVE;
}

static void
prepare (gpointer data,
         gpointer user_data)
{
  HandoverCall *call = data;

  call->exchange.route->prepare (call->exchange.request, &call->error);
  g_main_context_invoke (call->calls->main_context, prepared_cb, call);
}

static void
asked_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      data)
{
  HandoverCall *call = data;
  g_autoptr (GError) error = NULL;

  call->calls->n_asking--;
  if (g_task_propagate_boolean (G_TASK (result), &error))
    run_main_job (call);
  else
    handover_call_fail (call, error);
}

static void
ask (HandoverCall *call)
{
  g_autoptr (GError) error = NULL;

  if (call->calls->n_asking < ASK_LIMIT)
    {
      call->calls->n_asking++;
      call->exchange.route->ask (call->exchange.request, asked_cb, call);
      return;
    }

  error = g_error_new_literal (HANDOVER_PROBLEM, HANDOVER_PROBLEM_BUSY,
                               "Too many of these are under way at once. Try again in a moment.");
  handover_call_fail (call, error);
}

static void
looked_up_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      data)
{
  HandoverCall *call = data;
  g_autoptr (GError) error = NULL;

  if (!handover_workers_finish (HANDOVER_WORKERS (object), result, &error))
    {
      handover_call_fail (call, error);
      return;
    }
  if (call->exchange.route->ask != NULL)
    {
      ask (call);
      return;
    }
  if (call->exchange.route->prepare == NULL)
    {
      run_main_job (call);
      return;
    }
  if (g_thread_pool_unprocessed (call->calls->preparers) >= PREPARE_QUEUE)
    {
      error = g_error_new_literal (HANDOVER_PROBLEM, HANDOVER_PROBLEM_BUSY,
                                   "Too many people sign in at once. Try again in a moment.");
      handover_call_fail (call, error);
      return;
    }

  g_thread_pool_push (call->calls->preparers, call, NULL);
}

/* Headers are bytes; what goes on from here is text, whether the library saw to that or not. A key in which something was
 * replaced is no key: two of them may look the same. */
static void
copy_header (const char *name,
             const char *value,
             gpointer    data)
{
  HandoverRequest *request = data;
  char *key = g_ascii_strdown (name, -1);
  const char *earlier = g_hash_table_lookup (request->headers, key);
  g_autofree char *text = g_utf8_make_valid (value, -1);
  char *joined = earlier != NULL ? g_strconcat (earlier, ", ", text, NULL) : g_strdup (text);

  if (g_str_equal (key, "idempotency-key") && strstr (text, REPLACED) != NULL)
    request->malformed = TRUE;
  g_hash_table_replace (request->headers, key, joined);
}

static HandoverRequest *
make_request (HandoverCalls     *self,
              SoupServerMessage *message)
{
  GUri *uri = soup_server_message_get_uri (message);
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  HandoverRequest *request = handover_request_new (soup_server_message_get_method (message),
                                                   g_uri_get_path (uri), g_uri_get_query (uri));

  soup_message_headers_foreach (soup_server_message_get_request_headers (message), copy_header, request);
  request->context = &self->context;
  request->data = soup_message_body_flatten (body);
  request->remote_address =
    handover_remote_address_find (soup_server_message_get_remote_address (message),
                                  handover_request_get_header (request, "x-forwarded-for"),
                                  (const char * const *) self->options.config->trusted_proxies);

  return request;
}

/* The one writer should not spend its time reading large bodies. */
static gboolean
needs_look_up (HandoverCall *call)
{
  const HandoverRoute *route = call->exchange.route;

  return route->lookup != NULL || route->prepare != NULL || route->ask != NULL ||
         ((route->flags & HANDOVER_ROUTE_WRITE) != 0 && g_bytes_get_size (call->exchange.request->data) > LARGE_BODY);
}

/**
 * handover_calls_new:
 * @options: what it works with
 *
 * Makes what takes requests through the pipeline, for the thread that calls it.
 *
 * Returns: (transfer full): it, without routes
 */
HandoverCalls *
handover_calls_new (const HandoverHttpServerOptions *options)
{
  HandoverCalls *self = g_rc_box_new0 (HandoverCalls);

  self->options = *options;
  self->context.config = options->config;
  self->context.vault = options->vault;
  self->context.accounts = handover_throttle_new (options->config->attempts_per_account,
                                                  options->config->attempt_refill);
  self->context.addresses = handover_throttle_new (options->config->attempts_per_address,
                                                   options->config->attempt_refill);
  self->main_context = g_main_context_ref_thread_default ();
  self->router = handover_router_new ();
  self->uploads = handover_transfers_new (UPLOADS, UPLOADS_PER_CALLER);
  self->downloads = handover_transfers_new (DOWNLOADS, DOWNLOADS_PER_CALLER);
  self->preparers = g_thread_pool_new (prepare, self, PREPARE_THREADS, FALSE, NULL);

  return self;
}

/**
 * handover_calls_ref:
 * @self: it
 *
 * Returns: (transfer full): the same
 */
HandoverCalls *
handover_calls_ref (HandoverCalls *self)
{
  return g_rc_box_acquire (self);
}

/**
 * handover_calls_free:
 * @self: (transfer full): it
 *
 * Gives it back; calls that are under way keep it a little longer.
 */
void
handover_calls_free (HandoverCalls *self)
{
  g_rc_box_release_full (self, calls_clear);
}

/**
 * handover_calls_add_routes:
 * @self: it
 * @routes: (array zero-terminated=1): a table that outlives it
 *
 * Adds a table of routes.
 */
void
handover_calls_add_routes (HandoverCalls       *self,
                           const HandoverRoute *routes)
{
  handover_router_add (self->router, routes);
}

/**
 * handover_calls_log:
 * @self: it
 * @message: a message that is answered now
 * @status: with what
 *
 * Tells of a request in the service's log.
 */
void
handover_calls_log (HandoverCalls     *self,
                    SoupServerMessage *message,
                    guint              status)
{
  gint64 elapsed = g_get_monotonic_time () - handover_reception_get (message)->started;

  /* An encoded path is ASCII: nothing has to be converted for the terminal, which takes longer than all else here. */
  if (!self->options.quiet)
    fprintf (stderr, "%s %s %u %" G_GINT64_FORMAT "\n", soup_server_message_get_method (message),
             g_uri_get_path (soup_server_message_get_uri (message)), status, elapsed / 1000);
}

static HandoverCall *
begin_call (HandoverCalls      *self,
            SoupServerMessage  *message,
            GError            **error)
{
  HandoverCall *call = handover_call_new (self, message, make_request (self, message));
  g_autofree char *allowed = NULL;

  call->exchange.route = handover_router_match (self->router, call->exchange.request, &allowed, error);
  if (allowed != NULL)
    handover_response_set_header (call->exchange.response, "Allow", allowed);
  return call;
}

/**
 * handover_calls_takes_file:
 * @self: it
 * @message: a message whose head has come
 *
 * Says whether the body of a message is a file, which handover_calls_begin_upload() is to take in as it comes.
 *
 * Returns: whether it is
 */
gboolean
handover_calls_takes_file (HandoverCalls     *self,
                           SoupServerMessage *message)
{
  return handover_router_takes_file (self->router, soup_server_message_get_method (message),
                                     g_uri_get_path (soup_server_message_get_uri (message)));
}

/**
 * handover_calls_begin_upload:
 * @self: it
 * @message: a message whose head has come, and whose body is a file
 *
 * Takes the body in; handover_calls_take() is still due when it is at its end.
 */
void
handover_calls_begin_upload (HandoverCalls     *self,
                             SoupServerMessage *message)
{
  handover_upload_begin (begin_call (self, message, NULL), self->options.workers, self->uploads);
}

/**
 * handover_calls_take:
 * @self: it
 * @message: a message that has come in full
 *
 * Takes a request all the way to its answer. Nothing of it happens on the main loop but reading and writing.
 */
void
handover_calls_take (HandoverCalls     *self,
                     SoupServerMessage *message)
{
  HandoverCall *call = handover_upload_take (message);
  g_autoptr (GError) error = NULL;

  soup_server_message_pause (message);
  if (call != NULL)
    {
      run_main_job (call);
      return;
    }

  call = begin_call (self, message, &error);
  if (call->exchange.route == NULL)
    handover_call_fail (call, error);
  else if (needs_look_up (call))
    handover_workers_read_async (self->options.workers, handover_pipeline_look_up, &call->exchange, NULL, NULL,
                                 looked_up_cb, call);
  else
    run_main_job (call);
}
