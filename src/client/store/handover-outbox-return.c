/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "client/store/handover-outbox.h"

#include "client/store/handover-mirror-private.h"
#include "client/store/handover-outbox-files-private.h"
#include "client/store/handover-outbox-reason.h"
#include "core/handover-problem.h"
#include "core/handover-time.h"

/* What is not going to be sent is in the draft again, before what was there. */

void
handover_outbox_give_back (HandoverOutbox      *self,
                           HandoverOutboxEntry *entry,
                           const char          *reason)
{
  g_autoptr (HandoverOutboxEntry) held = handover_outbox_entry_ref (entry);
  HandoverDraftKind kind = handover_outbox_entry_get_draft (held);
  const char *draft = handover_outbox_get_draft (self, held->conversation_id, kind);
  g_autofree char *text = NULL;

  if (*held->text != '\0' && draft != NULL)
    text = g_strjoin ("\n\n", held->text, draft, NULL);
  else if (*held->text != '\0' || draft != NULL)
    text = g_strdup (draft != NULL ? draft : held->text);
  if (reason != NULL)
    g_hash_table_insert (self->reasons[kind], g_strdup (held->conversation_id), g_strdup (reason));
  handover_outbox_forget (self, held);
  handover_outbox_exchange (self, held, text, handover_outbox_written_cb, g_object_ref (self));
  g_signal_emit_by_name (self, "returned", held->conversation_id, (guint) kind, held->text, reason);
}

/* --- It no longer fits its conversation --- */

/* What may have reached the service is for the service to judge: its key makes asking again safe. */
gboolean
handover_outbox_entry_is_stale (HandoverOutboxEntry  *entry,
                                HandoverConversation *conversation)
{
  return entry->kind == HANDOVER_OUTBOX_REPLY && !entry->attempted && conversation != NULL
      && conversation->epoch > entry->epoch;
}

/* What was written after it for the same epoch comes back with it, the last first: each goes before what is there. */
void
handover_outbox_give_back_stale (HandoverOutbox       *self,
                                 HandoverOutboxEntry  *entry,
                                 HandoverConversation *conversation)
{
  const char *operator_id = handover_mirror_get_operator_id (self->mirror);
  g_autofree char *reason = handover_outbox_reason_stale (conversation, operator_id);
  GQueue *queue = g_hash_table_lookup (self->queues, entry->conversation_id);
  GList *link = queue->tail;

  while (link != NULL && link->data != entry)
    {
      HandoverOutboxEntry *later = link->data;

      link = link->prev;
      if (later->kind == HANDOVER_OUTBOX_REPLY && !later->attempted && later->epoch <= entry->epoch)
        handover_outbox_give_back (self, later, reason);
    }
  handover_outbox_give_back (self, entry, reason);
}

/* What nobody has sent yet, and no longer fits. */
void
handover_outbox_notice_change (HandoverOutbox       *self,
                               HandoverConversation *conversation)
{
  g_autoptr (GPtrArray) all = handover_outbox_list (self);

  for (guint i = 0; i < all->len; i++)
    {
      HandoverOutboxEntry *entry = g_ptr_array_index (all, i);

      if (entry->state < HANDOVER_OUTBOX_SENDING && handover_outbox_entry_is_stale (entry, conversation)
          && g_str_equal (entry->conversation_id, conversation->id))
        handover_outbox_give_back_stale (self, entry, conversation);
    }
}

/* --- The service will not have it --- */

/* Who has the conversation now, as the service tells; what it does not tell is what the mirror has heard. */
static void
holder_asked_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (HandoverSending) sending = user_data;
  HandoverOutbox *self = sending->outbox;
  HandoverOutboxEntry *entry = sending->entry;
  g_autoptr (HandoverConversation) conversation = NULL;
  g_autoptr (JsonNode) body = NULL;
  g_autoptr (GError) error = NULL;

  handover_gateway_call_finish (HANDOVER_GATEWAY (source), result, &body, NULL, &error);
  if (entry->state != HANDOVER_OUTBOX_SENDING || !handover_outbox_conclude (self, entry, error))
    return;

  if (body != NULL)
    conversation = HANDOVER_CONVERSATION (handover_record_from_json (HANDOVER_TYPE_CONVERSATION, body, NULL));
  if (conversation == NULL)
    conversation = handover_mirror_get_conversation (self->mirror, entry->conversation_id);
  handover_outbox_give_back_stale (self, entry, conversation);
  handover_outbox_pump (self);
}

/* The stream may bring the hand-over later than the answer that speaks of it. */
static void
give_back_handed_over (HandoverOutbox      *self,
                       HandoverOutboxEntry *entry)
{
  g_autoptr (HandoverConversation) conversation = NULL;
  g_autofree char *id = NULL;
  g_autofree char *path = NULL;

  conversation = handover_mirror_get_conversation (self->mirror, entry->conversation_id);
  if (self->gateway == NULL || (conversation != NULL && conversation->epoch > entry->epoch))
    {
      handover_outbox_give_back_stale (self, entry, conversation);
      return;
    }

  entry->state = HANDOVER_OUTBOX_SENDING;
  id = g_uri_escape_string (entry->conversation_id, NULL, FALSE);
  path = g_strconcat ("/v1/conversations/", id, NULL);
  handover_gateway_call_async (self->gateway, "GET", path, NULL, NULL, self->connected, holder_asked_cb,
                               handover_sending_new (self, entry));
}

void
handover_outbox_refused (HandoverOutbox      *self,
                         HandoverOutboxEntry *entry,
                         const GError        *error)
{
  g_autofree char *reason = NULL;

  if (!handover_outbox_entry_is_message (entry))
    {
      handover_outbox_delete (self, entry);
      return;
    }

  if (error->code == HANDOVER_PROBLEM_INVALID_MEMBER && handover_outbox_upload_anew (self, entry))
    return;

  if (error->code == HANDOVER_PROBLEM_STALE_EPOCH || error->code == HANDOVER_PROBLEM_NOT_HOLDER
      || error->code == HANDOVER_PROBLEM_CONVERSATION_FROZEN)
    {
      give_back_handed_over (self, entry);
      return;
    }

  reason = handover_outbox_reason_refused (error->message, handover_outbox_entry_get_draft (entry));
  handover_outbox_give_back (self, entry, reason);
}

/* --- It waited too long --- */

gboolean
handover_outbox_is_expired (HandoverOutbox      *self,
                            HandoverOutboxEntry *entry)
{
  return entry->kind == HANDOVER_OUTBOX_REPLY
      && handover_time_now () - entry->created_at >= self->reply_lifetime;
}

/* The last first: each goes before what is in the draft already. What may have reached the service is asked about when
 * it can be: giving it back could make the operator say it twice. */
void
handover_outbox_give_back_expired (HandoverOutbox *self)
{
  g_autoptr (GPtrArray) all = handover_outbox_list (self);
  g_autofree char *reason = handover_outbox_reason_expired ();

  for (guint i = all->len; i > 0; i--)
    {
      HandoverOutboxEntry *entry = g_ptr_array_index (all, i - 1);

      if ((entry->state == HANDOVER_OUTBOX_QUEUED || entry->state == HANDOVER_OUTBOX_UPLOADING) && !entry->attempted
          && handover_outbox_is_expired (self, entry))
        handover_outbox_give_back (self, entry, reason);
    }
}

static gboolean
lifetime_over_cb (gpointer user_data)
{
  g_autoptr (HandoverOutbox) self = g_object_ref (user_data);

  self->expiry_source = 0;
  handover_outbox_give_back_expired (self);
  handover_outbox_watch_lifetime (self);
  handover_outbox_pump (self);
  return G_SOURCE_REMOVE;
}

/* Wakes up when the next reply has waited too long. */
void
handover_outbox_watch_lifetime (HandoverOutbox *self)
{
  g_autoptr (GPtrArray) all = handover_outbox_list (self);
  gint64 next = G_MAXINT64;
  gint64 wait;

  g_clear_handle_id (&self->expiry_source, g_source_remove);
  for (guint i = 0; i < all->len; i++)
    {
      HandoverOutboxEntry *entry = g_ptr_array_index (all, i);

      if (entry->kind == HANDOVER_OUTBOX_REPLY && entry->state < HANDOVER_OUTBOX_SENDING && !entry->attempted)
        next = MIN (next, entry->created_at + self->reply_lifetime);
    }
  if (next == G_MAXINT64)
    return;

  wait = CLAMP (next - handover_time_now (), 0, HANDOVER_OUTBOX_REPLY_LIFETIME);
  self->expiry_source = g_timeout_add (wait, lifetime_over_cb, self);
}

/* --- The operator thinks otherwise --- */

/**
 * handover_outbox_withdraw:
 * @self: an outbox
 * @entry_id: the id of a reply or note
 *
 * Takes back what has not been sent: its text goes to the draft of its kind.
 *
 * Returns: whether it could be; %FALSE if it may have reached the service already
 */
gboolean
handover_outbox_withdraw (HandoverOutbox *self,
                          const char     *entry_id)
{
  HandoverOutboxEntry *entry;

  g_return_val_if_fail (HANDOVER_IS_OUTBOX (self), FALSE);
  g_return_val_if_fail (entry_id != NULL, FALSE);

  entry = g_hash_table_lookup (self->entries, entry_id);
  if (entry == NULL || !handover_outbox_entry_is_message (entry) || entry->attempted)
    return FALSE;

  handover_outbox_give_back (self, entry, NULL);
  return TRUE;
}
