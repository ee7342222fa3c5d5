/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#define G_LOG_DOMAIN "handover-desk-channel"

#include "service/desk/handover-desk-channel.h"

#include "core/handover-problem.h"
#include "core/handover-time.h"
#include "service/desk/handover-desk-case.h"
#include "service/desk/handover-desk-delivery.h"
#include "service/desk/handover-desk-health.h"
#include "service/desk/handover-desk-intake.h"
#include "service/desk/handover-desk-quote.h"
#include "service/store/handover-store-attachments.h"
#include "service/store/handover-store-contacts.h"
#include "service/store/handover-store-conversations.h"

/* How much of a customer's message stands for the summary of an escalation that no agent wrote. */
#define SUMMARY_LENGTH 300

#define NO_AGENT "A customer wrote, and no agent is connected to this channel."

typedef struct
{
  HandoverStoreChannel *channel;
  HandoverInboundEvent *event;
} Arrival;

/* What can be read at once: the text, or what stands for files that are still to be fetched. */
static char *
word_text (HandoverInboundEvent *event)
{
  g_autoptr (GString) labels = g_string_new (NULL);

  if (event->text != NULL && *event->text != '\0')
    return g_utf8_make_valid (event->text, -1);

  for (guint i = 0; event->media != NULL && i < event->media->len; i++)
    g_string_append_printf (labels, "%s%s", i > 0 ? "\n" : "", ((HandoverInboundMedia *) event->media->pdata[i])->label);
  return g_string_free_and_steal (g_steal_pointer (&labels));
}

static HandoverMessage *
make_message (HandoverInboundEvent *event)
{
  HandoverMessage *message = g_object_new (HANDOVER_TYPE_MESSAGE, NULL);
  gint64 now = handover_time_now ();

  message->author = HANDOVER_AUTHOR_CUSTOMER;
  message->kind = HANDOVER_MESSAGE_KIND_MESSAGE;
  message->text = word_text (event);
  message->at = event->at > 0 ? MIN (event->at, now) : now;
  return message;
}

/* A customer whom no agent listens to waits for a person from the first word; else what always applies. */
static gboolean
hear (HandoverDeskCase  *desk_case,
      HandoverMessage   *message,
      GError           **error)
{
  HandoverConversation *conversation = desk_case->conversation;
  gboolean alone = conversation->agent_id == NULL && conversation->control == HANDOVER_CONTROL_AGENT;
  HandoverControlInput input = { .command = alone ? HANDOVER_COMMAND_ESCALATE : HANDOVER_COMMAND_CUSTOMER_MESSAGE };
  HandoverDeskDetails details = { .confidence = -1, .trigger = HANDOVER_TRIGGER_OTHER, .summary = NO_AGENT };
  g_autofree char *summary = NULL;
  HandoverTransition transition;

  if (!alone)
    {
      summary = g_utf8_strlen (message->text, -1) > SUMMARY_LENGTH ? g_utf8_substring (message->text, 0, SUMMARY_LENGTH)
                                                                   : g_strdup (message->text);
      details.summary = summary;
    }

  return handover_desk_case_decide (desk_case, &input, &transition, error) &&
         handover_desk_case_add (desk_case, message, NULL, error) &&
         handover_desk_case_apply (desk_case, &transition, &details, error);
}

static gboolean
queue_media (HandoverStore    *store,
             Arrival          *arrival,
             HandoverMessage  *message,
             GError          **error)
{
  GPtrArray *all = arrival->event->media;

  for (guint i = 0; all != NULL && i < all->len; i++)
    {
      HandoverInboundMedia *found = g_ptr_array_index (all, i);
      HandoverStoreMedia media = {
        .message_id = message->id,
        .remote_id = found->remote_id,
        .label = found->label,
        .name = found->name,
        .type = found->type,
        .size = found->size,
      };

      if (!handover_store_add_media (store, arrival->channel, &media, error))
        return FALSE;
    }

  if (all != NULL)
    handover_store_wake_channel (store, arrival->channel->business_id, arrival->channel->account->id,
                                 message->conversation_id);
  return TRUE;
}

static gboolean
take_message (HandoverStore  *store,
              Arrival        *arrival,
              GError        **error)
{
  HandoverInboundEvent *event = arrival->event;
  g_autoptr (HandoverDeskCase) desk_case = handover_desk_intake_arrive (store, arrival->channel, event->contact,
                                                                        event->customer, error);
  g_autoptr (HandoverMessage) message = make_message (event);

  return desk_case != NULL && handover_desk_quote_received (desk_case, message, event->reply_to, error) &&
         hear (desk_case, message, error) &&
         (event->remote_id == NULL ||
          handover_store_set_remote_id (store, arrival->channel->business_id, message->id, event->remote_id, error)) &&
         queue_media (store, arrival, message, error) && handover_desk_case_finish (desk_case, error);
}

/* Tells of a message that says something else now. What lists show of the newest message follows. */
static gboolean
save_content (HandoverStore    *store,
              const char       *business_id,
              HandoverMessage  *message,
              GError          **error)
{
  g_autoptr (HandoverDeskCase) desk_case = handover_desk_case_open (store, business_id, message->conversation_id, error);
  HandoverAudience audience = { NULL, NULL };

  if (desk_case == NULL)
    return FALSE;

  audience.agent_id = desk_case->conversation->agent_id;
  message->version++;
  if (!handover_store_save_content (store, business_id, message, error) ||
      !handover_store_append_event (store, business_id, "message.updated", HANDOVER_RECORD (message), &audience, error))
    return FALSE;
  if (desk_case->conversation->last_message == NULL ||
      g_strcmp0 (desk_case->conversation->last_message->id, message->id) != 0)
    return TRUE;

  /* The cut is read anew, as it is stored. */
  g_clear_object (&desk_case->conversation);
  desk_case->conversation = handover_store_get_conversation (store, business_id, message->conversation_id, error);
  if (desk_case->conversation == NULL)
    return FALSE;

  handover_desk_case_alter (desk_case);
  return handover_desk_case_finish (desk_case, error);
}

static gboolean
find_conversation (HandoverStore         *store,
                   Arrival               *arrival,
                   HandoverConversation **conversation,
                   GError               **error)
{
  return handover_store_find_by_contact (store, arrival->channel->business_id, arrival->channel->account->id,
                                         arrival->event->contact, conversation, error);
}

/* An edit of what was written before the channel was connected is news. */
static gboolean
take_edit (HandoverStore  *store,
           Arrival        *arrival,
           GError        **error)
{
  const char *business_id = arrival->channel->business_id;
  g_autoptr (HandoverConversation) conversation = NULL;
  g_autoptr (HandoverMessage) message = NULL;
  g_autofree char *id = NULL;
  g_autofree char *text = word_text (arrival->event);

  if (!find_conversation (store, arrival, &conversation, error))
    return FALSE;
  if (conversation != NULL && arrival->event->remote_id != NULL &&
      !handover_store_find_received (store, business_id, conversation->id, arrival->event->remote_id, &id, error))
    return FALSE;
  if (id == NULL)
    return take_message (store, arrival, error);

  /* Another picture under the same words: what stood for it while it was fetched is no text. */
  if (arrival->event->text == NULL || *arrival->event->text == '\0')
    return TRUE;

  message = handover_store_get_message (store, business_id, id, NULL, error);
  if (message == NULL)
    return FALSE;

  return !g_set_str (&message->text, text) || save_content (store, business_id, message, error);
}

static gboolean
take_status (HandoverStore  *store,
             Arrival        *arrival,
             GError        **error)
{
  HandoverInboundEvent *event = arrival->event;
  const char *business_id = arrival->channel->business_id;
  g_autoptr (HandoverConversation) conversation = NULL;
  g_autoptr (HandoverMessage) message = NULL;
  g_autofree char *id = NULL;

  if (event->remote_id == NULL || !find_conversation (store, arrival, &conversation, error))
    return event->remote_id == NULL;
  if (conversation == NULL)
    return TRUE;
  if (!handover_store_find_sent (store, business_id, conversation->id, event->remote_id, &id, error))
    return FALSE;
  if (id == NULL)
    return TRUE;

  message = handover_store_get_message (store, business_id, id, NULL, error);
  return message != NULL &&
         handover_desk_delivery_advance (store, business_id, message, event->state, event->reason, error);
}

static gboolean
take_move (HandoverStore  *store,
           Arrival        *arrival,
           GError        **error)
{
  HandoverStoreChannel *channel = arrival->channel;
  g_autoptr (HandoverConversation) conversation = NULL;
  g_autoptr (HandoverConversation) other = NULL;

  if (arrival->event->moved_to == NULL)
    return TRUE;
  if (!find_conversation (store, arrival, &conversation, error) ||
      !handover_store_find_by_contact (store, channel->business_id, channel->account->id, arrival->event->moved_to, &other,
                                       error))
    return FALSE;

  return conversation == NULL || other != NULL ||
         handover_store_move_contact (store, channel->business_id, conversation->id, channel->account->id,
                                      arrival->event->moved_to, error);
}

/* Told to those who write to the customer; to the agent, each message says by itself that it did not arrive. */
static gboolean
take_block (HandoverStore  *store,
            Arrival        *arrival,
            GError        **error)
{
  gboolean blocked = arrival->event->kind == HANDOVER_INBOUND_BLOCKED;
  const char *business_id = arrival->channel->business_id;
  g_autoptr (HandoverConversation) conversation = NULL;
  g_autoptr (HandoverDeskCase) desk_case = NULL;
  g_autoptr (HandoverMessage) message = NULL;

  if (!find_conversation (store, arrival, &conversation, error))
    return FALSE;
  if (conversation == NULL)
    return TRUE;

  desk_case = handover_desk_case_open (store, business_id, conversation->id, error);
  if (desk_case == NULL)
    return FALSE;

  message = make_message (arrival->event);
  message->author = HANDOVER_AUTHOR_SYSTEM;
  message->kind = HANDOVER_MESSAGE_KIND_CONTROL;
  g_set_str (&message->text, blocked ? "The customer blocked this account; replies do not arrive."
                                     : "The customer lets replies arrive again.");
  message->change = g_object_new (HANDOVER_TYPE_CHANGE, NULL);
  message->change->kind = blocked ? HANDOVER_CHANGE_KIND_BLOCKED : HANDOVER_CHANGE_KIND_UNBLOCKED;
  return handover_desk_case_add (desk_case, message, NULL, error) && handover_desk_case_finish (desk_case, error);
}

static gboolean
take_event (HandoverStore  *store,
            gpointer        data,
            GError        **error)
{
  Arrival *arrival = data;
  gboolean is_new;

  if (!handover_store_add_arrival (store, arrival->channel, arrival->event->key, handover_time_now (), &is_new, error))
    return FALSE;
  if (!is_new)
    return TRUE;

  switch (arrival->event->kind)
    {
    case HANDOVER_INBOUND_MESSAGE:
      return take_message (store, arrival, error);
    case HANDOVER_INBOUND_EDIT:
      return take_edit (store, arrival, error);
    case HANDOVER_INBOUND_STATUS:
      return take_status (store, arrival, error);
    case HANDOVER_INBOUND_MOVED:
      return take_move (store, arrival, error);
    case HANDOVER_INBOUND_BLOCKED:
    case HANDOVER_INBOUND_UNBLOCKED:
      return take_block (store, arrival, error);
    default:
      g_return_val_if_reached (TRUE);
    }
}

/* What the disk or the database has against it will be repeated by the platform; what makes no sense would be for ever. */
static gboolean
is_skipped (const GError *error)
{
  return error->domain == HANDOVER_PROBLEM ||
         g_error_matches (error, HANDOVER_DATABASE_ERROR, HANDOVER_DATABASE_ERROR_CONSTRAINT);
}

/**
 * handover_desk_channel_take:
 * @store: the writer's store
 * @channel: a connected channel
 * @batch: what came by it
 * @error: return location for an error
 *
 * Takes in what came by a channel: each event once, whatever the platform repeats, and the cursor with them. One that
 * cannot be taken in does not keep the others out.
 *
 * Returns: whether all of it is dealt with, once this is committed
 */
gboolean
handover_desk_channel_take (HandoverStore         *store,
                            HandoverStoreChannel  *channel,
                            HandoverInboundBatch  *batch,
                            GError               **error)
{
  for (guint i = 0; i < batch->events->len; i++)
    {
      Arrival arrival = { channel, batch->events->pdata[i] };
      g_autoptr (GError) local_error = NULL;

      if (handover_store_attempt (store, take_event, &arrival, &local_error))
        continue;
      if (!is_skipped (local_error))
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      g_warning ("Channel %s: what came as %s is left out: %s", channel->account->id, arrival.event->key,
                 local_error->message);
    }

  for (guint i = 0; i < batch->presses->len; i++)
    handover_store_tell_channel (store, channel->business_id, channel->account->id, "press", batch->presses->pdata[i]);
  if (batch->cursor != NULL)
    g_set_str (&channel->cursor, batch->cursor);
  return handover_desk_health_received (store, channel, batch->events->len > 0, error);
}

/**
 * handover_desk_channel_attach:
 * @store: the writer's store
 * @business_id: whose
 * @channel_id: on which channel
 * @media: what was fetched
 * @attachment: what it is stored as
 * @error: return location for an error
 *
 * Puts what a customer sent to the message that it came with.
 *
 * Returns: whether it was written
 */
gboolean
handover_desk_channel_attach (HandoverStore       *store,
                              const char          *business_id,
                              const char          *channel_id,
                              HandoverStoreMedia  *media,
                              HandoverAttachment  *attachment,
                              GError             **error)
{
  g_autoptr (HandoverMessage) message = handover_store_get_message (store, business_id, media->message_id, NULL, error);

  if (message == NULL)
    return FALSE;

  /* The words that stood for it have done their duty. */
  if (g_strcmp0 (message->text, media->label) == 0)
    g_set_str (&message->text, "");
  if (message->attachments == NULL)
    message->attachments = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (message->attachments, g_object_ref (attachment));
  return handover_store_use_attachment (store, business_id, attachment->id, message->id, error) &&
         save_content (store, business_id, message, error) &&
         handover_store_delete_media (store, business_id, channel_id, media->id, error);
}

/**
 * handover_desk_channel_give_up:
 * @store: the writer's store
 * @business_id: whose
 * @channel_id: on which channel
 * @media: what cannot be fetched
 * @reason: why, in a whole sentence
 * @error: return location for an error
 *
 * Says in the message what is missing from it.
 *
 * Returns: whether it was written
 */
gboolean
handover_desk_channel_give_up (HandoverStore       *store,
                               const char          *business_id,
                               const char          *channel_id,
                               HandoverStoreMedia  *media,
                               const char          *reason,
                               GError             **error)
{
  g_autoptr (HandoverMessage) message = handover_store_get_message (store, business_id, media->message_id, NULL, error);
  g_autofree char *text = NULL;

  if (message == NULL)
    return FALSE;

  text = g_strcmp0 (message->text, media->label) == 0
         ? g_strdup_printf ("%s (%s)", media->label, reason)
         : g_strdup_printf ("%s\n%s (%s)", message->text, media->label, reason);
  g_set_str (&message->text, text);
  return save_content (store, business_id, message, error) &&
         handover_store_delete_media (store, business_id, channel_id, media->id, error);
}
