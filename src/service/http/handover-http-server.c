/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#define G_LOG_DOMAIN "handover-http-server"

#include "service/http/handover-http-server.h"

#include <string.h>

#include "core/handover-problem.h"
#include "service/http/handover-deadlines.h"
#include "service/http/handover-exchange.h"
#include "service/http/handover-http-context.h"
#include "service/http/handover-pipeline.h"
#include "service/http/handover-reception.h"
#include "service/http/handover-refusal.h"
#include "service/http/handover-remote-address.h"
#include "service/http/handover-router.h"

/* Deriving a password's hash takes a core and much memory, so only so many at once; past the queue it is busy. */
#define PREPARE_THREADS 2
#define PREPARE_QUEUE 128
#define LARGE_BODY (16 * 1024)
#define STOP_SECONDS 10

struct _HandoverHttpServer
{
  GObject parent_instance;

  HandoverHttpServerOptions options;
  HandoverHttpContext context;
  HandoverRouter *router;
  SoupServer *soup;
  HandoverDeadlines *deadlines;
  GThreadPool *preparers;
  GMainContext *main_context;
  GTask *stopping;
  guint stop_source;
  guint n_open;
};

G_DEFINE_FINAL_TYPE (HandoverHttpServer, handover_http_server, G_TYPE_OBJECT)

/* An exchange with the library's side of it. Only the main thread touches what is below the exchange. */
typedef struct
{
  HandoverExchange exchange;
  HandoverHttpServer *server;
  SoupServerMessage *message;
  GError *error;
  gboolean left;
} Call;

static void run_main_job (Call *call);

static void
call_free (Call *call)
{
  g_signal_handlers_disconnect_by_data (call->message, call);
  handover_exchange_clear (&call->exchange);
  g_clear_error (&call->error);
  g_object_unref (call->message);
  g_object_unref (call->server);
  g_free (call);
}

static gboolean
finish_stopping (gpointer data)
{
  HandoverHttpServer *self = data;
  g_autoptr (GTask) task = g_steal_pointer (&self->stopping);

  self->stop_source = 0;
  soup_server_disconnect (self->soup);
  g_task_return_boolean (task, TRUE);

  return G_SOURCE_REMOVE;
}

/* Later, for it may be one of the library's signals that brings the news. */
static void
check_stopped (HandoverHttpServer *self)
{
  if (self->stopping == NULL || self->n_open > 0)
    return;

  g_clear_handle_id (&self->stop_source, g_source_remove);
  self->stop_source = g_idle_add (finish_stopping, self);
}

static void
log_request (HandoverHttpServer *self,
             SoupServerMessage  *message,
             guint               status)
{
  gint64 elapsed = g_get_monotonic_time () - handover_reception_get (message)->started;

  if (!self->options.quiet)
    g_printerr ("%s %s %u %" G_GINT64_FORMAT "\n", soup_server_message_get_method (message),
                g_uri_get_path (soup_server_message_get_uri (message)), status, elapsed / 1000);
}

static void
write_headers (Call               *call,
               SoupMessageHeaders *headers)
{
  HandoverResponse *response = call->exchange.response;
  GHashTableIter iter;
  gpointer name;
  gpointer value;

  g_hash_table_iter_init (&iter, response->headers);
  while (g_hash_table_iter_next (&iter, &name, &value))
    soup_message_headers_replace (headers, name, value);

  if (g_strcmp0 (call->exchange.request->method, "GET") == 0)
    {
      g_autofree char *sequence = g_strdup_printf ("%" G_GINT64_FORMAT, response->sequence);

      soup_message_headers_replace (headers, "Handover-Sequence", sequence);
    }
  soup_message_headers_replace (headers, "Cache-Control", "no-store");
  soup_message_headers_replace (headers, "X-Content-Type-Options", "nosniff");
}

static const char *
get_content_type (HandoverResponse *response)
{
  if (response->data != NULL)
    return response->content_type;

  return response->status >= 400 ? "application/problem+json" : "application/json";
}

static void
write_answer (Call *call)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (call->message);
  HandoverResponse *response = call->exchange.response;
  g_autoptr (GBytes) body = handover_response_get_bytes (response);

  write_headers (call, headers);
  /* The library knows no words for this one. */
  soup_server_message_set_status (call->message, response->status,
                                  response->status == 429 ? "Too Many Requests" : NULL);
  if (body != NULL)
    {
      soup_message_headers_set_content_type (headers, get_content_type (response), NULL);
      soup_message_body_append_bytes (soup_server_message_get_response_body (call->message), body);
    }
  else if (response->status != SOUP_STATUS_NO_CONTENT)
    {
      soup_message_headers_set_content_length (headers, 0);
    }
}

static void
answer (Call *call)
{
  log_request (call->server, call->message, call->exchange.response->status);
  /* A client that left has taken the connection with it: there is nothing to write to. */
  if (!call->left)
    {
      write_answer (call);
      soup_server_message_unpause (call->message);
    }
  call_free (call);
}

static void
fail (Call         *call,
      const GError *error)
{
  handover_exchange_fail (&call->exchange, error);
  answer (call);
}

static void
start_stream (Call *call)
{
  HandoverHttpServer *self = call->server;
  HandoverResponse *response = call->exchange.response;
  g_autoptr (GSocket) socket = NULL;
  g_autoptr (GIOStream) connection = NULL;
  g_autoptr (GError) error = NULL;

  log_request (self, call->message, response->status);
  if (!call->left)
    {
      /* What the stolen stream says of itself is no guide to whether it is encrypted; the server's own word is. */
      socket = g_object_ref (soup_server_message_get_socket (call->message));
      connection = handover_reception_steal (call->message);
      if (!handover_fan_out_add (self->options.fan_out, socket, connection, self->options.certificate != NULL,
                                 &call->exchange.principal, response->stream.after, response->sequence, &error))
        g_warning ("Cannot start an event stream: %s", error->message);
    }
  call_free (call);
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
touch (Call *call)
{
  HandoverPrincipal *principal;

  if (!call->exchange.principal.stale)
    return;

  principal = g_new0 (HandoverPrincipal, 1);
  principal->kind = call->exchange.principal.kind;
  principal->business_id = g_strdup (call->exchange.principal.business_id);
  principal->id = g_strdup (call->exchange.principal.id);
  principal->credential_id = g_strdup (call->exchange.principal.credential_id);
  handover_workers_write_async (call->server->options.workers, handover_pipeline_touch, principal, principal_free, NULL,
                                touched_cb, NULL);
}

static void
main_job_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      data)
{
  Call *call = data;
  HandoverResponse *response = call->exchange.response;
  g_autoptr (GError) error = NULL;

  if (!handover_workers_finish (HANDOVER_WORKERS (object), result, &error))
    {
      fail (call, error);
      return;
    }

  touch (call);
  for (guint i = 0; i < response->ended->len; i++)
    handover_fan_out_end (call->server->options.fan_out, g_ptr_array_index (response->ended, i));

  if (response->stream.wanted)
    start_stream (call);
  else
    answer (call);
}

static void
run_main_job (Call *call)
{
  HandoverWorkers *workers = call->server->options.workers;

  if (call->exchange.route->flags & HANDOVER_ROUTE_WRITE)
    handover_workers_write_async (workers, handover_pipeline_run, &call->exchange, NULL, NULL, main_job_cb, call);
  else
    handover_workers_read_async (workers, handover_pipeline_run, &call->exchange, NULL, NULL, main_job_cb, call);
}

static gboolean
prepared_cb (gpointer data)
{
  Call *call = data;

  if (call->error != NULL)
    fail (call, call->error);
  else
    run_main_job (call);

  return G_SOURCE_REMOVE;
}

static void
prepare (gpointer data,
         gpointer user_data)
{
  Call *call = data;

  call->exchange.route->prepare (call->exchange.request, &call->error);
  g_main_context_invoke (call->server->main_context, prepared_cb, call);
}

static void
looked_up_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      data)
{
  Call *call = data;
  g_autoptr (GError) error = NULL;

  if (!handover_workers_finish (HANDOVER_WORKERS (object), result, &error))
    {
      fail (call, error);
      return;
    }
  if (call->exchange.route->prepare == NULL)
    {
      run_main_job (call);
      return;
    }
  if (g_thread_pool_unprocessed (call->server->preparers) >= PREPARE_QUEUE)
    {
      error = g_error_new_literal (HANDOVER_PROBLEM, HANDOVER_PROBLEM_BUSY,
                                   "Too many people sign in at once. Try again in a moment.");
      fail (call, error);
      return;
    }

  g_thread_pool_push (call->server->preparers, call, NULL);
}

static void
copy_header (const char *name,
             const char *value,
             gpointer    data)
{
  GHashTable *headers = data;
  char *key = g_ascii_strdown (name, -1);
  const char *earlier = g_hash_table_lookup (headers, key);
  char *joined = earlier != NULL ? g_strconcat (earlier, ", ", value, NULL) : g_strdup (value);

  g_hash_table_replace (headers, key, joined);
}

static HandoverRequest *
make_request (HandoverHttpServer *self,
              SoupServerMessage  *message)
{
  GUri *uri = soup_server_message_get_uri (message);
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  HandoverRequest *request = handover_request_new (soup_server_message_get_method (message),
                                                   g_uri_get_path (uri), g_uri_get_query (uri));

  soup_message_headers_foreach (soup_server_message_get_request_headers (message), copy_header, request->headers);
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
needs_look_up (Call *call)
{
  const HandoverRoute *route = call->exchange.route;

  return route->lookup != NULL || route->prepare != NULL ||
         ((route->flags & HANDOVER_ROUTE_WRITE) != 0 && g_bytes_get_size (call->exchange.request->data) > LARGE_BODY);
}

static void
disconnected_cb (SoupServerMessage *message,
                 gpointer           data)
{
  Call *call = data;

  call->left = TRUE;
}

static void
handle_cb (SoupServer        *soup,
           SoupServerMessage *message,
           const char        *path,
           GHashTable        *query,
           gpointer           data)
{
  HandoverHttpServer *self = data;
  HandoverReception *reception = handover_reception_get (message);
  Call *call;
  g_autofree char *allowed = NULL;
  g_autoptr (GError) error = NULL;

  if (reception == NULL || reception->refused)
    return;

  call = g_new0 (Call, 1);
  call->server = g_object_ref (self);
  call->message = g_object_ref (message);
  call->exchange.request = make_request (self, message);
  call->exchange.response = handover_response_new ();
  g_signal_connect (message, "disconnected", G_CALLBACK (disconnected_cb), call);
  soup_server_message_pause (message);

  call->exchange.route = handover_router_match (self->router, call->exchange.request, &allowed, &error);
  if (allowed != NULL)
    handover_response_set_header (call->exchange.response, "Allow", allowed);

  if (call->exchange.route == NULL)
    fail (call, error);
  else if (needs_look_up (call))
    handover_workers_read_async (self->options.workers, handover_pipeline_look_up, &call->exchange, NULL, NULL,
                                 looked_up_cb, call);
  else
    run_main_job (call);
}

static void
refuse_message (SoupServerMessage *message,
                gpointer           data)
{
  HandoverHttpServer *self = data;
  g_autoptr (GError) error = g_error_new (HANDOVER_PROBLEM, HANDOVER_PROBLEM_TOO_LARGE,
                                          "The body must not be larger than %d bytes.", HANDOVER_HTTP_BODY_LIMIT);
  g_autoptr (HandoverResponse) response = handover_response_new ();
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GIOStream) connection = NULL;

  handover_response_set_problem (response, error, NULL);
  body = handover_response_get_bytes (response);
  log_request (self, message, response->status);
  connection = handover_reception_steal (message);
  handover_refusal_send (connection, body);
}

static void
message_ended (gpointer data)
{
  HandoverHttpServer *self = data;

  self->n_open--;
  check_stopped (self);
}

static void
early_cb (SoupServer        *soup,
          SoupServerMessage *message,
          const char        *path,
          GHashTable        *query,
          gpointer           data)
{
  HandoverHttpServer *self = data;

  self->n_open++;
  handover_reception_begin (message, message_ended, refuse_message, self);
  handover_reception_check (message);
}

/* The library makes a message as soon as it waits for one. */
static void
request_started_cb (SoupServer        *soup,
                    SoupServerMessage *message,
                    gpointer           data)
{
  HandoverHttpServer *self = data;

  handover_deadlines_watch (self->deadlines, message);
}

static void
handover_http_server_dispose (GObject *object)
{
  HandoverHttpServer *self = HANDOVER_HTTP_SERVER (object);

  g_clear_handle_id (&self->stop_source, g_source_remove);
  if (self->soup != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->soup, self);
      soup_server_disconnect (self->soup);
    }
  g_clear_object (&self->soup);

  G_OBJECT_CLASS (handover_http_server_parent_class)->dispose (object);
}

static void
handover_http_server_finalize (GObject *object)
{
  HandoverHttpServer *self = HANDOVER_HTTP_SERVER (object);

  g_thread_pool_free (self->preparers, TRUE, TRUE);
  g_clear_pointer (&self->router, handover_router_free);
  g_clear_pointer (&self->deadlines, handover_deadlines_free);
  g_clear_pointer (&self->context.accounts, handover_throttle_free);
  g_clear_pointer (&self->context.addresses, handover_throttle_free);
  g_clear_pointer (&self->main_context, g_main_context_unref);

  G_OBJECT_CLASS (handover_http_server_parent_class)->finalize (object);
}

static void
handover_http_server_class_init (HandoverHttpServerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = handover_http_server_dispose;
  object_class->finalize = handover_http_server_finalize;
}

static void
handover_http_server_init (HandoverHttpServer *self)
{
  self->main_context = g_main_context_ref_thread_default ();
  self->router = handover_router_new ();
  self->preparers = g_thread_pool_new (prepare, self, PREPARE_THREADS, FALSE, NULL);
}

/**
 * handover_http_server_new:
 * @options: what it works with
 *
 * Makes a server without routes that does not listen yet.
 *
 * Returns: (transfer full): a server
 */
HandoverHttpServer *
handover_http_server_new (const HandoverHttpServerOptions *options)
{
  HandoverHttpServer *self = g_object_new (HANDOVER_TYPE_HTTP_SERVER, NULL);

  self->options = *options;
  self->context.config = options->config;
  self->context.accounts = handover_throttle_new (options->config->attempts_per_account,
                                                  options->config->attempt_refill);
  self->context.addresses = handover_throttle_new (options->config->attempts_per_address,
                                                   options->config->attempt_refill);
  self->deadlines = handover_deadlines_new (options->config->head_seconds, options->config->body_seconds);
  /* A raw path keeps a slash inside an id apart from the slashes around it. */
  self->soup = soup_server_new ("raw-paths", TRUE, NULL);
  if (options->certificate != NULL)
    soup_server_set_tls_certificate (self->soup, options->certificate);
  g_signal_connect (self->soup, "request-started", G_CALLBACK (request_started_cb), self);
  soup_server_add_early_handler (self->soup, NULL, early_cb, self, NULL);
  soup_server_add_handler (self->soup, NULL, handle_cb, self, NULL);

  return self;
}

/**
 * handover_http_server_add_routes:
 * @self: a server
 * @routes: (array zero-terminated=1): a table that outlives the server
 *
 * Adds a table of routes.
 */
void
handover_http_server_add_routes (HandoverHttpServer  *self,
                                 const HandoverRoute *routes)
{
  handover_router_add (self->router, routes);
}

/**
 * handover_http_server_listen:
 * @self: a server
 * @socket: a socket that listens
 * @error: return location
 *
 * Starts to answer.
 *
 * Returns: whether it could
 */
gboolean
handover_http_server_listen (HandoverHttpServer  *self,
                             GSocket             *socket,
                             GError             **error)
{
  return soup_server_listen_socket (self->soup, socket,
                                    self->options.certificate != NULL ? SOUP_SERVER_LISTEN_HTTPS : 0, error);
}

/**
 * handover_http_server_get_uri:
 * @self: a server that listens
 *
 * Gets the address to reach it at, without a slash at its end.
 *
 * Returns: (transfer full): the address
 */
char *
handover_http_server_get_uri (HandoverHttpServer *self)
{
  GSList *uris = soup_server_get_uris (self->soup);
  GUri *uri = uris->data;
  g_autofree char *host = g_strdup (g_uri_get_host (uri));
  gboolean is_ipv6 = strchr (host, ':') != NULL;
  char *text = g_strdup_printf ("%s://%s%s%s:%d", g_uri_get_scheme (uri), is_ipv6 ? "[" : "", host,
                                is_ipv6 ? "]" : "", g_uri_get_port (uri));

  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  return text;
}

/**
 * handover_http_server_stop_async:
 * @self: a server
 * @callback: called when it stopped
 * @user_data: for @callback
 *
 * Finishes what is under way, then closes everything.
 */
void
handover_http_server_stop_async (HandoverHttpServer  *self,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_return_if_fail (self->stopping == NULL);

  self->stopping = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (self->stopping, handover_http_server_stop_async);
  /* Whoever sends a body slowly for ever does not keep the service from stopping. */
  self->stop_source = g_timeout_add_seconds (STOP_SECONDS, finish_stopping, self);
  check_stopped (self);
}

/**
 * handover_http_server_stop_finish:
 * @self: a server
 * @result: the result
 * @error: return location
 *
 * Finishes [method@HttpServer.stop_async].
 *
 * Returns: whether it stopped
 */
gboolean
handover_http_server_stop_finish (HandoverHttpServer  *self,
                                  GAsyncResult        *result,
                                  GError             **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
