/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/http/routes/handover-connect.h"

#include "core/handover-enum-types.h"
#include "core/handover-problem.h"
#include "service/channels/handover-channel-kinds.h"
#include "service/http/handover-http-context.h"

/* The app waits for ten seconds. */
#define PATIENCE 8

static void
connect_free (gpointer data)
{
  HandoverConnect *self = data;

  handover_vault_wipe (self->token);
  g_free (self->agent_id);
  g_clear_pointer (&self->identity, handover_identity_free);
  g_free (self);
}

/**
 * handover_connect_attach:
 * @request: a request
 * @kind: the platform
 * @token: what the platform gave to connect with
 * @agent_id: (nullable): the agent that answers there at first
 *
 * Gives a request a place where its steps keep what belongs to the new channel. The token is wiped with it.
 *
 * Returns: (transfer none): the place
 */
HandoverConnect *
handover_connect_attach (HandoverRequest     *request,
                         HandoverChannelKind  kind,
                         const char          *token,
                         const char          *agent_id)
{
  HandoverConnect *self = g_new0 (HandoverConnect, 1);

  self->kind = kind;
  self->token = g_strdup (token);
  self->agent_id = g_strdup (agent_id);
  handover_request_set_prepared (request, self, connect_free);
  return self;
}

typedef struct
{
  HandoverConnect *connect;
  guint timer;
} Asking;

static void
asking_free (gpointer data)
{
  Asking *asking = data;

  g_clear_handle_id (&asking->timer, g_source_remove);
  g_free (asking);
}

static gboolean
impatient_cb (gpointer data)
{
  GTask *task = data;
  Asking *asking = g_task_get_task_data (task);

  asking->timer = 0;
  g_cancellable_cancel (g_task_get_cancellable (task));
  return G_SOURCE_REMOVE;
}

static GError *
explain (const GError *error,
         gboolean      impatient)
{
  if (g_error_matches (error, HANDOVER_CHANNEL_ERROR, HANDOVER_CHANNEL_ERROR_LOCKED_OUT))
    return g_error_new_literal (HANDOVER_PROBLEM, HANDOVER_PROBLEM_INVALID_TOKEN,
                                "The platform does not know this token. Copy it once more, whole and without spaces.");
  if (impatient || error->domain != HANDOVER_CHANNEL_ERROR)
    return g_error_new_literal (HANDOVER_PROBLEM, HANDOVER_PROBLEM_CHANNEL_UNREACHABLE,
                                "The platform did not answer, so the token could not be tried. Check the service's "
                                "connection to the Internet, then try again.");

  return g_error_new (HANDOVER_PROBLEM, HANDOVER_PROBLEM_CHANNEL_UNREACHABLE,
                      "The token could not be tried: %s Try again in a moment.", error->message);
}

static void
verified_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (GTask) task = data;
  Asking *asking = g_task_get_task_data (task);
  HandoverChannel *channel = HANDOVER_CHANNEL (object);
  g_autoptr (GError) error = NULL;
  gboolean impatient = asking->timer == 0;

  g_clear_handle_id (&asking->timer, g_source_remove);
  asking->connect->identity = HANDOVER_CHANNEL_GET_CLASS (channel)->verify_finish (channel, result, &error);
  if (asking->connect->identity != NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, explain (error, impatient));
}

/**
 * handover_connect_ask:
 * @request: a request with a place for the new channel
 * @callback: called when the platform answered, or did not in time
 * @user_data: for @callback
 *
 * Asks the platform whose token it is; a #HandoverRouteAsk.
 */
void
handover_connect_ask (HandoverRequest     *request,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  HandoverConnect *self = request->prepared;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  const char *nick = handover_enum_to_nick (HANDOVER_TYPE_CHANNEL_KIND, self->kind);
  const char *address = g_hash_table_lookup (request->context->config->channel_addresses, nick);
  g_autoptr (HandoverChannel) channel = handover_channel_new (handover_channel_kinds_get_type (self->kind), self->token,
                                                              address);
  Asking *asking = g_new0 (Asking, 1);

  g_task_set_source_tag (task, handover_connect_ask);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, asking, asking_free);
  asking->connect = self;
  asking->timer = g_timeout_add_seconds (PATIENCE, impatient_cb, task);
  HANDOVER_CHANNEL_GET_CLASS (channel)->verify_async (channel, cancellable, verified_cb, task);
}
