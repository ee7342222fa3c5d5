/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#define G_LOG_DOMAIN "handover-client"

#include "config.h"

#include "client/handover-client.h"

#include <string.h>

#include "client/handover-client-files.h"
#include "client/handover-local-service.h"
#include "client/handover-service-address.h"
#include "client/store/handover-gateway.h"

/* Nothing listens there: while the service on this computer does not run, another program may have its port, and is told
 * nothing. */
#define NOWHERE "http://127.0.0.1:1"

/* For how long libsoup keeps an unused connection. */
#define KEPT_MICROSECONDS (60 * G_USEC_PER_SEC)

/**
 * HandoverClient:
 *
 * One service and the session with it. It is the one owner of the session's token, which it wipes when it lets go.
 */
struct _HandoverClient
{
  GObject parent_instance;

  SoupSession *session;
  char *service;
  char *host;
  HandoverLocalService *local;
  char *token;
  gint64 distrusted_until;
};

static void handover_client_gateway_init (HandoverGatewayInterface *interface);

G_DEFINE_FINAL_TYPE_WITH_CODE (HandoverClient, handover_client, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (HANDOVER_TYPE_GATEWAY, handover_client_gateway_init))

static void
gateway_call_async (HandoverGateway     *gateway,
                    const char          *method,
                    const char          *path,
                    JsonNode            *body,
                    const char          *idempotency_key,
                    GCancellable        *cancellable,
                    GAsyncReadyCallback  callback,
                    gpointer             user_data)
{
  /* What is written is small, and is tried again under its key: a dead connection must not hold it up for long. */
  guint limit = g_str_equal (method, "GET") ? HANDOVER_CALL_PATIENT : HANDOVER_CALL_LIMIT;

  handover_client_call_async (HANDOVER_CLIENT (gateway), HANDOVER_CALL_DEFAULT, method, path, body, idempotency_key,
                              limit, cancellable, callback, user_data);
}

static gboolean
gateway_call_finish (HandoverGateway  *gateway,
                     GAsyncResult     *result,
                     JsonNode        **body,
                     gint64           *sequence,
                     GError          **error)
{
  g_autoptr (HandoverReply) reply = handover_client_call_finish (HANDOVER_CLIENT (gateway), result, error);

  if (reply == NULL)
    return FALSE;

  if (body != NULL)
    *body = g_steal_pointer (&reply->body);
  if (sequence != NULL)
    *sequence = reply->sequence;

  return TRUE;
}

static void
handover_client_gateway_init (HandoverGatewayInterface *interface)
{
  interface->call_async = gateway_call_async;
  interface->call_finish = gateway_call_finish;
  interface->upload_async = handover_client_upload_async;
  interface->upload_finish = handover_client_upload_finish;
  interface->download_async = handover_client_download_async;
  interface->download_finish = handover_client_download_finish;
}

static void
handover_client_finalize (GObject *object)
{
  HandoverClient *self = HANDOVER_CLIENT (object);

  handover_client_set_token (self, NULL);
  g_clear_object (&self->session);
  g_clear_object (&self->local);
  g_free (self->service);
  g_free (self->host);

  G_OBJECT_CLASS (handover_client_parent_class)->finalize (object);
}

static void
handover_client_class_init (HandoverClientClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = handover_client_finalize;

  /**
   * HandoverClient::unauthorized:
   *
   * The service no longer accepts the token.
   */
  g_signal_new ("unauthorized", HANDOVER_TYPE_CLIENT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
handover_client_init (HandoverClient *self)
{
  g_autofree char *agent = g_strdup_printf ("Handover/%s (%s)", PACKAGE_VERSION, g_get_host_name ());

  /* The stream is never silent for that long, and every call has a limit of its own. */
  self->session = soup_session_new_with_options ("user-agent", agent,
                                                 "timeout", 60,
                                                 "max-conns-per-host", 8,
                                                 NULL);
}

static HandoverClient *
new_local (void)
{
  HandoverClient *self = g_object_new (HANDOVER_TYPE_CLIENT, NULL);

  self->service = g_strdup (HANDOVER_LOCAL_SERVICE_NAME);
  self->host = g_strdup ("127.0.0.1");
  self->local = g_object_ref (handover_local_service_get_default ());

  return self;
}

/**
 * handover_client_new:
 * @service: the address of a service, as a person typed it, or %HANDOVER_LOCAL_SERVICE_NAME
 * @error: return location for a %HANDOVER_PROBLEM error
 *
 * Makes a client; nothing is sent yet.
 *
 * Returns: (transfer full) (nullable): the client, or %NULL with @error if the address cannot be used
 */
HandoverClient *
handover_client_new (const char  *service,
                     GError     **error)
{
  g_autofree char *address = NULL;
  g_autoptr (GUri) uri = NULL;
  HandoverClient *self;

  g_return_val_if_fail (service != NULL, NULL);

  if (g_str_equal (service, HANDOVER_LOCAL_SERVICE_NAME))
    return new_local ();

  address = handover_service_address_normalise (service, error);
  if (address == NULL)
    return NULL;

  uri = g_uri_parse (address, SOUP_HTTP_URI_FLAGS, error);
  if (uri == NULL)
    return NULL;

  self = g_object_new (HANDOVER_TYPE_CLIENT, NULL);
  self->service = g_steal_pointer (&address);
  self->host = g_strdup (g_uri_get_host (uri));

  return self;
}

/**
 * handover_client_get_service:
 * @self: a client
 *
 * Gets the service under whose name all that belongs to it is kept: its address, normalised, or
 * %HANDOVER_LOCAL_SERVICE_NAME.
 *
 * Returns: the name
 */
const char *
handover_client_get_service (HandoverClient *self)
{
  g_return_val_if_fail (HANDOVER_IS_CLIENT (self), NULL);

  return self->service;
}

/**
 * handover_client_get_address:
 * @self: a client
 *
 * Gets where the service answers at the moment.
 *
 * Returns: (nullable): the address; %NULL while the service on this computer does not run
 */
const char *
handover_client_get_address (HandoverClient *self)
{
  g_return_val_if_fail (HANDOVER_IS_CLIENT (self), NULL);

  return self->local != NULL ? handover_local_service_get_address (self->local) : self->service;
}

/**
 * handover_client_get_session:
 * @self: a client
 *
 * Gets the session, for what is not a call: the event stream.
 *
 * Returns: (transfer none): the session
 */
SoupSession *
handover_client_get_session (HandoverClient *self)
{
  g_return_val_if_fail (HANDOVER_IS_CLIENT (self), NULL);

  return self->session;
}

/**
 * handover_client_get_host:
 * @self: a client
 *
 * Gets the name of the service's computer, for messages to people.
 *
 * Returns: the name
 */
const char *
handover_client_get_host (HandoverClient *self)
{
  g_return_val_if_fail (HANDOVER_IS_CLIENT (self), NULL);

  return self->host;
}

/**
 * handover_client_get_token:
 * @self: a client
 *
 * Gets the token, to keep it in the keyring. It stays the client's: make no copy.
 *
 * Returns: (nullable): the token
 */
const char *
handover_client_get_token (HandoverClient *self)
{
  g_return_val_if_fail (HANDOVER_IS_CLIENT (self), NULL);

  return self->token;
}

/**
 * handover_client_set_token:
 * @self: a client
 * @token: (nullable): a session token, which is copied; %NULL to wipe the one in use
 *
 * Says with which session calls are made from now on.
 */
void
handover_client_set_token (HandoverClient *self,
                           const char     *token)
{
  g_return_if_fail (HANDOVER_IS_CLIENT (self));

  if (self->token != NULL)
    explicit_bzero (self->token, strlen (self->token));
  g_free (self->token);
  self->token = g_strdup (token);
}

/*
 * libsoup sends a request again by itself if a connection that it kept turns out to be closed. After several such
 * connections in a row, as a restarted service leaves behind, libsoup up to 3.7.0 ends the request twice and crashes.
 * It does so only for methods that may be repeated; the others are repeated by us, under their idempotency key.
 */
static gboolean
is_sent_again_by_soup (const char *method)
{
  return !g_str_equal (method, "POST") && !g_str_equal (method, "PATCH");
}

/**
 * handover_client_new_message:
 * @self: a client
 * @method: the HTTP method
 * @path: the path, with its query
 *
 * Makes a request of this session. Redirects are not followed: they could carry the token elsewhere.
 *
 * Returns: (transfer full): the request
 */
SoupMessage *
handover_client_new_message (HandoverClient *self,
                             const char     *method,
                             const char     *path)
{
  const char *service = handover_client_get_address (self);
  g_autofree char *address = g_strconcat (service != NULL ? service : NOWHERE, path, NULL);
  SoupMessage *message = soup_message_new (method, address);

  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  if (is_sent_again_by_soup (method) || g_get_monotonic_time () < self->distrusted_until)
    soup_message_add_flags (message, SOUP_MESSAGE_NEW_CONNECTION);
  if (self->token != NULL && service != NULL)
    {
      g_autofree char *value = g_strconcat ("Bearer ", self->token, NULL);

      soup_message_headers_append (soup_message_get_request_headers (message), "Authorization", value);
      explicit_bzero (value, strlen (value));
    }

  return message;
}

/**
 * handover_client_distrust_connections:
 * @self: a client
 *
 * Says that the network may have changed: connections that were kept may be dead without a word, and are not used
 * again.
 */
void
handover_client_distrust_connections (HandoverClient *self)
{
  g_return_if_fail (HANDOVER_IS_CLIENT (self));

  self->distrusted_until = g_get_monotonic_time () + KEPT_MICROSECONDS;
}
