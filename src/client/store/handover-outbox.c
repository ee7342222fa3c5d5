/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#define G_LOG_DOMAIN "handover-outbox"

#include "client/store/handover-outbox.h"

#include "client/store/handover-file-folder.h"
#include "client/store/handover-mirror-private.h"
#include "client/store/handover-outbox-files-private.h"

typedef enum
{
  PROP_UNSENT = 1,
} HandoverOutboxProperty;

static GParamSpec *properties[PROP_UNSENT + 1];

G_DEFINE_FINAL_TYPE (HandoverOutbox, handover_outbox, G_TYPE_OBJECT)

/* --- The object --- */

static void
queue_free (gpointer data)
{
  g_queue_free_full (data, (GDestroyNotify) handover_outbox_entry_unref);
}

static void
handover_outbox_dispose (GObject *object)
{
  HandoverOutbox *self = HANDOVER_OUTBOX (object);

  g_cancellable_cancel (self->closing);
  g_cancellable_cancel (self->connected);
  handover_outbox_stop_uploads (self);
  g_clear_handle_id (&self->retry_source, g_source_remove);
  g_clear_handle_id (&self->expiry_source, g_source_remove);
  g_clear_object (&self->gateway);

  G_OBJECT_CLASS (handover_outbox_parent_class)->dispose (object);
}

static void
handover_outbox_finalize (GObject *object)
{
  HandoverOutbox *self = HANDOVER_OUTBOX (object);

  g_clear_object (&self->mirror);
  g_clear_object (&self->closing);
  g_clear_object (&self->connected);
  g_hash_table_unref (self->entries);
  g_hash_table_unref (self->queues);
  for (guint kind = 0; kind < HANDOVER_N_DRAFT_KINDS; kind++)
    {
      g_hash_table_unref (self->drafts[kind]);
      g_hash_table_unref (self->unwritten_drafts[kind]);
      g_hash_table_unref (self->reasons[kind]);
      g_hash_table_unref (self->files[kind]);
    }
  g_hash_table_unref (self->quotes);
  g_free (self->folder);

  G_OBJECT_CLASS (handover_outbox_parent_class)->finalize (object);
}

static void
handover_outbox_get_property (GObject    *object,
                              guint       property_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  HandoverOutbox *self = HANDOVER_OUTBOX (object);

  switch ((HandoverOutboxProperty) property_id)
    {
    case PROP_UNSENT:
      g_value_set_uint (value, self->n_unsent);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
handover_outbox_class_init (HandoverOutboxClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = handover_outbox_dispose;
  object_class->finalize = handover_outbox_finalize;
  object_class->get_property = handover_outbox_get_property;

  /**
   * HandoverOutbox:unsent:
   *
   * How many replies and notes have not been sent yet.
   */
  properties[PROP_UNSENT] =
    g_param_spec_uint ("unsent", NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  /**
   * HandoverOutbox::returned:
   * @self: the outbox
   * @conversation_id: where it was to go
   * @kind: a #HandoverDraftKind: what it was
   * @text: what was not sent
   * @reason: (nullable): why, a whole text to show; %NULL if the operator withdrew it
   *
   * A reply or note is not going to be sent. Its text and its files are in the draft of its kind again, before what was
   * there.
   */
  g_signal_new ("returned", HANDOVER_TYPE_OUTBOX, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 4,
                G_TYPE_STRING, G_TYPE_UINT, G_TYPE_STRING, G_TYPE_STRING);
}

static void
handover_outbox_init (HandoverOutbox *self)
{
  self->closing = g_cancellable_new ();
  self->connected = g_cancellable_new ();
  self->reply_lifetime = HANDOVER_OUTBOX_REPLY_LIFETIME;
  self->retry_seconds = HANDOVER_OUTBOX_RETRY_FIRST_SECONDS;
  self->queues = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, queue_free);
  self->entries = g_hash_table_new (g_str_hash, g_str_equal);
  self->quotes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  for (guint kind = 0; kind < HANDOVER_N_DRAFT_KINDS; kind++)
    {
      self->drafts[kind] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
      self->unwritten_drafts[kind] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      self->reasons[kind] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
      self->files[kind] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
    }
}

/* Ends a write that nobody waits for; hands back the reference that went with it. */
HandoverOutbox *
handover_outbox_finish_write (GObject      *source,
                              GAsyncResult *result,
                              gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  if (!handover_mirror_write_finish (HANDOVER_MIRROR (source), result, &error)
      && !g_error_matches (error, HANDOVER_DATABASE_ERROR, HANDOVER_DATABASE_ERROR_CLOSED))
    g_warning ("The outbox could not be written: %s", error->message);

  return user_data;
}

/* --- Entries --- */

static void
hide (HandoverOutbox      *self,
      HandoverOutboxEntry *entry)
{
  GListStore *unsent = handover_mirror_get_unsent (self->mirror, entry->conversation_id);
  guint position;

  if (entry->message != NULL && g_list_store_find (unsent, entry->message, &position))
    g_list_store_remove (unsent, position);
}

static void
count_unsent (HandoverOutbox *self,
              int             more)
{
  self->n_unsent += more;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_UNSENT]);
}

/* Takes the caller's reference. */
void
handover_outbox_add (HandoverOutbox      *self,
                     HandoverOutboxEntry *entry)
{
  GQueue *queue = g_hash_table_lookup (self->queues, entry->conversation_id);

  if (queue == NULL)
    {
      queue = g_queue_new ();
      g_hash_table_insert (self->queues, g_strdup (entry->conversation_id), queue);
    }
  g_queue_push_tail (queue, entry);
  g_hash_table_insert (self->entries, entry->id, entry);

  if (handover_outbox_entry_is_message (entry))
    {
      GListModel *operators = handover_mirror_get_operators (self->mirror);
      const char *id = handover_mirror_get_operator_id (self->mirror);
      g_autofree char *name = NULL;

      for (guint i = 0; i < g_list_model_get_n_items (operators) && name == NULL; i++)
        {
          g_autoptr (HandoverOperator) operator = g_list_model_get_item (operators, i);

          if (g_strcmp0 (operator->id, id) == 0)
            name = g_strdup (operator->name);
        }
      handover_outbox_entry_make_message (entry, id, name);
      g_list_store_append (handover_mirror_get_unsent (self->mirror, entry->conversation_id), entry->message);
      count_unsent (self, 1);
    }
  handover_outbox_watch_lifetime (self);
}

/* Takes an entry out of everything but the tables. The caller holds a reference. */
void
handover_outbox_forget (HandoverOutbox      *self,
                        HandoverOutboxEntry *entry)
{
  GQueue *queue = g_hash_table_lookup (self->queues, entry->conversation_id);

  if (entry->state == HANDOVER_OUTBOX_DONE)
    return;

  entry->state = HANDOVER_OUTBOX_DONE;
  g_cancellable_cancel (entry->uploading);
  hide (self, entry);
  g_hash_table_remove (self->entries, entry->id);
  if (queue != NULL && g_queue_remove (queue, entry))
    handover_outbox_entry_unref (entry);
  if (handover_outbox_entry_is_message (entry))
    count_unsent (self, -1);
}

static gboolean
delete_job (HandoverMirrorHandle  *handle,
            gpointer               data,
            HandoverChanges       *changes,
            GError               **error)
{
  HandoverOutboxEntry *entry = data;

  return handover_database_run (handle->database, "outbox.delete", error, "t", entry->id)
      && handover_database_run (handle->database, "draft_file.delete_of_entry", error, "t", entry->id);
}

void
handover_outbox_written_cb (GObject      *source,
                            GAsyncResult *result,
                            gpointer      user_data)
{
  g_autoptr (HandoverOutbox) self = handover_outbox_finish_write (source, result, user_data);
}

void
handover_outbox_delete (HandoverOutbox      *self,
                        HandoverOutboxEntry *entry)
{
  handover_outbox_forget (self, entry);
  handover_mirror_write_async (self->mirror, delete_job, handover_outbox_entry_ref (entry),
                               (GDestroyNotify) handover_outbox_entry_unref, handover_outbox_written_cb,
                               g_object_ref (self));
}

/* All entries, oldest first in each conversation, with references: what is done to them may take them out. */
GPtrArray *
handover_outbox_list (HandoverOutbox *self)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) handover_outbox_entry_unref);
  GHashTableIter iter;
  gpointer queue;

  g_hash_table_iter_init (&iter, self->queues);
  while (g_hash_table_iter_next (&iter, NULL, &queue))
    {
      for (GList *link = ((GQueue *) queue)->head; link != NULL; link = link->next)
        g_ptr_array_add (all, handover_outbox_entry_ref (link->data));
    }

  return g_steal_pointer (&all);
}

/* --- What the stream tells --- */

static void
conversation_removed_cb (HandoverOutbox *self,
                         const char     *conversation_id)
{
  g_autoptr (GPtrArray) all = handover_outbox_list (self);

  for (guint i = 0; i < all->len; i++)
    {
      HandoverOutboxEntry *entry = g_ptr_array_index (all, i);

      if (g_str_equal (entry->conversation_id, conversation_id))
        handover_outbox_forget (self, entry);
    }
  for (guint kind = 0; kind < HANDOVER_N_DRAFT_KINDS; kind++)
    g_hash_table_remove (self->drafts[kind], conversation_id);
  handover_outbox_keep_quote (self, conversation_id, NULL);
  handover_outbox_forget_files (self, conversation_id);
}

/* The stream may bring a reply before the call that sent it is answered: then it is not shown twice. */
static void
message_added_cb (HandoverOutbox       *self,
                  HandoverMessage      *message,
                  HandoverConversation *conversation)
{
  GQueue *queue = g_hash_table_lookup (self->queues, message->conversation_id);
  HandoverOutboxEntry *first = queue != NULL ? g_queue_peek_head (queue) : NULL;

  if (first == NULL || first->message == NULL || !first->attempted || first->seen || message->operator == NULL
      || g_strcmp0 (message->operator->id, handover_mirror_get_operator_id (self->mirror)) != 0
      || message->kind != first->message->kind || !handover_outbox_entry_became (first, message))
    return;

  first->seen = TRUE;
  hide (self, first);
}

/* --- For the account and the app --- */

static gboolean
load (HandoverOutbox  *self,
      GError         **error)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify) handover_outbox_entry_unref);

  self->folder = handover_file_folder_get_path (self->mirror->path);
  if (!handover_outbox_store_read (self->mirror->reader, entries, self->drafts, error)
      || !handover_outbox_load_quotes (self, error) || !handover_outbox_load_files (self, entries, error))
    return FALSE;

  for (guint i = 0; i < entries->len; i++)
    handover_outbox_add (self, handover_outbox_entry_ref (g_ptr_array_index (entries, i)));
  return TRUE;
}

/**
 * handover_outbox_new:
 * @mirror: the account's mirror, whose file it shares
 * @error: return location
 *
 * Opens the outbox with what it still holds.
 *
 * Returns: (transfer full) (nullable): the outbox
 */
HandoverOutbox *
handover_outbox_new (HandoverMirror  *mirror,
                     GError         **error)
{
  g_autoptr (HandoverOutbox) self = NULL;

  g_return_val_if_fail (HANDOVER_IS_MIRROR (mirror), NULL);

  self = g_object_new (HANDOVER_TYPE_OUTBOX, NULL);
  self->mirror = g_object_ref (mirror);
  if (!load (self, error))
    return NULL;

  g_signal_connect_object (mirror, "conversation-changed", G_CALLBACK (handover_outbox_notice_change), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (mirror, "conversation-removed", G_CALLBACK (conversation_removed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (mirror, "message-added", G_CALLBACK (message_added_cb), self, G_CONNECT_SWAPPED);
  return g_steal_pointer (&self);
}

/* For tests: how long replies may wait, in milliseconds. */
void
handover_outbox_set_reply_lifetime (HandoverOutbox *self,
                                    gint64          lifetime)
{
  self->reply_lifetime = lifetime;
  handover_outbox_watch_lifetime (self);
}

/**
 * handover_outbox_set_gateway:
 * @self: an outbox
 * @gateway: (nullable): the way to the service
 *
 * Says how to send.
 */
void
handover_outbox_set_gateway (HandoverOutbox  *self,
                             HandoverGateway *gateway)
{
  g_return_if_fail (HANDOVER_IS_OUTBOX (self));

  g_set_object (&self->gateway, gateway);
  handover_outbox_pump (self);
}

/**
 * handover_outbox_set_online:
 * @self: an outbox
 * @online: whether the service can be reached
 *
 * Nothing is sent while offline; what waits goes as soon as the service can be reached.
 */
void
handover_outbox_set_online (HandoverOutbox *self,
                            gboolean        online)
{
  g_return_if_fail (HANDOVER_IS_OUTBOX (self));

  self->online = online;
  if (!online)
    {
      /* Nobody knows when a call ends whose connection is gone. Its key makes asking again safe. */
      g_cancellable_cancel (self->connected);
      g_clear_object (&self->connected);
      self->connected = g_cancellable_new ();
      handover_outbox_stop_uploads (self);
      return;
    }

  g_clear_handle_id (&self->retry_source, g_source_remove);
  self->retry_seconds = HANDOVER_OUTBOX_RETRY_FIRST_SECONDS;
  handover_outbox_pump (self);
}

/**
 * handover_outbox_get_unsent:
 * @self: an outbox
 *
 * Returns: how many replies and notes have not been sent yet
 */
guint
handover_outbox_get_unsent (HandoverOutbox *self)
{
  g_return_val_if_fail (HANDOVER_IS_OUTBOX (self), 0);

  return self->n_unsent;
}
