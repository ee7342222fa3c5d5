/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include <string.h>

#include "client/handover-service-address.h"
#include "core/handover-problem.h"

typedef struct
{
  const char *text;
  const char *address;
} Case;

static const Case accepted[] = {
  { "shop.example.com", "https://shop.example.com" },
  { "  shop.example.com  ", "https://shop.example.com" },
  { "Shop.Example.com", "https://shop.example.com" },
  { "shop.example.com:8443", "https://shop.example.com:8443" },
  { "shop.example.com/", "https://shop.example.com" },
  { "https://shop.example.com//", "https://shop.example.com" },
  { "HTTPS://shop.example.com:443", "https://shop.example.com" },
  { "shop.example.com/desk/", "https://shop.example.com/desk" },
  { "localhost:8080", "http://localhost:8080" },
  { "http://localhost", "http://localhost" },
  { "https://localhost:8443", "https://localhost:8443" },
  { "http://127.0.0.1:8080/", "http://127.0.0.1:8080" },
  { "127.3.2.1:8080", "http://127.3.2.1:8080" },
  { "http://[::1]:8080", "http://[::1]:8080" },
  { "[::1]:8080", "http://[::1]:8080" },
  { "bücher.example/schöne", "https://xn--bcher-kva.example/schöne" },
  { "shop.example.com/two%20words", "https://shop.example.com/two%20words" },
};

static const char *const refused[] = {
  "",
  "   ",
  "not an address",
  "https://",
  "http://shop.example.com",
  "http://192.168.1.4:8080",
  "http://localhost.example.com",
  "http://127.0.0.1.example.com",
  "ftp://shop.example.com",
  "https://kim:secret@shop.example.com",
  "https://shop.example.com/?token=1",
  "https://shop.example.com/#top",
  "shop.example.com%2f.example.org",
  "https://shop%00.example.com",
  "https://[shop.example.com",
  "https://shop]",
  "https://shop*",
};

static void
test_accepted (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (accepted); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *address = handover_service_address_normalise (accepted[i].text, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (address, ==, accepted[i].address);

      g_free (address);
      address = handover_service_address_normalise (accepted[i].address, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (address, ==, accepted[i].address);
    }
}

static void
test_refused (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *address = handover_service_address_normalise (refused[i], &error);

      g_assert_null (address);
      g_assert_error (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_INVALID_REQUEST);
    }
}

static void
test_plain_http_says_why (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (handover_service_address_normalise ("http://shop.example.com", &error));
  g_assert_nonnull (strstr (error->message, "encrypted"));
  g_assert_nonnull (strstr (error->message, "https://"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/client/service-address/accepted", test_accepted);
  g_test_add_func ("/client/service-address/refused", test_refused);
  g_test_add_func ("/client/service-address/plain-http-says-why", test_plain_http_says_why);

  return g_test_run ();
}
