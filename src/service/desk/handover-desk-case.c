/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/desk/handover-desk-case.h"

#include "core/handover-problem.h"
#include "core/handover-time.h"
#include "service/desk/handover-desk-transition.h"
#include "service/store/handover-store-agents.h"
#include "service/store/handover-store-attachments.h"
#include "service/store/handover-store-conversations.h"
#include "service/store/handover-store-escalations.h"

/**
 * handover_desk_case_new:
 * @store: the writer's store
 * @business_id: whose conversation it is
 * @conversation: (transfer full): the conversation as it is stored
 *
 * Begins to work on a conversation.
 *
 * Returns: (transfer full): a case
 */
HandoverDeskCase *
handover_desk_case_new (HandoverStore        *store,
                        const char           *business_id,
                        HandoverConversation *conversation)
{
  HandoverDeskCase *self = g_new0 (HandoverDeskCase, 1);

  self->store = g_object_ref (store);
  self->business_id = g_strdup (business_id);
  self->conversation = conversation;
  return self;
}

/**
 * handover_desk_case_open:
 * @store: the writer's store
 * @business_id: whose conversation it is
 * @conversation_id: its id
 * @error: return location for an error
 *
 * Begins to work on a conversation that an operator named.
 *
 * Returns: (transfer full): a case, or %NULL with @error set
 */
HandoverDeskCase *
handover_desk_case_open (HandoverStore  *store,
                         const char     *business_id,
                         const char     *conversation_id,
                         GError        **error)
{
  HandoverConversation *conversation = handover_store_get_conversation (store, business_id, conversation_id, error);

  return conversation != NULL ? handover_desk_case_new (store, business_id, conversation) : NULL;
}

/**
 * handover_desk_case_free:
 * @self: (transfer full): a case
 *
 * Ends the work. What was not finished is not written.
 */
void
handover_desk_case_free (HandoverDeskCase *self)
{
  g_clear_object (&self->store);
  g_clear_pointer (&self->business_id, g_free);
  g_clear_object (&self->conversation);
  g_clear_object (&self->ended);
  g_free (self);
}

/**
 * handover_desk_case_alter:
 * @self: a case
 *
 * Says that the conversation changed in a way that does not bring it to the top of lists.
 */
void
handover_desk_case_alter (HandoverDeskCase *self)
{
  self->dirty = TRUE;
}

/**
 * handover_desk_case_touch:
 * @self: a case
 *
 * Says that the conversation changed.
 */
void
handover_desk_case_touch (HandoverDeskCase *self)
{
  self->dirty = TRUE;
  self->touched = TRUE;
}

/**
 * handover_desk_case_update:
 * @self: a case with an open escalation
 * @error: return location for an error
 *
 * Writes the open escalation, whose members the caller changed.
 *
 * Returns: whether it was written
 */
gboolean
handover_desk_case_update (HandoverDeskCase  *self,
                           GError           **error)
{
  if (self->escalation_event == NULL)
    self->escalation_event = "escalation.updated";
  handover_desk_case_touch (self);
  return handover_store_save_escalation (self->store, self->business_id, self->conversation->escalation, error);
}

/**
 * handover_desk_case_advance:
 * @self: a case with an open escalation
 * @receipt: how far its call has come
 * @error: return location for an error
 *
 * Moves the open escalation's receipt forward, which is no news for the order of lists. It never moves back.
 *
 * Returns: whether it was written, or stood there already
 */
gboolean
handover_desk_case_advance (HandoverDeskCase  *self,
                            HandoverReceipt    receipt,
                            GError           **error)
{
  HandoverEscalation *escalation = self->conversation->escalation;

  if (escalation->receipt >= (int) receipt)
    return TRUE;

  escalation->receipt = receipt;
  if (self->escalation_event == NULL)
    self->escalation_event = "escalation.updated";
  handover_desk_case_alter (self);
  return handover_store_save_escalation (self->store, self->business_id, escalation, error);
}

static gboolean
use_attachments (HandoverDeskCase  *self,
                 HandoverMessage   *message,
                 GError           **error)
{
  for (guint i = 0; message->attachments != NULL && i < message->attachments->len; i++)
    {
      HandoverAttachment *attachment = g_ptr_array_index (message->attachments, i);

      if (!handover_store_use_attachment (self->store, self->business_id, attachment->id, message->id, error))
        return FALSE;
    }

  return TRUE;
}

/**
 * handover_desk_case_add:
 * @self: a case
 * @message: a new message; its id, conversation and epoch are set here, and its attachments are used up
 * @origin: (nullable): what it came with
 * @error: return location for an error
 *
 * Adds a message to the end of the transcript.
 *
 * Returns: whether it was stored
 */
gboolean
handover_desk_case_add (HandoverDeskCase             *self,
                        HandoverMessage              *message,
                        const HandoverMessageOrigin  *origin,
                        GError                      **error)
{
  HandoverConversation *conversation = self->conversation;
  gboolean said = message->kind == HANDOVER_MESSAGE_KIND_MESSAGE;
  gboolean refused = message->kind == HANDOVER_MESSAGE_KIND_REFUSED;
  gboolean visible = said || message->kind == HANDOVER_MESSAGE_KIND_TRANSITION;
  HandoverAudience audience = { visible ? conversation->agent_id : NULL, NULL };

  message->id = handover_store_new_id ("ms");
  message->conversation_id = g_strdup (conversation->id);
  message->epoch = conversation->epoch;
  message->version = 1;
  if (message->at == 0)
    message->at = handover_time_now ();

  if (!handover_store_insert_message (self->store, self->business_id, message, origin, error) ||
      !use_attachments (self, message, error) ||
      !handover_store_append_event (self->store, self->business_id, refused ? "message.refused" : "message.created",
                                    HANDOVER_RECORD (message), &audience, error))
    return FALSE;

  if (said)
    {
      g_clear_object (&conversation->last_message);
      conversation->last_message = handover_message_to_preview (message);
    }
  if (said && message->author == HANDOVER_AUTHOR_CUSTOMER)
    conversation->unread_count++;
  handover_desk_case_touch (self);
  return TRUE;
}

/* Says who is in the way, so that nobody has to ask. */
static void
name_holder (HandoverConversation  *conversation,
             GError               **error)
{
  if (error == NULL || conversation->holder == NULL)
    return;

  if (g_error_matches (*error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_ALREADY_CLAIMED))
    {
      g_clear_error (error);
      g_set_error (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_ALREADY_CLAIMED, "%s is answering this conversation",
                   conversation->holder->name);
    }
  else if (g_error_matches (*error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_NOT_HOLDER))
    {
      g_clear_error (error);
      g_set_error (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_NOT_HOLDER,
                   "%s is answering this conversation; only they can do this", conversation->holder->name);
    }
}

/**
 * handover_desk_case_decide:
 * @self: a case
 * @input: what happens; whether the agent is able is filled in here
 * @transition: (out caller-allocates): what it does
 * @error: return location for a refusal or another error
 *
 * Asks the control machine.
 *
 * Returns: whether it may happen
 */
gboolean
handover_desk_case_decide (HandoverDeskCase      *self,
                           HandoverControlInput  *input,
                           HandoverTransition    *transition,
                           GError               **error)
{
  HandoverConversation *conversation = self->conversation;
  HandoverControlState state = {
    .control = conversation->control,
    .epoch = conversation->epoch,
    .holder_id = conversation->holder != NULL ? conversation->holder->id : NULL,
    .escalation_open = conversation->escalation != NULL,
  };

  if (conversation->agent_id != NULL &&
      !handover_store_is_agent_reachable (self->store, self->business_id, conversation->agent_id, &input->agent_enabled, error))
    return FALSE;
  if (handover_control_machine_apply (&state, input, transition, error))
    return TRUE;

  name_holder (conversation, error);
  return FALSE;
}

static void
set_control (HandoverConversation      *conversation,
             const HandoverTransition  *transition,
             const HandoverDeskDetails *details)
{
  const char *holder_id = transition->next.holder_id;
  HandoverPerson *holder = NULL;

  if (holder_id != NULL)
    holder = details->target != NULL && g_str_equal (details->target->id, holder_id) ? details->target : details->actor;

  conversation->control = transition->next.control;
  conversation->epoch = transition->next.epoch;
  g_set_object (&conversation->holder, holder);

  if (conversation->control == HANDOVER_CONTROL_WAITING && conversation->waiting_since == 0)
    conversation->waiting_since = handover_time_now ();
  else if (!transition->next.escalation_open)
    conversation->waiting_since = 0;
}

/**
 * handover_desk_case_apply:
 * @self: a case
 * @transition: what the control machine returned
 * @details: what the command brings along
 * @error: return location for an error
 *
 * Makes a transition: control, escalation, and what the transcript and the customer are told of it.
 *
 * Returns: whether it was made
 */
gboolean
handover_desk_case_apply (HandoverDeskCase           *self,
                          const HandoverTransition   *transition,
                          const HandoverDeskDetails  *details,
                          GError                    **error)
{
  if (!transition->changed)
    return TRUE;

  set_control (self->conversation, transition, details);
  self->control_changed = TRUE;
  handover_desk_case_touch (self);

  if (transition->next.control == HANDOVER_CONTROL_CLOSED || transition->change == HANDOVER_CHANGE_KIND_RESUMED)
    {
      const char *brief = transition->change == HANDOVER_CHANGE_KIND_RESUMED ? details->brief : NULL;

      if (!handover_store_set_brief (self->store, self->business_id, self->conversation->id, brief, error))
        return FALSE;
    }

  return handover_desk_transition_apply_escalation (self, transition, details, error) &&
         handover_desk_transition_report (self, transition, details, error);
}

/**
 * handover_desk_case_finish:
 * @self: a case
 * @error: return location for an error
 *
 * Writes the conversation, if it changed, and its events.
 *
 * Returns: whether all was written
 */
gboolean
handover_desk_case_finish (HandoverDeskCase  *self,
                           GError           **error)
{
  HandoverConversation *conversation = self->conversation;
  HandoverEscalation *escalation = self->ended != NULL ? self->ended : conversation->escalation;
  HandoverAudience audience = { conversation->agent_id, NULL };

  if (!self->dirty)
    return TRUE;

  conversation->version++;
  if (self->touched)
    conversation->updated_at = MAX (conversation->updated_at, handover_time_now ());
  if (!handover_store_save_conversation (self->store, self->business_id, conversation, error) ||
      !handover_store_append_event (self->store, self->business_id,
                                    self->control_changed ? "control.changed" : "conversation.updated",
                                    HANDOVER_RECORD (conversation), &audience, error))
    return FALSE;

  if (self->escalation_event != NULL &&
      !handover_store_append_event (self->store, self->business_id, self->escalation_event,
                                    HANDOVER_RECORD (escalation), &audience, error))
    return FALSE;

  self->dirty = FALSE;
  self->touched = FALSE;
  self->control_changed = FALSE;
  self->escalation_event = NULL;
  return TRUE;
}
