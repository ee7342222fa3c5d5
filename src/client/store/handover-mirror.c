/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#define G_LOG_DOMAIN "handover-mirror"

#include "client/store/handover-mirror.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "client/store/handover-client-store-resources.h"
#include "client/store/handover-file-folder.h"
#include "client/store/handover-mirror-private.h"
#include "client/store/handover-mirror-store.h"
#include "core/handover-time.h"

#define RESOURCES "/dev/handover/client/store/"

G_DEFINE_FINAL_TYPE (HandoverMirror, handover_mirror, G_TYPE_OBJECT)

typedef enum
{
  PROP_WAITING_COUNT = 1,
  PROP_MINE_COUNT,
  PROP_LAST_ESCALATION,
} HandoverMirrorProperty;

static GParamSpec *properties[PROP_LAST_ESCALATION + 1];

/* --- Ordering the short lists --- */

static int
compare_operators (gconstpointer a,
                   gconstpointer b)
{
  return g_utf8_collate (((const HandoverOperator *) a)->name, ((const HandoverOperator *) b)->name);
}

static int
compare_agents (gconstpointer a,
                gconstpointer b)
{
  return g_utf8_collate (((const HandoverAgent *) a)->name, ((const HandoverAgent *) b)->name);
}

static int
compare_channels (gconstpointer a,
                  gconstpointer b)
{
  return g_utf8_collate (((const HandoverChannelAccount *) a)->name, ((const HandoverChannelAccount *) b)->name);
}

static int
compare_templates (gconstpointer a,
                   gconstpointer b)
{
  return g_utf8_collate (((const HandoverTemplate *) a)->name, ((const HandoverTemplate *) b)->name);
}

/* --- The object --- */

static void
handover_mirror_dispose (GObject *object)
{
  HandoverMirror *self = HANDOVER_MIRROR (object);

  g_cancellable_cancel (self->closing);
  handover_mirror_forget_conversations (self);
  for (guint i = 0; i < HANDOVER_N_VIEWS; i++)
    {
      /* Somebody may hold the list for longer: then it is an empty one. */
      if (self->views[i] != NULL)
        handover_conversation_model_unload (self->views[i]);
      g_clear_object (&self->views[i]);
    }
  g_clear_object (&self->workers);
  g_clear_object (&self->reader);
  g_clear_object (&self->gateway);

  G_OBJECT_CLASS (handover_mirror_parent_class)->dispose (object);
}

static void
handover_mirror_finalize (GObject *object)
{
  HandoverMirror *self = HANDOVER_MIRROR (object);

  g_clear_object (&self->operators);
  g_clear_object (&self->agents);
  g_clear_object (&self->channels);
  g_clear_object (&self->templates);
  g_clear_object (&self->business);
  g_clear_object (&self->closing);
  g_clear_pointer (&self->conversations, g_hash_table_unref);
  g_clear_pointer (&self->transcripts, g_hash_table_unref);
  g_clear_pointer (&self->escalations, g_hash_table_unref);
  g_clear_pointer (&self->unsent, g_hash_table_unref);
  g_clear_pointer (&self->openings, g_ptr_array_unref);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->log, g_free);
  g_clear_pointer (&self->operator_id, g_free);

  G_OBJECT_CLASS (handover_mirror_parent_class)->finalize (object);
}

static void
handover_mirror_get_property (GObject    *object,
                              guint       property_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  HandoverMirror *self = HANDOVER_MIRROR (object);

  switch ((HandoverMirrorProperty) property_id)
    {
    case PROP_WAITING_COUNT:
      g_value_set_uint (value, handover_mirror_get_waiting_count (self));
      break;

    case PROP_MINE_COUNT:
      g_value_set_uint (value, handover_mirror_get_mine_count (self));
      break;

    case PROP_LAST_ESCALATION:
      g_value_set_int64 (value, self->last_escalation);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
add_signal (const char *name,
            guint       n_params,
            GType       first,
            GType       second)
{
  g_signal_new (name, HANDOVER_TYPE_MIRROR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, n_params, first,
                second);
}

static void
add_signals (void)
{
  /**
   * HandoverMirror::escalation-opened:
   * @self: the mirror
   * @escalation: the new escalation
   * @conversation: its conversation
   *
   * An escalation was opened. It may be claimed already by the time one hears of it.
   */
  add_signal ("escalation-opened", 2, HANDOVER_TYPE_ESCALATION, HANDOVER_TYPE_CONVERSATION);

  /**
   * HandoverMirror::escalation-changed:
   * @self: the mirror
   * @escalation: the escalation as it is now
   * @conversation: (nullable): its conversation
   *
   * An escalation was claimed, released, resolved or added to.
   */
  add_signal ("escalation-changed", 2, HANDOVER_TYPE_ESCALATION, HANDOVER_TYPE_CONVERSATION);

  /**
   * HandoverMirror::message-added:
   * @self: the mirror
   * @message: the message
   * @conversation: (nullable): its conversation
   *
   * A message was added at the newest end of a transcript.
   */
  add_signal ("message-added", 2, HANDOVER_TYPE_MESSAGE, HANDOVER_TYPE_CONVERSATION);

  /**
   * HandoverMirror::conversation-changed:
   * @self: the mirror
   * @conversation: what it is now; the live object may be another
   *
   * A conversation is new or changed.
   */
  add_signal ("conversation-changed", 1, HANDOVER_TYPE_CONVERSATION, G_TYPE_NONE);

  /**
   * HandoverMirror::conversation-removed:
   * @self: the mirror
   * @conversation_id: which
   *
   * A conversation was erased.
   */
  add_signal ("conversation-removed", 1, G_TYPE_STRING, G_TYPE_NONE);

  /**
   * HandoverMirror::business-changed:
   * @self: the mirror
   *
   * The business's own data are there or have changed.
   */
  add_signal ("business-changed", 0, G_TYPE_NONE, G_TYPE_NONE);

  /**
   * HandoverMirror::stalled:
   * @self: the mirror
   * @reason: why, for people to read
   *
   * An event could not be stored, and those after it are refused, so that none is lost. Resume the stream from
   * [method@Mirror.get_cursor] after a while.
   */
  add_signal ("stalled", 1, G_TYPE_STRING, G_TYPE_NONE);
}

static void
handover_mirror_class_init (HandoverMirrorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = handover_mirror_dispose;
  object_class->finalize = handover_mirror_finalize;
  object_class->get_property = handover_mirror_get_property;

  /**
   * HandoverMirror:waiting-count:
   *
   * How many conversations wait for a person.
   */
  properties[PROP_WAITING_COUNT] =
    g_param_spec_uint ("waiting-count", NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  /**
   * HandoverMirror:mine-count:
   *
   * How many conversations this operator holds.
   */
  properties[PROP_MINE_COUNT] =
    g_param_spec_uint ("mine-count", NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  /**
   * HandoverMirror:last-escalation:
   *
   * When the last escalation was opened, in milliseconds since 1970; 0 if none is known.
   */
  properties[PROP_LAST_ESCALATION] =
    g_param_spec_int64 ("last-escalation", NULL, NULL, 0, G_MAXINT64, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  add_signals ();
}

static void
weak_ref_free (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

static void
handover_mirror_init (HandoverMirror *self)
{
  self->closing = g_cancellable_new ();
  self->conversations = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->transcripts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, weak_ref_free);
  self->escalations = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, weak_ref_free);
  self->unsent = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->openings = g_ptr_array_new_with_free_func (g_object_unref);
  self->operators = handover_record_model_new (HANDOVER_TYPE_OPERATOR, compare_operators);
  self->agents = handover_record_model_new (HANDOVER_TYPE_AGENT, compare_agents);
  self->channels = handover_record_model_new (HANDOVER_TYPE_CHANNEL_ACCOUNT, compare_channels);
  self->templates = handover_record_model_new (HANDOVER_TYPE_TEMPLATE, compare_templates);
  g_queue_init (&self->recent);
}

/* --- Opening --- */

static gpointer
open_handle (HandoverDatabase  *database,
             gboolean           writer,
             gpointer           user_data,
             GError           **error)
{
  HandoverMirrorHandle *handle;

  if (writer && !handover_database_migrate (database, RESOURCES "migrations", error))
    return NULL;
  if (!handover_database_add_statements (database, RESOURCES "statements/", error))
    return NULL;

  handle = g_new0 (HandoverMirrorHandle, 1);
  handle->database = g_object_ref (database);
  return handle;
}

static void
close_handle (gpointer data)
{
  HandoverMirrorHandle *handle = data;

  g_object_unref (handle->database);
  g_free (handle);
}

static void
batch_ended (gpointer data,
             gboolean committed,
             gpointer user_data)
{
  HandoverMirrorHandle *handle = data;

  if (!committed && handle->failed_event == 0)
    handle->failed_event = handle->first_event;
  handle->first_event = 0;
}

static HandoverWorkers *
open_workers (const char  *path,
              GError     **error)
{
  HandoverWorkersOptions options = {
    .path = path,
    .n_readers = 2,
    .queue_limit = 100000,
    .open = open_handle,
    .close = close_handle,
    .batch_ended = batch_ended,
  };

  return handover_workers_open (&options, error);
}

/* Drafts may be all that is lost with a damaged file; it is put aside and not thrown away. */
static gboolean
put_aside (const char  *path,
           GError     **error)
{
  static const char *const suffixes[] = { "", "-wal", "-shm" };
  g_autofree char *aside = g_strdup_printf ("%s.damaged-%" G_GINT64_FORMAT, path, handover_time_now ());

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *from = g_strconcat (path, suffixes[i], NULL);
      g_autofree char *to = g_strconcat (aside, suffixes[i], NULL);

      if (g_rename (from, to) != 0 && errno != ENOENT)
        {
          int saved = errno;

          g_set_error (error, G_IO_ERROR, g_io_error_from_errno (saved), "%s: %s", from, g_strerror (saved));
          return FALSE;
        }
    }

  g_warning ("The mirror was damaged; it is kept as %s", aside);
  return TRUE;
}

static gboolean
open_files (HandoverMirror  *self,
            GError         **error)
{
  g_autoptr (GError) local = NULL;

  self->workers = open_workers (self->path, &local);
  if (g_error_matches (local, HANDOVER_DATABASE_ERROR, HANDOVER_DATABASE_ERROR_CORRUPT)
      && put_aside (self->path, error))
    {
      g_clear_error (&local);
      self->workers = open_workers (self->path, &local);
    }
  if (self->workers == NULL)
    {
      if (error != NULL && *error == NULL)
        g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }

  self->reader = handover_database_open (self->path, HANDOVER_DATABASE_READ_ONLY, error);
  return self->reader != NULL
      && handover_database_add_statements (self->reader, RESOURCES "statements/", error)
      && handover_mirror_load_objects (self, error);
}

typedef struct
{
  char *path;
  char *operator_id;
} Opening;

static void
opening_free (gpointer data)
{
  Opening *opening = data;

  g_free (opening->path);
  g_free (opening->operator_id);
  g_free (opening);
}

/* The object is made here and given away: this thread must not be the one to drop the last reference to it. */
static void
open_thread (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  Opening *opening = task_data;
  g_autoptr (HandoverMirror) self = g_object_new (HANDOVER_TYPE_MIRROR, NULL);
  g_autofree char *folder = g_path_get_dirname (opening->path);
  g_autoptr (GError) error = NULL;

  self->path = g_steal_pointer (&opening->path);
  self->operator_id = g_steal_pointer (&opening->operator_id);
  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      int saved = errno;

      g_task_return_new_error (task, G_IO_ERROR, g_io_error_from_errno (saved), "%s: %s", folder, g_strerror (saved));
      return;
    }

  if (open_files (self, &error))
    g_task_return_pointer (task, g_steal_pointer (&self), g_object_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * handover_mirror_open_async:
 * @folder: where mirrors lie
 * @service: the service's address
 * @operator_id: who is signed in there
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is open
 * @user_data: for @callback
 *
 * Opens the mirror of an account, and makes it when it is not there. Its file is readable by its owner alone.
 */
void
handover_mirror_open_async (const char          *folder,
                            const char          *service,
                            const char          *operator_id,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autofree char *account = g_strjoin ("\n", service, operator_id, NULL);
  g_autofree char *name = g_compute_checksum_for_string (G_CHECKSUM_SHA256, account, -1);
  g_autofree char *file = g_strconcat (name, ".sqlite", NULL);
  Opening *opening = g_new0 (Opening, 1);

  /* They register themselves, but lie in a static library: naming them here is what links them in. */
  handover_client_store_get_resource ();
  opening->path = g_build_filename (folder, file, NULL);
  opening->operator_id = g_strdup (operator_id);
  g_task_set_source_tag (task, handover_mirror_open_async);
  g_task_set_task_data (task, opening, opening_free);
  g_task_run_in_thread (task, open_thread);
}

static void
count_changed_cb (HandoverMirror *self,
                  guint           position,
                  guint           removed,
                  guint           added,
                  GListModel     *model)
{
  if (removed == added)
    return;

  g_object_notify_by_pspec (G_OBJECT (self),
                            properties[model == G_LIST_MODEL (self->views[HANDOVER_VIEW_WAITING])
                                         ? PROP_WAITING_COUNT
                                         : PROP_MINE_COUNT]);
}

/**
 * handover_mirror_open_finish:
 * @result: what the callback was given
 * @error: return location; %HANDOVER_DATABASE_ERROR_NEWER if a newer version of the app has used the file
 *
 * Returns: (transfer full) (nullable): the mirror
 */
HandoverMirror *
handover_mirror_open_finish (GAsyncResult  *result,
                             GError       **error)
{
  HandoverMirror *self = g_task_propagate_pointer (G_TASK (result), error);

  if (self == NULL)
    return NULL;

  for (HandoverView view = HANDOVER_VIEW_WAITING; view <= HANDOVER_VIEW_MINE; view++)
    g_signal_connect_object (handover_mirror_get_conversations (self, view), "items-changed",
                             G_CALLBACK (count_changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}

typedef struct
{
  HandoverWorkers *workers;
  char *path;
} Removal;

static void
removal_free (gpointer data)
{
  Removal *removal = data;

  g_object_unref (removal->workers);
  g_free (removal->path);
  g_free (removal);
}

static void
remove_thread (GTask        *task,
               gpointer      source_object,
               gpointer      task_data,
               GCancellable *cancellable)
{
  static const char *const suffixes[] = { "-wal", "-shm", "" };
  Removal *removal = task_data;
  g_autofree char *folder = NULL;
  GError *error = NULL;

  handover_workers_close (removal->workers);
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *path = g_strconcat (removal->path, suffixes[i], NULL);

      if (g_unlink (path) != 0 && errno != ENOENT)
        {
          int saved = errno;

          g_task_return_new_error (task, G_IO_ERROR, g_io_error_from_errno (saved), "%s: %s", path,
                                   g_strerror (saved));
          return;
        }
    }

  folder = handover_file_folder_get_path (removal->path);
  if (handover_file_folder_remove (folder, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
files_removed_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * handover_mirror_dup_folder:
 * @self: a mirror
 *
 * Names the folder beside the mirror's file where the account's other files are, if there are any.
 *
 * Returns: (transfer full): its path
 */
char *
handover_mirror_dup_folder (HandoverMirror *self)
{
  g_return_val_if_fail (HANDOVER_IS_MIRROR (self), NULL);

  return handover_file_folder_get_path (self->path);
}

/**
 * handover_mirror_remove_async:
 * @self: a mirror
 * @cancellable: (nullable): a cancellable
 * @callback: called when the file is gone
 * @user_data: for @callback
 *
 * Closes the mirror for good and deletes its file, drafts and unsent replies with it, and the folder of files beside it.
 */
void
handover_mirror_remove_async (HandoverMirror      *self,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr (GTask) thread = NULL;
  GTask *task;
  Removal *removal;

  g_return_if_fail (HANDOVER_IS_MIRROR (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, handover_mirror_remove_async);
  g_cancellable_cancel (self->closing);
  g_clear_object (&self->reader);

  /* The thread knows nothing of the mirror, whose last reference it could otherwise drop. */
  removal = g_new0 (Removal, 1);
  removal->workers = g_object_ref (self->workers);
  removal->path = g_strdup (self->path);
  thread = g_task_new (NULL, cancellable, files_removed_cb, task);
  g_task_set_source_tag (thread, handover_mirror_remove_async);
  g_task_set_task_data (thread, removal, removal_free);
  g_task_run_in_thread (thread, remove_thread);
}

/**
 * handover_mirror_remove_finish:
 * @self: a mirror
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: whether the file is gone
 */
gboolean
handover_mirror_remove_finish (HandoverMirror  *self,
                               GAsyncResult    *result,
                               GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
