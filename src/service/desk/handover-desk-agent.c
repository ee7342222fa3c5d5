/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/desk/handover-desk-agent.h"

#include "core/handover-problem.h"
#include "service/desk/handover-desk-attachments.h"
#include "service/desk/handover-desk-delivery.h"
#include "service/desk/handover-desk-intake.h"
#include "service/desk/handover-desk-quote.h"
#include "service/desk/handover-desk-repeat.h"
#include "service/store/handover-store-marks.h"

/* How many refused messages of an epoch are kept in full. */
#define REFUSED_LIMIT 20

/* How much of a customer's message stands for the summary of an escalation that no agent wrote. */
#define SUMMARY_LENGTH 300

/**
 * handover_desk_answer_clear:
 * @self: an answer
 *
 * Frees what an answer holds.
 */
void
handover_desk_answer_clear (HandoverDeskAnswer *self)
{
  g_clear_object (&self->conversation);
  g_clear_object (&self->message);
  g_clear_error (&self->refusal);
}

/**
 * handover_desk_line_to_message:
 * @line: what an agent tells
 *
 * Makes the message that a line becomes.
 *
 * Returns: (transfer full): a message that is not stored yet
 */
HandoverMessage *
handover_desk_line_to_message (const HandoverDeskLine *line)
{
  HandoverMessage *message = g_object_new (HANDOVER_TYPE_MESSAGE, NULL);

  message->author = line->author;
  message->kind = line->author == HANDOVER_AUTHOR_TOOL ? HANDOVER_MESSAGE_KIND_TOOL : HANDOVER_MESSAGE_KIND_MESSAGE;
  message->text = g_strdup (line->text != NULL ? line->text : "");
  g_set_object (&message->tool, line->tool);
  message->at = line->at;
  return message;
}

/* An agent's conversations are its own, so it is the one who uploaded. */
static gboolean
complete (HandoverDeskCase        *desk_case,
          HandoverMessage         *message,
          const HandoverDeskLine  *line,
          GError                 **error)
{
  return handover_desk_attach (desk_case, message, desk_case->conversation->agent_id, line->attachments,
                               HANDOVER_DESK_ATTACH_NEW, error) &&
         handover_desk_quote (desk_case, message, line->reply_to, error);
}

static gboolean
add_line (HandoverDeskCase             *desk_case,
          const HandoverDeskLine       *line,
          const HandoverMessageOrigin  *origin,
          HandoverDeskAnswer           *answer,
          GError                      **error)
{
  answer->message = handover_desk_line_to_message (line);
  return complete (desk_case, answer->message, line, error) &&
         handover_desk_case_add (desk_case, answer->message, origin, error);
}

/* An agent that shows the transition message may well post it too; it is then told which message that was. */
static gboolean
find_transition (HandoverDeskCase   *desk_case,
                 const char         *text,
                 HandoverMessage   **message,
                 GError            **error)
{
  HandoverConversation *conversation = desk_case->conversation;
  g_autoptr (HandoverMessage) transition = NULL;

  *message = NULL;
  if (conversation->control != HANDOVER_CONTROL_WAITING)
    return TRUE;
  if (!handover_store_find_transition (desk_case->store, desk_case->business_id, conversation->id, &transition, error))
    return FALSE;
  if (transition != NULL && transition->at >= conversation->escalation->opened_at && g_str_equal (transition->text, text))
    *message = g_steal_pointer (&transition);
  return TRUE;
}

static gboolean
record_refused (HandoverDeskCase        *desk_case,
                const HandoverDeskLine  *line,
                GError                 **error)
{
  HandoverConversation *conversation = desk_case->conversation;
  g_autoptr (HandoverMessage) message = NULL;
  g_autoptr (GError) missing = NULL;
  gint64 count;

  if (!handover_store_count_refused (desk_case->store, desk_case->business_id, conversation->id, conversation->epoch,
                                     &count, error))
    return FALSE;
  if (count > REFUSED_LIMIT)
    return TRUE;

  message = handover_desk_line_to_message (line);
  message->kind = HANDOVER_MESSAGE_KIND_REFUSED;
  /* What is refused is kept as far as it can be; what it names and is not there is no second reason. */
  if (!complete (desk_case, message, line, &missing) && missing->domain != HANDOVER_PROBLEM)
    {
      g_propagate_error (error, g_steal_pointer (&missing));
      return FALSE;
    }
  return handover_desk_case_add (desk_case, message, NULL, error);
}

/* A refusal is an answer; anything else went wrong. */
static gboolean
pass_on (HandoverDeskAnswer  *answer,
         GError             **error)
{
  if (answer->refusal->domain == HANDOVER_PROBLEM)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&answer->refusal));
  return FALSE;
}

/* What the agent says reaches the customer, on the conversation's channel or in the agent's own chat. */
static gboolean
say_line (HandoverDeskCase             *desk_case,
          const HandoverDeskLine       *line,
          const HandoverMessageOrigin  *origin,
          HandoverDeskAnswer           *answer,
          GError                      **error)
{
  answer->message = handover_desk_line_to_message (line);
  return complete (desk_case, answer->message, line, error) &&
         handover_desk_delivery_add (desk_case, answer->message, origin, error);
}

/* The agent speaks: it may, or it is told why not and that is put on record. */
static gboolean
say (HandoverDeskCase             *desk_case,
     const HandoverDeskLine       *line,
     const HandoverMessageOrigin  *origin,
     HandoverDeskAnswer           *answer,
     GError                      **error)
{
  HandoverControlInput input = { .command = HANDOVER_COMMAND_AGENT_MESSAGE, .epoch = line->epoch };
  HandoverTransition transition;

  if (handover_desk_case_decide (desk_case, &input, &transition, &answer->refusal))
    return say_line (desk_case, line, origin, answer, error);
  if (!pass_on (answer, error) || !find_transition (desk_case, line->text, &answer->message, error))
    return FALSE;
  if (answer->message != NULL)
    {
      g_clear_error (&answer->refusal);
      return TRUE;
    }

  return record_refused (desk_case, line, error);
}

static char *
summarize (HandoverMessage *message)
{
  if (*message->text == '\0' && message->attachments != NULL)
    {
      HandoverAttachment *first = g_ptr_array_index (message->attachments, 0);

      return g_strdup_printf ("The customer sent a file: %s", first->name);
    }

  return g_utf8_strlen (message->text, -1) > SUMMARY_LENGTH ? g_utf8_substring (message->text, 0, SUMMARY_LENGTH)
                                                            : g_strdup (message->text);
}

static gboolean
refuse_customer (GError **error)
{
  g_set_error_literal (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_NOT_SUPPORTED,
                       "What the customer writes comes by the channel itself; leave it out.");
  return FALSE;
}

/* The customer speaks: always heard, and sometimes the reason to call a person. */
static gboolean
hear (HandoverDeskCase             *desk_case,
      const HandoverDeskLine       *line,
      const HandoverMessageOrigin  *origin,
      HandoverDeskAnswer           *answer,
      GError                      **error)
{
  HandoverControlInput input = { .command = HANDOVER_COMMAND_CUSTOMER_MESSAGE };
  g_autofree char *summary = NULL;
  HandoverDeskDetails details = { .confidence = -1 };
  HandoverTransition transition;

  if (!handover_desk_case_decide (desk_case, &input, &transition, error) ||
      !add_line (desk_case, line, origin, answer, error))
    return FALSE;

  summary = summarize (answer->message);
  details.summary = summary;
  return handover_desk_case_apply (desk_case, &transition, &details, error);
}

/**
 * handover_desk_agent_message:
 * @store: the writer's store
 * @business_id: whose
 * @agent_id: the agent that tells
 * @external_id: its name for the conversation, which is made if it is new
 * @contact: (nullable): what is told of the customer
 * @line: what was said or done
 * @origin: (nullable): what the request came with; a repeat gets the message of the first try
 * @answer: (out caller-allocates): what the agent is answered
 * @error: return location for an error
 *
 * Takes in one message of a customer, of the agent itself, or of one of its tools.
 *
 * Returns: whether it was dealt with; the agent's own message may still be refused, see @answer
 */
gboolean
handover_desk_agent_message (HandoverStore                *store,
                             const char                   *business_id,
                             const char                   *agent_id,
                             const char                   *external_id,
                             HandoverCustomer             *contact,
                             const HandoverDeskLine       *line,
                             const HandoverMessageOrigin  *origin,
                             HandoverDeskAnswer           *answer,
                             GError                      **error)
{
  g_autoptr (HandoverDeskCase) desk_case = handover_desk_intake_open (store, business_id, agent_id, external_id,
                                                                      HANDOVER_CHANNEL_KIND_API, contact, error);
  gboolean done = TRUE;

  if (desk_case == NULL)
    return FALSE;
  if (!handover_desk_find_repeat (desk_case, origin, &answer->message, &answer->refusal))
    done = pass_on (answer, error);
  else if (answer->message != NULL)
    done = TRUE;
  else if (line->author == HANDOVER_AUTHOR_AGENT)
    done = say (desk_case, line, origin, answer, error);
  else if (line->author == HANDOVER_AUTHOR_CUSTOMER && desk_case->conversation->channel->id != NULL)
    done = refuse_customer (error);
  else if (line->author == HANDOVER_AUTHOR_CUSTOMER)
    done = hear (desk_case, line, origin, answer, error);
  else
    done = add_line (desk_case, line, origin, answer, error);

  if (!done || !handover_desk_case_finish (desk_case, error))
    return FALSE;

  answer->conversation = g_object_ref (desk_case->conversation);
  return TRUE;
}

/**
 * handover_desk_agent_close:
 * @store: the writer's store
 * @business_id: whose
 * @agent_id: the agent that asks
 * @external_id: its name for the conversation
 * @epoch: the epoch that the agent's turn began with, or 0
 * @answer: (out caller-allocates): what the agent is answered
 * @error: return location for an error
 *
 * Closes a conversation that the agent controls.
 *
 * Returns: whether it was dealt with; it may still be refused, see @answer
 */
gboolean
handover_desk_agent_close (HandoverStore       *store,
                           const char          *business_id,
                           const char          *agent_id,
                           const char          *external_id,
                           gint64               epoch,
                           HandoverDeskAnswer  *answer,
                           GError             **error)
{
  g_autoptr (HandoverDeskCase) desk_case = handover_desk_intake_find (store, business_id, agent_id, external_id, error);
  HandoverControlInput input = { .command = HANDOVER_COMMAND_AGENT_CLOSE, .epoch = epoch };
  HandoverDeskDetails details = { .confidence = -1 };
  HandoverTransition transition;

  if (desk_case == NULL)
    return FALSE;

  answer->conversation = g_object_ref (desk_case->conversation);
  if (handover_desk_case_decide (desk_case, &input, &transition, &answer->refusal))
    return handover_desk_case_apply (desk_case, &transition, &details, error) &&
           handover_desk_case_finish (desk_case, error);

  return pass_on (answer, error);
}

static HandoverDeskCase *
open_delivered (HandoverStore    *store,
                const char       *business_id,
                const char       *agent_id,
                HandoverMessage  *message,
                GError          **error)
{
  g_autoptr (HandoverDeskCase) desk_case = handover_desk_case_open (store, business_id, message->conversation_id, error);

  if (desk_case == NULL)
    return NULL;
  if (g_strcmp0 (desk_case->conversation->agent_id, agent_id) != 0)
    {
      g_set_error_literal (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_NOT_FOUND, "There is no such message.");
      return NULL;
    }
  if (desk_case->conversation->channel->id != NULL)
    {
      g_set_error_literal (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_NOT_SUPPORTED,
                           "The service delivers on this conversation's channel itself; report nothing.");
      return NULL;
    }
  if (message->delivery == NULL)
    {
      g_set_error_literal (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_INVALID_REQUEST,
                           "Only an operator's message is on its way to the customer; report the state of those alone.");
      return NULL;
    }

  return g_steal_pointer (&desk_case);
}

/**
 * handover_desk_agent_status:
 * @store: the writer's store
 * @business_id: whose
 * @agent_id: the agent that delivers
 * @message_id: an operator's message
 * @state: how far it has come; going back changes nothing
 * @reason: (nullable): why it failed
 * @answer: (out caller-allocates): what the agent is answered
 * @error: return location for an error
 *
 * Notes how far an operator's message has come on its way to the customer.
 *
 * Returns: whether it was written, or there was nothing to write
 */
gboolean
handover_desk_agent_status (HandoverStore          *store,
                            const char             *business_id,
                            const char             *agent_id,
                            const char             *message_id,
                            HandoverDeliveryState   state,
                            const char             *reason,
                            HandoverDeskAnswer     *answer,
                            GError                **error)
{
  g_autoptr (HandoverMessage) message = handover_store_get_message (store, business_id, message_id, NULL, error);
  g_autoptr (HandoverDeskCase) desk_case = NULL;

  if (message == NULL)
    return FALSE;
  desk_case = open_delivered (store, business_id, agent_id, message, error);
  if (desk_case == NULL)
    return FALSE;

  answer->conversation = g_object_ref (desk_case->conversation);
  answer->message = g_object_ref (message);
  return handover_desk_delivery_advance (store, business_id, message, state, reason, error);
}
