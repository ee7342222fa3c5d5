/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/desk/handover-desk-transition.h"

#include "core/handover-time.h"
#include "service/desk/handover-desk-delivery.h"
#include "service/store/handover-store-businesses.h"
#include "service/store/handover-store-escalations.h"

/* How urgent an escalation is where its agent did not say. */
static HandoverPriority
get_priority (HandoverTrigger trigger)
{
  switch (trigger)
    {
    case HANDOVER_TRIGGER_HIGH_RISK_INTENT:
      return HANDOVER_PRIORITY_URGENT;
    case HANDOVER_TRIGGER_NEGATIVE_SENTIMENT:
    case HANDOVER_TRIGGER_AGENT_FAILURE:
      return HANDOVER_PRIORITY_HIGH;
    case HANDOVER_TRIGGER_UNKNOWN:
    case HANDOVER_TRIGGER_CUSTOMER_REQUEST:
    case HANDOVER_TRIGGER_KNOWLEDGE_GAP:
    case HANDOVER_TRIGGER_LOW_CONFIDENCE:
    case HANDOVER_TRIGGER_POLICY:
    case HANDOVER_TRIGGER_OTHER:
    case HANDOVER_TRIGGER_OPERATOR_TAKEOVER:
    case HANDOVER_TRIGGER_CUSTOMER_RETURNED:
    default:
      return HANDOVER_PRIORITY_NORMAL;
    }
}

static void
claim (HandoverDeskCase *desk_case)
{
  HandoverEscalation *escalation = desk_case->conversation->escalation;

  escalation->claimed_at = handover_time_now ();
  g_set_object (&escalation->claimed_by, desk_case->conversation->holder);
  escalation->receipt = MAX (escalation->receipt, HANDOVER_RECEIPT_CLAIMED);
}

static gboolean
open_escalation (HandoverDeskCase           *desk_case,
                 const HandoverTransition   *transition,
                 const HandoverDeskDetails  *details,
                 GError                    **error)
{
  HandoverEscalation *escalation = g_object_new (HANDOVER_TYPE_ESCALATION, NULL);

  escalation->id = handover_store_new_id ("es");
  escalation->conversation_id = g_strdup (desk_case->conversation->id);
  escalation->trigger = transition->trigger != HANDOVER_TRIGGER_UNKNOWN ? transition->trigger : details->trigger;
  escalation->summary = g_strdup (details->summary != NULL ? details->summary : "");
  escalation->confidence = details->confidence;
  escalation->sentiment = g_strdup (details->sentiment);
  escalation->priority = details->priority != HANDOVER_PRIORITY_UNKNOWN ? details->priority
                                                                        : get_priority (escalation->trigger);
  escalation->evidence = g_strdupv (details->evidence);
  escalation->opened_at = handover_time_now ();
  escalation->receipt = HANDOVER_RECEIPT_QUEUED;

  desk_case->conversation->escalation = escalation;
  desk_case->escalation_event = "escalation.opened";
  if (transition->escalation == HANDOVER_ESCALATION_OPEN_AND_CLAIM)
    claim (desk_case);
  return handover_store_insert_escalation (desk_case->store, desk_case->business_id, escalation, error);
}

static gboolean
resolve (HandoverDeskCase           *desk_case,
         const HandoverDeskDetails  *details,
         GError                    **error)
{
  HandoverEscalation *escalation = g_steal_pointer (&desk_case->conversation->escalation);

  escalation->resolved_at = handover_time_now ();
  escalation->resolution = details->resolution;
  escalation->receipt = HANDOVER_RECEIPT_RESOLVED;
  desk_case->ended = escalation;
  desk_case->escalation_event = "escalation.resolved";
  return handover_store_save_escalation (desk_case->store, desk_case->business_id, escalation, error);
}

/**
 * handover_desk_transition_apply_escalation:
 * @desk_case: the case, whose control is already the next one
 * @transition: what the control machine returned
 * @details: what the command brings along
 * @error: return location for an error
 *
 * Does to the escalation what a transition asks for.
 *
 * Returns: whether it was written
 */
gboolean
handover_desk_transition_apply_escalation (HandoverDeskCase           *desk_case,
                                           const HandoverTransition   *transition,
                                           const HandoverDeskDetails  *details,
                                           GError                    **error)
{
  switch (transition->escalation)
    {
    case HANDOVER_ESCALATION_OPEN:
    case HANDOVER_ESCALATION_OPEN_AND_CLAIM:
      return open_escalation (desk_case, transition, details, error);
    case HANDOVER_ESCALATION_CLAIM:
      claim (desk_case);
      return handover_desk_case_update (desk_case, error);
    case HANDOVER_ESCALATION_RELEASE:
      desk_case->conversation->escalation->claimed_at = 0;
      g_clear_object (&desk_case->conversation->escalation->claimed_by);
      return handover_desk_case_update (desk_case, error);
    case HANDOVER_ESCALATION_RESOLVE:
      return resolve (desk_case, details, error);
    case HANDOVER_ESCALATION_KEEP:
    case HANDOVER_ESCALATION_ADD:
    default:
      return TRUE;
    }
}

/* The words for readers that do not word `change` themselves. */
static char *
describe (const HandoverTransition  *transition,
          const HandoverDeskDetails *details,
          gboolean                   has_agent)
{
  const char *actor = details->actor != NULL ? details->actor->name : NULL;

  switch (transition->change)
    {
    case HANDOVER_CHANGE_KIND_ESCALATED:
      return g_strdup (transition->trigger != HANDOVER_TRIGGER_UNKNOWN || !has_agent ? "The customer needs a person"
                                                                                     : "The AI asked for a person");
    case HANDOVER_CHANGE_KIND_CLAIMED:
      return g_strdup_printf ("%s took over", actor);
    case HANDOVER_CHANGE_KIND_RELEASED:
      return g_strdup_printf ("%s released the conversation", actor);
    case HANDOVER_CHANGE_KIND_TRANSFERRED:
      return g_strdup_printf ("%s transferred the conversation to %s", actor, details->target->name);
    case HANDOVER_CHANGE_KIND_RESUMED:
      return g_strdup_printf ("%s handed the conversation back to the AI", actor);
    case HANDOVER_CHANGE_KIND_CLOSED:
      return actor != NULL ? g_strdup_printf ("%s closed the conversation", actor)
                           : g_strdup ("The AI closed the conversation");
    case HANDOVER_CHANGE_KIND_REOPENED:
      return g_strdup ("The customer wrote again");
    case HANDOVER_CHANGE_KIND_UNKNOWN:
    default:
      g_return_val_if_reached (g_strdup (""));
    }
}

static gboolean
add_change (HandoverDeskCase           *desk_case,
            const HandoverTransition   *transition,
            const HandoverDeskDetails  *details,
            GError                    **error)
{
  g_autoptr (HandoverMessage) message = g_object_new (HANDOVER_TYPE_MESSAGE, NULL);
  HandoverEscalation *escalation = desk_case->conversation->escalation;

  message->author = HANDOVER_AUTHOR_SYSTEM;
  message->kind = HANDOVER_MESSAGE_KIND_CONTROL;
  message->text = describe (transition, details, desk_case->conversation->agent_id != NULL);
  g_set_object (&message->operator, details->actor);
  message->change = g_object_new (HANDOVER_TYPE_CHANGE, NULL);
  message->change->kind = transition->change;
  g_set_object (&message->change->to, details->target);
  if (transition->escalation == HANDOVER_ESCALATION_OPEN || transition->escalation == HANDOVER_ESCALATION_OPEN_AND_CLAIM)
    message->change->trigger = escalation->trigger;
  if (transition->escalation == HANDOVER_ESCALATION_RESOLVE)
    message->change->resolution = details->resolution;
  if (transition->change == HANDOVER_CHANGE_KIND_RESUMED)
    message->change->brief = g_strdup (details->brief);

  return handover_desk_case_add (desk_case, message, NULL, error);
}

static gboolean
add_transition_message (HandoverDeskCase  *desk_case,
                        GError           **error)
{
  g_autoptr (HandoverBusiness) business = handover_store_get_business (desk_case->store, desk_case->business_id, error);
  g_autoptr (HandoverMessage) message = NULL;

  if (business == NULL)
    return FALSE;
  if (*business->transition_message == '\0')
    return TRUE;

  message = g_object_new (HANDOVER_TYPE_MESSAGE, NULL);
  message->text = g_strdup (business->transition_message);
  message->author = HANDOVER_AUTHOR_SYSTEM;
  message->kind = HANDOVER_MESSAGE_KIND_TRANSITION;
  return handover_desk_delivery_add (desk_case, message, NULL, error);
}

/**
 * handover_desk_transition_report:
 * @desk_case: the case, whose control and escalation are already the next ones
 * @transition: what the control machine returned
 * @details: what the command brings along
 * @error: return location for an error
 *
 * Leaves in the transcript what happened, and for the customer that a person will come.
 *
 * Returns: whether it was written
 */
gboolean
handover_desk_transition_report (HandoverDeskCase           *desk_case,
                                 const HandoverTransition   *transition,
                                 const HandoverDeskDetails  *details,
                                 GError                    **error)
{
  if (transition->change != HANDOVER_CHANGE_KIND_UNKNOWN && !add_change (desk_case, transition, details, error))
    return FALSE;

  return !transition->transition_message || add_transition_message (desk_case, error);
}
