/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "fake-channel.h"

#include <string.h>

typedef struct
{
  char *contact;
  int outcome;
  guint retry_after;
} Answer;

struct _FakeChannel
{
  HandoverChannel parent_instance;
};

G_DEFINE_FINAL_TYPE (FakeChannel, fake_channel, HANDOVER_TYPE_CHANNEL)

static GHashTable *accounts;

static void
sent_free (gpointer data)
{
  FakeSent *sent = data;

  g_free (sent->contact);
  g_free (sent->text);
  g_free (sent->file);
  g_free (sent->reply_to);
  g_free (sent);
}

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_free (answer->contact);
  g_free (answer);
}

static void
account_free (gpointer data)
{
  FakeAccount *self = data;

  g_ptr_array_unref (self->sent);
  g_ptr_array_unref (self->cursors);
  g_ptr_array_unref (self->typing);
  g_ptr_array_unref (self->presses);
  g_ptr_array_unref (self->events);
  g_hash_table_unref (self->files);
  g_queue_clear_full (&self->answers, answer_free);
  g_assert_null (self->waiting);
  g_free (self);
}

FakeAccount *
fake_account_get (const char *token)
{
  g_autofree char *name = g_strndup (token, strcspn (token, ":"));
  FakeAccount *self;

  if (accounts == NULL)
    accounts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, account_free);
  self = g_hash_table_lookup (accounts, name);
  if (self != NULL)
    return self;

  self = g_new0 (FakeAccount, 1);
  self->sent = g_ptr_array_new_with_free_func (sent_free);
  self->cursors = g_ptr_array_new_with_free_func (g_free);
  self->typing = g_ptr_array_new_with_free_func (g_free);
  self->presses = g_ptr_array_new_with_free_func (g_free);
  self->events = g_ptr_array_new_with_free_func ((GDestroyNotify) handover_inbound_event_free);
  self->files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_hash_table_insert (accounts, g_steal_pointer (&name), self);
  return self;
}

void
fake_accounts_forget (void)
{
  g_clear_pointer (&accounts, g_hash_table_unref);
}

static FakeAccount *
account_of (gpointer channel)
{
  return fake_account_get (handover_channel_get_token (HANDOVER_CHANNEL (channel)));
}

static HandoverInboundEvent *
copy_event (HandoverInboundEvent *event)
{
  HandoverInboundEvent *copy = handover_inbound_event_new (event->kind, event->key, event->contact);

  copy->remote_id = g_strdup (event->remote_id);
  copy->reply_to = g_strdup (event->reply_to);
  copy->text = g_strdup (event->text);
  g_set_object (&copy->customer, event->customer);
  copy->at = event->at;
  copy->state = event->state;
  copy->reason = g_strdup (event->reason);
  copy->moved_to = g_strdup (event->moved_to);
  for (guint i = 0; event->media != NULL && i < event->media->len; i++)
    {
      HandoverInboundMedia *from = event->media->pdata[i];
      HandoverInboundMedia *media = handover_inbound_media_new (from->remote_id, from->label);

      media->name = g_strdup (from->name);
      media->size = from->size;
      handover_inbound_event_add_media (copy, media);
    }
  return copy;
}

/* Gives what came from a place on, or waits until there is something. */
static void
serve (FakeAccount *self)
{
  HandoverInboundBatch *batch;
  GTask *task;

  if (self->waiting == NULL || self->waiting_from >= self->events->len)
    return;

  batch = handover_inbound_batch_new ();
  for (guint i = self->waiting_from; i < self->events->len; i++)
    g_ptr_array_add (batch->events, copy_event (self->events->pdata[i]));
  batch->cursor = g_strdup_printf ("%u", self->events->len);
  task = g_steal_pointer (&self->waiting);
  g_task_return_pointer (task, batch, (GDestroyNotify) handover_inbound_batch_free);
  g_object_unref (task);
}

static void
serve_cb (gpointer data)
{
  serve (data);
}

/* Until the main loop runs the event may still be changed. */
void
fake_account_push (FakeAccount          *self,
                   HandoverInboundEvent *event)
{
  g_ptr_array_add (self->events, event);
  g_idle_add_once (serve_cb, self);
}

HandoverInboundEvent *
fake_account_write (FakeAccount *self,
                    const char  *contact,
                    const char  *text)
{
  g_autofree char *key = g_strdup_printf ("key-%u", self->events->len);
  HandoverInboundEvent *event = handover_inbound_event_new (HANDOVER_INBOUND_MESSAGE, key, contact);

  event->remote_id = g_strdup_printf ("in-%u", self->events->len);
  event->text = g_strdup (text);
  event->customer = g_object_new (HANDOVER_TYPE_CUSTOMER, NULL);
  event->customer->name = g_strdup_printf ("Customer %s", contact);
  fake_account_push (self, event);
  return event;
}

void
fake_account_put (FakeAccount *self,
                  const char  *remote_id,
                  const char  *content)
{
  g_hash_table_insert (self->files, g_strdup (remote_id), g_strdup (content));
}

void
fake_account_answer (FakeAccount *self,
                     const char  *contact,
                     int          outcome,
                     guint        retry_after)
{
  Answer *answer = g_new0 (Answer, 1);

  answer->contact = g_strdup (contact);
  answer->outcome = outcome;
  answer->retry_after = retry_after;
  g_queue_push_tail (&self->answers, answer);
}

/* What one customer was sent, a part a line, whether it was taken or not. */
char *
fake_account_read (FakeAccount *self,
                   const char  *contact)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->sent->len; i++)
    {
      FakeSent *sent = self->sent->pdata[i];

      if (!g_str_equal (sent->contact, contact))
        continue;
      g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", sent->text);
      if (sent->file != NULL)
        g_string_append_printf (text, "[%s]", sent->file);
      if (sent->reply_to != NULL)
        g_string_append_printf (text, " <- %s", sent->reply_to);
    }
  return g_string_free_and_steal (text);
}

/* --- The class ----------------------------------------------------------------------------------------------- */

static void
verify_async (HandoverChannel     *channel,
              GCancellable        *cancellable,
              GAsyncReadyCallback  callback,
              gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (channel, cancellable, callback, user_data);
  const char *token = handover_channel_get_token (channel);
  HandoverIdentity *identity;

  if (strchr (token, ':') == NULL)
    {
      g_task_return_new_error (task, HANDOVER_CHANNEL_ERROR, HANDOVER_CHANNEL_ERROR_LOCKED_OUT, "The token is not known.");
      return;
    }
  if (account_of (channel)->down)
    {
      g_task_return_new_error (task, HANDOVER_CHANNEL_ERROR, HANDOVER_CHANNEL_ERROR_BUSY, "The platform is down.");
      return;
    }

  identity = g_new0 (HandoverIdentity, 1);
  identity->remote_id = g_strndup (token, strcspn (token, ":"));
  identity->name = g_strdup_printf ("Shop %s", identity->remote_id);
  identity->handle = g_strdup_printf ("@%s", identity->remote_id);
  g_task_return_pointer (task, identity, (GDestroyNotify) handover_identity_free);
}

static HandoverIdentity *
verify_finish (HandoverChannel  *channel,
               GAsyncResult     *result,
               GError          **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
open_async (HandoverChannel     *channel,
            const char          *webhook_address,
            const char          *webhook_secret,
            GCancellable        *cancellable,
            GAsyncReadyCallback  callback,
            gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (channel, cancellable, callback, user_data);

  account_of (channel)->n_opened++;
  if (account_of (channel)->down)
    g_task_return_new_error (task, HANDOVER_CHANNEL_ERROR, HANDOVER_CHANNEL_ERROR_BUSY, "The platform is down.");
  else
    g_task_return_boolean (task, TRUE);
}

static gboolean
open_finish (HandoverChannel  *channel,
             GAsyncResult     *result,
             GError          **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
receive_cancelled_cb (GCancellable *cancellable,
                      gpointer      data)
{
  FakeAccount *self = data;
  GTask *task = g_steal_pointer (&self->waiting);

  if (task == NULL)
    return;

  g_task_return_error_if_cancelled (task);
  g_object_unref (task);
}

static void
receive_async (HandoverChannel     *channel,
               const char          *cursor,
               GCancellable        *cancellable,
               GAsyncReadyCallback  callback,
               gpointer             user_data)
{
  FakeAccount *self = account_of (channel);

  g_ptr_array_add (self->cursors, g_strdup (cursor != NULL ? cursor : ""));
  g_assert_null (self->waiting);
  self->waiting = g_task_new (channel, cancellable, callback, user_data);
  self->waiting_from = cursor != NULL ? g_ascii_strtoll (cursor, NULL, 10) : 0;
  if (self->down)
    {
      g_autoptr (GTask) task = g_steal_pointer (&self->waiting);

      g_task_return_new_error (task, HANDOVER_CHANNEL_ERROR, HANDOVER_CHANNEL_ERROR_BUSY, "The platform is down.");
      return;
    }

  g_cancellable_connect (cancellable, G_CALLBACK (receive_cancelled_cb), self, NULL);
  serve (self);
}

static HandoverInboundBatch *
receive_finish (HandoverChannel  *channel,
                GAsyncResult     *result,
                GError          **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* "SECRET CONTACT TEXT" is what its webhooks look like. */
static HandoverInboundBatch *
read_webhook (const HandoverWebhook  *webhook,
              GError                **error)
{
  gsize size;
  const char *data = g_bytes_get_data (webhook->body, &size);
  g_autofree char *text = g_strndup (data, size);
  g_auto (GStrv) words = g_strsplit (text, " ", 3);
  HandoverInboundBatch *batch;
  HandoverInboundEvent *event;

  if (g_strcmp0 (g_hash_table_lookup (webhook->headers, "x-secret"), webhook->secret) != 0)
    {
      g_set_error_literal (error, HANDOVER_CHANNEL_ERROR, HANDOVER_CHANNEL_ERROR_FORGED, "Not ours.");
      return NULL;
    }

  batch = handover_inbound_batch_new ();
  event = handover_inbound_event_new (HANDOVER_INBOUND_MESSAGE, words[0], words[1]);
  event->text = g_strdup (words[2]);
  g_ptr_array_add (batch->events, event);
  g_ptr_array_add (batch->presses, g_strdup (words[0]));
  return batch;
}

static void
show_typing (HandoverChannel *channel,
             const char      *contact)
{
  g_ptr_array_add (account_of (channel)->typing, g_strdup (contact));
}

static void
answer_press (HandoverChannel *channel,
              const char      *press)
{
  g_ptr_array_add (account_of (channel)->presses, g_strdup (press));
}

static void
send_cancelled_cb (GCancellable *cancellable,
                   gpointer      data)
{
  GTask *task = data;

  g_task_return_pointer (task, handover_send_result_new (HANDOVER_SEND_UNKNOWN, "It was cut off."),
                         (GDestroyNotify) handover_send_result_free);
  g_object_unref (task);
}

static Answer *
take_answer (FakeAccount *self,
             const char  *contact)
{
  for (GList *item = self->answers.head; item != NULL; item = item->next)
    {
      Answer *answer = item->data;

      if (answer->contact == NULL || g_str_equal (answer->contact, contact))
        {
          g_queue_delete_link (&self->answers, item);
          return answer;
        }
    }
  return NULL;
}

static gboolean
take_quietly (GTask                      *task,
              const HandoverOutboundPart *part)
{
  if (!g_str_equal (part->text, FAKE_QUIET))
    return FALSE;

  g_task_return_pointer (task, handover_send_result_new (HANDOVER_SEND_SENT, NULL),
                         (GDestroyNotify) handover_send_result_free);
  g_object_unref (task);
  return TRUE;
}

static void
send_async (HandoverChannel            *channel,
            const HandoverOutboundPart *part,
            GCancellable               *cancellable,
            GAsyncReadyCallback         callback,
            gpointer                    user_data)
{
  GTask *task = g_task_new (channel, NULL, callback, user_data);
  FakeAccount *self = account_of (channel);
  HandoverSendResult *result;
  Answer *answer;
  FakeSent *sent;

  if (take_quietly (task, part))
    return;

  answer = take_answer (self, part->contact);
  sent = g_new0 (FakeSent, 1);
  sent->contact = g_strdup (part->contact);
  sent->text = g_strdup (part->text);
  if (part->file != NULL)
    sent->file = g_strdup_printf ("%s:%" G_GSIZE_FORMAT, part->file->name, g_bytes_get_size (part->file->bytes));
  sent->reply_to = g_strdup (part->reply_to);
  sent->at = g_get_monotonic_time ();
  g_ptr_array_add (self->sent, sent);

  if (answer != NULL && answer->outcome == FAKE_HANG)
    {
      g_cancellable_connect (cancellable, G_CALLBACK (send_cancelled_cb), task, NULL);
      answer_free (answer);
      return;
    }

  result = handover_send_result_new (answer != NULL ? answer->outcome : HANDOVER_SEND_SENT, NULL);
  if (result->outcome == HANDOVER_SEND_SENT)
    result->remote_id = g_strdup_printf ("out-%u", self->sent->len);
  else
    result->reason = g_strdup ("The platform said no.");
  result->retry_after = answer != NULL ? answer->retry_after : 0;
  if (result->outcome == HANDOVER_SEND_MOVED)
    result->moved_to = g_strconcat (part->contact, "-moved", NULL);
  g_clear_pointer (&answer, answer_free);
  g_task_return_pointer (task, result, (GDestroyNotify) handover_send_result_free);
  g_object_unref (task);
}

static HandoverSendResult *
send_finish (HandoverChannel *channel,
             GAsyncResult    *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}

static void
fetch_async (HandoverChannel            *channel,
             const HandoverInboundMedia *media,
             GCancellable               *cancellable,
             GAsyncReadyCallback         callback,
             gpointer                    user_data)
{
  g_autoptr (GTask) task = g_task_new (channel, cancellable, callback, user_data);
  const char *content = g_hash_table_lookup (account_of (channel)->files, media->remote_id);

  if (content == NULL)
    g_task_return_new_error (task, HANDOVER_CHANNEL_ERROR, HANDOVER_CHANNEL_ERROR_GONE, "The platform has it no more.");
  else
    g_task_return_pointer (task, g_memory_input_stream_new_from_data (g_strdup (content), strlen (content), g_free),
                           g_object_unref);
}

static GInputStream *
fetch_finish (HandoverChannel  *channel,
              GAsyncResult     *result,
              GError          **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
fake_channel_class_init (FakeChannelClass *klass)
{
  HandoverChannelClass *channel_class = HANDOVER_CHANNEL_CLASS (klass);

  channel_class->limits = (HandoverChannelLimits) {
    .unit = HANDOVER_TEXT_UTF16,
    .text = FAKE_TEXT_LIMIT,
    .caption = FAKE_CAPTION_LIMIT,
    .sent_file = FAKE_FILE_LIMIT,
    .received_file = FAKE_FILE_LIMIT,
    .per_second = FAKE_PER_SECOND,
    .chat_interval = FAKE_CHAT_INTERVAL,
    .receives = TRUE,
  };
  channel_class->verify_async = verify_async;
  channel_class->verify_finish = verify_finish;
  channel_class->open_async = open_async;
  channel_class->open_finish = open_finish;
  channel_class->receive_async = receive_async;
  channel_class->receive_finish = receive_finish;
  channel_class->read_webhook = read_webhook;
  channel_class->send_async = send_async;
  channel_class->send_finish = send_finish;
  channel_class->show_typing = show_typing;
  channel_class->answer_press = answer_press;
  channel_class->fetch_async = fetch_async;
  channel_class->fetch_finish = fetch_finish;
}

static void
fake_channel_init (FakeChannel *self)
{
}
