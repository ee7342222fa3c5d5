/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#define G_LOG_DOMAIN "handover-http-server"

#include "service/http/handover-http-server.h"

#include <string.h>

#include "core/handover-attachment.h"
#include "core/handover-problem.h"
#include "service/http/handover-connections.h"
#include "service/http/handover-deadlines.h"
#include "service/http/handover-reception.h"
#include "service/http/handover-refusal.h"

#define STOP_SECONDS 10

struct _HandoverHttpServer
{
  GObject parent_instance;

  gboolean tls;
  HandoverCalls *calls;
  SoupServer *soup;
  HandoverDeadlines *deadlines;
  HandoverConnections *connections;
  GTask *stopping;
  guint stop_source;
  guint n_open;
};

G_DEFINE_FINAL_TYPE (HandoverHttpServer, handover_http_server, G_TYPE_OBJECT)

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
handle_cb (SoupServer        *soup,
           SoupServerMessage *message,
           const char        *path,
           GHashTable        *query,
           gpointer           data)
{
  HandoverHttpServer *self = data;
  HandoverReception *reception = handover_reception_get (message);

  if (reception != NULL && !reception->refused)
    handover_calls_take (self->calls, message);
}

static void
refuse_message (SoupServerMessage *message,
                const GError      *error,
                gpointer           data)
{
  HandoverHttpServer *self = data;
  g_autoptr (GIOStream) connection = NULL;

  handover_calls_log (self->calls, message, handover_problem_get_status (error->code));
  connection = handover_reception_steal (message);
  handover_refusal_send (connection, error);
}

static void
message_ended (gpointer data)
{
  HandoverHttpServer *self = data;

  self->n_open--;
  check_stopped (self);
}

static HandoverAdmission
admit (HandoverHttpServer *self,
       SoupServerMessage  *message)
{
  GSocket *socket = soup_server_message_get_socket (message);

  if (socket == NULL)
    return HANDOVER_ADMISSION_CUT;

  return handover_connections_admit (self->connections, socket, soup_server_message_get_remote_address (message));
}

static void
check_admission (HandoverHttpServer *self,
                 SoupServerMessage  *message)
{
  HandoverAdmission admission = admit (self, message);
  g_autoptr (GError) error = NULL;

  if (admission == HANDOVER_ADMISSION_CROWDED)
    error = g_error_new_literal (HANDOVER_PROBLEM, HANDOVER_PROBLEM_BUSY,
                                 "Too many connections come from your address. Close some, then try again.");
  else if (admission == HANDOVER_ADMISSION_FULL)
    error = g_error_new_literal (HANDOVER_PROBLEM, HANDOVER_PROBLEM_BUSY,
                                 "Too many connections are open. Try again in a moment.");

  if (error != NULL)
    handover_reception_refuse (message, error);
}

static void
early_cb (SoupServer        *soup,
          SoupServerMessage *message,
          const char        *path,
          GHashTable        *query,
          gpointer           data)
{
  HandoverHttpServer *self = data;
  gboolean file = handover_calls_takes_file (self->calls, message);

  self->n_open++;
  handover_reception_begin (message, message_ended, refuse_message, self);
  check_admission (self, message);
  handover_reception_check (message, file ? HANDOVER_LIMIT_ATTACHMENT : HANDOVER_HTTP_BODY_LIMIT);
  if (file && !handover_reception_get (message)->refused)
    handover_calls_begin_upload (self->calls, message);
}

static void
got_headers_cb (SoupServerMessage *message,
                gpointer           data)
{
  handover_refusal_withdraw (message);
}

/* The library makes a message as soon as it waits for one. */
static void
request_started_cb (SoupServer        *soup,
                    SoupServerMessage *message,
                    gpointer           data)
{
  HandoverHttpServer *self = data;

  admit (self, message);
  handover_deadlines_watch (self->deadlines, message);
  handover_refusal_prepare (message);
  g_signal_connect (message, "got-headers", G_CALLBACK (got_headers_cb), NULL);
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

  g_clear_pointer (&self->deadlines, handover_deadlines_free);
  g_clear_pointer (&self->connections, handover_connections_free);
  g_clear_pointer (&self->calls, handover_calls_free);

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

  self->tls = options->certificate != NULL;
  self->calls = handover_calls_new (options);
  self->connections = handover_connections_new (options->config->connections, options->config->connections_per_address,
                                                (const char * const *) options->config->trusted_proxies);
  self->deadlines = handover_deadlines_new (options->config->head_seconds, options->config->body_seconds);
  /* A raw path keeps a slash inside an id apart from the slashes around it. */
  self->soup = soup_server_new ("raw-paths", TRUE, NULL);
  if (options->certificate != NULL)
    soup_server_set_tls_certificate (self->soup, options->certificate);
  g_signal_connect (self->soup, "request-started", G_CALLBACK (request_started_cb), self);
  soup_server_add_early_handler (self->soup, NULL, early_cb, self, NULL);
  soup_server_add_handler (self->soup, NULL, handle_cb, self, NULL);
  /* An asterisk instead of a path goes to nobody else. */
  soup_server_add_early_handler (self->soup, "*", early_cb, self, NULL);
  soup_server_add_handler (self->soup, "*", handle_cb, self, NULL);

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
  handover_calls_add_routes (self->calls, routes);
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
                                    self->tls ? SOUP_SERVER_LISTEN_HTTPS : 0, error);
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
