/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/http/handover-listener.h"

/* The library's own sockets hold ten waiting connections; a shop's operators come back all at once. */
#define BACKLOG 4096

static GSocketAddress *
resolve (const char  *text,
         GError     **error)
{
  g_autoptr (GSocketConnectable) connectable = g_network_address_parse (text, 0, error);
  g_autoptr (GSocketAddressEnumerator) enumerator = NULL;
  g_autoptr (GSocketAddress) address = NULL;

  if (connectable == NULL)
    return NULL;

  enumerator = g_socket_connectable_enumerate (connectable);
  address = g_socket_address_enumerator_next (enumerator, NULL, error);
  if (address == NULL && error != NULL && *error == NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "%s leads nowhere", text);

  return g_steal_pointer (&address);
}

/**
 * handover_listener_new:
 * @address: `HOST:PORT`; port 0 picks a free one
 * @error: return location
 *
 * Makes a socket that listens. It resolves names, so it blocks: use it before the main loop runs.
 *
 * Returns: (transfer full) (nullable): the socket
 */
GSocket *
handover_listener_new (const char  *address,
                       GError     **error)
{
  g_autoptr (GSocketAddress) socket_address = resolve (address, error);
  g_autoptr (GSocket) socket = NULL;

  if (socket_address == NULL)
    return NULL;

  socket = g_socket_new (g_socket_address_get_family (socket_address), G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP,
                         error);
  if (socket == NULL)
    return NULL;

  g_socket_set_listen_backlog (socket, BACKLOG);
  if (!g_socket_bind (socket, socket_address, TRUE, error) || !g_socket_listen (socket, error))
    return NULL;

  return g_steal_pointer (&socket);
}
