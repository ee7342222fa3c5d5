/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include <string.h>

#include <gio/gio.h>

#include "client/handover-service-address.h"
#include "core/handover-problem.h"
#include "fuzz-target.h"

/* Whether the host is this computer, found without the code that is tested. */
static gboolean
is_here (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  return g_str_equal (host, "localhost") || (address != NULL && g_inet_address_get_is_loopback (address));
}

static void
check_address (const char *address)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GUri) uri = g_uri_parse (address, G_URI_FLAGS_NONE, &error);
  g_autofree char *again = NULL;

  g_assert_no_error (error);
  g_assert_true (g_utf8_validate (address, -1, NULL));
  g_assert_null (g_uri_get_userinfo (uri));
  g_assert_null (g_uri_get_query (uri));
  g_assert_null (g_uri_get_fragment (uri));
  g_assert_nonnull (g_uri_get_host (uri));
  g_assert_cmpint (*g_uri_get_host (uri), !=, '\0');
  g_assert_false (g_str_has_suffix (address, "/"));
  if (!g_str_equal (g_uri_get_scheme (uri), "https"))
    {
      g_assert_cmpstr (g_uri_get_scheme (uri), ==, "http");
      g_assert_true (is_here (g_uri_get_host (uri)));
    }

  again = handover_service_address_normalise (address, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (again, ==, address);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autofree char *address = NULL;
  g_autoptr (GError) error = NULL;

  /* An entry gives no other text. */
  if (!g_utf8_validate (text, -1, NULL))
    return 0;

  address = handover_service_address_normalise (text, &error);
  g_assert_true ((address == NULL) == (error != NULL));
  if (address != NULL)
    {
      check_address (address);
      return 0;
    }

  g_assert_true (error->domain == HANDOVER_PROBLEM);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  return 0;
}
