/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#define G_LOG_DOMAIN "handover-keyring"

#include "config.h"

#include "client/handover-keyring.h"

#include <string.h>

#include <glib/gi18n-lib.h>
#include <libsecret/secret.h>

#include "client/handover-local-service.h"

/* Only libsecret's password calls are used: they are the ones that also work inside a sandbox, where the secrets live
 * in a file of the app and no permission for the keyring's bus name is given. */

static const SecretSchema schema = {
  "dev.handover.Handover.Session",
  SECRET_SCHEMA_NONE,
  {
    { "application", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "service", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "email", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "operator", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { NULL, 0 },
  },
};

/* A locked keyring asks for its password once; who declined is not asked again before the next start. */
static gboolean asked_to_unlock;
static gboolean stays_locked;

static GHashTable *
build_attributes (const char *service,
                  const char *email,
                  const char *operator_id)
{
  g_autoptr (GHashTable) attributes = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);

  g_hash_table_insert (attributes, (gpointer) "application", g_strdup (APP_ID));
  if (service != NULL)
    g_hash_table_insert (attributes, (gpointer) "service", g_strdup (service));
  if (email != NULL)
    g_hash_table_insert (attributes, (gpointer) "email", g_strdup (email));
  if (operator_id != NULL)
    g_hash_table_insert (attributes, (gpointer) "operator", g_strdup (operator_id));

  return g_steal_pointer (&attributes);
}

/**
 * handover_keyring_item_free:
 * @item: (transfer full): an item
 *
 * Frees an item and wipes its token.
 */
void
handover_keyring_item_free (HandoverKeyringItem *item)
{
  g_free (item->service);
  g_free (item->email);
  g_free (item->operator_id);
  if (item->token != NULL)
    explicit_bzero (item->token, strlen (item->token));
  g_free (item->token);
  g_free (item);
}

/* Takes @error; a keyring that stays locked may also give nothing without one. */
static void
fail (GTask  *task,
      GError *error)
{
  if (error == NULL)
    error = g_error_new_literal (SECRET_ERROR, SECRET_ERROR_IS_LOCKED, _("The keyring is locked."));

  stays_locked = stays_locked || g_error_matches (error, SECRET_ERROR, SECRET_ERROR_IS_LOCKED);
  g_task_return_error (task, error);
}

static void
stored_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (secret_password_store_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else
    fail (task, g_steal_pointer (&error));
}

/**
 * handover_keyring_store_async:
 * @service: the address of a service
 * @email: who is signed in there
 * @operator_id: the same person's id, with which the mirror is found when the service cannot be reached
 * @token: the session's token
 * @cancellable: (nullable): a cancellable
 * @callback: called when the keyring has it
 * @user_data: data for @callback
 *
 * Keeps a session's token in the keyring. A locked keyring asks the person for its password, unless that was declined
 * before.
 */
void
handover_keyring_store_async (const char          *service,
                              const char          *email,
                              const char          *operator_id,
                              const char          *token,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr (GHashTable) attributes = build_attributes (service, email, operator_id);
  g_autofree char *label = NULL;
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, handover_keyring_store_async);
  if (stays_locked)
    {
      fail (task, NULL);
      return;
    }

  /* Translators: the name of a password in the keyring; %s is the address of a service */
  label = g_strdup_printf (_("Handover: signed in to %s"),
                           /* Translators: stands where the address of a service would */
                           g_str_equal (service, HANDOVER_LOCAL_SERVICE_NAME) ? _("this computer") : service);
  secret_password_storev (&schema, attributes, SECRET_COLLECTION_DEFAULT, label, token, cancellable, stored_cb,
                          g_steal_pointer (&task));
}

/**
 * handover_keyring_store_finish:
 * @result: the result
 * @error: return location for an error
 *
 * Ends handover_keyring_store_async().
 *
 * Returns: %FALSE with @error if there is no keyring, or it refused
 */
gboolean
handover_keyring_store_finish (GAsyncResult  *result,
                               GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
retrieved_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) attributes = NULL;
  SecretValue *value = secret_retrievable_retrieve_secret_finish (SECRET_RETRIEVABLE (object), result, &error);
  const char *token = value != NULL ? secret_value_get_text (value) : NULL;
  HandoverKeyringItem *item;

  if (token == NULL)
    {
      fail (task, g_steal_pointer (&error));
      g_clear_pointer (&value, secret_value_unref);
      return;
    }

  attributes = secret_retrievable_get_attributes (SECRET_RETRIEVABLE (object));
  item = g_new0 (HandoverKeyringItem, 1);
  item->service = g_strdup (g_hash_table_lookup (attributes, "service"));
  item->email = g_strdup (g_hash_table_lookup (attributes, "email"));
  item->operator_id = g_strdup (g_hash_table_lookup (attributes, "operator"));
  item->token = g_strdup (token);
  secret_value_unref (value);
  g_task_return_pointer (task, item, (GDestroyNotify) handover_keyring_item_free);
}

/* The session that was signed in last. */
static SecretRetrievable *
choose (GList *items)
{
  SecretRetrievable *chosen = NULL;

  for (GList *link = items; link != NULL; link = link->next)
    if (chosen == NULL || secret_retrievable_get_modified (link->data) > secret_retrievable_get_modified (chosen))
      chosen = link->data;

  return chosen;
}

static void
found_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  GList *items = secret_password_search_finish (result, &error);
  SecretRetrievable *chosen = choose (items);

  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else if (chosen == NULL)
    g_task_return_pointer (task, NULL, NULL);
  else
    secret_retrievable_retrieve_secret (chosen, g_task_get_cancellable (task), retrieved_cb, g_object_ref (task));

  g_list_free_full (items, g_object_unref);
}

/**
 * handover_keyring_find_async:
 * @service: (nullable): the address of a service, or %NULL for any
 * @cancellable: (nullable): a cancellable
 * @callback: called when the keyring has answered
 * @user_data: data for @callback
 *
 * Looks for a session that was kept. A locked keyring asks the person for its password, once.
 */
void
handover_keyring_find_async (const char          *service,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr (GHashTable) attributes = build_attributes (service, NULL, NULL);
  SecretSearchFlags flags = SECRET_SEARCH_ALL | SECRET_SEARCH_LOAD_SECRETS;
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, handover_keyring_find_async);
  if (!asked_to_unlock)
    flags |= SECRET_SEARCH_UNLOCK;
  asked_to_unlock = TRUE;

  secret_password_searchv (&schema, attributes, flags, cancellable, found_cb, task);
}

/**
 * handover_keyring_find_finish:
 * @result: the result
 * @error: return location for an error
 *
 * Ends handover_keyring_find_async().
 *
 * Returns: (transfer full) (nullable): the session; %NULL without @error if none is kept, with @error if there is no
 *   keyring or it stays locked
 */
HandoverKeyringItem *
handover_keyring_find_finish (GAsyncResult  *result,
                              GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
cleared_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  secret_password_clear_finish (result, &error);
  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_boolean (task, TRUE);
}

/**
 * handover_keyring_clear_async:
 * @service: the address of a service
 * @email: who was signed in there
 * @cancellable: (nullable): a cancellable
 * @callback: called when the keyring has answered
 * @user_data: data for @callback
 *
 * Removes a session's token from the keyring.
 */
void
handover_keyring_clear_async (const char          *service,
                              const char          *email,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr (GHashTable) attributes = build_attributes (service, email, NULL);
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, handover_keyring_clear_async);
  secret_password_clearv (&schema, attributes, cancellable, cleared_cb, task);
}

/**
 * handover_keyring_clear_finish:
 * @result: the result
 * @error: return location for an error
 *
 * Ends handover_keyring_clear_async().
 *
 * Returns: %FALSE with @error if the keyring could not be asked
 */
gboolean
handover_keyring_clear_finish (GAsyncResult  *result,
                               GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
