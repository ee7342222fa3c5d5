/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#define G_LOG_DOMAIN "handover-connections"

#include "service/http/handover-connections.h"

#include <sys/resource.h>

#include "service/http/handover-remote-address.h"

#define PLACE_DATA "handover-place"

/* So many of those that find no place are heard and told why; more would be a crowd of its own. */
#define TOLD 64

/* Descriptors that are not connections: the database's, the threads', the logs'. */
#define RESERVED 128

struct _HandoverConnections
{
  gatomicrefcount references;
  guint in_all;
  guint per_address;
  char **trusted_proxies;

  GMutex lock;
  guint n_places;
  guint n_told;
  GHashTable *addresses;
};

struct _HandoverPlace
{
  HandoverConnections *connections;
  HandoverAdmission admission;
  char *address;
};

static HandoverConnections *
connections_ref (HandoverConnections *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

static guint
get_count (HandoverConnections *self,
           const char          *address)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->addresses, address));
}

static void
set_count (HandoverConnections *self,
           const char          *address,
           guint                count)
{
  if (count > 0)
    g_hash_table_insert (self->addresses, g_strdup (address), GUINT_TO_POINTER (count));
  else
    g_hash_table_remove (self->addresses, address);
}

/* Behind a proxy all the world has one address. */
static char *
find_address (HandoverConnections *self,
              GSocketAddress      *peer)
{
  g_autofree char *address = handover_remote_address_find (peer, NULL, (const char * const *) self->trusted_proxies);

  if (g_strv_contains ((const char * const *) self->trusted_proxies, address))
    return NULL;

  return g_steal_pointer (&address);
}

static HandoverAdmission
find_admission (HandoverConnections *self,
                const char          *address)
{
  HandoverAdmission refusal;

  if (self->n_places >= self->in_all)
    refusal = HANDOVER_ADMISSION_FULL;
  else if (address != NULL && get_count (self, address) >= self->per_address)
    refusal = HANDOVER_ADMISSION_CROWDED;
  else
    return HANDOVER_ADMISSION_FREE;

  return self->n_told < TOLD ? refusal : HANDOVER_ADMISSION_CUT;
}

/* What the system allows; past that, connections would wait without an answer. */
static guint
limit_to_descriptors (guint wanted)
{
  struct rlimit limit;

  if (getrlimit (RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY || limit.rlim_cur > wanted + RESERVED)
    return wanted;

  return limit.rlim_cur > 2 * RESERVED ? limit.rlim_cur - RESERVED : limit.rlim_cur / 2;
}

/**
 * handover_connections_new:
 * @in_all: how many there may be at once, or fewer if the process may not have so many open
 * @per_address: how many of them from one address
 * @trusted_proxies: (array zero-terminated=1): addresses that stand for many
 *
 * Makes what counts connections, so that no crowd takes the service from all others.
 *
 * Returns: (transfer full): it
 */
HandoverConnections *
handover_connections_new (guint               in_all,
                          guint               per_address,
                          const char * const *trusted_proxies)
{
  HandoverConnections *self = g_new0 (HandoverConnections, 1);

  g_atomic_ref_count_init (&self->references);
  self->in_all = limit_to_descriptors (in_all);
  self->per_address = per_address;
  self->trusted_proxies = g_strdupv ((char **) trusted_proxies);
  g_mutex_init (&self->lock);
  self->addresses = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  return self;
}

/**
 * handover_connections_free:
 * @self: (transfer full): it
 *
 * Gives it back; connections that are open keep it a little longer.
 */
void
handover_connections_free (HandoverConnections *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;

  g_hash_table_unref (self->addresses);
  g_mutex_clear (&self->lock);
  g_strfreev (self->trusted_proxies);
  g_free (self);
}

/**
 * handover_connections_admit:
 * @self: it
 * @socket: a connection's socket
 * @peer: (nullable): who holds the other end
 *
 * Gives a connection its place, or says that it has none. What was said of a connection is said again. The place lasts
 * as long as the socket, unless it is taken.
 *
 * Returns: what becomes of it
 */
HandoverAdmission
handover_connections_admit (HandoverConnections *self,
                            GSocket             *socket,
                            GSocketAddress      *peer)
{
  HandoverPlace *place = g_object_get_data (G_OBJECT (socket), PLACE_DATA);

  if (place != NULL)
    return place->admission;

  place = g_new0 (HandoverPlace, 1);
  place->connections = connections_ref (self);
  place->address = find_address (self, peer);

  g_mutex_lock (&self->lock);
  place->admission = find_admission (self, place->address);
  if (place->admission == HANDOVER_ADMISSION_FREE)
    {
      self->n_places++;
      if (place->address != NULL)
        set_count (self, place->address, get_count (self, place->address) + 1);
    }
  else if (place->admission != HANDOVER_ADMISSION_CUT)
    {
      self->n_told++;
    }
  g_mutex_unlock (&self->lock);

  g_object_set_data_full (G_OBJECT (socket), PLACE_DATA, place, (GDestroyNotify) handover_place_free);
  if (place->admission == HANDOVER_ADMISSION_CUT)
    g_socket_shutdown (socket, TRUE, TRUE, NULL);
  return place->admission;
}

/**
 * handover_connections_take_place:
 * @socket: a connection's socket
 *
 * Takes the place away from the socket, for a connection that outlives it.
 *
 * Returns: (transfer full) (nullable): the place
 */
HandoverPlace *
handover_connections_take_place (GSocket *socket)
{
  return g_object_steal_data (G_OBJECT (socket), PLACE_DATA);
}

/**
 * handover_place_free:
 * @self: (transfer full): a place
 *
 * Gives a place back. Any thread may do so.
 */
void
handover_place_free (HandoverPlace *self)
{
  HandoverConnections *connections = self->connections;

  g_mutex_lock (&connections->lock);
  if (self->admission == HANDOVER_ADMISSION_FREE)
    {
      connections->n_places--;
      if (self->address != NULL)
        set_count (connections, self->address, get_count (connections, self->address) - 1);
    }
  else if (self->admission != HANDOVER_ADMISSION_CUT)
    {
      connections->n_told--;
    }
  g_mutex_unlock (&connections->lock);

  g_free (self->address);
  handover_connections_free (connections);
  g_free (self);
}
