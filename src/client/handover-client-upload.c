/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "client/handover-client-files.h"

#include "client/handover-answer.h"
#include "core/handover-attachment.h"
#include "core/handover-file-name.h"
#include "core/handover-problem.h"

/* One upload. */
typedef struct
{
  char *name;
  char *key;
  gint64 size;
  gint64 sent;
  GFileProgressCallback progress;
  gpointer progress_data;
  SoupMessage *message;
} Upload;

static void
upload_free (gpointer data)
{
  Upload *upload = data;

  g_free (upload->name);
  g_free (upload->key);
  g_clear_object (&upload->message);
  g_free (upload);
}

static void
fail (GTask        *task,
      const GError *error)
{
  HandoverClient *self = g_task_get_source_object (task);

  if (g_error_matches (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_UNAUTHORIZED))
    g_signal_emit_by_name (self, "unauthorized");
  g_task_return_error (task, handover_answer_explain (error, handover_client_get_host (self)));
}

static void
wrote_body_data_cb (SoupMessage *message,
                    guint        length,
                    gpointer     data)
{
  Upload *upload = data;

  upload->sent += length;
  if (upload->progress != NULL)
    upload->progress (MIN (upload->sent, upload->size), upload->size, upload->progress_data);
}

static void
sent_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  HandoverClient *self = g_task_get_source_object (task);
  Upload *upload = g_task_get_task_data (task);
  SoupMessageHeaders *headers = soup_message_get_response_headers (upload->message);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = soup_session_send_and_read_finish (SOUP_SESSION (source), result, &error);
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (HandoverRecord) attachment = NULL;

  g_signal_handlers_disconnect_by_data (upload->message, upload);
  if (body != NULL)
    node = handover_answer_read (soup_message_get_status (upload->message),
                                 soup_message_headers_get_content_type (headers, NULL), body,
                                 handover_client_get_host (self), &error);
  if (node != NULL)
    attachment = handover_record_from_json (HANDOVER_TYPE_ATTACHMENT, node, NULL);
  if (error == NULL && attachment == NULL)
    error = g_error_new_literal (HANDOVER_PROBLEM, HANDOVER_PROBLEM_UNEXPECTED_ANSWER, "The answer is not a file's");

  if (attachment != NULL)
    g_task_return_pointer (task, g_steal_pointer (&attachment), g_object_unref);
  else
    fail (task, error);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  HandoverClient *self = g_task_get_source_object (task);
  Upload *upload = g_task_get_task_data (task);
  g_autofree char *disposition = handover_file_name_to_disposition (upload->name);
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInputStream) stream = g_file_read_finish (G_FILE (source), result, &error);
  SoupMessageHeaders *headers;

  if (stream == NULL)
    {
      /* It will not be there the next time either. */
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_task_return_new_error (task, HANDOVER_PROBLEM, HANDOVER_PROBLEM_INVALID_REQUEST, "%s", error->message);
      else
        g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  upload->message = handover_client_new_message (self, "POST", "/v1/attachments");
  headers = soup_message_get_request_headers (upload->message);
  soup_message_headers_append (headers, "Idempotency-Key", upload->key);
  soup_message_headers_append (headers, "Content-Disposition", disposition);
  soup_message_set_request_body (upload->message, "application/octet-stream", G_INPUT_STREAM (stream), upload->size);
  g_signal_connect (upload->message, "wrote-body-data", G_CALLBACK (wrote_body_data_cb), upload);
  soup_session_send_and_read_async (handover_client_get_session (self), upload->message, G_PRIORITY_DEFAULT,
                                    g_task_get_cancellable (task), sent_cb, g_object_ref (task));
}

/*
 * handover_client_upload_async:
 *
 * The gateway's upload: one try, without an end while bytes move.
 */
void
handover_client_upload_async (HandoverGateway       *gateway,
                              GFile                 *file,
                              const char            *name,
                              gint64                 size,
                              const char            *idempotency_key,
                              GFileProgressCallback  progress,
                              gpointer               progress_data,
                              GCancellable          *cancellable,
                              GAsyncReadyCallback    callback,
                              gpointer               user_data)
{
  GTask *task = g_task_new (gateway, cancellable, callback, user_data);
  Upload *upload = g_new0 (Upload, 1);

  upload->name = g_strdup (name);
  upload->key = g_strdup (idempotency_key);
  upload->size = size;
  upload->progress = progress;
  upload->progress_data = progress_data;
  g_task_set_source_tag (task, handover_client_upload_async);
  g_task_set_task_data (task, upload, upload_free);
  g_file_read_async (file, G_PRIORITY_DEFAULT, cancellable, read_cb, task);
}

/*
 * handover_client_upload_finish:
 *
 * Returns: (transfer full) (nullable): what the service has now
 */
HandoverAttachment *
handover_client_upload_finish (HandoverGateway  *gateway,
                               GAsyncResult     *result,
                               GError          **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
