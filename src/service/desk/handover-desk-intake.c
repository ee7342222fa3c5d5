/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/desk/handover-desk-intake.h"

#include "core/handover-enum-types.h"
#include "core/handover-problem.h"
#include "core/handover-time.h"
#include "service/store/handover-store-contacts.h"
#include "service/store/handover-store-conversations.h"
#include "service/store/handover-store-customers.h"

static gboolean
adopt (char       **member,
       const char  *told)
{
  return told != NULL && *told != '\0' && g_set_str (member, told);
}

/* Takes over what is told of a customer; what is not told stays. */
static gboolean
adopt_all (HandoverCustomer *customer,
           HandoverCustomer *contact)
{
  gboolean changed = FALSE;

  changed |= adopt (&customer->name, contact->name);
  changed |= adopt (&customer->email, contact->email);
  changed |= adopt (&customer->phone, contact->phone);
  changed |= adopt (&customer->user_id, contact->user_id);
  return changed;
}

static HandoverConversation *
make_conversation (const char          *agent_id,
                   const char          *external_id,
                   HandoverChannelKind  channel)
{
  HandoverConversation *conversation = g_object_new (HANDOVER_TYPE_CONVERSATION, NULL);

  conversation->id = handover_store_new_id ("cv");
  conversation->external_id = g_strdup (external_id);
  conversation->agent_id = g_strdup (agent_id);
  conversation->channel = g_object_new (HANDOVER_TYPE_CHANNEL_REFERENCE, NULL);
  conversation->channel->kind = channel;
  conversation->customer = g_object_new (HANDOVER_TYPE_CUSTOMER, NULL);
  conversation->customer->id = handover_store_new_id ("cu");
  conversation->control = HANDOVER_CONTROL_AGENT;
  conversation->epoch = 1;
  conversation->metadata = json_from_string ("{}", NULL);
  conversation->created_at = handover_time_now ();
  conversation->updated_at = conversation->created_at;
  conversation->version = 1;
  return conversation;
}

static HandoverDeskCase *
begin_conversation (HandoverStore         *store,
                    const char            *business_id,
                    HandoverConversation  *new_conversation,
                    const char            *place,
                    HandoverCustomer      *contact,
                    GError               **error)
{
  g_autoptr (HandoverConversation) conversation = new_conversation;
  HandoverAudience audience = { conversation->agent_id, NULL };

  if (contact != NULL)
    adopt_all (conversation->customer, contact);
  if (!handover_store_insert_customer (store, business_id, conversation->customer, error) ||
      !handover_store_insert_conversation (store, business_id, conversation, error) ||
      (place != NULL && !handover_store_set_contact (store, business_id, conversation->id, conversation->channel->id, place,
                                                     error)) ||
      !handover_store_append_event (store, business_id, "conversation.created", HANDOVER_RECORD (conversation), &audience,
                                    error))
    return NULL;

  return handover_desk_case_new (store, business_id, g_steal_pointer (&conversation));
}

/**
 * handover_desk_intake_find:
 * @store: the store
 * @business_id: whose
 * @agent_id: the agent that asks
 * @external_id: its name for the conversation
 * @error: return location for an error, `not_found` if it never told of it
 *
 * Begins to work on a conversation that an agent named.
 *
 * Returns: (transfer full): a case, or %NULL with @error set
 */
HandoverDeskCase *
handover_desk_intake_find (HandoverStore  *store,
                           const char     *business_id,
                           const char     *agent_id,
                           const char     *external_id,
                           GError        **error)
{
  HandoverConversation *conversation;

  if (!handover_store_find_conversation (store, business_id, agent_id, external_id, &conversation, error))
    return NULL;
  if (conversation == NULL)
    {
      g_set_error_literal (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_NOT_FOUND,
                           "This agent has no conversation of that name; it is made by its first message or escalation.");
      return NULL;
    }

  return handover_desk_case_new (store, business_id, conversation);
}

/**
 * handover_desk_intake_contact:
 * @desk_case: the case of the conversation
 * @contact: what is told of the customer
 * @error: return location for an error
 *
 * Adds to what is known of a customer.
 *
 * Returns: whether it was written
 */
gboolean
handover_desk_intake_contact (HandoverDeskCase  *desk_case,
                              HandoverCustomer  *contact,
                              GError           **error)
{
  HandoverCustomer *customer = desk_case->conversation->customer;

  if (!adopt_all (customer, contact))
    return TRUE;

  handover_desk_case_touch (desk_case);
  return handover_store_save_customer (desk_case->store, desk_case->business_id, customer, error);
}

/**
 * handover_desk_intake_open:
 * @store: the writer's store
 * @business_id: whose
 * @agent_id: the agent that tells
 * @external_id: its name for the conversation
 * @channel: where it takes place, if it is new
 * @contact: (nullable): what is told of the customer
 * @error: return location for an error
 *
 * Begins to work on a conversation that an agent named, which is made if it is new.
 *
 * Returns: (transfer full): a case, or %NULL with @error set
 */
HandoverDeskCase *
handover_desk_intake_open (HandoverStore        *store,
                           const char           *business_id,
                           const char           *agent_id,
                           const char           *external_id,
                           HandoverChannelKind   channel,
                           HandoverCustomer     *contact,
                           GError              **error)
{
  g_autoptr (HandoverDeskCase) desk_case = NULL;
  HandoverConversation *conversation;

  if (!handover_store_find_conversation (store, business_id, agent_id, external_id, &conversation, error))
    return NULL;
  if (conversation == NULL)
    return begin_conversation (store, business_id, make_conversation (agent_id, external_id, channel), NULL, contact, error);

  desk_case = handover_desk_case_new (store, business_id, conversation);
  if (contact != NULL && !handover_desk_intake_contact (desk_case, contact, error))
    return NULL;

  return g_steal_pointer (&desk_case);
}

/* A conversation follows its channel's agent, also to the next one; what it is called does not change with it. */
static gboolean
follow_agent (HandoverDeskCase      *desk_case,
              HandoverStoreChannel  *channel,
              GError               **error)
{
  HandoverConversation *conversation = desk_case->conversation;

  if (!g_set_str (&conversation->agent_id, channel->account->agent_id))
    return TRUE;

  handover_desk_case_alter (desk_case);
  return handover_store_set_agent (desk_case->store, desk_case->business_id, conversation->id, conversation->agent_id, error);
}

/**
 * handover_desk_intake_arrive:
 * @store: the writer's store
 * @channel: the channel that something came by
 * @place: the platform's name for the chat
 * @contact: (nullable): what is told of the customer
 * @error: return location for an error
 *
 * Begins to work on the conversation of a chat, which is made if it is new.
 *
 * Returns: (transfer full): a case, or %NULL with @error set
 */
HandoverDeskCase *
handover_desk_intake_arrive (HandoverStore         *store,
                             HandoverStoreChannel  *channel,
                             const char            *place,
                             HandoverCustomer      *contact,
                             GError               **error)
{
  HandoverChannelAccount *account = channel->account;
  g_autoptr (HandoverDeskCase) desk_case = NULL;
  g_autofree char *external_id = NULL;
  HandoverConversation *conversation;

  if (!handover_store_find_by_contact (store, channel->business_id, account->id, place, &conversation, error))
    return NULL;
  if (conversation == NULL)
    {
      external_id = g_strconcat (handover_enum_to_nick (HANDOVER_TYPE_CHANNEL_KIND, account->kind), ":", account->id, ":",
                                 place, NULL);
      conversation = make_conversation (account->agent_id, external_id, account->kind);
      conversation->channel->id = g_strdup (account->id);
      return begin_conversation (store, channel->business_id, conversation, place, contact, error);
    }

  desk_case = handover_desk_case_new (store, channel->business_id, conversation);
  if (!follow_agent (desk_case, channel, error) ||
      (contact != NULL && !handover_desk_intake_contact (desk_case, contact, error)))
    return NULL;

  return g_steal_pointer (&desk_case);
}

/**
 * handover_desk_intake_follow:
 * @store: the writer's store
 * @channel: a channel whose agent changed
 * @error: return location for an error
 *
 * Gives the conversations that are not closed to the channel's agent, so that they can be handed back to it.
 *
 * Returns: whether it was written
 */
gboolean
handover_desk_intake_follow (HandoverStore         *store,
                             HandoverStoreChannel  *channel,
                             GError               **error)
{
  g_autoptr (GPtrArray) ids = handover_store_list_with_others (store, channel->business_id, channel->account->id,
                                                               channel->account->agent_id, error);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      g_autoptr (HandoverDeskCase) desk_case = handover_desk_case_open (store, channel->business_id, ids->pdata[i], error);

      if (desk_case == NULL || !follow_agent (desk_case, channel, error) || !handover_desk_case_finish (desk_case, error))
        return FALSE;
    }

  return ids != NULL;
}
