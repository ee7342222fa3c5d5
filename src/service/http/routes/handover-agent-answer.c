/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/http/routes/handover-agent-answer.h"

#include "core/handover-enum-types.h"
#include "service/desk/handover-desk-intake.h"
#include "service/store/handover-store-conversations.h"

#define PAGE_LIMIT 200

/**
 * handover_agent_answer_describe:
 * @principal: the agent
 * @conversation: a conversation of the agent
 *
 * Says who may speak, as every answer to an agent does.
 *
 * Returns: (transfer full): an object with `conversation_id`, `control`, `epoch` and `may_reply`
 */
JsonObject *
handover_agent_answer_describe (const HandoverPrincipal *principal,
                                HandoverConversation    *conversation)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "conversation_id", conversation->id);
  json_object_set_string_member (object, "control", handover_enum_to_nick (HANDOVER_TYPE_CONTROL, conversation->control));
  json_object_set_int_member (object, "epoch", conversation->epoch);
  json_object_set_boolean_member (object, "may_reply",
                                  conversation->control == HANDOVER_CONTROL_AGENT && !principal->disabled);
  return object;
}

/**
 * handover_agent_answer_describe_call:
 * @principal: the agent
 * @conversation: the conversation, with an open escalation
 * @transition_message: (nullable): what the customer is told meanwhile
 *
 * Says what came of a call for a person.
 *
 * Returns: (transfer full): the answer
 */
JsonObject *
handover_agent_answer_describe_call (const HandoverPrincipal *principal,
                                     HandoverConversation    *conversation,
                                     const char              *transition_message)
{
  JsonObject *object = handover_agent_answer_describe (principal, conversation);
  HandoverEscalation *escalation = conversation->escalation;

  json_object_set_string_member (object, "external_id", conversation->external_id);
  json_object_set_string_member (object, "escalation_id", escalation->id);
  json_object_set_string_member (object, "receipt", handover_enum_to_nick (HANDOVER_TYPE_RECEIPT, escalation->receipt));
  if (transition_message != NULL)
    json_object_set_string_member (object, "transition_message", transition_message);
  return object;
}

/**
 * handover_agent_answer_describe_message:
 * @principal: the agent
 * @conversation: the conversation
 * @message: the message that was stored
 *
 * Says what came of a message.
 *
 * Returns: (transfer full): the answer
 */
JsonObject *
handover_agent_answer_describe_message (const HandoverPrincipal *principal,
                                        HandoverConversation    *conversation,
                                        HandoverMessage         *message)
{
  JsonObject *object = handover_agent_answer_describe (principal, conversation);

  json_object_set_string_member (object, "message_id", message->id);
  return object;
}

/**
 * handover_agent_answer_look:
 * @store: the store
 * @principal: the agent that asks
 * @external_id: its name for the conversation
 * @after: the position after which it wants to read
 * @error: return location for an error
 *
 * Says who may speak, what an operator left for the AI, and what the customer saw or wrote.
 *
 * Returns: (transfer full): the answer, or %NULL with @error set
 */
JsonObject *
handover_agent_answer_look (HandoverStore            *store,
                            const HandoverPrincipal  *principal,
                            const char               *external_id,
                            gint64                    after,
                            GError                  **error)
{
  const char *business_id = principal->business_id;
  g_autoptr (HandoverDeskCase) desk_case = handover_desk_intake_find (store, business_id, principal->id, external_id, error);
  g_autoptr (GPtrArray) messages = NULL;
  g_autofree char *brief = NULL;
  g_autofree char *mark = NULL;
  HandoverConversation *conversation;
  JsonObject *object;
  JsonArray *items;
  gint64 next;

  if (desk_case == NULL)
    return NULL;
  conversation = desk_case->conversation;
  if (!handover_store_get_brief (store, business_id, conversation->id, &brief, error))
    return NULL;
  messages = handover_store_list_visible (store, business_id, conversation->id, after, PAGE_LIMIT, &next, error);
  if (messages == NULL)
    return NULL;

  object = handover_agent_answer_describe (principal, conversation);
  if (conversation->escalation != NULL)
    json_object_set_member (object, "escalation", handover_record_to_json (HANDOVER_RECORD (conversation->escalation)));
  if (brief != NULL && *brief != '\0' && conversation->control == HANDOVER_CONTROL_AGENT)
    json_object_set_string_member (object, "brief", brief);

  items = json_array_sized_new (messages->len);
  for (guint i = 0; i < messages->len; i++)
    json_array_add_element (items, handover_record_to_json (HANDOVER_RECORD (messages->pdata[i])));
  json_object_set_array_member (object, "messages", items);
  mark = g_strdup_printf ("%" G_GINT64_FORMAT, next);
  json_object_set_string_member (object, "next_after", mark);
  return object;
}
