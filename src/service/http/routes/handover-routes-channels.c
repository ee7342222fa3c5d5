/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/http/routes/handover-routes.h"

#include "core/handover-enum-types.h"
#include "core/handover-json.h"
#include "core/handover-problem.h"
#include "core/handover-time.h"
#include "service/channels/handover-channel-kinds.h"
#include "service/desk/handover-desk-channel.h"
#include "service/desk/handover-desk-delivery.h"
#include "service/desk/handover-desk-intake.h"
#include "service/http/handover-http-context.h"
#include "service/http/routes/handover-connect.h"
#include "service/http/routes/handover-route-help.h"
#include "service/store/handover-store-agents.h"

#define TOKEN_LIMIT 4096

static gboolean
list_channels (HandoverStore            *store,
               const HandoverPrincipal  *principal,
               HandoverRequest          *request,
               HandoverResponse         *response,
               GError                  **error)
{
  g_autoptr (GPtrArray) channels = handover_store_list_channels (store, principal->business_id, error);

  return handover_route_help_answer_page (response, channels, NULL);
}

static gboolean
read_agent (HandoverStore            *store,
            const HandoverPrincipal  *principal,
            HandoverRequest          *request,
            const char              **agent_id,
            GError                  **error)
{
  JsonObject *object = handover_request_get_object (request);
  g_autoptr (HandoverAgent) agent = NULL;

  if (!handover_json_read_string (object, NULL, "agent_id", HANDOVER_JSON_OPTIONAL, HANDOVER_LIMIT_NAME, agent_id, error))
    return FALSE;
  if (*agent_id == NULL)
    return TRUE;

  agent = handover_store_get_agent (store, principal->business_id, *agent_id, error);
  return agent != NULL;
}

static gboolean
read_connect (HandoverStore            *store,
              const HandoverPrincipal  *principal,
              HandoverRequest          *request,
              HandoverResponse         *response,
              GError                  **error)
{
  JsonObject *object = handover_request_get_object (request);
  HandoverConnect *connect;
  const char *agent_id;
  const char *token;
  int kind;

  if (!handover_json_read_enum (object, NULL, "kind", HANDOVER_JSON_REQUIRED, HANDOVER_TYPE_CHANNEL_KIND, &kind, error) ||
      !handover_json_read_string (object, NULL, "token", HANDOVER_JSON_NOT_EMPTY, TOKEN_LIMIT, &token, error) ||
      !read_agent (store, principal, request, &agent_id, error))
    return FALSE;
  if (handover_channel_kinds_get_type (kind) == G_TYPE_INVALID)
    {
      g_set_error_literal (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_NOT_SUPPORTED,
                           "This service cannot be connected to that platform yet.");
      return FALSE;
    }

  connect = handover_connect_attach (request, kind, token, agent_id);
  connect->has_agent = json_object_has_member (object, "agent_id");
  return TRUE;
}

/* Two who receive for one account take each other's messages. A token that no longer works may be replaced. */
static gboolean
check_free (HandoverStore         *store,
            HandoverConnect       *connect,
            HandoverStoreChannel  *own,
            GError               **error)
{
  gboolean connected;

  if (own != NULL && own->account->state == HANDOVER_CHANNEL_STATE_FAILING)
    return TRUE;
  if (!handover_store_is_connected (store, connect->kind, connect->identity->remote_id, &connected, error))
    return FALSE;
  if (!connected)
    return TRUE;

  g_set_error (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_ALREADY_CONNECTED, "%s is connected already%s.",
               connect->identity->name, own != NULL ? "" : ", by another business of this service");
  return FALSE;
}

static HandoverStoreChannel *
make_channel (const HandoverPrincipal *principal,
              HandoverConnect         *connect)
{
  HandoverStoreChannel *channel = g_new0 (HandoverStoreChannel, 1);

  channel->business_id = g_strdup (principal->business_id);
  channel->remote_id = g_strdup (connect->identity->remote_id);
  channel->account = g_object_new (HANDOVER_TYPE_CHANNEL_ACCOUNT, NULL);
  channel->account->id = handover_store_new_id ("ch");
  channel->account->kind = connect->kind;
  channel->account->created_at = handover_time_now ();
  channel->account->version = 1;
  return channel;
}

static gboolean
connect_channel (HandoverStore            *store,
                 const HandoverPrincipal  *principal,
                 HandoverRequest          *request,
                 HandoverResponse         *response,
                 GError                  **error)
{
  HandoverConnect *connect = request->prepared;
  g_autoptr (HandoverStoreChannel) channel = NULL;
  gboolean known;

  if (!handover_store_find_account (store, principal->business_id, connect->kind, connect->identity->remote_id, &channel,
                                    error) ||
      !check_free (store, connect, channel, error))
    return FALSE;

  known = channel != NULL;
  if (!known)
    channel = make_channel (principal, connect);
  g_set_str (&channel->account->name, connect->identity->name);
  g_set_str (&channel->account->handle, connect->identity->handle);
  if (connect->has_agent)
    g_set_str (&channel->account->agent_id, connect->agent_id);
  channel->account->state = HANDOVER_CHANNEL_STATE_CONNECTED;
  g_clear_pointer (&channel->account->last_error, g_free);
  channel->account->last_error_at = 0;
  g_clear_pointer (&channel->cursor, g_free);
  g_clear_pointer (&channel->secret, g_bytes_unref);
  channel->secret = handover_vault_seal (request->context->vault, channel->account->id, connect->token);

  if (known ? !handover_store_save_channel (store, channel, TRUE, error) || !handover_desk_intake_follow (store, channel, error)
            : !handover_store_add_channel (store, channel, error))
    return FALSE;

  handover_store_wake_channel (store, principal->business_id, channel->account->id, NULL);
  return handover_route_help_answer_record (response, 201, channel->account);
}

static HandoverStoreChannel *
get_channel (HandoverStore            *store,
             const HandoverPrincipal  *principal,
             HandoverRequest          *request,
             GError                  **error)
{
  return handover_store_get_channel (store, principal->business_id, handover_request_get_parameter (request, "id"), error);
}

static gboolean
attach_agent (HandoverStore            *store,
              const HandoverPrincipal  *principal,
              HandoverRequest          *request,
              HandoverResponse         *response,
              GError                  **error)
{
  g_autoptr (HandoverStoreChannel) channel = get_channel (store, principal, request, error);
  const char *agent_id;

  if (channel == NULL || !read_agent (store, principal, request, &agent_id, error))
    return FALSE;

  if (json_object_has_member (handover_request_get_object (request), "agent_id") &&
      g_set_str (&channel->account->agent_id, agent_id) &&
      (!handover_store_save_channel (store, channel, TRUE, error) || !handover_desk_intake_follow (store, channel, error)))
    return FALSE;

  return handover_route_help_answer_record (response, 200, channel->account);
}

static gboolean
disconnect_channel (HandoverStore            *store,
                    const HandoverPrincipal  *principal,
                    HandoverRequest          *request,
                    HandoverResponse         *response,
                    GError                  **error)
{
  g_autoptr (HandoverStoreChannel) channel = get_channel (store, principal, request, error);

  if (channel == NULL)
    return FALSE;

  handover_response_set_empty (response, 204);
  if (channel->account->state == HANDOVER_CHANNEL_STATE_DISCONNECTED)
    return TRUE;

  channel->account->state = HANDOVER_CHANNEL_STATE_DISCONNECTED;
  g_clear_pointer (&channel->secret, g_bytes_unref);
  g_clear_pointer (&channel->cursor, g_free);
  handover_store_wake_channel (store, principal->business_id, channel->account->id, NULL);
  return handover_store_save_channel (store, channel, TRUE, error) && handover_desk_delivery_drop (store, channel, error);
}

static GError *
refuse_webhook (const GError *error)
{
  if (g_error_matches (error, HANDOVER_CHANNEL_ERROR, HANDOVER_CHANNEL_ERROR_FORGED))
    return g_error_new_literal (HANDOVER_PROBLEM, HANDOVER_PROBLEM_FORBIDDEN, "This does not come from the platform.");

  return g_error_new_literal (HANDOVER_PROBLEM, HANDOVER_PROBLEM_INVALID_REQUEST, error->message);
}

/* Who is no platform never comes to the writer. */
static gboolean
read_webhook (HandoverStore            *store,
              const HandoverPrincipal  *principal,
              HandoverRequest          *request,
              HandoverResponse         *response,
              GError                  **error)
{
  g_autoptr (HandoverStoreChannel) channel = NULL;
  HandoverChannelClass *klass = NULL;
  g_autoptr (GError) refusal = NULL;
  HandoverInboundBatch *batch;
  HandoverWebhook webhook = { .headers = request->headers, .body = request->data };
  char *secret;

  if (!handover_store_find_channel (store, handover_request_get_parameter (request, "id"), &channel, error))
    return FALSE;
  if (channel != NULL && channel->account->state != HANDOVER_CHANNEL_STATE_DISCONNECTED)
    klass = g_type_class_get (handover_channel_kinds_get_type (channel->account->kind));
  if (klass == NULL || klass->read_webhook == NULL)
    {
      g_set_error_literal (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_NOT_FOUND, "No such channel is connected.");
      return FALSE;
    }

  secret = handover_vault_derive (request->context->vault, "webhook", channel->account->id);
  webhook.secret = secret;
  batch = klass->read_webhook (&webhook, &refusal);
  handover_vault_wipe (secret);
  if (batch == NULL)
    {
      g_propagate_error (error, refuse_webhook (refusal));
      return FALSE;
    }

  handover_request_set_prepared (request, batch, (GDestroyNotify) handover_inbound_batch_free);
  return TRUE;
}

static gboolean
take_webhook (HandoverStore            *store,
              const HandoverPrincipal  *principal,
              HandoverRequest          *request,
              HandoverResponse         *response,
              GError                  **error)
{
  g_autoptr (HandoverStoreChannel) channel = NULL;

  if (!handover_store_find_channel (store, handover_request_get_parameter (request, "id"), &channel, error))
    return FALSE;

  handover_response_set_empty (response, 204);
  return channel == NULL || channel->account->state == HANDOVER_CHANNEL_STATE_DISCONNECTED ||
         handover_desk_channel_take (store, channel, request->prepared, error);
}

const HandoverRoute handover_routes_channels[] = {
  { "GET", "/v1/channels", HANDOVER_ACCESS_OPERATOR, HANDOVER_ROUTE_READ, list_channels },
  { "POST", "/v1/channels", HANDOVER_ACCESS_ADMIN, HANDOVER_ROUTE_WRITE, connect_channel, read_connect, NULL,
    handover_connect_ask },
  { "PATCH", "/v1/channels/{id}", HANDOVER_ACCESS_ADMIN, HANDOVER_ROUTE_WRITE, attach_agent },
  { "DELETE", "/v1/channels/{id}", HANDOVER_ACCESS_ADMIN, HANDOVER_ROUTE_WRITE, disconnect_channel },
  { "POST", "/channels/{id}/webhook", HANDOVER_ACCESS_PUBLIC, HANDOVER_ROUTE_WRITE | HANDOVER_ROUTE_RAW_BODY, take_webhook,
    read_webhook },
  { NULL },
};
