/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/handover-config.h"

#include <gio/gio.h>

#include "core/handover-enum-types.h"

#define MEBIBYTE (1024 * 1024)

typedef struct
{
  const char *group;
  const char *key;
  gint64 minimum;
  gint64 maximum;
  gint64 fallback;
} Number;

typedef enum
{
  NUMBER_PASSWORD_PASSES,
  NUMBER_PASSWORD_MEMORY,
  NUMBER_ATTEMPTS_PER_ACCOUNT,
  NUMBER_ATTEMPTS_PER_ADDRESS,
  NUMBER_ATTEMPT_REFILL,
  NUMBER_READERS,
  NUMBER_HEARTBEAT,
  NUMBER_KEEP_DAYS,
  NUMBER_HEAD_SECONDS,
  NUMBER_BODY_SECONDS,
  NUMBER_CONNECTIONS,
  NUMBER_CONNECTIONS_PER_ADDRESS,
  NUMBER_CHANNEL_RETRY,
  N_NUMBERS,
} NumberId;

/* The floor of the password's cost is for tests on slow machines; below it a stolen database would be worth trying. */
static const Number numbers[N_NUMBERS] = {
  [NUMBER_PASSWORD_PASSES] = { "passwords", "passes", 1, 100, 3 },
  [NUMBER_PASSWORD_MEMORY] = { "passwords", "memory-mebibytes", 8, 4096, 64 },
  [NUMBER_ATTEMPTS_PER_ACCOUNT] = { "sign-in", "attempts-per-account", 1, 10000, 10 },
  [NUMBER_ATTEMPTS_PER_ADDRESS] = { "sign-in", "attempts-per-address", 1, 100000, 50 },
  [NUMBER_ATTEMPT_REFILL] = { "sign-in", "refill-seconds", 1, 86400, 30 },
  [NUMBER_READERS] = { "database", "readers", 1, 16, 2 },
  [NUMBER_HEARTBEAT] = { "events", "heartbeat-milliseconds", 100, 60000, 5000 },
  [NUMBER_KEEP_DAYS] = { "log", "keep-days", 1, 36500, 30 },
  [NUMBER_HEAD_SECONDS] = { "http", "head-seconds", 1, 3600, 60 },
  [NUMBER_BODY_SECONDS] = { "http", "body-seconds", 1, 3600, 120 },
  [NUMBER_CONNECTIONS] = { "http", "connections", 1, 1000000, 20000 },
  [NUMBER_CONNECTIONS_PER_ADDRESS] = { "http", "connections-per-address", 1, 1000000, 2000 },
  [NUMBER_CHANNEL_RETRY] = { "channels", "retry-milliseconds", 1, 60000, 1000 },
};

#define PROXIES_GROUP "http"
#define PROXIES_KEY "trusted-proxies"
#define CHANNELS_GROUP "channels"
#define PUBLIC_KEY "public-address"
#define ADDRESS_KEY "address"

/* A platform has a group of its own, named as its kind is in the interface. */
static gboolean
is_address (const char *group,
            const char *key)
{
  return (g_str_equal (group, CHANNELS_GROUP) && g_str_equal (key, PUBLIC_KEY)) ||
         (g_str_equal (key, ADDRESS_KEY) &&
          handover_enum_from_nick (HANDOVER_TYPE_CHANNEL_KIND, group) != HANDOVER_CHANNEL_KIND_UNKNOWN);
}

static gboolean
is_known (const char *group,
          const char *key)
{
  if (is_address (group, key))
    return TRUE;
  if (g_str_equal (group, PROXIES_GROUP) && g_str_equal (key, PROXIES_KEY))
    return TRUE;

  for (guint i = 0; i < N_NUMBERS; i++)
    if (g_str_equal (group, numbers[i].group) && g_str_equal (key, numbers[i].key))
      return TRUE;

  return FALSE;
}

static gboolean
refuse_name (const char  *group,
             const char  *key,
             GError     **error)
{
  g_autofree char *valid_group = g_utf8_make_valid (group, -1);
  g_autofree char *valid_key = g_utf8_make_valid (key, -1);

  g_set_error (error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_KEY_NOT_FOUND, "there is no setting “%s” in [%s]", valid_key,
               valid_group);
  return FALSE;
}

/* A misspelt key would silently leave the default in force. */
static gboolean
check_names (GKeyFile  *file,
             GError   **error)
{
  g_auto (GStrv) groups = g_key_file_get_groups (file, NULL);

  for (char **group = groups; *group != NULL; group++)
    {
      g_auto (GStrv) keys = g_key_file_get_keys (file, *group, NULL, NULL);

      for (char **key = keys; key != NULL && *key != NULL; key++)
        {
          if (!is_known (*group, *key))
            return refuse_name (*group, *key, error);
        }
    }

  return TRUE;
}

static gboolean
read_number (GKeyFile  *file,
             NumberId   id,
             gint64    *value,
             GError   **error)
{
  const Number *number = &numbers[id];
  g_autofree char *text = g_key_file_get_string (file, number->group, number->key, NULL);

  *value = number->fallback;
  if (text == NULL)
    return TRUE;

  if (g_ascii_string_to_signed (g_strstrip (text), 10, number->minimum, number->maximum, value, NULL))
    return TRUE;

  g_set_error (error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_INVALID_VALUE,
               "“%s” in [%s] must be a whole number from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT,
               number->key, number->group, number->minimum, number->maximum);
  return FALSE;
}

static gboolean
read_proxies (HandoverConfig  *self,
              GKeyFile        *file,
              GError         **error)
{
  self->trusted_proxies = g_key_file_get_string_list (file, PROXIES_GROUP, PROXIES_KEY, NULL, NULL);
  if (self->trusted_proxies == NULL)
    self->trusted_proxies = g_new0 (char *, 1);

  for (char **proxy = self->trusted_proxies; *proxy != NULL; proxy++)
    {
      g_autoptr (GInetAddress) address = g_inet_address_new_from_string (g_strstrip (*proxy));

      if (address != NULL)
        continue;

      g_set_error (error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_INVALID_VALUE,
                   "“%s” in [" PROXIES_GROUP "] " PROXIES_KEY " is not an address", *proxy);
      return FALSE;
    }

  return TRUE;
}

static gboolean
read_address (GKeyFile    *file,
              const char  *group,
              const char  *key,
              char       **address,
              GError     **error)
{
  g_autofree char *text = g_key_file_get_string (file, group, key, NULL);
  g_autoptr (GUri) uri = NULL;
  gsize length;

  *address = NULL;
  if (text == NULL)
    return TRUE;

  length = strlen (g_strstrip (text));
  if (length > 0 && text[length - 1] == '/')
    text[length - 1] = '\0';
  uri = g_uri_parse (text, G_URI_FLAGS_NONE, NULL);
  if (uri != NULL && g_uri_get_host (uri) != NULL && *g_uri_get_host (uri) != '\0' && g_uri_get_query (uri) == NULL &&
      (g_str_equal (g_uri_get_scheme (uri), "https") || g_str_equal (g_uri_get_scheme (uri), "http")))
    {
      *address = g_steal_pointer (&text);
      return TRUE;
    }

  g_set_error (error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_INVALID_VALUE,
               "“%s” in [%s] must be an address such as https://example.com", key, group);
  return FALSE;
}

static gboolean
read_addresses (HandoverConfig  *self,
                GKeyFile        *file,
                GError         **error)
{
  g_auto (GStrv) groups = g_key_file_get_groups (file, NULL);

  self->channel_addresses = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (char **group = groups; *group != NULL; group++)
    {
      char *address = NULL;

      if (!g_key_file_has_key (file, *group, ADDRESS_KEY, NULL))
        continue;
      if (!read_address (file, *group, ADDRESS_KEY, &address, error))
        return FALSE;
      g_hash_table_replace (self->channel_addresses, g_strdup (*group), address);
    }

  return read_address (file, CHANNELS_GROUP, PUBLIC_KEY, &self->public_address, error);
}

/**
 * handover_config_read:
 * @file: a key file
 * @error: return location
 *
 * Reads the settings of a key file that is open already.
 *
 * Returns: (transfer full) (nullable): the configuration
 */
HandoverConfig *
handover_config_read (GKeyFile  *file,
                      GError   **error)
{
  g_autoptr (HandoverConfig) self = g_new0 (HandoverConfig, 1);
  gint64 values[N_NUMBERS];

  if (!check_names (file, error) || !read_proxies (self, file, error) || !read_addresses (self, file, error))
    return NULL;

  for (guint i = 0; i < N_NUMBERS; i++)
    if (!read_number (file, i, &values[i], error))
      return NULL;

  self->password.operations = values[NUMBER_PASSWORD_PASSES];
  self->password.memory = values[NUMBER_PASSWORD_MEMORY] * MEBIBYTE;
  self->attempts_per_account = values[NUMBER_ATTEMPTS_PER_ACCOUNT];
  self->attempts_per_address = values[NUMBER_ATTEMPTS_PER_ADDRESS];
  self->attempt_refill = values[NUMBER_ATTEMPT_REFILL];
  self->readers = values[NUMBER_READERS];
  self->heartbeat = values[NUMBER_HEARTBEAT];
  self->keep_days = values[NUMBER_KEEP_DAYS];
  self->head_seconds = values[NUMBER_HEAD_SECONDS];
  self->body_seconds = values[NUMBER_BODY_SECONDS];
  self->connections = values[NUMBER_CONNECTIONS];
  self->channel_retry = values[NUMBER_CHANNEL_RETRY];
  self->connections_per_address = values[NUMBER_CONNECTIONS_PER_ADDRESS];

  return g_steal_pointer (&self);
}

/**
 * handover_config_new:
 *
 * Makes the configuration of a service without a file.
 *
 * Returns: (transfer full): the defaults
 */
HandoverConfig *
handover_config_new (void)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();

  return handover_config_read (file, NULL);
}

/**
 * handover_config_load:
 * @path: a file's path
 * @error: return location
 *
 * Loads a configuration file.
 *
 * Returns: (transfer full) (nullable): the configuration
 */
HandoverConfig *
handover_config_load (const char  *path,
                      GError     **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  HandoverConfig *self = NULL;

  if (g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, error))
    self = handover_config_read (file, error);
  if (self == NULL)
    g_prefix_error (error, "%s: ", path);

  return self;
}

/**
 * handover_config_free:
 * @self: (transfer full): a configuration
 *
 * Frees a configuration.
 */
void
handover_config_free (HandoverConfig *self)
{
  g_strfreev (self->trusted_proxies);
  g_free (self->public_address);
  g_clear_pointer (&self->channel_addresses, g_hash_table_unref);
  g_free (self);
}
