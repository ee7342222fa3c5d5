/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#define G_LOG_DOMAIN "handover-account-end"

#include "config.h"

#include "client/handover-account-private.h"

#include "client/handover-keyring.h"

/* How long signing out waits for a service that may be gone. */
#define SIGN_OUT_LIMIT 5000

static void
announce_end (HandoverAccount       *self,
              HandoverSignOutReason  reason)
{
  handover_client_set_token (self->client, NULL);
  g_object_notify (G_OBJECT (self), "signed-in");
  g_signal_emit_by_name (self, "signed-out", reason);
}

static void
forgotten_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (!handover_keyring_clear_finish (result, &error))
    g_debug ("The keyring did not forget the session: %s", error->message);

  g_task_return_boolean (task, TRUE);
}

static void
mirror_removed_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  HandoverAccount *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;

  if (!handover_mirror_remove_finish (HANDOVER_MIRROR (object), result, &error))
    g_warning ("The local copy could not be removed: %s", error->message);

  handover_keyring_clear_async (handover_client_get_service (self->client), self->email, NULL, forgotten_cb,
                                g_steal_pointer (&task));
}

/* Removes what is kept on this computer. */
static void
forget (GTask *task)
{
  HandoverAccount *self = g_task_get_source_object (task);

  handover_files_set_gateway (self->files, NULL);
  handover_mirror_remove_async (self->mirror, NULL, mirror_removed_cb, task);
}

/*< private >
 * handover_account_unauthorized:
 * @self: an account
 *
 * Ends: the service no longer accepts the session.
 */
void
handover_account_unauthorized (HandoverAccount *self)
{
  if (!self->signed_in)
    return;

  self->signed_in = FALSE;
  handover_feed_stop (self->feed);
  announce_end (self, HANDOVER_SIGN_OUT_REVOKED);
  forget (g_task_new (self, NULL, NULL, NULL));
}

static void
signed_out_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  HandoverAccount *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (HandoverReply) reply = handover_client_call_finish (HANDOVER_CLIENT (object), result, &error);

  if (reply == NULL)
    g_message ("The service could not be told to end the session: %s", error->message);

  announce_end (self, HANDOVER_SIGN_OUT_ASKED);
  forget (g_steal_pointer (&task));
}

/**
 * handover_account_sign_out_async:
 * @self: an account
 * @cancellable: (nullable): a cancellable
 * @callback: called when nothing of the account is left on this computer
 * @user_data: data for @callback
 *
 * Signs out: ends the session at the service if it can be reached, and removes the token, the mirror and the outbox.
 */
void
handover_account_sign_out_async (HandoverAccount     *self,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (HANDOVER_IS_ACCOUNT (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, handover_account_sign_out_async);
  g_task_set_check_cancellable (task, FALSE);

  if (!self->signed_in)
    {
      g_task_return_boolean (task, TRUE);
      g_object_unref (task);
      return;
    }

  self->signed_in = FALSE;
  handover_feed_stop (self->feed);
  handover_client_call_async (self->client, HANDOVER_CALL_DEFAULT, "POST", "/v1/auth/sign-out", NULL, NULL,
                              SIGN_OUT_LIMIT, NULL, signed_out_cb, task);
}

/**
 * handover_account_sign_out_finish:
 * @self: an account
 * @result: the result
 * @error: return location for an error
 *
 * Ends handover_account_sign_out_async().
 *
 * Returns: %TRUE; a service that cannot be reached does not keep anybody signed in here
 */
gboolean
handover_account_sign_out_finish (HandoverAccount  *self,
                                  GAsyncResult     *result,
                                  GError          **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
