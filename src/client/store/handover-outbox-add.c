/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "config.h"

#include "client/store/handover-outbox-files.h"

#include <glib/gi18n-lib.h>

#include "client/store/handover-file-folder.h"
#include "client/store/handover-mirror-private.h"
#include "client/store/handover-outbox-file-store.h"
#include "client/store/handover-outbox-files-private.h"
#include "core/handover-problem.h"

typedef struct
{
  char *folder;
  char *conversation_id;
  HandoverDraftKind kind;
  GFile *file;
  GBytes *bytes;
  char *name;
  HandoverAttachment *attachment;
} Addition;

static void
addition_free (gpointer data)
{
  Addition *addition = data;

  g_free (addition->folder);
  g_free (addition->conversation_id);
  g_clear_object (&addition->file);
  g_clear_pointer (&addition->bytes, g_bytes_unref);
  g_free (addition->name);
  g_clear_object (&addition->attachment);
  g_free (addition);
}

static GInputStream *
open_source (Addition      *addition,
             GCancellable  *cancellable,
             GError       **error)
{
  g_autoptr (GFileInfo) info = NULL;

  if (addition->bytes != NULL)
    return g_memory_input_stream_new_from_bytes (addition->bytes);

  info = g_file_query_info (addition->file, G_FILE_ATTRIBUTE_STANDARD_DISPLAY_NAME, G_FILE_QUERY_INFO_NONE, cancellable,
                            error);
  if (info == NULL)
    return NULL;

  addition->name = g_strdup (g_file_info_get_display_name (info));
  return G_INPUT_STREAM (g_file_read (addition->file, cancellable, error));
}

static void
copy_thread (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  Addition *addition = task_data;
  GError *error = NULL;
  g_autoptr (GInputStream) source = open_source (addition, cancellable, &error);

  if (source != NULL)
    addition->attachment = handover_file_folder_copy (addition->folder, source, addition->name, cancellable, &error);
  if (addition->attachment != NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static gboolean
insert_job (HandoverMirrorHandle  *handle,
            gpointer               data,
            HandoverChanges       *changes,
            GError               **error)
{
  Addition *addition = data;

  return handover_outbox_file_store_insert (handle->database, addition->conversation_id, addition->kind,
                                            addition->attachment, error);
}

static gboolean
check_count (HandoverOutbox     *self,
             const char         *conversation_id,
             HandoverDraftKind   kind,
             GError            **error)
{
  GListModel *files = G_LIST_MODEL (handover_outbox_get_draft_files (self, conversation_id, kind));

  if (g_list_model_get_n_items (files) < HANDOVER_LIMIT_ATTACHMENTS)
    return TRUE;

  g_set_error (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_TOO_LARGE,
               /* Translators: how many files a reply or a note can have */
               ngettext ("A message can have %d file.", "A message can have %d files.", HANDOVER_LIMIT_ATTACHMENTS),
               HANDOVER_LIMIT_ATTACHMENTS);
  return FALSE;
}

static void
inserted_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  HandoverOutbox *self = g_task_get_source_object (task);
  Addition *addition = g_task_get_task_data (task);
  GError *error = NULL;
  g_autofree char *path = handover_file_folder_get_draft (addition->folder, addition->attachment->id);
  g_autoptr (GFile) copy = g_file_new_for_path (path);
  g_autoptr (HandoverDraftFile) file = handover_draft_file_new (addition->attachment, copy);

  if (!handover_mirror_write_finish (HANDOVER_MIRROR (source), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  g_list_store_append (handover_outbox_get_draft_files (self, addition->conversation_id, addition->kind), file);
  g_task_return_boolean (task, TRUE);
}

static void
copied_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  HandoverOutbox *self = g_task_get_source_object (task);
  Addition *addition = g_task_get_task_data (task);
  GError *error = NULL;

  /* Others may have been added while this one was copied. */
  if (!g_task_propagate_boolean (G_TASK (result), &error) ||
      !check_count (self, addition->conversation_id, addition->kind, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  handover_mirror_write_async (self->mirror, insert_job, addition, NULL, inserted_cb, g_steal_pointer (&task));
}

static void
add (HandoverOutbox      *self,
     Addition            *addition,
     GCancellable        *cancellable,
     GAsyncReadyCallback  callback,
     gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GTask) copying = NULL;
  GError *error = NULL;

  g_task_set_source_tag (task, add);
  g_task_set_task_data (task, addition, addition_free);
  /* Once it is copied it is there: telling of a cancellation then would be wrong. */
  g_task_set_check_cancellable (task, FALSE);
  if (!check_count (self, addition->conversation_id, addition->kind, &error))
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }

  addition->folder = g_strdup (self->folder);
  copying = g_task_new (NULL, cancellable, copied_cb, task);
  g_task_set_source_tag (copying, add);
  g_task_set_check_cancellable (copying, FALSE);
  g_task_set_task_data (copying, addition, NULL);
  g_task_run_in_thread (copying, copy_thread);
}

/**
 * handover_outbox_add_file_async:
 * @self: an outbox
 * @conversation_id: a conversation
 * @kind: for whom the draft is
 * @file: a file that the operator chose
 * @cancellable: (nullable): gives up
 * @callback: called when it is among the draft's files
 * @user_data: for @callback
 *
 * Puts a copy of a file into a draft.
 */
void
handover_outbox_add_file_async (HandoverOutbox      *self,
                                const char          *conversation_id,
                                HandoverDraftKind    kind,
                                GFile               *file,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  Addition *addition;

  g_return_if_fail (HANDOVER_IS_OUTBOX (self));
  g_return_if_fail (conversation_id != NULL && kind < HANDOVER_N_DRAFT_KINDS);
  g_return_if_fail (G_IS_FILE (file));

  addition = g_new0 (Addition, 1);
  addition->conversation_id = g_strdup (conversation_id);
  addition->kind = kind;
  addition->file = g_object_ref (file);
  add (self, addition, cancellable, callback, user_data);
}

/**
 * handover_outbox_add_bytes_async:
 * @self: an outbox
 * @conversation_id: a conversation
 * @kind: for whom the draft is
 * @bytes: what the operator pasted
 * @name: how the file is to be called
 * @cancellable: (nullable): gives up
 * @callback: called when it is among the draft's files
 * @user_data: for @callback
 *
 * Puts what is no file yet into a draft; handover_outbox_add_file_finish() ends it.
 */
void
handover_outbox_add_bytes_async (HandoverOutbox      *self,
                                 const char          *conversation_id,
                                 HandoverDraftKind    kind,
                                 GBytes              *bytes,
                                 const char          *name,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  Addition *addition;

  g_return_if_fail (HANDOVER_IS_OUTBOX (self));
  g_return_if_fail (conversation_id != NULL && kind < HANDOVER_N_DRAFT_KINDS);
  g_return_if_fail (bytes != NULL && name != NULL);

  addition = g_new0 (Addition, 1);
  addition->conversation_id = g_strdup (conversation_id);
  addition->kind = kind;
  addition->bytes = g_bytes_ref (bytes);
  addition->name = g_strdup (name);
  add (self, addition, cancellable, callback, user_data);
}

/**
 * handover_outbox_add_file_finish:
 * @self: an outbox
 * @result: what the callback was given
 * @error: return location; of %HANDOVER_PROBLEM with a text for people if it can never be sent, else from reading it
 *
 * Returns: whether it is among the draft's files
 */
gboolean
handover_outbox_add_file_finish (HandoverOutbox  *self,
                                 GAsyncResult    *result,
                                 GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
