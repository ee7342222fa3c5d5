/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include <string.h>

#include <glib/gstdio.h>

#include "client/handover-client.h"
#include "client/scripted-server.h"
#include "client/store/handover-gateway.h"
#include "core/handover-problem.h"

#define UPLOAD "POST /v1/attachments"
#define DOWNLOAD "GET /v1/attachments/at_1"
#define TAKEN "{\"id\":\"at_1\",\"name\":\"rose.txt\",\"type\":\"text/plain\",\"size\":10}"
#define BYTES "rose bytes"

typedef struct
{
  ScriptedServer *server;
  HandoverClient *client;
  HandoverGateway *gateway;
  char *folder;
  GFile *file;
  GCancellable *cancellable;
  GAsyncResult *result;
  guint unauthorized;
  goffset current;
} Fixture;

static void
unauthorized_cb (Fixture *fixture)
{
  fixture->unauthorized++;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  fixture->server = scripted_server_new ();
  fixture->client = handover_client_new (scripted_server_get_address (fixture->server), &error);
  g_assert_no_error (error);
  fixture->gateway = HANDOVER_GATEWAY (fixture->client);
  handover_client_set_token (fixture->client, "token-of-kim");
  g_signal_connect_swapped (fixture->client, "unauthorized", G_CALLBACK (unauthorized_cb), fixture);
  fixture->folder = g_dir_make_tmp ("handover-client-files-XXXXXX", NULL);
  path = g_build_filename (fixture->folder, "rose.txt", NULL);
  fixture->file = g_file_new_for_path (path);
  fixture->cancellable = g_cancellable_new ();
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_file_delete (fixture->file, NULL, NULL);
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->folder);
  g_object_unref (fixture->file);
  g_object_unref (fixture->cancellable);
  g_assert_finalize_object (fixture->client);
  scripted_server_free (fixture->server);
}

static void
result_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  ((Fixture *) data)->result = g_object_ref (result);
}

static void
progress_cb (goffset  current,
             goffset  total,
             gpointer data)
{
  Fixture *fixture = data;

  g_assert_cmpint (current, >=, fixture->current);
  g_assert_cmpint (current, <=, total);
  fixture->current = current;
}

static void
begin_upload (Fixture    *fixture,
              const char *bytes)
{
  fixture->current = 0;
  if (bytes != NULL)
    g_assert_true (g_file_replace_contents (fixture->file, bytes, strlen (bytes), NULL, FALSE, G_FILE_CREATE_NONE, NULL,
                                            NULL, NULL));
  handover_gateway_upload_async (fixture->gateway, fixture->file, "größe \"x\".txt", bytes != NULL ? strlen (bytes) : 1, "k",
                                 progress_cb, fixture, fixture->cancellable, result_cb, fixture);
}

static HandoverAttachment *
finish_upload (Fixture  *fixture,
               GError  **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  wait_until (fixture->result != NULL);
  result = g_steal_pointer (&fixture->result);
  return handover_gateway_upload_finish (fixture->gateway, result, error);
}

static gboolean
download (Fixture  *fixture,
          gint64    size,
          GError  **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  fixture->current = 0;
  handover_gateway_download_async (fixture->gateway, "at_1", fixture->file, size, progress_cb, fixture,
                                   fixture->cancellable, result_cb, fixture);
  wait_until (fixture->result != NULL);
  result = g_steal_pointer (&fixture->result);
  return handover_gateway_download_finish (fixture->gateway, result, error);
}

/* Neither the file nor what was to become it. */
static void
assert_nothing (Fixture *fixture)
{
  g_autoptr (GDir) entries = g_dir_open (fixture->folder, 0, NULL);

  g_assert_null (g_dir_read_name (entries));
}

static void
test_upload (Fixture       *fixture,
             gconstpointer  data)
{
  g_autofree char *bytes = g_strnfill (700000, 'x');
  g_autoptr (HandoverAttachment) attachment = NULL;
  const ScriptedRequest *request;
  g_autoptr (GError) error = NULL;

  scripted_server_answer (fixture->server, UPLOAD, 201, TAKEN);
  begin_upload (fixture, bytes);
  attachment = finish_upload (fixture, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (attachment->id, ==, "at_1");
  g_assert_cmpint (fixture->current, ==, 700000);

  request = scripted_server_get_request (fixture->server, UPLOAD, 0);
  g_assert_cmpstr (request->body, ==, bytes);
  g_assert_cmpstr (request->authorization, ==, "Bearer token-of-kim");
  g_assert_cmpstr (request->idempotency_key, ==, "k");
  g_assert_cmpstr (request->disposition, ==,
                   "attachment; filename=\"gr____e _x_.txt\"; filename*=UTF-8''gr%C3%B6%C3%9Fe%20%22x%22.txt");
}

static void
test_upload_refused (Fixture       *fixture,
                     gconstpointer  data)
{
  const struct
  {
    guint status;
    const char *body;
    HandoverProblem problem;
    guint unauthorized;
  } cases[] = {
    { 413, "{\"code\":\"too_large\",\"detail\":\"Too large.\",\"status\":413}", HANDOVER_PROBLEM_TOO_LARGE, 0 },
    { 503, "{\"code\":\"busy\",\"detail\":\"Wait.\",\"status\":503}", HANDOVER_PROBLEM_BUSY, 0 },
    { 201, "{\"id\":7}", HANDOVER_PROBLEM_UNEXPECTED_ANSWER, 0 },
    { 201, NULL, HANDOVER_PROBLEM_UNEXPECTED_ANSWER, 0 },
    { SCRIPTED_DROP, NULL, HANDOVER_PROBLEM_UNREACHABLE, 0 },
    { 401, "{\"code\":\"unauthorized\",\"detail\":\"Sign in.\",\"status\":401}", HANDOVER_PROBLEM_UNAUTHORIZED, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    scripted_server_answer (fixture->server, UPLOAD, cases[i].status, cases[i].body);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      begin_upload (fixture, BYTES);
      g_assert_null (finish_upload (fixture, &error));
      g_assert_error (error, HANDOVER_PROBLEM, (int) cases[i].problem);
      g_assert_cmpuint (fixture->unauthorized, ==, cases[i].unauthorized);
    }
}

static void
test_upload_of_nothing (Fixture       *fixture,
                        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  begin_upload (fixture, NULL);
  g_assert_null (finish_upload (fixture, &error));
  g_assert_error (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_INVALID_REQUEST);
}

static void
test_upload_cancelled (Fixture       *fixture,
                       gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  scripted_server_answer (fixture->server, UPLOAD, SCRIPTED_SILENCE, NULL);
  begin_upload (fixture, BYTES);
  wait_until (scripted_server_count (fixture->server, UPLOAD) == 1);
  g_cancellable_cancel (fixture->cancellable);
  g_assert_null (finish_upload (fixture, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_download (Fixture       *fixture,
               gconstpointer  data)
{
  g_autofree char *bytes = g_strnfill (300000, 'x');
  g_autofree char *path = g_file_get_path (fixture->file);
  g_autofree char *contents = NULL;
  g_autoptr (GError) error = NULL;
  GStatBuf about;

  scripted_server_answer (fixture->server, DOWNLOAD, 200, bytes);
  g_assert_true (download (fixture, 300000, &error));
  g_assert_no_error (error);
  g_assert_cmpint (fixture->current, ==, 300000);
  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, bytes);
  g_assert_cmpint (g_stat (path, &about), ==, 0);
  g_assert_cmpuint (about.st_mode & 0777, ==, 0600);
}

/* What is not the whole file is no file. */
static void
test_download_refused (Fixture       *fixture,
                       gconstpointer  data)
{
  const struct
  {
    guint status;
    const char *body;
    HandoverProblem problem;
    guint unauthorized;
  } cases[] = {
    { 200, "rose", HANDOVER_PROBLEM_UNREACHABLE, 0 },
    { 200, BYTES "!", HANDOVER_PROBLEM_UNEXPECTED_ANSWER, 0 },
    { 200, "", HANDOVER_PROBLEM_UNREACHABLE, 0 },
    { 404, "{\"code\":\"not_found\",\"detail\":\"Gone.\",\"status\":404}", HANDOVER_PROBLEM_NOT_FOUND, 0 },
    { 302, "<html>elsewhere</html>", HANDOVER_PROBLEM_UNEXPECTED_ANSWER, 0 },
    { SCRIPTED_DROP, NULL, HANDOVER_PROBLEM_UNREACHABLE, 0 },
    { 401, "{\"code\":\"unauthorized\",\"detail\":\"Sign in.\",\"status\":401}", HANDOVER_PROBLEM_UNAUTHORIZED, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    scripted_server_answer (fixture->server, DOWNLOAD, cases[i].status, cases[i].body);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%u", cases[i].status);
      g_assert_false (download (fixture, strlen (BYTES), &error));
      g_assert_error (error, HANDOVER_PROBLEM, (int) cases[i].problem);
      g_assert_cmpuint (fixture->unauthorized, ==, cases[i].unauthorized);
      assert_nothing (fixture);
    }
}

static void
test_download_cancelled (Fixture       *fixture,
                         gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  scripted_server_answer (fixture->server, DOWNLOAD, SCRIPTED_SILENCE, NULL);
  handover_gateway_download_async (fixture->gateway, "at_1", fixture->file, 10, progress_cb, fixture,
                                   fixture->cancellable, result_cb, fixture);
  wait_until (scripted_server_count (fixture->server, DOWNLOAD) == 1);
  g_cancellable_cancel (fixture->cancellable);
  wait_until (fixture->result != NULL);
  result = g_steal_pointer (&fixture->result);
  g_assert_false (handover_gateway_download_finish (fixture->gateway, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_nothing (fixture);
}

#define ADD(name, function) g_test_add ("/client-files/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("upload", test_upload);
  ADD ("upload-refused", test_upload_refused);
  ADD ("upload-of-nothing", test_upload_of_nothing);
  ADD ("upload-cancelled", test_upload_cancelled);
  ADD ("download", test_download);
  ADD ("download-refused", test_download_refused);
  ADD ("download-cancelled", test_download_cancelled);

  return g_test_run ();
}
