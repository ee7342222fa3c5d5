/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "fuzz-target.h"
#include "service/handover-config.h"

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (HandoverConfig) config = NULL;
  g_autoptr (GError) error = NULL;

  if (!g_key_file_load_from_data (file, (const char *) data, size, G_KEY_FILE_NONE, NULL))
    return 0;

  config = handover_config_read (file, &error);
  g_assert_true ((config == NULL) == (error != NULL));
  if (config == NULL)
    {
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      return 0;
    }

  g_assert_cmpuint (config->password.operations, >=, 1);
  g_assert_cmpuint (config->password.memory, >=, 8 * 1024 * 1024);
  g_assert_cmpuint (config->readers, >=, 1);
  g_assert_cmpuint (config->readers, <=, 16);
  g_assert_cmpuint (config->heartbeat, >=, 100);
  g_assert_cmpuint (config->keep_days, >=, 1);
  g_assert_cmpuint (config->head_seconds, >=, 1);
  g_assert_cmpuint (config->body_seconds, >=, 1);
  g_assert_cmpuint (config->attempts_per_account, >=, 1);
  g_assert_nonnull (config->trusted_proxies);
  return 0;
}
