/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "client/store/handover-outbox.h"

#include "client/store/handover-mirror-private.h"
#include "client/store/handover-mirror-store.h"
#include "client/store/handover-outbox-files-private.h"
#include "client/store/handover-outbox-reason.h"
#include "core/handover-enum-types.h"

static gboolean
insert_job (HandoverMirrorHandle  *handle,
            gpointer               data,
            HandoverChanges       *changes,
            GError               **error)
{
  HandoverOutboxEntry *entry = data;

  return handover_outbox_store_insert (handle->database, entry, error)
      && (entry->kind != HANDOVER_OUTBOX_READ
          || handover_mirror_store_mark_read (handle->database, entry->conversation_id, changes, error));
}

static void
stored_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (HandoverSending) sending = user_data;
  HandoverOutbox *self = sending->outbox;
  g_autoptr (GError) error = NULL;
  g_autofree char *reason = NULL;

  if (sending->entry->state != HANDOVER_OUTBOX_STORING)
    return;

  if (handover_mirror_write_finish (HANDOVER_MIRROR (source), result, &error))
    {
      sending->entry->state = HANDOVER_OUTBOX_QUEUED;
      handover_outbox_pump (self);
    }
  else if (!handover_outbox_entry_is_message (sending->entry))
    handover_outbox_forget (self, sending->entry);
  else
    {
      reason = handover_outbox_reason_refused (error->message, handover_outbox_entry_get_draft (sending->entry));
      handover_outbox_give_back (self, sending->entry, reason);
    }
}

static char *
put (HandoverOutbox     *self,
     HandoverOutboxKind  kind,
     const char         *conversation_id,
     const char         *target,
     const char         *text,
     gint64              epoch)
{
  HandoverOutboxEntry *entry = handover_outbox_entry_new (kind, conversation_id, target, text, epoch);
  HandoverSending *sending;

  if (kind == HANDOVER_OUTBOX_REPLY)
    g_set_object (&entry->quote, handover_outbox_get_quote (self, conversation_id));
  if (handover_outbox_entry_is_message (entry))
    entry->files = handover_outbox_take_files (self, conversation_id, handover_outbox_entry_get_draft (entry));
  handover_outbox_add (self, entry);
  sending = handover_sending_new (self, entry);
  if (handover_outbox_entry_is_message (entry))
    {
      g_hash_table_remove (self->reasons[handover_outbox_entry_get_draft (entry)], conversation_id);
      handover_outbox_exchange (self, entry, NULL, stored_cb, sending);
      return g_strdup (entry->id);
    }

  handover_mirror_write_async (self->mirror, insert_job, handover_outbox_entry_ref (entry),
                               (GDestroyNotify) handover_outbox_entry_unref, stored_cb, sending);
  return g_strdup (entry->id);
}

/**
 * handover_outbox_reply:
 * @self: an outbox
 * @conversation_id: a conversation
 * @text: what to tell the customer; empty if files alone are sent
 * @epoch: the conversation's epoch as the operator saw it
 *
 * Sends a reply, as soon as it can be: what was the conversation's draft, with the draft's files and what it answers. Its
 * transcript shows it at once. If the conversation changes hands first, or after 15 minutes, all of it goes back to the draft.
 *
 * Returns: (transfer full): the entry's id
 */
char *
handover_outbox_reply (HandoverOutbox *self,
                       const char     *conversation_id,
                       const char     *text,
                       gint64          epoch)
{
  g_return_val_if_fail (HANDOVER_IS_OUTBOX (self), NULL);
  g_return_val_if_fail (conversation_id != NULL && text != NULL, NULL);

  return put (self, HANDOVER_OUTBOX_REPLY, conversation_id, NULL, text, epoch);
}

/**
 * handover_outbox_note:
 * @self: an outbox
 * @conversation_id: a conversation
 * @text: what colleagues should know
 *
 * Adds a note, which may wait as long as it takes: what was the conversation's draft of a note. If the service refuses
 * it, the text goes back to that draft, never to the reply's.
 *
 * Returns: (transfer full): the entry's id
 */
char *
handover_outbox_note (HandoverOutbox *self,
                      const char     *conversation_id,
                      const char     *text)
{
  g_return_val_if_fail (HANDOVER_IS_OUTBOX (self), NULL);
  g_return_val_if_fail (conversation_id != NULL && text != NULL, NULL);

  return put (self, HANDOVER_OUTBOX_NOTE, conversation_id, NULL, text, 0);
}

/**
 * handover_outbox_mark_read:
 * @self: an outbox
 * @conversation_id: a conversation
 * @message_id: its last message that the operator has seen
 *
 * Marks a conversation as read: here at once, on the service when it can be.
 */
void
handover_outbox_mark_read (HandoverOutbox *self,
                           const char     *conversation_id,
                           const char     *message_id)
{
  g_autoptr (GPtrArray) all = NULL;
  g_autofree char *id = NULL;

  g_return_if_fail (HANDOVER_IS_OUTBOX (self));
  g_return_if_fail (conversation_id != NULL && message_id != NULL);

  /* The newest mark says it all. */
  all = handover_outbox_list (self);
  for (guint i = 0; i < all->len; i++)
    {
      HandoverOutboxEntry *entry = g_ptr_array_index (all, i);

      if (entry->kind != HANDOVER_OUTBOX_READ || !g_str_equal (entry->conversation_id, conversation_id))
        continue;
      if (g_str_equal (entry->text, message_id))
        return;
      if (entry->state == HANDOVER_OUTBOX_QUEUED)
        handover_outbox_delete (self, entry);
    }

  id = put (self, HANDOVER_OUTBOX_READ, conversation_id, NULL, message_id, 0);
}

/**
 * handover_outbox_report_alert:
 * @self: an outbox
 * @conversation_id: the conversation that an alert was about
 * @escalation_id: its escalation
 * @state: what became of the alert
 *
 * Tells the service what became of an alert, when it can be told.
 */
void
handover_outbox_report_alert (HandoverOutbox     *self,
                              const char         *conversation_id,
                              const char         *escalation_id,
                              HandoverAlertState  state)
{
  g_autofree char *id = NULL;

  g_return_if_fail (HANDOVER_IS_OUTBOX (self));
  g_return_if_fail (conversation_id != NULL && escalation_id != NULL);
  g_return_if_fail (state != HANDOVER_ALERT_STATE_UNKNOWN);

  id = put (self, HANDOVER_OUTBOX_ALERT, conversation_id, escalation_id,
            handover_enum_to_nick (HANDOVER_TYPE_ALERT_STATE, state), 0);
}
