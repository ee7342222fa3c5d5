/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#define G_LOG_DOMAIN "handover-client-download"

#include "client/handover-client-files.h"

#include "client/handover-answer.h"
#include "core/handover-problem.h"

#define CHUNK (64 * 1024)

/* A refusal is short; more of what is no file is not read. */
#define REFUSAL_LIMIT (64 * 1024)

/* One download: into a file beside the target, which it becomes when it is whole. */
typedef struct
{
  GFile *target;
  GFile *part;
  gint64 size;
  gint64 received;
  GFileProgressCallback progress;
  gpointer progress_data;
  SoupMessage *message;
  GInputStream *input;
  GOutputStream *output;
  GBytes *chunk;
  GError *error;
} Download;

static void
download_free (gpointer data)
{
  Download *download = data;

  g_object_unref (download->target);
  g_object_unref (download->part);
  g_clear_object (&download->message);
  g_clear_object (&download->input);
  g_clear_object (&download->output);
  g_clear_pointer (&download->chunk, g_bytes_unref);
  g_clear_error (&download->error);
  g_free (download);
}

static void
return_error (GTask        *task,
              const GError *error)
{
  HandoverClient *self = g_task_get_source_object (task);

  if (g_error_matches (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_UNAUTHORIZED))
    g_signal_emit_by_name (self, "unauthorized");
  g_task_return_error (task, handover_answer_explain (error, handover_client_get_host (self)));
}

static void
part_deleted_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Download *download = g_task_get_task_data (task);

  g_file_delete_finish (G_FILE (source), result, NULL);
  return_error (task, download->error);
}

static void
output_closed_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  Download *download = g_task_get_task_data (user_data);

  g_output_stream_close_finish (G_OUTPUT_STREAM (source), result, NULL);
  g_file_delete_async (download->part, G_PRIORITY_DEFAULT, NULL, part_deleted_cb, user_data);
}

/* What is there of it goes; the task ends with the error. */
static void
fail (GTask  *task,
      GError *error)
{
  Download *download = g_task_get_task_data (task);

  download->error = error;
  g_output_stream_close_async (download->output, G_PRIORITY_DEFAULT, NULL, output_closed_cb, task);
}

static void
moved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (g_file_move_finish (G_FILE (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
closed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Download *download = g_task_get_task_data (task);
  GError *error = NULL;

  if (!g_output_stream_close_finish (G_OUTPUT_STREAM (source), result, &error))
    {
      fail (g_steal_pointer (&task), error);
      return;
    }

  g_file_move_async (download->part, download->target, G_FILE_COPY_OVERWRITE, G_PRIORITY_DEFAULT, NULL, NULL, NULL,
                     moved_cb, g_steal_pointer (&task));
}

static void read_next (GTask *task);

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  GTask *task = user_data;
  Download *download = g_task_get_task_data (task);
  GError *error = NULL;

  if (!g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, &error))
    {
      fail (task, error);
      return;
    }

  download->received += g_bytes_get_size (download->chunk);
  g_clear_pointer (&download->chunk, g_bytes_unref);
  if (download->progress != NULL)
    download->progress (download->received, download->size, download->progress_data);
  read_next (task);
}

static void
finish (GTask *task)
{
  Download *download = g_task_get_task_data (task);

  if (download->received != download->size)
    fail (task, g_error_new_literal (HANDOVER_PROBLEM, HANDOVER_PROBLEM_UNREACHABLE, "The file did not come to its end"));
  else
    g_output_stream_close_async (download->output, G_PRIORITY_DEFAULT, NULL, closed_cb, task);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  GTask *task = user_data;
  Download *download = g_task_get_task_data (task);
  GError *error = NULL;

  download->chunk = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);
  if (download->chunk == NULL)
    {
      fail (task, error);
    }
  else if (g_bytes_get_size (download->chunk) == 0)
    {
      finish (task);
    }
  else if (download->received + (gint64) g_bytes_get_size (download->chunk) > download->size)
    {
      fail (task, g_error_new_literal (HANDOVER_PROBLEM, HANDOVER_PROBLEM_UNEXPECTED_ANSWER,
                                       "The file is larger than the service said"));
    }
  else
    {
      g_output_stream_write_all_async (download->output, g_bytes_get_data (download->chunk, NULL),
                                       g_bytes_get_size (download->chunk), G_PRIORITY_DEFAULT,
                                       g_task_get_cancellable (task), written_cb, task);
    }
}

static void
read_next (GTask *task)
{
  Download *download = g_task_get_task_data (task);

  g_input_stream_read_bytes_async (download->input, CHUNK, G_PRIORITY_DEFAULT, g_task_get_cancellable (task), read_cb,
                                   task);
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Download *download = g_task_get_task_data (task);
  GError *error = NULL;

  download->output = G_OUTPUT_STREAM (g_file_replace_finish (G_FILE (source), result, &error));
  if (download->output == NULL)
    g_task_return_error (task, error);
  else
    read_next (g_steal_pointer (&task));
}

static void
refusal_read_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  HandoverClient *self = g_task_get_source_object (task);
  Download *download = g_task_get_task_data (task);
  SoupMessageHeaders *headers = soup_message_get_response_headers (download->message);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);
  g_autoptr (JsonNode) node = NULL;

  if (body != NULL)
    node = handover_answer_read (soup_message_get_status (download->message),
                                 soup_message_headers_get_content_type (headers, NULL), body,
                                 handover_client_get_host (self), &error);
  if (error == NULL)
    error = g_error_new_literal (HANDOVER_PROBLEM, HANDOVER_PROBLEM_UNEXPECTED_ANSWER, "The answer is not the file");
  return_error (task, error);
}

static void
answered_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Download *download = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  download->input = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  if (download->input == NULL)
    return_error (task, error);
  else if (soup_message_get_status (download->message) != SOUP_STATUS_OK)
    g_input_stream_read_bytes_async (download->input, REFUSAL_LIMIT, G_PRIORITY_DEFAULT, g_task_get_cancellable (task),
                                     refusal_read_cb, g_object_ref (task));
  else
    g_file_replace_async (download->part, NULL, FALSE, G_FILE_CREATE_PRIVATE | G_FILE_CREATE_REPLACE_DESTINATION,
                          G_PRIORITY_DEFAULT, g_task_get_cancellable (task), opened_cb, g_object_ref (task));
}

/*
 * handover_client_download_async:
 *
 * The gateway's download: one try, without an end while bytes move.
 */
void
handover_client_download_async (HandoverGateway       *gateway,
                                const char            *attachment_id,
                                GFile                 *target,
                                gint64                 size,
                                GFileProgressCallback  progress,
                                gpointer               progress_data,
                                GCancellable          *cancellable,
                                GAsyncReadyCallback    callback,
                                gpointer               user_data)
{
  HandoverClient *self = HANDOVER_CLIENT (gateway);
  GTask *task = g_task_new (gateway, cancellable, callback, user_data);
  Download *download = g_new0 (Download, 1);
  g_autofree char *id = g_uri_escape_string (attachment_id, NULL, FALSE);
  g_autofree char *address = g_strconcat ("/v1/attachments/", id, NULL);
  g_autofree char *place = g_file_get_path (target);
  g_autofree char *beside = g_strconcat (place, ".part", NULL);

  download->target = g_object_ref (target);
  download->part = g_file_new_for_path (beside);
  download->size = size;
  download->progress = progress;
  download->progress_data = progress_data;
  download->message = handover_client_new_message (self, "GET", address);
  g_task_set_source_tag (task, handover_client_download_async);
  g_task_set_task_data (task, download, download_free);
  soup_session_send_async (handover_client_get_session (self), download->message, G_PRIORITY_DEFAULT, cancellable,
                           answered_cb, task);
}

/*
 * handover_client_download_finish:
 *
 * Returns: whether the target is there, and whole
 */
gboolean
handover_client_download_finish (HandoverGateway  *gateway,
                                 GAsyncResult     *result,
                                 GError          **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
