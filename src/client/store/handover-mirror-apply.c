/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#define G_LOG_DOMAIN "handover-mirror-apply"

#include "client/store/handover-mirror.h"

#include "client/store/handover-mirror-private.h"
#include "client/store/handover-mirror-store.h"

/* --- Writes whose changes are shown --- */

static void
write_free (gpointer data)
{
  HandoverMirrorWrite *write = data;

  if (write->data_free != NULL)
    write->data_free (write->data);
  g_clear_pointer (&write->changes, handover_changes_free);
  g_free (write);
}

static gboolean
write_job (gpointer   handle,
           gpointer   job,
           GError   **error)
{
  HandoverMirrorWrite *write = job;

  return write->func (handle, write->data, write->changes, error);
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  HandoverMirror *self = g_task_get_source_object (task);
  HandoverMirrorWrite *write = handover_workers_get_job (result);
  g_autoptr (GError) error = NULL;

  if (!handover_workers_finish (HANDOVER_WORKERS (source), result, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  handover_mirror_publish (self, write->changes);
  g_task_return_boolean (task, TRUE);
}

/*
 * handover_mirror_write_async:
 * @func: runs on the writer's thread
 *
 * Writes, and when that is committed shows the changes in the list models, then calls back. Writes follow each
 * other in the order of the calls.
 */
void
handover_mirror_write_async (HandoverMirror      *self,
                             gboolean           (*func) (HandoverMirrorHandle *,
                                                         gpointer,
                                                         HandoverChanges *,
                                                         GError **),
                             gpointer             data,
                             GDestroyNotify       data_free,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);
  HandoverMirrorWrite *write = g_new0 (HandoverMirrorWrite, 1);

  g_task_set_source_tag (task, handover_mirror_write_async);
  write->func = func;
  write->data = data;
  write->data_free = data_free;
  write->changes = handover_changes_new ();
  handover_workers_write_async (self->workers, write_job, write, write_free, NULL, written_cb, task);
}

gboolean
handover_mirror_write_finish (HandoverMirror  *self,
                              GAsyncResult    *result,
                              GError         **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* --- Showing changes --- */

static void
show_opening (HandoverMirror     *self,
              HandoverEscalation *escalation)
{
  g_autoptr (HandoverConversation) conversation = NULL;

  conversation = handover_mirror_get_conversation (self, escalation->conversation_id);
  if (conversation == NULL || conversation->escalation == NULL
      || g_strcmp0 (conversation->escalation->id, escalation->id) != 0)
    {
      g_ptr_array_add (self->openings, g_object_ref (escalation));
      return;
    }

  g_signal_emit_by_name (self, "escalation-opened", escalation, conversation);
}

static void
show_pending_openings (HandoverMirror       *self,
                       HandoverConversation *conversation)
{
  for (guint i = self->openings->len; i > 0; i--)
    {
      g_autoptr (HandoverEscalation) escalation = NULL;

      escalation = g_object_ref (g_ptr_array_index (self->openings, i - 1));
      if (g_strcmp0 (escalation->conversation_id, conversation->id) != 0)
        continue;
      g_ptr_array_remove_index (self->openings, i - 1);
      show_opening (self, escalation);
    }
}

static void
show_conversation (HandoverMirror       *self,
                   HandoverConversation *conversation)
{
  HandoverConversation *live = g_hash_table_lookup (self->conversations, conversation->id);

  /* The live object may have been read after a commit that is shown only later. */
  if (live != NULL && live->version <= conversation->version)
    {
      g_autoptr (HandoverConversation) held = g_object_ref (live);

      handover_record_update (HANDOVER_RECORD (held), HANDOVER_RECORD (conversation));
    }
  for (guint i = 0; i < HANDOVER_N_VIEWS; i++)
    {
      if (self->views[i] != NULL)
        handover_conversation_model_put (self->views[i], conversation);
    }

  g_signal_emit_by_name (self, "conversation-changed", conversation);
  show_pending_openings (self, conversation);
}

static gpointer
get_live (GHashTable *table,
          const char *id)
{
  GWeakRef *reference = g_hash_table_lookup (table, id);

  return reference != NULL ? g_weak_ref_get (reference) : NULL;
}

static void
show_escalation (HandoverMirror     *self,
                 HandoverEscalation *escalation)
{
  g_autoptr (HandoverRecordModel) past = get_live (self->escalations, escalation->conversation_id);

  if (past != NULL)
    handover_record_model_put (past, HANDOVER_RECORD (escalation));
  if (escalation->opened_at > self->last_escalation)
    {
      self->last_escalation = escalation->opened_at;
      g_object_notify (G_OBJECT (self), "last-escalation");
    }
}

static void
show_record (HandoverMirror *self,
             HandoverRecord *record)
{
  if (HANDOVER_IS_CONVERSATION (record))
    show_conversation (self, HANDOVER_CONVERSATION (record));
  else if (HANDOVER_IS_ESCALATION (record))
    show_escalation (self, HANDOVER_ESCALATION (record));
  else if (HANDOVER_IS_OPERATOR (record))
    handover_record_model_put (self->operators, record);
  else if (HANDOVER_IS_AGENT (record))
    handover_record_model_put (self->agents, record);
  else if (HANDOVER_IS_CHANNEL_ACCOUNT (record))
    handover_record_model_put (self->channels, record);
  else if (HANDOVER_IS_TEMPLATE (record))
    handover_record_model_put (self->templates, record);
  else if (HANDOVER_IS_BUSINESS (record))
    {
      if (self->business != NULL)
        handover_record_update (HANDOVER_RECORD (self->business), record);
      else
        self->business = g_object_ref (HANDOVER_BUSINESS (record));
      g_signal_emit_by_name (self, "business-changed");
    }
}

static void
show_deleted_record (HandoverMirror *self,
                     HandoverRecord *record)
{
  const char *id = handover_mirror_store_get_id (record);

  if (HANDOVER_IS_OPERATOR (record))
    handover_record_model_remove (self->operators, id);
  else if (HANDOVER_IS_AGENT (record))
    handover_record_model_remove (self->agents, id);
  else if (HANDOVER_IS_TEMPLATE (record))
    handover_record_model_remove (self->templates, id);
}

static void
show_deleted_conversation (HandoverMirror *self,
                           const char     *id)
{
  g_autoptr (HandoverTranscript) transcript = get_live (self->transcripts, id);
  GListStore *unsent = g_hash_table_lookup (self->unsent, id);

  for (guint i = 0; i < HANDOVER_N_VIEWS; i++)
    {
      if (self->views[i] != NULL)
        handover_conversation_model_remove (self->views[i], id);
    }
  if (unsent != NULL)
    g_list_store_remove_all (unsent);
  if (transcript != NULL)
    handover_transcript_reload (transcript);

  g_signal_emit_by_name (self, "conversation-removed", id);
}

static void
tell (HandoverMirror *self,
      HandoverEvent  *event)
{
  g_autoptr (HandoverConversation) conversation = NULL;

  if (event->escalation != NULL && g_str_equal (event->kind, "escalation.opened"))
    {
      show_opening (self, event->escalation);
      return;
    }
  if (event->escalation != NULL)
    {
      conversation = handover_mirror_get_conversation (self, event->escalation->conversation_id);
      g_signal_emit_by_name (self, "escalation-changed", event->escalation, conversation);
    }
  if (event->message != NULL && g_str_equal (event->kind, "message.created"))
    {
      g_clear_object (&conversation);
      conversation = handover_mirror_get_conversation (self, event->message->conversation_id);
      g_signal_emit_by_name (self, "message-added", event->message, conversation);
    }
}

/*
 * handover_mirror_publish:
 *
 * Shows committed changes in the list models and live objects.
 */
void
handover_mirror_publish (HandoverMirror  *self,
                         HandoverChanges *changes)
{
  for (guint i = 0; i < changes->deleted_conversations->len; i++)
    show_deleted_conversation (self, g_ptr_array_index (changes->deleted_conversations, i));
  for (guint i = 0; i < changes->deleted_records->len; i++)
    show_deleted_record (self, g_ptr_array_index (changes->deleted_records, i));
  for (guint i = 0; i < changes->records->len; i++)
    show_record (self, g_ptr_array_index (changes->records, i));

  for (guint i = 0; i < changes->messages->len; i++)
    {
      HandoverMessageChange *change = &g_array_index (changes->messages, HandoverMessageChange, i);
      g_autoptr (HandoverTranscript) transcript = get_live (self->transcripts, change->message->conversation_id);

      if (transcript != NULL)
        handover_transcript_put (transcript, change->message, change->position);
    }

  if (changes->event != NULL)
    {
      self->cursor = changes->event->sequence;
      tell (self, changes->event);
    }
}

/* --- Events --- */

static gboolean
apply_event (HandoverMirrorHandle  *handle,
             gpointer               data,
             HandoverChanges       *changes,
             GError               **error)
{
  HandoverEvent *event = data;

  if (handle->failed_event != 0 && event->sequence > handle->failed_event)
    {
      g_set_error (error, HANDOVER_DATABASE_ERROR, HANDOVER_DATABASE_ERROR_FAILED,
                   "An earlier change could not be stored");
      return FALSE;
    }

  if (handle->first_event == 0)
    handle->first_event = event->sequence;
  if (!handover_mirror_store_apply_event (handle->database, event, changes, error))
    {
      handle->failed_event = event->sequence;
      return FALSE;
    }

  handle->failed_event = 0;
  return TRUE;
}

static void
event_applied_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  HandoverMirror *self = HANDOVER_MIRROR (source);
  g_autoptr (GError) error = NULL;

  if (!handover_mirror_write_finish (self, result, &error)
      && !g_error_matches (error, HANDOVER_DATABASE_ERROR, HANDOVER_DATABASE_ERROR_CLOSED))
    g_signal_emit_by_name (self, "stalled", error->message);
}

/**
 * handover_mirror_apply_event:
 * @self: a mirror
 * @event: the next event of the log
 *
 * Stores an event and shows what it changes. Older versions than those stored are passed over. The event's number is
 * stored with it, so that nothing is lost or skipped over a crash.
 */
void
handover_mirror_apply_event (HandoverMirror *self,
                             HandoverEvent  *event)
{
  g_return_if_fail (HANDOVER_IS_MIRROR (self));
  g_return_if_fail (HANDOVER_IS_EVENT (event));

  handover_mirror_write_async (self, apply_event, g_object_ref (event), g_object_unref, event_applied_cb,
                               NULL);
}

static gboolean
apply_record (HandoverMirrorHandle  *handle,
              gpointer               data,
              HandoverChanges       *changes,
              GError               **error)
{
  gint64 cursor;

  /* Its number is not known: whatever the log still brings is at least as new. */
  return handover_mirror_store_read_cursor (handle->database, &cursor, error)
      && handover_mirror_store_put_record (handle->database, data, cursor, changes, error);
}

static void
record_applied_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (!handover_mirror_write_finish (HANDOVER_MIRROR (source), result, &error))
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

/**
 * handover_mirror_apply_record_async:
 * @self: a mirror
 * @record: a conversation, message, operator, agent, channel, template or the business, as a call has answered it
 * @cancellable: (nullable): a cancellable; the record is stored all the same
 * @callback: called when the record is stored and every list and object shows it
 * @user_data: for @callback
 *
 * Shows at once what a call has changed, before the stream tells it.
 */
void
handover_mirror_apply_record_async (HandoverMirror      *self,
                                    HandoverRecord      *record,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (HANDOVER_IS_MIRROR (self));
  g_return_if_fail (HANDOVER_IS_RECORD (record));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, handover_mirror_apply_record_async);
  handover_mirror_write_async (self, apply_record, g_object_ref (record), g_object_unref, record_applied_cb, task);
}

/**
 * handover_mirror_apply_record_finish:
 * @self: a mirror
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Ends handover_mirror_apply_record_async().
 *
 * Returns: %FALSE with @error set if the record could not be stored, or the mirror has been closed meanwhile; what it
 *   says then comes by the stream
 */
gboolean
handover_mirror_apply_record_finish (HandoverMirror  *self,
                                     GAsyncResult    *result,
                                     GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* --- The first lists --- */

static gboolean
load_snapshot_job (gpointer   handle,
                   gpointer   job,
                   GError   **error)
{
  HandoverMirrorHandle *mine = handle;

  if (!handover_mirror_store_replace (mine->database, job, error))
    return FALSE;

  mine->failed_event = 0;
  return TRUE;
}

static void
reload (HandoverMirror *self)
{
  GHashTableIter iter;
  gpointer reference;

  g_queue_clear_full (&self->recent, g_object_unref);
  for (HandoverView view = HANDOVER_VIEW_WAITING; view < HANDOVER_N_VIEWS; view++)
    {
      if (self->view_more[view] == HANDOVER_MORE_COMPLETE)
        self->view_more[view] = HANDOVER_MORE_IDLE;
      if (self->views[view] != NULL)
        handover_mirror_load_view (self, view);
    }

  g_hash_table_iter_init (&iter, self->transcripts);
  while (g_hash_table_iter_next (&iter, NULL, &reference))
    {
      g_autoptr (HandoverTranscript) transcript = g_weak_ref_get (reference);

      if (transcript != NULL)
        handover_transcript_reload (transcript);
    }
}

static void
snapshot_loaded_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  HandoverMirror *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;

  if (!handover_workers_finish (HANDOVER_WORKERS (source), result, &error)
      || !handover_mirror_load_objects (self, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  handover_mirror_refresh_live (self);
  reload (self);
  g_signal_emit_by_name (self, "business-changed");
  g_task_return_boolean (task, TRUE);
}

/**
 * handover_mirror_load_snapshot_async:
 * @self: a mirror
 * @snapshot: (transfer full): the first lists
 * @cancellable: (nullable): a cancellable
 * @callback: called when they are stored
 * @user_data: for @callback
 *
 * Replaces what the mirror holds by a service's first lists: on the first sign-in, and when the log no longer goes
 * back far enough. The stream is to be joined after the smallest number of the lists, which is then the mirror's
 * cursor. Drafts and unsent replies stay.
 */
void
handover_mirror_load_snapshot_async (HandoverMirror      *self,
                                     HandoverSnapshot    *snapshot,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (HANDOVER_IS_MIRROR (self));
  g_return_if_fail (snapshot != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, handover_mirror_load_snapshot_async);
  handover_workers_write_async (self->workers, load_snapshot_job, snapshot, (GDestroyNotify) handover_snapshot_free,
                                cancellable, snapshot_loaded_cb, task);
}

/**
 * handover_mirror_load_snapshot_finish:
 * @self: a mirror
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: whether the lists are stored
 */
gboolean
handover_mirror_load_snapshot_finish (HandoverMirror  *self,
                                      GAsyncResult    *result,
                                      GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
