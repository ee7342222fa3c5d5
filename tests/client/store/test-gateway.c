/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "test-gateway.h"

typedef struct
{
  char *method;
  char *path;
  char *key;
  JsonNode *body;
} Call;

struct _TestGateway
{
  GObject parent_instance;

  GQueue waiting;
};

typedef struct
{
  JsonNode *body;
  gint64 sequence;
} Answer;

static void
call_free (gpointer data)
{
  Call *call = data;

  g_free (call->method);
  g_free (call->path);
  g_free (call->key);
  g_clear_pointer (&call->body, json_node_unref);
  g_free (call);
}

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_clear_pointer (&answer->body, json_node_unref);
  g_free (answer);
}

static void
call_async (HandoverGateway     *gateway,
            const char          *method,
            const char          *path,
            JsonNode            *body,
            const char          *idempotency_key,
            GCancellable        *cancellable,
            GAsyncReadyCallback  callback,
            gpointer             user_data)
{
  TestGateway *self = TEST_GATEWAY (gateway);
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Call *call = g_new0 (Call, 1);

  call->method = g_strdup (method);
  call->path = g_strdup (path);
  call->key = g_strdup (idempotency_key);
  call->body = body != NULL ? json_node_copy (body) : NULL;
  g_task_set_task_data (task, call, call_free);
  g_queue_push_tail (&self->waiting, task);
}

static gboolean
call_finish (HandoverGateway  *gateway,
             GAsyncResult     *result,
             JsonNode        **body,
             gint64           *sequence,
             GError          **error)
{
  Answer *answer = g_task_propagate_pointer (G_TASK (result), error);

  if (answer == NULL)
    return FALSE;

  *body = g_steal_pointer (&answer->body);
  *sequence = answer->sequence;
  answer_free (answer);
  return TRUE;
}

/* A file is a call too: UPLOAD with its name for a path, or DOWNLOAD with its id. */
static void
upload_async (HandoverGateway       *gateway,
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
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInfo) info = g_file_query_info (file, "standard::size", G_FILE_QUERY_INFO_NONE, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpint (g_file_info_get_size (info), ==, size);
  call_async (gateway, "UPLOAD", name, NULL, idempotency_key, cancellable, callback, user_data);
  progress (size / 2, size, progress_data);
}

static HandoverAttachment *
upload_finish (HandoverGateway  *gateway,
               GAsyncResult     *result,
               GError          **error)
{
  g_autoptr (JsonNode) body = NULL;
  gint64 sequence;

  if (!call_finish (gateway, result, &body, &sequence, error))
    return NULL;

  return HANDOVER_ATTACHMENT (handover_record_from_json (HANDOVER_TYPE_ATTACHMENT, body, error));
}

static void
download_async (HandoverGateway       *gateway,
                const char            *attachment_id,
                GFile                 *target,
                gint64                 size,
                GFileProgressCallback  progress,
                gpointer               progress_data,
                GCancellable          *cancellable,
                GAsyncReadyCallback    callback,
                gpointer               user_data)
{
  call_async (gateway, "DOWNLOAD", attachment_id, NULL, NULL, cancellable, callback, user_data);
  g_object_set_data_full (g_queue_peek_tail (&TEST_GATEWAY (gateway)->waiting), "target", g_object_ref (target),
                          g_object_unref);
  progress (size / 2, size, progress_data);
}

static gboolean
download_finish (HandoverGateway  *gateway,
                 GAsyncResult     *result,
                 GError          **error)
{
  g_autoptr (JsonNode) body = NULL;
  gint64 sequence;

  return call_finish (gateway, result, &body, &sequence, error);
}

static void
gateway_iface_init (HandoverGatewayInterface *iface)
{
  iface->call_async = call_async;
  iface->call_finish = call_finish;
  iface->upload_async = upload_async;
  iface->upload_finish = upload_finish;
  iface->download_async = download_async;
  iface->download_finish = download_finish;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TestGateway, test_gateway, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (HANDOVER_TYPE_GATEWAY, gateway_iface_init))

static void
test_gateway_class_init (TestGatewayClass *klass)
{
}

static void
test_gateway_init (TestGateway *self)
{
  g_queue_init (&self->waiting);
}

TestGateway *
test_gateway_new (void)
{
  return g_object_new (TEST_TYPE_GATEWAY, NULL);
}

guint
test_gateway_get_waiting (TestGateway *self)
{
  return self->waiting.length;
}

void
test_gateway_wait (TestGateway *self,
                   guint        n_waiting)
{
  while (self->waiting.length < n_waiting)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (self->waiting.length, ==, n_waiting);
}

static Call *
current (TestGateway *self)
{
  g_assert_cmpuint (self->waiting.length, >, 0);
  return g_task_get_task_data (g_queue_peek_head (&self->waiting));
}

const char *
test_gateway_get_method (TestGateway *self)
{
  return current (self)->method;
}

const char *
test_gateway_get_path (TestGateway *self)
{
  return current (self)->path;
}

const char *
test_gateway_get_key (TestGateway *self)
{
  return current (self)->key;
}

JsonObject *
test_gateway_get_body (TestGateway *self)
{
  return json_node_get_object (current (self)->body);
}

void
test_gateway_answer (TestGateway *self,
                     const char  *body,
                     gint64       sequence)
{
  g_autoptr (GTask) task = g_queue_pop_head (&self->waiting);
  Answer *answer = g_new0 (Answer, 1);
  GFile *target = g_object_get_data (G_OBJECT (task), "target");
  g_autoptr (GError) error = NULL;

  if (body != NULL)
    answer->body = json_from_string (body, &error);
  g_assert_no_error (error);
  if (target != NULL)
    {
      const char *bytes = json_object_get_string_member (json_node_get_object (answer->body), "bytes");

      g_assert_true (g_file_replace_contents (target, bytes, strlen (bytes), NULL, FALSE, G_FILE_CREATE_NONE, NULL, NULL, NULL));
    }
  answer->sequence = sequence;
  g_task_return_pointer (task, answer, answer_free);
}

void
test_gateway_refuse (TestGateway     *self,
                     HandoverProblem  problem)
{
  g_autoptr (GTask) task = g_queue_pop_head (&self->waiting);

  g_task_return_new_error (task, HANDOVER_PROBLEM, problem, "The reason.");
}
