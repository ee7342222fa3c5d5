/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#define G_LOG_DOMAIN "handover-outbox-send"

#include "client/store/handover-outbox.h"

#include "client/store/handover-mirror-private.h"
#include "client/store/handover-mirror-store.h"
#include "client/store/handover-outbox-files-private.h"
#include "client/store/handover-outbox-private.h"
#include "client/store/handover-outbox-reason.h"
#include "core/handover-problem.h"
#include "core/handover-time.h"

#define RETRY_LAST_SECONDS 15

/* As many messages as the service gives at once: a reply that it took is among its conversation's newest. */
#define ASKED_MESSAGES "100"

/* The clocks of two computers may differ by so much, in milliseconds. */
#define CLOCK_DIFFERENCE (2 * 60 * 1000)

static gboolean
retry_cb (gpointer user_data)
{
  HandoverOutbox *self = user_data;

  self->retry_source = 0;
  handover_outbox_pump (self);
  return G_SOURCE_REMOVE;
}

void
handover_outbox_retry_later (HandoverOutbox *self)
{
  if (self->retry_source != 0)
    return;

  self->retry_source = g_timeout_add_seconds (self->retry_seconds, retry_cb, self);
  self->retry_seconds = MIN (self->retry_seconds * 2, RETRY_LAST_SECONDS);
}

/* --- HandoverSending --- */

void
handover_sending_free (gpointer data)
{
  HandoverSending *sending = data;

  g_clear_object (&sending->outbox);
  g_clear_object (&sending->message);
  handover_outbox_entry_unref (sending->entry);
  g_free (sending);
}

HandoverSending *
handover_sending_new (HandoverOutbox      *self,
                      HandoverOutboxEntry *entry)
{
  HandoverSending *sending = g_new0 (HandoverSending, 1);

  sending->outbox = g_object_ref (self);
  sending->entry = handover_outbox_entry_ref (entry);
  return sending;
}

static gboolean
sent_job (HandoverMirrorHandle  *handle,
          gpointer               data,
          HandoverChanges       *changes,
          GError               **error)
{
  HandoverSending *sending = data;

  if (!handover_database_run (handle->database, "outbox.delete", error, "t", sending->entry->id)
      || !handover_database_run (handle->database, "draft_file.delete_of_entry", error, "t", sending->entry->id))
    return FALSE;

  return sending->message == NULL
      || handover_mirror_store_put_answer (handle->database, sending->message, changes, error);
}

static void
sent_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (HandoverSending) sending = user_data;

  handover_outbox_finish_write (source, result, NULL);
  handover_outbox_keep_sent_files (sending->outbox, sending->entry);
  handover_outbox_forget (sending->outbox, sending->entry);
  handover_outbox_pump (sending->outbox);
}

static gboolean
is_passing (const GError *error)
{
  return error->domain != HANDOVER_PROBLEM
      || error->code == HANDOVER_PROBLEM_UNREACHABLE
      || error->code == HANDOVER_PROBLEM_UNEXPECTED_ANSWER
      || error->code == HANDOVER_PROBLEM_UNAUTHORIZED
      || error->code == HANDOVER_PROBLEM_TOO_MANY_REQUESTS
      || error->code == HANDOVER_PROBLEM_INTERNAL
      || error->code == HANDOVER_PROBLEM_BUSY
      || error->code == HANDOVER_PROBLEM_STORAGE_FAILED;
}

/*
 * handover_outbox_conclude:
 * @entry: what the call was about
 * @error: (nullable): why it failed
 *
 * Ends a call. What says nothing about the entry, like a connection that is gone, is tried again by itself.
 *
 * Returns: whether the answer is for the caller to judge
 */
gboolean
handover_outbox_conclude (HandoverOutbox      *self,
                          HandoverOutboxEntry *entry,
                          const GError        *error)
{
  entry->state = HANDOVER_OUTBOX_QUEUED;
  if (g_cancellable_is_cancelled (self->closing))
    return FALSE;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    handover_outbox_pump (self);
  else if (error != NULL && is_passing (error))
    handover_outbox_retry_later (self);
  else
    return TRUE;

  return FALSE;
}

static void
answered_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (HandoverSending) sending = user_data;
  HandoverOutbox *self = sending->outbox;
  HandoverOutboxEntry *entry = sending->entry;
  g_autoptr (JsonNode) body = NULL;
  g_autoptr (GError) error = NULL;

  if (entry->state != HANDOVER_OUTBOX_SENDING)
    return;

  if (handover_gateway_call_finish (HANDOVER_GATEWAY (source), result, &body, NULL, &error))
    {
      self->retry_seconds = HANDOVER_OUTBOX_RETRY_FIRST_SECONDS;
      if (handover_outbox_entry_is_message (entry) && body != NULL)
        sending->message = HANDOVER_MESSAGE (handover_record_from_json (HANDOVER_TYPE_MESSAGE, body, NULL));
      handover_mirror_write_async (self->mirror, sent_job, sending, NULL, sent_cb, sending);
      g_steal_pointer (&sending);
      return;
    }

  if (!handover_outbox_conclude (self, entry, error))
    return;

  handover_outbox_refused (self, entry, error);
  handover_outbox_pump (self);
}

static void
add_attachments (JsonBuilder         *builder,
                 HandoverOutboxEntry *entry)
{
  json_builder_set_member_name (builder, "attachments");
  json_builder_begin_array (builder);
  for (guint i = 0; i < entry->files->len; i++)
    json_builder_add_string_value (builder, handover_draft_file_get_uploaded (g_ptr_array_index (entry->files, i)));
  json_builder_end_array (builder);
}

static JsonNode *
make_body (HandoverOutboxEntry *entry)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  if (entry->kind == HANDOVER_OUTBOX_READ)
    {
      json_builder_set_member_name (builder, "message_id");
      json_builder_add_string_value (builder, entry->text);
    }
  else if (entry->kind == HANDOVER_OUTBOX_ALERT)
    {
      json_builder_set_member_name (builder, "state");
      json_builder_add_string_value (builder, entry->text);
    }
  else
    {
      json_builder_set_member_name (builder, "kind");
      json_builder_add_string_value (builder, entry->kind == HANDOVER_OUTBOX_NOTE ? "note" : "reply");
      json_builder_set_member_name (builder, "text");
      json_builder_add_string_value (builder, entry->text);
    }
  if (entry->kind == HANDOVER_OUTBOX_REPLY)
    {
      json_builder_set_member_name (builder, "epoch");
      json_builder_add_int_value (builder, entry->epoch);
    }
  if (entry->quote != NULL)
    {
      json_builder_set_member_name (builder, "reply_to");
      json_builder_add_string_value (builder, entry->quote->id);
    }
  if (entry->files != NULL)
    add_attachments (builder, entry);
  json_builder_end_object (builder);

  return json_builder_get_root (builder);
}

static char *
make_path (HandoverOutboxEntry *entry)
{
  const char *name = entry->target != NULL ? entry->target : entry->conversation_id;
  g_autofree char *id = g_uri_escape_string (name, NULL, FALSE);

  switch (entry->kind)
    {
    case HANDOVER_OUTBOX_ALERT:
      return g_strdup_printf ("/v1/alerts/%s", id);
    case HANDOVER_OUTBOX_READ:
      return g_strdup_printf ("/v1/conversations/%s/read", id);
    case HANDOVER_OUTBOX_REPLY:
    case HANDOVER_OUTBOX_NOTE:
    default:
      return g_strdup_printf ("/v1/conversations/%s/messages", id);
    }
}

static void
call (HandoverOutbox      *self,
      HandoverOutboxEntry *entry)
{
  g_autofree char *path = make_path (entry);
  g_autoptr (JsonNode) body = make_body (entry);

  handover_gateway_call_async (self->gateway, "POST", path, body, entry->id, self->connected, answered_cb,
                               handover_sending_new (self, entry));
}

static gboolean
attempt_job (HandoverMirrorHandle  *handle,
             gpointer               data,
             HandoverChanges       *changes,
             GError               **error)
{
  HandoverOutboxEntry *entry = data;

  return handover_database_run (handle->database, "outbox.set_attempted", error, "t", entry->id);
}

static void
attempt_stored_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (HandoverSending) sending = user_data;
  HandoverOutbox *self = sending->outbox;

  handover_outbox_finish_write (source, result, NULL);
  if (sending->entry->state != HANDOVER_OUTBOX_SENDING)
    return;

  if (self->gateway != NULL && self->online)
    call (self, sending->entry);
  else
    sending->entry->state = HANDOVER_OUTBOX_QUEUED;
}

/* That the service may have seen it is stored before it can have. */
static void
send_entry (HandoverOutbox      *self,
            HandoverOutboxEntry *entry)
{
  gboolean first = !entry->attempted;

  entry->state = HANDOVER_OUTBOX_SENDING;
  entry->attempted = TRUE;
  if (first)
    handover_mirror_write_async (self->mirror, attempt_job, handover_outbox_entry_ref (entry),
                                 (GDestroyNotify) handover_outbox_entry_unref, attempt_stored_cb,
                                 handover_sending_new (self, entry));
  else
    call (self, entry);
}

static gboolean
is_this_reply (HandoverOutbox      *self,
               HandoverOutboxEntry *entry,
               JsonNode            *node)
{
  g_autoptr (HandoverRecord) record = handover_record_from_json (HANDOVER_TYPE_MESSAGE, node, NULL);
  HandoverMessage *message = HANDOVER_MESSAGE (record);

  return message != NULL && message->operator != NULL && message->kind == HANDOVER_MESSAGE_KIND_MESSAGE
      && g_strcmp0 (message->operator->id, handover_mirror_get_operator_id (self->mirror)) == 0
      && message->epoch == entry->epoch && message->at >= entry->created_at - CLOCK_DIFFERENCE
      && handover_outbox_entry_became (entry, message);
}

static gboolean
is_among (HandoverOutbox      *self,
          HandoverOutboxEntry *entry,
          JsonNode            *body)
{
  JsonObject *object = body != NULL && JSON_NODE_HOLDS_OBJECT (body) ? json_node_get_object (body) : NULL;
  JsonNode *items = object != NULL ? json_object_get_member (object, "items") : NULL;
  JsonArray *array = items != NULL && JSON_NODE_HOLDS_ARRAY (items) ? json_node_get_array (items) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      if (is_this_reply (self, entry, json_array_get_element (array, i)))
        return TRUE;
    }

  return FALSE;
}

static void
asked_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (HandoverSending) sending = user_data;
  HandoverOutbox *self = sending->outbox;
  HandoverOutboxEntry *entry = sending->entry;
  g_autoptr (JsonNode) body = NULL;
  g_autoptr (GError) error = NULL;

  handover_gateway_call_finish (HANDOVER_GATEWAY (source), result, &body, NULL, &error);
  if (entry->state != HANDOVER_OUTBOX_SENDING || !handover_outbox_conclude (self, entry, error))
    return;

  if (entry->seen || is_among (self, entry, body))
    handover_outbox_delete (self, entry);
  else
    {
      g_autofree char *reason = handover_outbox_reason_expired ();

      handover_outbox_give_back (self, entry, reason);
    }
  handover_outbox_pump (self);
}

/* Too old to be sent, and perhaps sent already: only the service knows. */
static void
ask_whether_sent (HandoverOutbox      *self,
                  HandoverOutboxEntry *entry)
{
  g_autofree char *path = make_path (entry);
  g_autofree char *query = g_strconcat (path, "?limit=" ASKED_MESSAGES, NULL);

  entry->state = HANDOVER_OUTBOX_SENDING;
  handover_gateway_call_async (self->gateway, "GET", query, NULL, NULL, self->connected, asked_cb,
                               handover_sending_new (self, entry));
}

/* Sends the first entry of a conversation, or gives it back when it may no longer go. */
static gboolean
send_first (HandoverOutbox *self,
            GQueue         *queue)
{
  g_autoptr (HandoverConversation) conversation = NULL;
  HandoverOutboxEntry *entry = g_queue_peek_head (queue);

  if (entry == NULL || entry->state != HANDOVER_OUTBOX_QUEUED)
    return FALSE;

  conversation = handover_mirror_get_conversation (self->mirror, entry->conversation_id);
  if (handover_outbox_entry_is_stale (entry, conversation))
    {
      handover_outbox_give_back_stale (self, entry, conversation);
      return TRUE;
    }
  if (handover_outbox_is_expired (self, entry) && !entry->attempted)
    {
      handover_outbox_give_back_expired (self);
      return TRUE;
    }
  if (handover_outbox_is_expired (self, entry))
    {
      ask_whether_sent (self, entry);
      return FALSE;
    }

  if (!handover_outbox_upload_next (self, entry))
    send_entry (self, entry);
  return FALSE;
}

void
handover_outbox_pump (HandoverOutbox *self)
{
  g_autoptr (GPtrArray) queues = NULL;

  if (!self->online || self->gateway == NULL || self->retry_source != 0)
    return;

  queues = g_hash_table_get_values_as_ptr_array (self->queues);
  for (guint i = 0; i < queues->len; i++)
    {
      while (send_first (self, g_ptr_array_index (queues, i)))
        ;
    }
}
