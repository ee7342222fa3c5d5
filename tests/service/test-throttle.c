/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/handover-config.h"
#include "service/http/handover-throttle.h"
#include "service/http/handover-token.h"

#include <string.h>

#include <sodium.h>

static void
test_refuses_and_refills (void)
{
  g_autoptr (HandoverThrottle) throttle = handover_throttle_new (3, 30);
  guint wait;

  for (int i = 0; i < 3; i++)
    g_assert_true (handover_throttle_admit (throttle, "kim", 1000, &wait));
  g_assert_false (handover_throttle_admit (throttle, "kim", 1000, &wait));
  g_assert_cmpuint (wait, >=, 30);
  g_assert_cmpuint (wait, <=, 31);
  g_assert_true (handover_throttle_admit (throttle, "noor", 1000, &wait));

  g_assert_false (handover_throttle_admit (throttle, "kim", 1000 + 29 * 1000, &wait));
  g_assert_cmpuint (wait, <=, 2);
  g_assert_true (handover_throttle_admit (throttle, "kim", 1000 + 31 * 1000, &wait));
  g_assert_false (handover_throttle_admit (throttle, "kim", 1000 + 31 * 1000, &wait));
}

static void
test_forgives (void)
{
  g_autoptr (HandoverThrottle) throttle = handover_throttle_new (1, 30);
  guint wait;

  for (int i = 0; i < 100; i++)
    {
      g_assert_true (handover_throttle_admit (throttle, "kim", 0, &wait));
      handover_throttle_forgive (throttle, "kim");
    }
  handover_throttle_forgive (throttle, "kim");
  g_assert_true (handover_throttle_admit (throttle, "kim", 0, &wait));
  g_assert_false (handover_throttle_admit (throttle, "kim", 0, &wait));
}

static void
test_clock_put_back (void)
{
  g_autoptr (HandoverThrottle) throttle = handover_throttle_new (2, 30);
  guint wait;

  g_assert_true (handover_throttle_admit (throttle, "kim", G_GINT64_CONSTANT (7200000), &wait));
  g_assert_true (handover_throttle_admit (throttle, "kim", 0, &wait));
  g_assert_false (handover_throttle_admit (throttle, "kim", 0, &wait));
  g_assert_cmpuint (wait, <=, 31);
  g_assert_true (handover_throttle_admit (throttle, "kim", 31 * 1000, &wait));
}

static void
test_forgets (void)
{
  g_autoptr (HandoverThrottle) throttle = handover_throttle_new (1, 30);
  guint wait;

  for (int i = 0; i < 20000; i++)
    {
      g_autofree char *key = g_strdup_printf ("%d", i);

      handover_throttle_admit (throttle, key, (gint64) i * 1000, &wait);
    }
  g_assert_cmpuint (handover_throttle_count (throttle), <=, 10001);
}

static void
test_tokens (void)
{
  char *one = handover_token_new ("hos");
  char *other = handover_token_new ("hos");
  g_autoptr (GBytes) hash = handover_token_hash (one);
  g_autoptr (GBytes) same = handover_token_hash (one);
  g_autoptr (GBytes) different = handover_token_hash (other);

  g_assert_cmpuint (strlen (one), ==, strlen ("hos_") + 43);
  g_assert_cmpstr (one, !=, other);
  g_assert_true (handover_hash_equal (hash, same));
  g_assert_false (handover_hash_equal (hash, different));
  handover_token_free (one);
  handover_token_free (other);
}

static HandoverConfig *
read_config (const char  *text,
             GError     **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();

  g_assert_true (g_key_file_load_from_data (file, text, -1, G_KEY_FILE_NONE, NULL));
  return handover_config_read (file, error);
}

static void
test_config (void)
{
  static const char * const wrong[] = {
    "[passwords]\nmemory-mebibytes=1\n",
    "[passwords]\npasses=many\n",
    "[passwords]\npases=3\n",
    "[surprise]\nx=1\n",
    "[http]\ntrusted-proxies=example.com\n",
  };
  g_autoptr (HandoverConfig) defaults = handover_config_new ();
  g_autoptr (HandoverConfig) config = read_config ("[passwords]\nmemory-mebibytes= 8 \n"
                                                   "[http]\ntrusted-proxies=127.0.0.1; ::1\n", NULL);

  g_assert_cmpuint (defaults->password.memory, ==, 64 * 1024 * 1024);
  g_assert_cmpuint (config->password.memory, ==, 8 * 1024 * 1024);
  g_assert_cmpuint (config->password.operations, ==, defaults->password.operations);
  g_assert_cmpstr (config->trusted_proxies[1], ==, "::1");

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (read_config (wrong[i], &error));
      g_assert_nonnull (error);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (sodium_init (), >=, 0);

  g_test_add_func ("/throttle/refuses-and-refills", test_refuses_and_refills);
  g_test_add_func ("/throttle/forgives", test_forgives);
  g_test_add_func ("/throttle/clock-put-back", test_clock_put_back);
  g_test_add_func ("/throttle/forgets", test_forgets);
  g_test_add_func ("/tokens", test_tokens);
  g_test_add_func ("/config", test_config);

  return g_test_run ();
}
