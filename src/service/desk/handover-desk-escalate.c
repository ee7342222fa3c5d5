/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/desk/handover-desk-escalate.h"

#include "core/handover-json.h"
#include "core/handover-problem.h"
#include "service/desk/handover-desk-intake.h"
#include "service/desk/handover-desk-transcript.h"
#include "service/store/handover-store-rows.h"

/* Adds members to what is known; a member that is told again replaces the old one. */
static gboolean
merge_metadata (HandoverDeskCase  *desk_case,
                JsonObject        *told,
                GError           **error)
{
  HandoverConversation *conversation = desk_case->conversation;
  g_autoptr (JsonNode) merged = json_node_init_object (json_node_alloc (), json_object_new ());
  JsonObject *target = json_node_get_object (merged);
  g_autofree char *text = NULL;
  JsonObjectIter iterator;
  const char *name;
  JsonNode *value;

  json_object_unref (target);
  json_object_iter_init_ordered (&iterator, json_node_get_object (conversation->metadata));
  while (json_object_iter_next_ordered (&iterator, &name, &value))
    json_object_set_member (target, name, json_node_copy (value));
  json_object_iter_init_ordered (&iterator, told);
  while (json_object_iter_next_ordered (&iterator, &name, &value))
    json_object_set_member (target, name, json_node_copy (value));

  if (json_node_equal (merged, conversation->metadata))
    return TRUE;

  text = handover_store_write_json (merged);
  if (strlen (text) > HANDOVER_LIMIT_METADATA)
    {
      g_set_error (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_TOO_LARGE,
                   "metadata, with what the conversation already has, must be at most %d bytes", HANDOVER_LIMIT_METADATA);
      return FALSE;
    }

  g_clear_pointer (&conversation->metadata, json_node_unref);
  conversation->metadata = g_steal_pointer (&merged);
  handover_desk_case_touch (desk_case);
  return TRUE;
}

/* Agents that know their user put the id among the metadata. */
static gboolean
adopt_user_id (HandoverDeskCase  *desk_case,
               JsonObject        *metadata,
               GError           **error)
{
  JsonNode *node = json_object_get_member (metadata, "user_id");
  g_autoptr (HandoverCustomer) contact = NULL;

  if (desk_case->conversation->customer->user_id != NULL || node == NULL || !JSON_NODE_HOLDS_VALUE (node) ||
      json_node_get_value_type (node) != G_TYPE_STRING)
    return TRUE;

  contact = g_object_new (HANDOVER_TYPE_CUSTOMER, NULL);
  contact->user_id = g_strdup (json_node_get_string (node));
  return handover_desk_intake_contact (desk_case, contact, error);
}

/* Turns the agent's names for messages into ours; names that mean nothing are dropped. */
static gboolean
resolve_evidence (HandoverDeskCase  *desk_case,
                  char             **told,
                  char            ***evidence,
                  GError           **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  gboolean any = FALSE;

  *evidence = NULL;
  for (char **name = told; name != NULL && *name != NULL; name++)
    {
      g_autofree char *id = NULL;

      if (!handover_store_find_evidence (desk_case->store, desk_case->business_id, desk_case->conversation->id, *name,
                                         &id, error))
        return FALSE;
      if (id == NULL)
        continue;
      g_strv_builder_add (builder, id);
      any = TRUE;
    }

  if (any)
    *evidence = g_strv_builder_end (builder);
  return TRUE;
}

static gboolean
add_summary (HandoverEscalation *escalation,
             const char         *summary)
{
  g_autofree char *joined = NULL;

  if (summary == NULL || *summary == '\0' || strstr (escalation->summary, summary) != NULL)
    return FALSE;

  joined = *escalation->summary != '\0' ? g_strdup_printf ("%s\n\n%s", escalation->summary, summary) : g_strdup (summary);
  if (strlen (joined) > HANDOVER_LIMIT_TEXT)
    return FALSE;

  return g_set_str (&escalation->summary, joined);
}

static gboolean
add_evidence (HandoverEscalation  *escalation,
              char               **evidence)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  gboolean any = FALSE;

  if (escalation->evidence != NULL)
    g_strv_builder_addv (builder, (const char **) escalation->evidence);
  for (char **id = evidence; id != NULL && *id != NULL; id++)
    {
      if (escalation->evidence != NULL && g_strv_contains ((const char *const *) escalation->evidence, *id))
        continue;
      g_strv_builder_add (builder, *id);
      any = TRUE;
    }

  if (any)
    {
      g_strfreev (escalation->evidence);
      escalation->evidence = g_strv_builder_end (builder);
    }
  return any;
}

/* Adds what a repeated call brings to the escalation that is open; its trigger stays the first. */
static gboolean
add_to_escalation (HandoverDeskCase           *desk_case,
                   const HandoverDeskDetails  *details,
                   GError                    **error)
{
  HandoverEscalation *escalation = desk_case->conversation->escalation;
  gboolean changed = add_summary (escalation, details->summary);

  changed |= add_evidence (escalation, details->evidence);
  changed |= details->sentiment != NULL && g_set_str (&escalation->sentiment, details->sentiment);
  if (details->confidence >= 0 && ABS (details->confidence - escalation->confidence) > 1e-9)
    {
      escalation->confidence = details->confidence;
      changed = TRUE;
    }
  if ((int) details->priority > escalation->priority)
    {
      escalation->priority = details->priority;
      changed = TRUE;
    }

  return !changed || handover_desk_case_update (desk_case, error);
}

/* The transition message that the customer was told for the escalation that is open. */
static gboolean
get_transition_message (HandoverDeskCase  *desk_case,
                        char             **text,
                        GError           **error)
{
  HandoverConversation *conversation = desk_case->conversation;
  g_autoptr (HandoverMessage) message = NULL;

  if (!handover_store_find_transition (desk_case->store, desk_case->business_id, conversation->id, &message, error))
    return FALSE;

  *text = NULL;
  if (message != NULL && message->at >= conversation->escalation->opened_at)
    *text = g_strdup (message->text);
  return TRUE;
}

static gboolean
take_in (HandoverDeskCase        *desk_case,
         const HandoverDeskCall  *call,
         GError                 **error)
{
  if (call->metadata != NULL &&
      (!merge_metadata (desk_case, call->metadata, error) || !adopt_user_id (desk_case, call->metadata, error)))
    return FALSE;

  return handover_desk_transcript_add (desk_case, call->lines, call->n_lines, error);
}

/**
 * handover_desk_escalate:
 * @store: the writer's store
 * @business_id: whose
 * @agent_id: the agent that calls
 * @call: what it says
 * @conversation: (out) (transfer full): the conversation as it is now
 * @opened: (out): whether an escalation was opened; else what was new was added to the open one
 * @transition_message: (out) (transfer full) (nullable): what the customer is told meanwhile
 * @error: return location for an error
 *
 * Calls for a person. From here on the agent is silent.
 *
 * Returns: whether it was written
 */
gboolean
handover_desk_escalate (HandoverStore           *store,
                        const char              *business_id,
                        const char              *agent_id,
                        const HandoverDeskCall  *call,
                        HandoverConversation   **conversation,
                        gboolean                *opened,
                        char                   **transition_message,
                        GError                 **error)
{
  g_autoptr (HandoverDeskCase) desk_case = handover_desk_intake_open (store, business_id, agent_id, call->external_id,
                                                                      call->channel, call->contact, error);
  g_auto (GStrv) evidence = NULL;
  HandoverControlInput input = { .command = HANDOVER_COMMAND_ESCALATE };
  HandoverDeskDetails details = {
    .trigger = call->trigger,
    .summary = call->summary,
    .confidence = call->confidence,
    .sentiment = call->sentiment,
    .priority = call->priority,
  };
  HandoverTransition transition;

  if (desk_case == NULL || !take_in (desk_case, call, error) ||
      !resolve_evidence (desk_case, call->evidence, &evidence, error) ||
      !handover_desk_case_decide (desk_case, &input, &transition, error))
    return FALSE;

  details.evidence = evidence;
  *opened = transition.escalation == HANDOVER_ESCALATION_OPEN;
  if (transition.escalation == HANDOVER_ESCALATION_ADD && !add_to_escalation (desk_case, &details, error))
    return FALSE;
  if (!handover_desk_case_apply (desk_case, &transition, &details, error) ||
      !handover_desk_case_finish (desk_case, error) ||
      !get_transition_message (desk_case, transition_message, error))
    return FALSE;

  *conversation = g_object_ref (desk_case->conversation);
  return TRUE;
}
