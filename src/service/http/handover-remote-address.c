/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/http/handover-remote-address.h"

/**
 * handover_remote_address_find:
 * @peer: (nullable): who holds the other end of the connection
 * @forwarded_for: (nullable): what the request says in `X-Forwarded-For`
 * @trusted_proxies: (array zero-terminated=1): addresses that are believed
 *
 * Tells where a request comes from: the nearest address that is not a trusted proxy. A stranger can write anything
 * into the header, so it is read from its end, and only behind a proxy.
 *
 * Returns: (transfer full): the address as text
 */
char *
handover_remote_address_find (GSocketAddress     *peer,
                              const char         *forwarded_for,
                              const char * const *trusted_proxies)
{
  g_autofree char *address = NULL;
  g_auto (GStrv) hops = NULL;

  if (!G_IS_INET_SOCKET_ADDRESS (peer))
    return g_strdup ("unknown");

  address = g_inet_address_to_string (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (peer)));
  if (forwarded_for == NULL)
    return g_steal_pointer (&address);

  hops = g_strsplit (forwarded_for, ",", -1);
  for (guint i = g_strv_length (hops); i > 0 && g_strv_contains (trusted_proxies, address); i--)
    {
      g_autoptr (GInetAddress) hop = g_inet_address_new_from_string (g_strstrip (hops[i - 1]));

      if (hop == NULL)
        break;
      g_free (address);
      address = g_inet_address_to_string (hop);
    }

  return g_steal_pointer (&address);
}
