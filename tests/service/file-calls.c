/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "file-calls.h"

#include <string.h>

#include <sqlite3.h>

#include "answers.h"

void
file_answer_clear (FileAnswer *self)
{
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_pointer (&self->headers, soup_message_headers_unref);
  g_clear_error (&self->error);
}

static void
answered_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  FileAnswer *answer = data;

  answer->bytes = soup_session_send_and_read_finish (SOUP_SESSION (source), result, &answer->error);
  answer->done = TRUE;
}

static SoupMessage *
make_message (ServiceFixture *self,
              const char     *method,
              const char     *path,
              const char     *token)
{
  g_autofree char *address = g_strconcat (self->uri, path, NULL);
  g_autofree char *bearer = g_strconcat ("Bearer ", token, NULL);
  SoupMessage *message = soup_message_new (method, address);

  if (token != NULL)
    soup_message_headers_replace (soup_message_get_request_headers (message), "Authorization", bearer);
  return message;
}

static void
run (ServiceFixture *self,
     SoupMessage    *message,
     FileAnswer         *answer)
{
  g_autofree char *text = NULL;
  const char *type;

  soup_session_send_and_read_async (self->session, message, G_PRIORITY_DEFAULT, NULL, answered_cb, answer);
  service_fixture_spin (&answer->done);
  g_assert_no_error (answer->error);
  answer->status = soup_message_get_status (message);
  answer->headers = soup_message_headers_ref (soup_message_get_response_headers (message));

  type = soup_message_headers_get_content_type (answer->headers, NULL);
  text = g_str_has_suffix (type, "json") ? g_strndup (g_bytes_get_data (answer->bytes, NULL), g_bytes_get_size (answer->bytes))
                                         : g_strdup ("");
  answers_note (soup_message_get_method (message), g_uri_get_path (soup_message_get_uri (message)), answer->status, type,
                text);
}

FileAnswer
file_upload (ServiceFixture *self,
             const char     *path,
             const char     *token,
             const char     *disposition,
             const char     *key,
             gconstpointer   data,
             gsize           size)
{
  g_autoptr (SoupMessage) message = make_message (self, "POST", path, token);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  FileAnswer answer = { 0 };

  if (disposition != NULL)
    soup_message_headers_append (headers, "Content-Disposition", disposition);
  if (key != NULL)
    soup_message_headers_append (headers, "Idempotency-Key", key);
  /* What it claims to be is not believed. */
  soup_message_set_request_body_from_bytes (message, "text/html", bytes);
  run (self, message, &answer);
  return answer;
}

FileAnswer
file_download (ServiceFixture *self,
               const char     *prefix,
               const char     *token,
               const char     *id,
               const char     *range)
{
  g_autofree char *path = g_strconcat (prefix, "/attachments/", id, NULL);
  g_autoptr (SoupMessage) message = make_message (self, "GET", path, token);
  FileAnswer answer = { 0 };

  if (range != NULL)
    soup_message_headers_append (soup_message_get_request_headers (message), "Range", range);
  run (self, message, &answer);
  return answer;
}

HandoverAttachment *
file_read_attachment (const FileAnswer *answer)
{
  g_autofree char *text = g_strndup (g_bytes_get_data (answer->bytes, NULL), g_bytes_get_size (answer->bytes));
  g_autoptr (GError) error = NULL;
  HandoverRecord *record = handover_record_from_data (HANDOVER_TYPE_ATTACHMENT, text, &error);

  g_assert_no_error (error);
  return HANDOVER_ATTACHMENT (record);
}

/* The id of a small file that @token uploaded under @prefix. */
char *
file_put (ServiceFixture *self,
          const char     *prefix,
          const char     *token,
          const char     *bytes)
{
  g_autofree char *path = g_strconcat (prefix, "/attachments", NULL);
  g_auto (FileAnswer) answer = file_upload (self, path, token, "attachment; filename=\"rose.txt\"", NULL, bytes, strlen (bytes));
  g_autoptr (HandoverAttachment) attachment = NULL;

  g_assert_cmpuint (answer.status, ==, 201);
  attachment = file_read_attachment (&answer);
  return g_strdup (attachment->id);
}

gint64
file_ask (ServiceFixture *self,
          const char     *query)
{
  g_autofree char *path = g_build_filename (self->folder, "handoverd.db", NULL);
  sqlite3 *database;
  sqlite3_stmt *statement;
  gint64 number;

  g_assert_cmpint (sqlite3_open_v2 (path, &database, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (database, query, -1, &statement, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  number = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  sqlite3_close (database);
  return number;
}

char *
file_call (ServiceFixture *self,
           const char     *method,
           const char     *path,
           const char     *token,
           const char     *body,
           guint           status,
           const char     *member)
{
  g_autoptr (JsonNode) answer = service_fixture_call (self, method, path, token, NULL, body);

  if (self->status != status)
    g_error ("%s %s %s: %u, %s", method, path, body, self->status, answer != NULL ? json_to_string (answer, FALSE) : "");
  return member != NULL ? g_strdup (json_object_get_string_member (json_node_get_object (answer), member)) : NULL;
}

char *
file_make_key (ServiceFixture *self,
               const char     *token,
               const char     *name)
{
  g_autofree char *body = g_strdup_printf ("{\"name\":\"%s\",\"kind\":\"custom\"}", name);
  g_autofree char *id = file_call (self, "POST", "/v1/agents", token, body, 201, "id");
  g_autofree char *keys = g_strdup_printf ("/v1/agents/%s/keys", id);

  return file_call (self, "POST", keys, token, "{}", 201, "key");
}
