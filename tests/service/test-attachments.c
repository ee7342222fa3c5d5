/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "answers.h"
#include "service-fixture.h"

#include <string.h>

#include <sqlite3.h>

#include "core/handover-attachment.h"
#include "service/store/handover-store-attachments.h"

#define ADD(name, function) \
  g_test_add ("/attachments/" name, ServiceFixture, NULL, service_fixture_set_up, function, service_fixture_tear_down)

#define PNG "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x40\0\0\0\x30\x08"

/* One answer to a request whose body or answer is no JSON. */
typedef struct
{
  guint status;
  GBytes *bytes;
  SoupMessageHeaders *headers;
  GError *error;
  gboolean done;
} Answer;

static void
answer_clear (Answer *self)
{
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_pointer (&self->headers, soup_message_headers_unref);
  g_clear_error (&self->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Answer, answer_clear)

static void
answered_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  Answer *answer = data;

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
     Answer         *answer)
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

static Answer
upload (ServiceFixture *self,
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
  Answer answer = { 0 };

  if (disposition != NULL)
    soup_message_headers_append (headers, "Content-Disposition", disposition);
  if (key != NULL)
    soup_message_headers_append (headers, "Idempotency-Key", key);
  /* What it claims to be is not believed. */
  soup_message_set_request_body_from_bytes (message, "text/html", bytes);
  run (self, message, &answer);
  return answer;
}

static Answer
download (ServiceFixture *self,
          const char     *prefix,
          const char     *token,
          const char     *id,
          const char     *range)
{
  g_autofree char *path = g_strconcat (prefix, "/attachments/", id, NULL);
  g_autoptr (SoupMessage) message = make_message (self, "GET", path, token);
  Answer answer = { 0 };

  if (range != NULL)
    soup_message_headers_append (soup_message_get_request_headers (message), "Range", range);
  run (self, message, &answer);
  return answer;
}

static HandoverAttachment *
read_attachment (const Answer *answer)
{
  g_autofree char *text = g_strndup (g_bytes_get_data (answer->bytes, NULL), g_bytes_get_size (answer->bytes));
  g_autoptr (GError) error = NULL;
  HandoverRecord *record = handover_record_from_data (HANDOVER_TYPE_ATTACHMENT, text, &error);

  g_assert_no_error (error);
  return HANDOVER_ATTACHMENT (record);
}

/* The id of a small file that @token uploaded under @prefix. */
static char *
put (ServiceFixture *self,
     const char     *prefix,
     const char     *token,
     const char     *bytes)
{
  g_autofree char *path = g_strconcat (prefix, "/attachments", NULL);
  g_auto (Answer) answer = upload (self, path, token, "attachment; filename=\"rose.txt\"", NULL, bytes, strlen (bytes));
  g_autoptr (HandoverAttachment) attachment = NULL;

  g_assert_cmpuint (answer.status, ==, 201);
  attachment = read_attachment (&answer);
  return g_strdup (attachment->id);
}

static gint64
ask (ServiceFixture *self,
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

static char *
call (ServiceFixture *self,
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

static char *
make_key (ServiceFixture *self,
          const char     *token,
          const char     *name)
{
  g_autofree char *body = g_strdup_printf ("{\"name\":\"%s\",\"kind\":\"custom\"}", name);
  g_autofree char *id = call (self, "POST", "/v1/agents", token, body, 201, "id");
  g_autofree char *keys = g_strdup_printf ("/v1/agents/%s/keys", id);

  return call (self, "POST", keys, token, "{}", 201, "key");
}

static char *
sign_up_another (ServiceFixture *self)
{
  return call (self, "POST", "/v1/auth/sign-up", NULL,
               "{\"business_name\":\"Other\",\"name\":\"Lee\",\"email\":\"lee@example.com\",\"password\":\"" PASSWORD "\"}",
               201, "token");
}

static char *
invite_colleague (ServiceFixture *self)
{
  g_autofree char *link = call (self, "POST", "/v1/team/invites", self->token, "{\"role\":\"operator\"}", 201, "invite");
  g_autofree char *body = g_strdup_printf ("{\"invite\":\"%s\",\"name\":\"Ann\",\"email\":\"ann@example.com\","
                                           "\"password\":\"" PASSWORD "\"}", link);

  return call (self, "POST", "/v1/auth/accept-invite", NULL, body, 201, "token");
}

/* --- Bytes --- */

static void
test_sizes (ServiceFixture *self,
            gconstpointer   data)
{
  const gsize sizes[] = {
    1, 1000, HANDOVER_ATTACHMENT_PART - 1, HANDOVER_ATTACHMENT_PART, HANDOVER_ATTACHMENT_PART + 1,
    3 * HANDOVER_ATTACHMENT_PART, 5 * HANDOVER_ATTACHMENT_PART + 77,
  };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree guint8 *bytes = g_malloc (sizes[i]);
      g_autoptr (HandoverAttachment) attachment = NULL;
      g_autoptr (GBytes) sent = NULL;

      for (gsize j = 0; j < sizes[i]; j++)
        bytes[j] = j ^ j >> 8 ^ j >> 16;
      sent = g_bytes_new (bytes, sizes[i]);
      {
        g_auto (Answer) answer = upload (self, "/v1/attachments", self->token, NULL, NULL, bytes, sizes[i]);

        g_assert_cmpuint (answer.status, ==, 201);
        attachment = read_attachment (&answer);
        g_assert_cmpint (attachment->size, ==, sizes[i]);
        g_assert_cmpstr (attachment->name, ==, "file");
      }
      {
        g_auto (Answer) answer = download (self, "/v1", self->token, attachment->id, NULL);

        g_assert_cmpuint (answer.status, ==, 200);
        g_assert_cmpint (soup_message_headers_get_content_length (answer.headers), ==, sizes[i]);
        g_assert_true (g_bytes_equal (answer.bytes, sent));
      }
    }
}

static void
test_what_it_is (ServiceFixture *self,
                 gconstpointer   data)
{
  g_auto (Answer) up = upload (self, "/v1/attachments", self->token, "attachment; filename*=UTF-8''..%2Fgr%C3%BCn%20%22x%22.html",
                               NULL, PNG, sizeof PNG - 1);
  g_autoptr (HandoverAttachment) attachment = read_attachment (&up);
  g_auto (Answer) down = download (self, "/v1", self->token, attachment->id, NULL);
  const struct
  {
    const char *name;
    const char *value;
  } headers[] = {
    { "Content-Type", "image/png" },
    { "Content-Disposition", "attachment; filename=\"gr__n _x_.html\"; filename*=UTF-8''gr%C3%BCn%20%22x%22.html" },
    { "X-Content-Type-Options", "nosniff" },
    { "Content-Security-Policy", "sandbox; default-src 'none'" },
    { "Cache-Control", "private, max-age=86400, immutable" },
    { "Accept-Ranges", "bytes" },
  };

  g_assert_cmpstr (attachment->name, ==, "grün \"x\".html");
  g_assert_cmpstr (attachment->type, ==, "image/png");
  g_assert_cmpint (attachment->width, ==, 64);
  g_assert_cmpint (attachment->height, ==, 48);
  for (guint i = 0; i < G_N_ELEMENTS (headers); i++)
    g_assert_cmpstr (soup_message_headers_get_one (down.headers, headers[i].name), ==, headers[i].value);
}

/* Whatever a browser would run comes as what it cannot run. */
static void
test_no_page (ServiceFixture *self,
              gconstpointer   data)
{
  g_autofree char *id = put (self, "/v1", self->token, "<html><script>alert(1)</script></html>");
  g_auto (Answer) answer = download (self, "/v1", self->token, id, NULL);

  g_assert_cmpstr (soup_message_headers_get_one (answer.headers, "Content-Type"), ==, "text/plain");
  g_assert_true (g_str_has_prefix (soup_message_headers_get_one (answer.headers, "Content-Disposition"), "attachment;"));
}

static void
test_ranges (ServiceFixture *self,
             gconstpointer   data)
{
  const gsize size = 2 * HANDOVER_ATTACHMENT_PART + 10;
  g_autofree guint8 *bytes = g_malloc (size);
  g_autoptr (HandoverAttachment) attachment = NULL;
  const struct
  {
    const char *range;
    gsize first;
    gsize length;
  } cases[] = {
    { "bytes=0-0", 0, 1 },
    { "bytes=5-", 5, 2 * HANDOVER_ATTACHMENT_PART + 5 },
    { "bytes=262140-262150", 262140, 11 },
    { "bytes=262144-524287", 262144, 262144 },
    { "bytes=-7", 2 * HANDOVER_ATTACHMENT_PART + 3, 7 },
    { "bytes=524290-9999999999", 524290, 8 },
    { "bytes=-9999999999", 0, 2 * HANDOVER_ATTACHMENT_PART + 10 },
    /* What is no range of the file is answered with all of it. */
    { "bytes=524298-", 0, 0 },
    { "bytes=9-5", 0, 0 },
    { "bytes=0-1,5-6", 0, 0 },
    { "bytes=x-", 0, 0 },
    { "bytes=-", 0, 0 },
    { "bytes=-0", 0, 0 },
    { "bytes=1", 0, 0 },
    { "bytes=18446744073709551616-", 0, 0 },
    { "lines=1-2", 0, 0 },
  };

  for (gsize i = 0; i < size; i++)
    bytes[i] = i ^ i >> 7;
  {
    g_auto (Answer) answer = upload (self, "/v1/attachments", self->token, NULL, NULL, bytes, size);

    attachment = read_attachment (&answer);
  }
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (Answer) answer = download (self, "/v1", self->token, attachment->id, cases[i].range);
      gsize length = cases[i].length > 0 ? cases[i].length : size;

      g_test_message ("%s", cases[i].range);
      g_assert_cmpuint (answer.status, ==, cases[i].length > 0 ? 206 : 200);
      g_assert_cmpmem (g_bytes_get_data (answer.bytes, NULL), g_bytes_get_size (answer.bytes), bytes + cases[i].first, length);
    }
}

static void
test_repeated (ServiceFixture *self,
               gconstpointer   data)
{
  g_autofree char *bytes = g_strnfill (HANDOVER_ATTACHMENT_PART + 5, 'x');
  g_auto (Answer) first = upload (self, "/v1/attachments", self->token, NULL, "k", bytes, strlen (bytes));
  g_auto (Answer) again = upload (self, "/v1/attachments", self->token, NULL, "k", bytes, strlen (bytes));
  g_auto (Answer) other = upload (self, "/v1/attachments", self->token, NULL, "k", "y", 1);
  g_auto (Answer) named = upload (self, "/v1/attachments", self->token, "attachment; filename=y", "k", bytes, strlen (bytes));

  g_assert_cmpuint (first.status, ==, 201);
  g_assert_cmpuint (again.status, ==, 201);
  g_assert_true (g_bytes_equal (first.bytes, again.bytes));
  g_assert_cmpuint (other.status, ==, 409);
  g_assert_cmpuint (named.status, ==, 409);

  /* What came twice was stored once. */
  while (ask (self, "SELECT count(*) FROM attachment_parts") != 2)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpint (ask (self, "SELECT count(*) FROM attachments"), ==, 1);
}

/* --- Refusals --- */

static void
test_refused (ServiceFixture *self,
              gconstpointer   data)
{
  g_autofree char *key = make_key (self, self->token, "Bot");
  const struct
  {
    const char *path;
    const char *token;
    const char *bytes;
    guint status;
  } cases[] = {
    { "/v1/attachments", NULL, "x", 401 },
    { "/v1/attachments", "nonsense", "x", 401 },
    { "/v1/attachments", key, "x", 401 },
    { "/agent/v1/attachments", self->token, "x", 401 },
    { "/v1/attachments", self->token, "", 400 },
    { "/agent/v1/attachments", key, "", 400 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (Answer) answer = upload (self, cases[i].path, cases[i].token, NULL, NULL, cases[i].bytes, strlen (cases[i].bytes));

      g_assert_cmpuint (answer.status, ==, cases[i].status);
    }
  g_assert_cmpint (ask (self, "SELECT count(*) FROM attachments"), ==, 0);
}

static void
begin_upload (GIOStream  *connection,
              const char *token,
              const char *how)
{
  g_autofree char *head = g_strdup_printf ("POST /v1/attachments HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n"
                                           "%s\r\n\r\n", token, how);

  service_fixture_write (connection, head);
}

/* Before the first byte where the head says it, else as soon as it is seen; and nothing of it stays. */
static void
test_too_large (ServiceFixture *self,
                gconstpointer   data)
{
  const char *const heads[] = {
    "Content-Length: 26214401",
    "Content-Length: 26214401\r\nExpect: 100-continue",
    "Transfer-Encoding: chunked",
  };
  g_autofree char *filling = g_strnfill (HANDOVER_LIMIT_ATTACHMENT + 1, 'x');

  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    {
      g_autoptr (GIOStream) connection = service_fixture_connect (self);
      g_autoptr (GString) text = g_string_new (NULL);

      begin_upload (connection, self->token, heads[i]);
      if (i == 2)
        {
          service_fixture_write (connection, "1900001\r\n");
          service_fixture_write (connection, filling);
        }
      g_assert_true (service_fixture_read (connection, text, "\"too_large\""));
      g_assert_true (g_str_has_prefix (text->str, "HTTP/1.1 413 "));
    }

  while (ask (self, "SELECT count(*) FROM attachments") > 0 || ask (self, "SELECT count(*) FROM attachment_parts") > 0)
    g_main_context_iteration (NULL, FALSE);
}

/* The largest file there may be goes in and out. */
static void
test_largest (ServiceFixture *self,
              gconstpointer   data)
{
  g_autofree char *bytes = g_strnfill (HANDOVER_LIMIT_ATTACHMENT, 'x');
  g_auto (Answer) up = upload (self, "/v1/attachments", self->token, NULL, NULL, bytes, HANDOVER_LIMIT_ATTACHMENT);
  g_autoptr (HandoverAttachment) attachment = read_attachment (&up);
  g_auto (Answer) down = download (self, "/v1", self->token, attachment->id, NULL);

  g_assert_cmpuint (up.status, ==, 201);
  g_assert_cmpmem (g_bytes_get_data (down.bytes, NULL), g_bytes_get_size (down.bytes), bytes, HANDOVER_LIMIT_ATTACHMENT);
}

/* Whoever leaves in the middle leaves nothing behind, wherever the service was just then. */
static void
test_client_leaves (ServiceFixture *self,
                    gconstpointer   data)
{
  g_autofree char *bytes = g_strnfill (3 * HANDOVER_ATTACHMENT_PART, 'x');

  for (guint i = 0; i < 12; i++)
    {
      g_autoptr (GIOStream) connection = service_fixture_connect (self);

      begin_upload (connection, self->token, "Content-Length: 2000000");
      bytes[i * 65536] = '\0';
      service_fixture_write (connection, bytes);
      bytes[i * 65536] = 'x';
      if (i % 2 == 0)
        while (ask (self, "SELECT count(*) FROM attachment_parts") < (gint64) (i / 4))
          g_main_context_iteration (NULL, FALSE);
      g_io_stream_close (connection, NULL, NULL);
      while (ask (self, "SELECT count(*) FROM attachments") > 0 || ask (self, "SELECT count(*) FROM attachment_parts") > 0)
        g_main_context_iteration (NULL, FALSE);
    }
}

/* One caller holds four places, and no more; when one is free, the next is let in. */
static void
test_crowded (ServiceFixture *self,
              gconstpointer   data)
{
  g_autoptr (GPtrArray) connections = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *key = make_key (self, self->token, "Bot");
  g_autofree char *bytes = g_strnfill (HANDOVER_ATTACHMENT_PART, 'x');
  g_autofree char *other = NULL;

  for (guint i = 0; i < 4; i++)
    {
      g_ptr_array_add (connections, service_fixture_connect (self));
      begin_upload (g_ptr_array_index (connections, i), self->token, "Content-Length: 2000000");
      service_fixture_write (g_ptr_array_index (connections, i), bytes);
    }
  while (ask (self, "SELECT count(*) FROM attachments") < 4)
    g_main_context_iteration (NULL, FALSE);
  {
    g_auto (Answer) answer = upload (self, "/v1/attachments", self->token, NULL, NULL, "x", 1);

    g_assert_cmpuint (answer.status, ==, 503);
    g_assert_cmpstr (soup_message_headers_get_one (answer.headers, "Retry-After"), ==, "1");
  }
  other = put (self, "/agent/v1", key, "x");

  g_io_stream_close (g_ptr_array_index (connections, 0), NULL, NULL);
  while (ask (self, "SELECT count(*) FROM attachments") > 4)
    g_main_context_iteration (NULL, FALSE);
  g_clear_pointer (&other, g_free);
  other = put (self, "/v1", self->token, "x");
}

/* --- Who may see what --- */

static void
assert_download (ServiceFixture *self,
                 const char     *prefix,
                 const char     *token,
                 const char     *id,
                 guint           status)
{
  g_auto (Answer) answer = download (self, prefix, token, id, NULL);

  g_assert_cmpuint (answer.status, ==, status);
}

static char *
claim_conversation (ServiceFixture *self,
                    const char     *key,
                    const char     *external_id)
{
  g_autofree char *body = g_strdup_printf ("{\"conversation\":{\"external_id\":\"%s\"},\"summary\":\"x\",\"trigger\":\"policy\"}",
                                           external_id);
  g_autofree char *id = call (self, "POST", "/agent/v1/escalations", key, body, 201, "conversation_id");
  g_autofree char *claim = g_strdup_printf ("/v1/conversations/%s/claim", id);

  call (self, "POST", claim, self->token, NULL, 200, NULL);
  return g_steal_pointer (&id);
}

/* One message with one file, or the refusal of it. */
static void
post (ServiceFixture *self,
      const char     *path,
      const char     *token,
      const char     *members,
      const char     *id,
      guint           status)
{
  g_autofree char *body = g_strdup_printf ("{%s,\"attachments\":[\"%s\"]}", members, id);

  call (self, "POST", path, token, body, status, NULL);
}

static void
test_reply (ServiceFixture *self,
            gconstpointer   data)
{
  g_autofree char *key = make_key (self, self->token, "Bot");
  g_autofree char *stranger = make_key (self, self->token, "Other bot");
  g_autofree char *colleague = invite_colleague (self);
  g_autofree char *other = sign_up_another (self);
  g_autofree char *conversation = claim_conversation (self, key, "talk");
  g_autofree char *messages = g_strdup_printf ("/v1/conversations/%s/messages", conversation);
  g_autofree char *id = put (self, "/v1", self->token, "a rose");
  g_autofree char *theirs = put (self, "/v1", colleague, "a thorn");

  /* Before it is sent it is its uploader's alone. */
  assert_download (self, "/v1", self->token, id, 200);
  assert_download (self, "/v1", colleague, id, 404);
  assert_download (self, "/v1", other, id, 404);
  assert_download (self, "/agent/v1", key, id, 404);
  post (self, messages, self->token, "\"kind\":\"reply\"", theirs, 422);
  post (self, messages, self->token, "\"kind\":\"reply\"", "at_none", 422);
  post (self, messages, other, "\"kind\":\"reply\"", id, 404);

  {
    g_autofree char *body = g_strdup_printf ("{\"kind\":\"reply\",\"attachments\":[\"%s\"]}", id);
    g_autoptr (JsonNode) answer = service_fixture_call (self, "POST", messages, self->token, "k", body);
    g_autoptr (JsonNode) again = service_fixture_call (self, "POST", messages, self->token, "k", body);
    JsonArray *attachments = json_object_get_array_member (json_node_get_object (answer), "attachments");

    g_assert_cmpuint (self->status, ==, 201);
    g_assert_true (json_node_equal (answer, again));
    g_assert_cmpstr (json_object_get_string_member (json_node_get_object (answer), "text"), ==, "");
    g_assert_cmpuint (json_array_get_length (attachments), ==, 1);
    g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (attachments, 0), "name"), ==, "rose.txt");
  }
  post (self, messages, self->token, "\"kind\":\"reply\"", id, 422);

  assert_download (self, "/v1", colleague, id, 200);
  assert_download (self, "/agent/v1", key, id, 200);
  assert_download (self, "/agent/v1", stranger, id, 404);
  assert_download (self, "/v1", other, id, 404);
  assert_download (self, "/v1", NULL, id, 401);
  assert_download (self, "/v1", key, id, 401);
  assert_download (self, "/agent/v1", self->token, id, 401);

  /* The row of a list says what came last, though it has no words. */
  {
    g_autofree char *path = g_strdup_printf ("/v1/conversations/%s", conversation);
    g_autoptr (JsonNode) answer = service_fixture_call (self, "GET", path, self->token, NULL, NULL);
    JsonObject *last = json_object_get_object_member (json_node_get_object (answer), "last_message");
    JsonArray *attachments = json_object_get_array_member (last, "attachments");

    g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (attachments, 0), "id"), ==, id);
  }
}

/* A note is the team's own, with all that is in it. */
static void
test_note (ServiceFixture *self,
           gconstpointer   data)
{
  g_autofree char *key = make_key (self, self->token, "Bot");
  g_autofree char *colleague = invite_colleague (self);
  g_autofree char *conversation = claim_conversation (self, key, "talk");
  g_autofree char *messages = g_strdup_printf ("/v1/conversations/%s/messages", conversation);
  g_autofree char *id = put (self, "/v1", self->token, "between us");

  post (self, messages, self->token, "\"kind\":\"note\"", id, 201);
  assert_download (self, "/v1", colleague, id, 200);
  assert_download (self, "/agent/v1", key, id, 404);
  post (self, "/agent/v1/conversations/talk/messages", key, "\"author\":\"customer\"", id, 422);
}

static void
test_agent (ServiceFixture *self,
            gconstpointer   data)
{
  g_autofree char *key = make_key (self, self->token, "Bot");
  g_autofree char *stranger = make_key (self, self->token, "Other bot");
  g_autofree char *photo = put (self, "/agent/v1", key, "what arrived");
  g_autofree char *menu = put (self, "/agent/v1", key, "the menu");
  g_autofree char *late = put (self, "/agent/v1", key, "too late");
  g_autofree char *cry = NULL;
  g_autofree char *path = NULL;
  g_autofree char *id = NULL;

  assert_download (self, "/v1", self->token, photo, 404);
  post (self, "/agent/v1/conversations/talk/messages", stranger, "\"author\":\"customer\"", photo, 422);
  post (self, "/agent/v1/conversations/talk/messages", key, "\"author\":\"customer\"", photo, 201);
  post (self, "/agent/v1/conversations/talk/messages", key, "\"author\":\"agent\",\"text\":\"Here\"", menu, 201);
  post (self, "/agent/v1/conversations/other/messages", key, "\"author\":\"agent\",\"text\":\"Here\"", menu, 422);
  assert_download (self, "/v1", self->token, photo, 200);
  assert_download (self, "/agent/v1", stranger, photo, 404);

  /* The transcript may tell of them again, and of one more; what is there is not stored twice. */
  cry = g_strdup_printf ("{\"conversation\":{\"external_id\":\"talk\"},\"summary\":\"x\",\"trigger\":\"policy\",\"transcript\":["
                         "{\"author\":\"customer\",\"attachments\":[\"%s\"]},"
                         "{\"author\":\"agent\",\"text\":\"Here\",\"attachments\":[\"%s\"]},"
                         "{\"author\":\"customer\",\"text\":\"Look again\",\"attachments\":[\"%s\"]}]}", photo, menu, photo);
  id = call (self, "POST", "/agent/v1/escalations", key, cry, 201, "conversation_id");
  path = g_strdup_printf ("/v1/conversations/%s/messages", id);
  {
    g_autoptr (JsonNode) answer = service_fixture_call (self, "GET", path, self->token, NULL, NULL);
    JsonArray *items = json_object_get_array_member (json_node_get_object (answer), "items");
    guint n_with_files = 0;

    for (guint i = 0; i < json_array_get_length (items); i++)
      n_with_files += json_array_get_length (json_object_get_array_member (json_array_get_object_element (items, i),
                                                                           "attachments"));
    g_assert_cmpuint (n_with_files, ==, 3);
  }

  /* Frozen: what it tries is kept with its file, for people alone. */
  post (self, "/agent/v1/conversations/talk/messages", key, "\"author\":\"agent\",\"text\":\"No\",\"epoch\":1", late, 409);
  assert_download (self, "/v1", self->token, late, 200);
}

/* A summary is needed where nobody wrote a word. */
static void
test_photo_reopens (ServiceFixture *self,
                    gconstpointer   data)
{
  g_autofree char *key = make_key (self, self->token, "Bot");
  g_autofree char *conversation = claim_conversation (self, key, "talk");
  g_autofree char *resolve = g_strdup_printf ("/v1/conversations/%s/resolve", conversation);
  g_autofree char *path = g_strdup_printf ("/v1/conversations/%s", conversation);
  g_autofree char *photo = put (self, "/agent/v1", key, "what arrived");
  g_autoptr (JsonNode) agents = NULL;
  g_autofree char *agent = NULL;

  call (self, "POST", resolve, self->token, "{\"outcome\":\"close\"}", 200, NULL);
  agents = service_fixture_call (self, "GET", path, self->token, NULL, NULL);
  agent = g_strdup_printf ("/v1/agents/%s", json_object_get_string_member (json_node_get_object (agents), "agent_id"));
  call (self, "PATCH", agent, self->token, "{\"enabled\":false}", 200, NULL);
  post (self, "/agent/v1/conversations/talk/messages", key, "\"author\":\"customer\"", photo, 201);
  {
    g_autoptr (JsonNode) answer = service_fixture_call (self, "GET", path, self->token, NULL, NULL);
    JsonObject *escalation = json_object_get_object_member (json_node_get_object (answer), "escalation");

    g_assert_cmpstr (json_object_get_string_member (escalation, "summary"), ==, "The customer sent a file: rose.txt");
  }
}

/* Stopping waits for nobody who is slow to send. */
static void
stopped_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      data)
{
  *(gboolean *) data = TRUE;
}

static void
test_stopping (ServiceFixture *self,
               gconstpointer   data)
{
  g_autoptr (GIOStream) connection = service_fixture_connect (self);
  g_autofree char *bytes = g_strnfill (HANDOVER_ATTACHMENT_PART, 'x');
  gboolean done = FALSE;

  begin_upload (connection, self->token, "Content-Length: 2000000");
  service_fixture_write (connection, bytes);
  while (ask (self, "SELECT count(*) FROM attachments") < 1)
    g_main_context_iteration (NULL, FALSE);
  handover_service_stop_async (self->service, stopped_cb, &done);
  service_fixture_spin (&done);
  g_clear_object (&self->service);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("sizes", test_sizes);
  ADD ("what-it-is", test_what_it_is);
  ADD ("no-page", test_no_page);
  ADD ("ranges", test_ranges);
  ADD ("repeated", test_repeated);
  ADD ("refused", test_refused);
  ADD ("too-large", test_too_large);
  ADD ("largest", test_largest);
  ADD ("client-leaves", test_client_leaves);
  ADD ("crowded", test_crowded);
  ADD ("reply", test_reply);
  ADD ("note", test_note);
  ADD ("agent", test_agent);
  ADD ("photo-reopens", test_photo_reopens);
  ADD ("stopping", test_stopping);
  answers_add_test ("/attachments/as-documented");

  return g_test_run ();
}
