/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "config.h"

#include "client/handover-service-address.h"

#include <string.h>

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

#include "core/handover-problem.h"

static gboolean
is_loopback (const char *host)
{
  g_autoptr (GInetAddress) address = NULL;

  if (g_ascii_strcasecmp (host, "localhost") == 0)
    return TRUE;

  address = g_inet_address_new_from_string (host);

  return address != NULL && g_inet_address_get_is_loopback (address);
}

/* A name or a number; no character that has a meaning of its own in an address, or would have to be escaped in it. */
static gboolean
is_host (const char *host)
{
  if (g_hostname_is_ip_address (host))
    return TRUE;

  for (const char *c = host; *c != '\0'; c++)
    if (!g_ascii_isalnum (*c) && strchr ("-._", *c) == NULL)
      return FALSE;

  return *host != '\0';
}

static GUri *
parse (const char *text)
{
  g_autofree char *with_scheme = NULL;

  if (strstr (text, "://") != NULL)
    return g_uri_parse (text, G_URI_FLAGS_SCHEME_NORMALIZE, NULL);

  with_scheme = g_strconcat ("https://", text, NULL);

  return g_uri_parse (with_scheme, G_URI_FLAGS_SCHEME_NORMALIZE, NULL);
}

static gboolean
check (GUri        *uri,
       const char  *scheme,
       GError     **error)
{
  const char *host = g_uri_get_host (uri);

  if (g_uri_get_userinfo (uri) != NULL || g_uri_get_query (uri) != NULL || g_uri_get_fragment (uri) != NULL)
    {
      g_set_error_literal (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_INVALID_REQUEST,
                           _("The service address has parts that do not belong there. It looks like "
                             "“shop.example.com”."));
      return FALSE;
    }

  if (g_str_equal (scheme, "https") || (g_str_equal (scheme, "http") && is_loopback (host)))
    return TRUE;

  if (g_str_equal (scheme, "http"))
    g_set_error (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_INVALID_REQUEST,
                 /* Translators: %s is the name of a computer on the network */
                 _("Connections to %s must be encrypted. Use an address that begins with “https://”."), host);
  else
    g_set_error_literal (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_INVALID_REQUEST,
                         _("The service address must begin with “https://”."));

  return FALSE;
}

/**
 * handover_service_address_normalise:
 * @text: what a person typed
 * @error: return location for a %HANDOVER_PROBLEM error
 *
 * Makes the address of a service from what a person typed: `https` is added where the scheme is missing (`http` for
 * this computer itself, the only place where it is accepted), and a slash at the end is dropped.
 *
 * Returns: (transfer full) (nullable): the address, or %NULL with @error
 */
char *
handover_service_address_normalise (const char  *text,
                                    GError     **error)
{
  g_autofree char *trimmed = NULL;
  g_autofree char *host = NULL;
  g_autofree char *address = NULL;
  g_autoptr (GUri) uri = NULL;
  g_autoptr (GUri) normal = NULL;
  const char *scheme;

  g_return_val_if_fail (text != NULL, NULL);

  trimmed = g_strstrip (g_strdup (text));
  uri = strpbrk (trimmed, " \t\n\\<>\"") == NULL ? parse (trimmed) : NULL;
  if (uri == NULL || g_uri_get_host (uri) == NULL || !is_host (g_uri_get_host (uri)))
    {
      g_set_error_literal (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_INVALID_REQUEST,
                           _("This is not the address of a service. It looks like “shop.example.com”."));
      return NULL;
    }

  scheme = g_uri_get_scheme (uri);
  host = g_ascii_strdown (g_uri_get_host (uri), -1);
  if (strstr (trimmed, "://") == NULL && is_loopback (host))
    scheme = "http";
  if (!check (uri, scheme, error))
    return NULL;

  normal = g_uri_build (G_URI_FLAGS_SCHEME_NORMALIZE, scheme, NULL, host, g_uri_get_port (uri), g_uri_get_path (uri),
                        NULL, NULL);
  address = g_uri_to_string (normal);
  while (g_str_has_suffix (address, "/"))
    address[strlen (address) - 1] = '\0';

  return g_steal_pointer (&address);
}
