/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#define G_LOG_DOMAIN "handover-transcript"

#include "config.h"

#include "client/store/handover-transcript.h"

#include <glib/gi18n-lib.h>

#include "client/store/handover-mirror-private.h"
#include "client/store/handover-mirror-store.h"
#include "client/store/handover-snapshot-private.h"

#define PAGE 60

/* So many pages in a row without an older message are skipped; then somebody has to ask again. */
#define FRUITLESS_LIMIT 50

typedef struct
{
  HandoverMessage *message;
  double position;
} Entry;

/*
 * A window over the newest messages of a conversation, oldest first, that grows at both ends, and after them what
 * the outbox has not sent yet.
 */
struct _HandoverTranscript
{
  GObject parent_instance;

  HandoverMirror *mirror;
  char *conversation_id;
  GArray *entries;
  /* What came while the first page was being read, which may have missed it. */
  GArray *early;
  GListStore *unsent;

  gboolean loading;
  gboolean complete;
  char *error;
  /* Grows when all starts afresh, so that what was under way is dropped. */
  guint generation;
  guint fruitless;
};

typedef enum
{
  PROP_CONVERSATION_ID = 1,
  PROP_LOADING,
  PROP_COMPLETE,
  PROP_ERROR,
} HandoverTranscriptProperty;

static GParamSpec *properties[PROP_ERROR + 1];

static GType
get_item_type (GListModel *model)
{
  return HANDOVER_TYPE_MESSAGE;
}

static guint
get_n_items (GListModel *model)
{
  HandoverTranscript *self = HANDOVER_TRANSCRIPT (model);

  return self->entries->len + g_list_model_get_n_items (G_LIST_MODEL (self->unsent));
}

static gpointer
get_item (GListModel *model,
          guint       position)
{
  HandoverTranscript *self = HANDOVER_TRANSCRIPT (model);

  if (position < self->entries->len)
    return g_object_ref (g_array_index (self->entries, Entry, position).message);

  return g_list_model_get_item (G_LIST_MODEL (self->unsent), position - self->entries->len);
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (HandoverTranscript, handover_transcript, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static void
entry_clear (gpointer data)
{
  g_clear_object (&((Entry *) data)->message);
}

static void
handover_transcript_finalize (GObject *object)
{
  HandoverTranscript *self = HANDOVER_TRANSCRIPT (object);

  g_clear_object (&self->unsent);
  g_clear_object (&self->mirror);
  g_array_unref (self->entries);
  g_array_unref (self->early);
  g_free (self->conversation_id);
  g_free (self->error);

  G_OBJECT_CLASS (handover_transcript_parent_class)->finalize (object);
}

static void
handover_transcript_get_property (GObject    *object,
                                  guint       property_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  HandoverTranscript *self = HANDOVER_TRANSCRIPT (object);

  switch ((HandoverTranscriptProperty) property_id)
    {
    case PROP_CONVERSATION_ID:
      g_value_set_string (value, self->conversation_id);
      break;

    case PROP_LOADING:
      g_value_set_boolean (value, self->loading);
      break;

    case PROP_COMPLETE:
      g_value_set_boolean (value, self->complete);
      break;

    case PROP_ERROR:
      g_value_set_string (value, self->error);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
handover_transcript_class_init (HandoverTranscriptClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->finalize = handover_transcript_finalize;
  object_class->get_property = handover_transcript_get_property;

  /**
   * HandoverTranscript:conversation-id:
   *
   * Whose transcript it is.
   */
  properties[PROP_CONVERSATION_ID] = g_param_spec_string ("conversation-id", NULL, NULL, NULL, flags);

  /**
   * HandoverTranscript:loading:
   *
   * Whether messages are on their way.
   */
  properties[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE, flags);

  /**
   * HandoverTranscript:complete:
   *
   * Whether it begins with the conversation's first message.
   */
  properties[PROP_COMPLETE] = g_param_spec_boolean ("complete", NULL, NULL, FALSE, flags);

  /**
   * HandoverTranscript:error:
   *
   * Why older messages could not be loaded, for people to read; %NULL while all is well.
   */
  properties[PROP_ERROR] = g_param_spec_string ("error", NULL, NULL, NULL, flags);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
handover_transcript_init (HandoverTranscript *self)
{
  self->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  g_array_set_clear_func (self->entries, entry_clear);
  self->early = g_array_new (FALSE, FALSE, sizeof (Entry));
  g_array_set_clear_func (self->early, entry_clear);
}

static void
set_state (HandoverTranscript *self,
           gboolean            loading,
           gboolean            complete,
           const char         *error)
{
  g_object_freeze_notify (G_OBJECT (self));
  if (self->loading != loading)
    {
      self->loading = loading;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
    }
  if (self->complete != complete)
    {
      self->complete = complete;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COMPLETE]);
    }
  if (g_set_str (&self->error, error))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
  g_object_thaw_notify (G_OBJECT (self));
}

/* --- Loading --- */

typedef struct
{
  HandoverTranscript *transcript;
  guint generation;
  char *conversation_id;

  gboolean has_before;
  double before;
  /* Filled by the read. */
  HandoverChanges *changes;
  char *cursor;
  gboolean complete;
  /* Whether the page goes on where another ended; filled by the answer. */
  gboolean older;
  GPtrArray *page;
} Load;

static void
load_free (gpointer data)
{
  Load *load = data;

  g_clear_object (&load->transcript);
  g_clear_pointer (&load->changes, handover_changes_free);
  g_clear_pointer (&load->page, g_ptr_array_unref);
  g_free (load->conversation_id);
  g_free (load->cursor);
  g_free (load);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Load, load_free)

static Load *
load_new (HandoverTranscript *self)
{
  Load *load = g_new0 (Load, 1);

  load->transcript = g_object_ref (self);
  load->generation = self->generation;
  load->conversation_id = g_strdup (self->conversation_id);
  load->changes = handover_changes_new ();
  load->page = g_ptr_array_new_with_free_func (g_object_unref);
  if (self->entries->len > 0)
    {
      load->has_before = TRUE;
      load->before = g_array_index (self->entries, Entry, 0).position;
    }
  return load;
}

static void read_older (HandoverTranscript *self);

static gboolean
read_job (gpointer   handle,
          gpointer   job,
          GError   **error)
{
  HandoverDatabase *database = ((HandoverMirrorHandle *) handle)->database;
  Load *load = job;

  return handover_mirror_store_read_messages (database, load->conversation_id,
                                              load->has_before ? &load->before : NULL, PAGE, load->changes, error)
      && handover_mirror_store_read_transcript (database, load->conversation_id, &load->cursor, &load->complete,
                                                error);
}

/* What was read may have been overtaken: only what is older than all that is here is added. */
static guint
prepend (HandoverTranscript *self,
         GArray             *messages)
{
  guint added = 0;

  for (guint i = 0; i < messages->len; i++)
    {
      HandoverMessageChange *change = &g_array_index (messages, HandoverMessageChange, i);
      Entry entry = { NULL, change->position };

      if (self->entries->len > 0 && g_array_index (self->entries, Entry, 0).position <= change->position)
        continue;
      entry.message = g_object_ref (change->message);
      g_array_prepend_val (self->entries, entry);
      added++;
    }

  if (added > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, 0, added);
  return added;
}

static gboolean
put_page (HandoverMirrorHandle  *handle,
          gpointer               data,
          HandoverChanges       *changes,
          GError               **error)
{
  Load *load = data;

  return handover_mirror_store_put_page (handle->database, load->conversation_id, load->page, load->older, load->cursor,
                                         changes, error);
}

static void
page_stored_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (HandoverTranscript) self = user_data;
  g_autoptr (GError) error = NULL;

  if (handover_mirror_write_finish (HANDOVER_MIRROR (source), result, &error))
    read_older (self);
  else
    set_state (self, FALSE, self->complete, error->message);
}

static void
page_answered_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (Load) load = user_data;
  g_autoptr (HandoverSnapshot) snapshot = handover_snapshot_new ();
  g_autoptr (JsonNode) body = NULL;
  g_autoptr (GError) error = NULL;
  HandoverTranscript *self = load->transcript;
  const char *cursor;

  if (self->generation != load->generation)
    return;

  if (!handover_gateway_call_finish (HANDOVER_GATEWAY (source), result, &body, NULL, &error)
      || !handover_snapshot_add_items (snapshot, HANDOVER_TYPE_MESSAGE, body, 0, &error))
    {
      set_state (self, FALSE, self->complete, error->message);
      return;
    }

  handover_snapshot_take_records (snapshot, load->page);
  cursor = json_object_get_string_member_with_default (json_node_get_object (body), "next_cursor", NULL);
  g_set_str (&load->cursor, cursor);
  handover_mirror_write_async (self->mirror, put_page, g_steal_pointer (&load), load_free, page_stored_cb,
                               g_object_ref (self));
}

static void
ask_service (HandoverTranscript *self,
             const char         *cursor)
{
  g_autofree char *id = g_uri_escape_string (self->conversation_id, NULL, FALSE);
  g_autofree char *before = cursor != NULL ? g_uri_escape_string (cursor, NULL, FALSE) : NULL;
  g_autofree char *path = NULL;
  Load *load;

  if (self->mirror->gateway == NULL)
    {
      set_state (self, FALSE, self->complete, NULL);
      return;
    }

  path = g_strdup_printf ("/v1/conversations/%s/messages?limit=%d%s%s", id, PAGE, before != NULL ? "&before=" : "",
                          before != NULL ? before : "");
  load = load_new (self);
  load->older = cursor != NULL;
  handover_gateway_call_async (self->mirror->gateway, "GET", path, NULL, NULL, self->mirror->closing,
                               page_answered_cb, load);
}

static void
put_early (HandoverTranscript *self)
{
  g_autoptr (GArray) early = g_steal_pointer (&self->early);

  self->early = g_array_new (FALSE, FALSE, sizeof (Entry));
  g_array_set_clear_func (self->early, entry_clear);
  for (guint i = 0; i < early->len; i++)
    {
      Entry *entry = &g_array_index (early, Entry, i);

      handover_transcript_put (self, entry->message, entry->position);
    }
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Load *load = handover_workers_get_job (result);
  g_autoptr (HandoverTranscript) self = g_object_ref (load->transcript);
  g_autoptr (GError) error = NULL;
  guint added;

  if (self->generation != load->generation)
    return;
  if (!handover_workers_finish (HANDOVER_WORKERS (source), result, &error))
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        set_state (self, FALSE, self->complete, error->message);
      return;
    }

  added = prepend (self, load->changes->messages);
  if (load->complete && load->changes->messages->len < PAGE)
    set_state (self, FALSE, TRUE, NULL);
  else if (load->changes->messages->len >= PAGE || (added > 0 && load->has_before))
    set_state (self, FALSE, FALSE, NULL);
  else if (self->fruitless++ < FRUITLESS_LIMIT)
    ask_service (self, load->cursor);
  else
    set_state (self, FALSE, FALSE, _("The service does not get to the older messages. Try again."));

  put_early (self);
}

static void
read_older (HandoverTranscript *self)
{
  handover_workers_read_async (self->mirror->workers, read_job, load_new (self), load_free, self->mirror->closing,
                               read_cb, NULL);
}

/**
 * handover_transcript_load_older:
 * @self: a transcript
 *
 * Adds a page of older messages at the beginning, from the mirror or from the service. Does nothing while a page is
 * on its way, or when there is nothing older.
 */
void
handover_transcript_load_older (HandoverTranscript *self)
{
  g_return_if_fail (HANDOVER_IS_TRANSCRIPT (self));

  if (self->loading || self->complete)
    return;

  self->fruitless = 0;
  set_state (self, TRUE, FALSE, NULL);
  read_older (self);
}

/* Empties it and starts afresh. */
void
handover_transcript_reload (HandoverTranscript *self)
{
  guint n_entries = self->entries->len;

  self->generation++;
  self->fruitless = 0;
  g_array_set_size (self->entries, 0);
  g_array_set_size (self->early, 0);
  if (n_entries > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, n_entries, 0);
  set_state (self, TRUE, FALSE, NULL);
  read_older (self);
}

/* Tries once more what has failed. */
void
handover_transcript_retry (HandoverTranscript *self)
{
  if (self->error != NULL || self->entries->len == 0)
    handover_transcript_load_older (self);
}

/* --- What happens --- */

/* The message is here already. Its place may only now have become known: then it moves towards the beginning. */
static void
update_entry (HandoverTranscript *self,
              guint               old,
              guint               place,
              HandoverMessage    *message,
              double              position)
{
  Entry *entry = &g_array_index (self->entries, Entry, old);
  g_autoptr (HandoverMessage) present = g_object_ref (entry->message);

  entry->position = position;
  if (place < old)
    {
      Entry moved = { g_object_ref (present), position };

      g_array_remove_index (self->entries, old);
      g_list_model_items_changed (G_LIST_MODEL (self), old, 1, 0);
      g_array_insert_val (self->entries, place, moved);
      g_list_model_items_changed (G_LIST_MODEL (self), place, 0, 1);
    }

  if (present->version <= message->version)
    handover_record_update (HANDOVER_RECORD (present), HANDOVER_RECORD (message));
}

/*
 * handover_transcript_put:
 *
 * Shows a message that was stored: brings the one that is here up to date, or adds it at its place, unless that is
 * further back than the transcript has been loaded.
 */
void
handover_transcript_put (HandoverTranscript *self,
                         HandoverMessage    *message,
                         double              position)
{
  Entry entry = { NULL, position };
  guint place = self->entries->len;
  guint old = G_MAXUINT;

  while (place > 0 && g_array_index (self->entries, Entry, place - 1).position >= position)
    {
      place--;
      if (g_strcmp0 (g_array_index (self->entries, Entry, place).message->id, message->id) == 0)
        old = place;
    }

  if (old != G_MAXUINT)
    {
      update_entry (self, old, place, message, position);
      return;
    }

  if (place == 0 && self->entries->len > 0)
    return;

  entry.message = g_object_ref (message);
  if (self->entries->len == 0 && self->loading)
    {
      g_array_append_val (self->early, entry);
      return;
    }
  g_array_insert_val (self->entries, place, entry);
  g_list_model_items_changed (G_LIST_MODEL (self), place, 0, 1);
}

static void
unsent_changed_cb (HandoverTranscript *self,
                   guint               position,
                   guint               removed,
                   guint               added)
{
  g_list_model_items_changed (G_LIST_MODEL (self), self->entries->len + position, removed, added);
}

/* Opens the transcript of a conversation at its newest messages. */
HandoverTranscript *
handover_transcript_new (HandoverMirror *mirror,
                         const char     *conversation_id)
{
  HandoverTranscript *self = g_object_new (HANDOVER_TYPE_TRANSCRIPT, NULL);

  self->mirror = g_object_ref (mirror);
  self->conversation_id = g_strdup (conversation_id);
  self->unsent = g_object_ref (handover_mirror_get_unsent (mirror, conversation_id));
  g_signal_connect_object (self->unsent, "items-changed", G_CALLBACK (unsent_changed_cb), self, G_CONNECT_SWAPPED);
  self->loading = TRUE;
  read_older (self);
  return self;
}

/**
 * handover_transcript_get_conversation_id:
 * @self: a transcript
 *
 * Returns: (transfer none): whose transcript it is
 */
const char *
handover_transcript_get_conversation_id (HandoverTranscript *self)
{
  g_return_val_if_fail (HANDOVER_IS_TRANSCRIPT (self), NULL);

  return self->conversation_id;
}

/**
 * handover_transcript_get_loading:
 * @self: a transcript
 *
 * Returns: whether messages are on their way
 */
gboolean
handover_transcript_get_loading (HandoverTranscript *self)
{
  g_return_val_if_fail (HANDOVER_IS_TRANSCRIPT (self), FALSE);

  return self->loading;
}

/**
 * handover_transcript_get_complete:
 * @self: a transcript
 *
 * Returns: whether it begins with the conversation's first message
 */
gboolean
handover_transcript_get_complete (HandoverTranscript *self)
{
  g_return_val_if_fail (HANDOVER_IS_TRANSCRIPT (self), FALSE);

  return self->complete;
}

/**
 * handover_transcript_get_error:
 * @self: a transcript
 *
 * Returns: (transfer none) (nullable): why older messages could not be loaded
 */
const char *
handover_transcript_get_error (HandoverTranscript *self)
{
  g_return_val_if_fail (HANDOVER_IS_TRANSCRIPT (self), NULL);

  return self->error;
}

/**
 * handover_transcript_is_unsent:
 * @message: a message of a transcript
 *
 * Returns: whether the message is still in the outbox; its id is then the entry's
 */
gboolean
handover_transcript_is_unsent (HandoverMessage *message)
{
  g_return_val_if_fail (HANDOVER_IS_MESSAGE (message), FALSE);

  return message->version == 0;
}
