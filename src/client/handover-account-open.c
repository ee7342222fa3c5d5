/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#define G_LOG_DOMAIN "handover-account"

#include "config.h"

#include "client/handover-account-private.h"

#include <glib/gi18n-lib.h>

#include "client/handover-keyring.h"
#include "client/handover-local-service.h"
#include "client/handover-service-address.h"
#include "core/handover-json.h"
#include "core/handover-problem.h"

/* The ways into an account: signing in, signing up, an invite, and the keyring after a restart. They differ in how they
 * get a token and learn who it belongs to; then all open the mirror and start the account. */

typedef struct
{
  HandoverClient *client;
  char *email;
  char *operator_id;
  HandoverOperator *operator;
  HandoverBusiness *business;
  HandoverMirror *mirror;
  gboolean restored;
} Opening;

static void
opening_free (gpointer data)
{
  Opening *opening = data;

  g_clear_object (&opening->client);
  g_clear_object (&opening->operator);
  g_clear_object (&opening->business);
  g_clear_object (&opening->mirror);
  g_free (opening->email);
  g_free (opening->operator_id);
  g_free (opening);
}

/* Where the local copies are: a folder of the app alone, and of each build that carries another id. */
static char *
get_folder (void)
{
  return g_build_filename (g_get_user_data_dir (), APP_ID, NULL);
}

static void
forgotten_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  if (!handover_keyring_clear_finish (result, &error))
    g_debug ("The keyring did not forget the session: %s", error->message);
}

static void
remembered_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (HandoverAccount) account = user_data;
  g_autoptr (GError) error = NULL;
  gboolean remembered = handover_keyring_store_finish (result, &error);

  if (!remembered)
    g_message ("The keyring does not keep the session: %s", error->message);

  handover_account_set_remembered (account, remembered);

  /* Whoever signed out in the meantime must not be signed in by the next start. */
  if (!handover_account_get_signed_in (account))
    handover_keyring_clear_async (handover_account_get_service (account), handover_account_get_email (account), NULL,
                                  forgotten_cb, NULL);
}

static void
finish_opening (GTask *task)
{
  g_autoptr (GTask) owned = task;
  Opening *opening = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (HandoverOutbox) outbox = handover_outbox_new (opening->mirror, &error);
  HandoverAccount *account;

  if (outbox == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  account = handover_account_new (opening->client, opening->email, opening->operator, opening->business,
                                  opening->mirror, outbox);
  if (!opening->restored)
    handover_keyring_store_async (handover_client_get_service (opening->client), opening->email,
                                  opening->operator->id, handover_client_get_token (opening->client), NULL,
                                  remembered_cb, g_object_ref (account));
  handover_account_start (account);
  g_task_return_pointer (task, account, g_object_unref);
}

static void
removed_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  if (!handover_mirror_remove_finish (HANDOVER_MIRROR (object), result, &error))
    g_warning ("The local copy could not be removed: %s", error->message);
}

/* A session that the service ended while the app was not running leaves nothing behind. */
static void
fail_opening (GTask  *task,
              GError *error)
{
  g_autoptr (GTask) owned = task;
  Opening *opening = g_task_get_task_data (task);

  if (opening->restored && g_error_matches (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_UNAUTHORIZED))
    {
      handover_keyring_clear_async (handover_client_get_service (opening->client), opening->email, NULL, forgotten_cb,
                                    NULL);
      handover_mirror_remove_async (opening->mirror, NULL, removed_cb, NULL);
    }

  g_task_return_error (task, error);
}

static gpointer
read_record (GType      type,
             JsonNode  *node,
             GError   **error)
{
  if (node != NULL)
    return handover_record_from_json (type, node, error);

  g_set_error_literal (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_UNEXPECTED_ANSWER,
                       _("The service did not say who is signed in."));

  return NULL;
}

static void
business_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  GTask *task = user_data;
  Opening *opening = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (HandoverReply) reply = handover_client_call_finish (opening->client, result, &error);

  if (reply != NULL)
    opening->business = read_record (HANDOVER_TYPE_BUSINESS, reply->body, &error);

  if (opening->business == NULL)
    fail_opening (task, g_steal_pointer (&error));
  else
    finish_opening (task);
}

static void
operator_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  GTask *task = user_data;
  Opening *opening = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (HandoverReply) reply = handover_client_call_finish (opening->client, result, &error);

  if (reply != NULL)
    opening->operator = read_record (HANDOVER_TYPE_OPERATOR, reply->body, &error);

  if (opening->operator == NULL)
    fail_opening (task, g_steal_pointer (&error));
  else
    handover_client_call_async (opening->client, HANDOVER_CALL_DEFAULT, "GET", "/v1/business", NULL, NULL,
                                HANDOVER_CALL_LIMIT, g_task_get_cancellable (task), business_cb, task);
}

/* Finds in the mirror who is signed in, so that a restart without network still opens the desk. */
static void
look_into_mirror (Opening *opening)
{
  g_autoptr (GListModel) operators = g_object_ref (handover_mirror_get_operators (opening->mirror));

  for (guint i = 0; i < g_list_model_get_n_items (operators); i++)
    {
      g_autoptr (HandoverOperator) operator = g_list_model_get_item (operators, i);

      if (g_strcmp0 (operator->id, opening->operator_id) == 0)
        g_set_object (&opening->operator, operator);
    }

  g_set_object (&opening->business, handover_mirror_get_business (opening->mirror));
}

static void
mirror_opened_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  GTask *task = user_data;
  Opening *opening = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  opening->mirror = handover_mirror_open_finish (result, &error);
  if (opening->mirror == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      g_object_unref (task);
      return;
    }

  if (opening->restored)
    look_into_mirror (opening);

  if (opening->operator != NULL && opening->business != NULL)
    finish_opening (task);
  else
    handover_client_call_async (opening->client, HANDOVER_CALL_DEFAULT, "GET", "/v1/me", NULL, NULL,
                                HANDOVER_CALL_LIMIT, g_task_get_cancellable (task), operator_cb, task);
}

static void
open_mirror (GTask *task)
{
  Opening *opening = g_task_get_task_data (task);
  g_autofree char *folder = get_folder ();

  handover_mirror_open_async (folder, handover_client_get_service (opening->client), opening->operator_id,
                              g_task_get_cancellable (task), mirror_opened_cb, task);
}

/* Takes the token and who it belongs to. */
static gboolean
take_session (Opening   *opening,
              JsonNode  *body,
              GError   **error)
{
  JsonObject *object;
  const char *token;

  if (body == NULL || !JSON_NODE_HOLDS_OBJECT (body))
    {
      g_set_error_literal (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_UNEXPECTED_ANSWER,
                           _("The service did not answer with a session."));
      return FALSE;
    }

  object = json_node_get_object (body);
  if (!handover_json_read_string (object, "", "token", HANDOVER_JSON_NOT_EMPTY, G_MAXSIZE, &token, error))
    return FALSE;

  opening->operator = read_record (HANDOVER_TYPE_OPERATOR, json_object_get_member (object, "operator"), error);
  if (opening->operator == NULL)
    return FALSE;

  opening->business = read_record (HANDOVER_TYPE_BUSINESS, json_object_get_member (object, "business"), error);
  if (opening->business == NULL)
    return FALSE;

  opening->operator_id = g_strdup (opening->operator->id);
  handover_client_set_token (opening->client, token);

  return TRUE;
}

static void
session_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Opening *opening = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (HandoverReply) reply = handover_client_call_finish (opening->client, result, &error);

  if (reply == NULL || !take_session (opening, reply->body, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    open_mirror (g_steal_pointer (&task));
}

/* @body is taken. */
static void
ask_session (const char          *service,
             const char          *path,
             JsonBuilder         *body,
             const char          *email,
             GCancellable        *cancellable,
             GAsyncReadyCallback  callback,
             gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = NULL;
  Opening *opening = g_new0 (Opening, 1);

  json_builder_end_object (body);
  node = json_builder_get_root (body);
  g_object_unref (body);

  g_task_set_source_tag (task, ask_session);
  g_task_set_task_data (task, opening, opening_free);
  opening->email = g_strdup (email);
  opening->client = handover_client_new (service, &error);
  if (opening->client == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  handover_client_call_async (opening->client, HANDOVER_CALL_DEFAULT, "POST", path, node, NULL, HANDOVER_CALL_LIMIT,
                              cancellable, session_cb, g_steal_pointer (&task));
}

static void
add_text (JsonBuilder *builder,
          const char  *member,
          const char  *text)
{
  json_builder_set_member_name (builder, member);
  json_builder_add_string_value (builder, text);
}

/**
 * handover_account_sign_in_async:
 * @service: the address of the service, as the person typed it, or %HANDOVER_LOCAL_SERVICE_NAME
 * @email: who signs in
 * @password: with which password
 * @cancellable: (nullable): a cancellable
 * @callback: called when the account is open, or cannot be
 * @user_data: data for @callback
 *
 * Signs in. End with handover_account_open_finish().
 */
void
handover_account_sign_in_async (const char          *service,
                                const char          *email,
                                const char          *password,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  JsonBuilder *body;

  g_return_if_fail (service != NULL && email != NULL && password != NULL);

  body = json_builder_new_immutable ();
  json_builder_begin_object (body);
  add_text (body, "email", email);
  add_text (body, "password", password);
  ask_session (service, "/v1/auth/sign-in", body, email, cancellable, callback, user_data);
}

/**
 * handover_account_sign_up_async:
 * @service: the address of the service, as the person typed it, or %HANDOVER_LOCAL_SERVICE_NAME
 * @business_name: the name of the new business
 * @name: the name of its owner
 * @email: the owner's address
 * @password: the owner's password
 * @cancellable: (nullable): a cancellable
 * @callback: called when the account is open, or cannot be
 * @user_data: data for @callback
 *
 * Makes a business and its owner, and signs in. End with handover_account_open_finish().
 */
void
handover_account_sign_up_async (const char          *service,
                                const char          *business_name,
                                const char          *name,
                                const char          *email,
                                const char          *password,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  JsonBuilder *body;

  g_return_if_fail (service != NULL && business_name != NULL && name != NULL && email != NULL && password != NULL);

  body = json_builder_new_immutable ();
  json_builder_begin_object (body);
  add_text (body, "business_name", business_name);
  add_text (body, "name", name);
  add_text (body, "email", email);
  add_text (body, "password", password);
  ask_session (service, "/v1/auth/sign-up", body, email, cancellable, callback, user_data);
}

/**
 * handover_account_accept_invite_async:
 * @service: the address of the service, as the person typed it, or %HANDOVER_LOCAL_SERVICE_NAME
 * @invite: the invite that the person was given
 * @name: the person's name
 * @email: the person's address
 * @password: the person's new password
 * @cancellable: (nullable): a cancellable
 * @callback: called when the account is open, or cannot be
 * @user_data: data for @callback
 *
 * Joins a team, and signs in. End with handover_account_open_finish().
 */
void
handover_account_accept_invite_async (const char          *service,
                                      const char          *invite,
                                      const char          *name,
                                      const char          *email,
                                      const char          *password,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data)
{
  JsonBuilder *body;

  g_return_if_fail (service != NULL && invite != NULL && name != NULL && email != NULL && password != NULL);

  body = json_builder_new_immutable ();
  json_builder_begin_object (body);
  add_text (body, "invite", invite);
  add_text (body, "name", name);
  add_text (body, "email", email);
  add_text (body, "password", password);
  ask_session (service, "/v1/auth/accept-invite", body, email, cancellable, callback, user_data);
}

static void
found_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Opening *opening = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (HandoverKeyringItem) item = handover_keyring_find_finish (result, &error);

  if (item == NULL || item->service == NULL || item->email == NULL || item->operator_id == NULL)
    {
      if (error != NULL)
        g_message ("The keyring cannot be read: %s", error->message);
      g_task_return_pointer (task, NULL, NULL);
      return;
    }

  opening->client = handover_client_new (item->service, &error);
  if (opening->client == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  handover_client_set_token (opening->client, item->token);
  opening->email = g_strdup (item->email);
  opening->operator_id = g_strdup (item->operator_id);
  open_mirror (g_steal_pointer (&task));
}

/**
 * handover_account_restore_async:
 * @service: (nullable): the address of the service, or %HANDOVER_LOCAL_SERVICE_NAME, or %NULL for the one of the last
 *   session
 * @cancellable: (nullable): a cancellable
 * @callback: called when the account is open, or cannot be
 * @user_data: data for @callback
 *
 * Opens the account whose session the keyring keeps; also without network, as long as the mirror knows who it is. End
 * with handover_account_open_finish(), which gives %NULL without an error if the keyring has no session, or is locked,
 * or is not there.
 */
void
handover_account_restore_async (const char          *service,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  g_autofree char *address = NULL;
  Opening *opening = g_new0 (Opening, 1);

  if (g_strcmp0 (service, HANDOVER_LOCAL_SERVICE_NAME) == 0)
    address = g_strdup (service);
  else if (service != NULL)
    address = handover_service_address_normalise (service, NULL);

  g_task_set_source_tag (task, handover_account_restore_async);
  g_task_set_task_data (task, opening, opening_free);
  opening->restored = TRUE;
  handover_keyring_find_async (address, cancellable, found_cb, task);
}

/**
 * handover_account_open_finish:
 * @result: the result
 * @error: return location for an error
 *
 * Ends the opening of an account.
 *
 * Returns: (transfer full) (nullable): the account, signed in and at work; %NULL with @error, or without one if there
 *   was no session to restore
 */
HandoverAccount *
handover_account_open_finish (GAsyncResult  *result,
                              GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
