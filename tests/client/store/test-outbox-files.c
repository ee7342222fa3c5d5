/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include <glib/gstdio.h>
#include <utime.h>

#include "client/store/handover-file-folder.h"
#include "client/store/handover-mirror-private.h"
#include "client/store/handover-outbox-files.h"
#include "client/store/handover-outbox-private.h"
#include "test-outbox-fixture.h"

static void
result_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static gboolean
finish_adding (OutboxFixture  *fixture,
               GAsyncResult  **result,
               GError        **error)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return handover_outbox_add_file_finish (fixture->outbox, *result, error);
}

static gboolean
add_bytes (OutboxFixture      *fixture,
           HandoverDraftKind   kind,
           const char         *name,
           const char         *text,
           GError            **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  handover_outbox_add_bytes_async (fixture->outbox, "a", kind, bytes, name, NULL, result_cb, &result);
  return finish_adding (fixture, &result, error);
}

static void
attach (OutboxFixture *fixture,
        const char    *name)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (add_bytes (fixture, HANDOVER_DRAFT_REPLY, name, name, &error));
  g_assert_no_error (error);
}

/* The names of a draft's files, whose copies must be there. */
static void
assert_files (OutboxFixture     *fixture,
              HandoverDraftKind  kind,
              const char        *expected)
{
  GListModel *files = handover_outbox_get_files (fixture->outbox, "a", kind);
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (HandoverDraftFile) file = g_list_model_get_item (files, i);

      g_string_append_printf (names, "%s%s", i > 0 ? " " : "", handover_draft_file_get_attachment (file)->name);
      g_assert_true (g_file_query_exists (handover_draft_file_get_file (file), NULL));
    }
  g_assert_cmpstr (names->str, ==, expected);
}

static void
assert_upload (OutboxFixture *fixture,
               const char    *name)
{
  test_gateway_wait (fixture->mirror.gateway, 1);
  g_assert_cmpstr (test_gateway_get_method (fixture->mirror.gateway), ==, "UPLOAD");
  g_assert_cmpstr (test_gateway_get_path (fixture->mirror.gateway), ==, name);
}

static void
take_upload (OutboxFixture *fixture,
             const char    *name,
             const char    *id)
{
  g_autofree char *body = g_strdup_printf ("{\"id\":\"%s\",\"name\":\"%s\",\"type\":\"text/plain\",\"size\":3}", id, name);

  assert_upload (fixture, name);
  test_gateway_answer (fixture->mirror.gateway, body, 0);
  mirror_fixture_settle (&fixture->mirror);
}

/* The message that waits to be taken, with the service's ids of its files. */
static void
assert_message (OutboxFixture *fixture,
                const char    *text,
                const char    *ids)
{
  g_autoptr (GString) found = g_string_new (NULL);
  JsonArray *attachments;
  JsonObject *body;

  test_gateway_wait (fixture->mirror.gateway, 1);
  g_assert_cmpstr (test_gateway_get_method (fixture->mirror.gateway), ==, "POST");
  body = test_gateway_get_body (fixture->mirror.gateway);
  g_assert_cmpstr (json_object_get_string_member (body, "text"), ==, text);
  attachments = json_object_get_array_member (body, "attachments");
  for (guint i = 0; i < json_array_get_length (attachments); i++)
    g_string_append_printf (found, "%s%s", i > 0 ? " " : "", json_array_get_string_element (attachments, i));
  g_assert_cmpstr (found->str, ==, ids);
}

static char *
send (OutboxFixture *fixture,
      const char    *text)
{
  char *id = handover_outbox_reply (fixture->outbox, "a", text, 1);

  mirror_fixture_settle (&fixture->mirror);
  return id;
}

static void
test_uploaded_first (OutboxFixture *fixture,
                     gconstpointer  data)
{
  g_autoptr (HandoverMessage) shown = NULL;
  HandoverAttachment *local;
  g_autofree char *folder = handover_mirror_dup_folder (fixture->mirror.mirror);
  g_autofree char *id = NULL;
  g_autofree char *key = NULL;
  g_autofree char *kept = NULL;

  attach (fixture, "one.txt");
  attach (fixture, "two.txt");
  assert_files (fixture, HANDOVER_DRAFT_REPLY, "one.txt two.txt");
  assert_files (fixture, HANDOVER_DRAFT_NOTE, "");
  outbox_fixture_go_online (fixture);
  id = send (fixture, "Here");
  assert_files (fixture, HANDOVER_DRAFT_REPLY, "");

  /* The transcript shows at once what is on its way, and how far it has come. */
  shown = g_list_model_get_item (G_LIST_MODEL (handover_mirror_get_unsent (fixture->mirror.mirror, "a")), 0);
  g_assert_cmpuint (shown->attachments->len, ==, 2);
  local = g_ptr_array_index (shown->attachments, 0);
  g_assert_cmpstr (local->name, ==, "one.txt");
  assert_upload (fixture, "one.txt");
  g_assert_cmpfloat_with_epsilon (handover_draft_file_get_progress (handover_outbox_get_sending_file (fixture->outbox, local->id)),
                                  0.5, 0.1);
  key = g_strdup (test_gateway_get_key (fixture->mirror.gateway));

  take_upload (fixture, "one.txt", "at_1");
  assert_upload (fixture, "two.txt");
  g_assert_cmpstr (test_gateway_get_key (fixture->mirror.gateway), !=, key);
  take_upload (fixture, "two.txt", "at_2");
  assert_message (fixture, "Here", "at_1 at_2");
  g_assert_cmpstr (test_gateway_get_key (fixture->mirror.gateway), ==, id);
  outbox_fixture_accept (fixture, "m1", "");
  g_assert_cmpuint (handover_outbox_get_unsent (fixture->outbox), ==, 0);
  g_assert_null (handover_outbox_get_sending_file (fixture->outbox, local->id));

  /* What was sent lies where downloads lie. */
  kept = handover_file_folder_get_download (folder, "at_2", "two.txt");
  while (!g_file_test (kept, G_FILE_TEST_EXISTS))
    g_main_context_iteration (NULL, FALSE);
  outbox_fixture_restart (fixture);
  assert_files (fixture, HANDOVER_DRAFT_REPLY, "");
  g_assert_cmpuint (handover_outbox_get_unsent (fixture->outbox), ==, 0);
}

static void
test_over_restarts (OutboxFixture *fixture,
                    gconstpointer  data)
{
  g_autofree char *id = NULL;
  g_autofree char *key = NULL;

  attach (fixture, "one.txt");
  outbox_fixture_restart (fixture);
  assert_files (fixture, HANDOVER_DRAFT_REPLY, "one.txt");
  attach (fixture, "two.txt");
  id = send (fixture, "");
  outbox_fixture_restart (fixture);
  assert_files (fixture, HANDOVER_DRAFT_REPLY, "");
  g_assert_cmpuint (handover_outbox_get_unsent (fixture->outbox), ==, 1);

  outbox_fixture_go_online (fixture);
  take_upload (fixture, "one.txt", "at_1");
  assert_upload (fixture, "two.txt");
  key = g_strdup (test_gateway_get_key (fixture->mirror.gateway));

  /* What the service has is not sent again, and what it may have goes under the same key. */
  outbox_fixture_restart (fixture);
  outbox_fixture_go_online (fixture);
  assert_upload (fixture, "two.txt");
  g_assert_cmpstr (test_gateway_get_key (fixture->mirror.gateway), ==, key);
  take_upload (fixture, "two.txt", "at_2");
  assert_message (fixture, "", "at_1 at_2");

  outbox_fixture_restart (fixture);
  outbox_fixture_go_online (fixture);
  assert_message (fixture, "", "at_1 at_2");
  g_assert_cmpstr (test_gateway_get_key (fixture->mirror.gateway), ==, id);
  outbox_fixture_accept (fixture, "m1", "");
  outbox_fixture_restart (fixture);
  g_assert_cmpuint (handover_outbox_get_unsent (fixture->outbox), ==, 0);
}

static void
test_withdrawn (OutboxFixture *fixture,
                gconstpointer  data)
{
  g_autofree char *id = NULL;

  attach (fixture, "one.txt");
  attach (fixture, "two.txt");
  outbox_fixture_go_online (fixture);
  id = send (fixture, "Here");
  take_upload (fixture, "one.txt", "at_1");
  assert_upload (fixture, "two.txt");
  attach (fixture, "three.txt");

  /* Nothing that was said is with the service, so it can be taken back, with all that was to go with it. */
  g_assert_true (handover_outbox_withdraw (fixture->outbox, id));
  assert_files (fixture, HANDOVER_DRAFT_REPLY, "one.txt two.txt three.txt");
  g_assert_cmpstr (fixture->returned->str, ==, "a|Here|-;");
  test_gateway_refuse (fixture->mirror.gateway, HANDOVER_PROBLEM_UNREACHABLE);
  mirror_fixture_settle (&fixture->mirror);
  g_assert_cmpuint (test_gateway_get_waiting (fixture->mirror.gateway), ==, 0);
  outbox_fixture_restart (fixture);
  assert_files (fixture, HANDOVER_DRAFT_REPLY, "one.txt two.txt three.txt");
  g_assert_cmpstr (handover_outbox_get_draft (fixture->outbox, "a", HANDOVER_DRAFT_REPLY), ==, "Here");

  /* What is with the service already goes along. */
  g_free (id);
  outbox_fixture_go_online (fixture);
  id = send (fixture, "Here");
  take_upload (fixture, "two.txt", "at_2");
  take_upload (fixture, "three.txt", "at_3");
  assert_message (fixture, "Here", "at_1 at_2 at_3");
  g_assert_false (handover_outbox_withdraw (fixture->outbox, id));
}

static void
test_words_alone_come_back (OutboxFixture *fixture,
                            gconstpointer  data)
{
  g_autofree char *id = NULL;

  attach (fixture, "one.txt");
  id = send (fixture, "");
  handover_outbox_set_draft (fixture->outbox, "a", HANDOVER_DRAFT_REPLY, "more");
  g_assert_true (handover_outbox_withdraw (fixture->outbox, id));
  g_assert_cmpstr (handover_outbox_get_draft (fixture->outbox, "a", HANDOVER_DRAFT_REPLY), ==, "more");
  assert_files (fixture, HANDOVER_DRAFT_REPLY, "one.txt");
}

static void
test_changed_hands (OutboxFixture *fixture,
                    gconstpointer  data)
{
  g_autofree char *id = NULL;

  attach (fixture, "one.txt");
  outbox_fixture_go_online (fixture);
  id = send (fixture, "Here");
  assert_upload (fixture, "one.txt");
  outbox_fixture_apply (fixture, "operator", TEST_OTHER, 2);
  assert_files (fixture, HANDOVER_DRAFT_REPLY, "one.txt");
  g_assert_true (g_str_has_prefix (fixture->returned->str, "a|Here|"));

  /* An answer that comes all the same sends nothing. */
  take_upload (fixture, "one.txt", "at_1");
  g_assert_cmpuint (test_gateway_get_waiting (fixture->mirror.gateway), ==, 0);
}

static void
test_offline (OutboxFixture *fixture,
              gconstpointer  data)
{
  g_autofree char *id = NULL;

  attach (fixture, "one.txt");
  outbox_fixture_go_online (fixture);
  id = send (fixture, "Here");
  assert_upload (fixture, "one.txt");
  handover_outbox_set_online (fixture->outbox, FALSE);
  test_gateway_refuse (fixture->mirror.gateway, HANDOVER_PROBLEM_UNREACHABLE);
  mirror_fixture_settle (&fixture->mirror);
  g_assert_cmpuint (test_gateway_get_waiting (fixture->mirror.gateway), ==, 0);
  g_assert_cmpuint (handover_outbox_get_unsent (fixture->outbox), ==, 1);

  handover_outbox_set_online (fixture->outbox, TRUE);
  take_upload (fixture, "one.txt", "at_1");
  assert_message (fixture, "Here", "at_1");
}

static void
test_refused (OutboxFixture *fixture,
              gconstpointer  data)
{
  g_autofree char *id = NULL;

  attach (fixture, "one.txt");
  outbox_fixture_go_online (fixture);
  id = send (fixture, "Here");
  assert_upload (fixture, "one.txt");
  test_gateway_refuse (fixture->mirror.gateway, HANDOVER_PROBLEM_TOO_LARGE);
  mirror_fixture_settle (&fixture->mirror);
  assert_files (fixture, HANDOVER_DRAFT_REPLY, "one.txt");
  g_assert_true (g_str_has_prefix (fixture->returned->str, "a|Here|Not sent: The reason."));
}

/* The service forgets what nobody used for a day: it is uploaded once more, under another key, and not for ever. */
static void
test_forgotten_by_the_service (OutboxFixture *fixture,
                               gconstpointer  data)
{
  g_autofree char *id = NULL;
  g_autofree char *key = NULL;

  attach (fixture, "one.txt");
  outbox_fixture_go_online (fixture);
  id = send (fixture, "Here");
  assert_upload (fixture, "one.txt");
  key = g_strdup (test_gateway_get_key (fixture->mirror.gateway));
  take_upload (fixture, "one.txt", "at_1");
  assert_message (fixture, "Here", "at_1");
  test_gateway_refuse (fixture->mirror.gateway, HANDOVER_PROBLEM_INVALID_MEMBER);
  mirror_fixture_settle (&fixture->mirror);

  assert_upload (fixture, "one.txt");
  g_assert_cmpstr (test_gateway_get_key (fixture->mirror.gateway), !=, key);
  take_upload (fixture, "one.txt", "at_2");
  assert_message (fixture, "Here", "at_2");
  test_gateway_refuse (fixture->mirror.gateway, HANDOVER_PROBLEM_INVALID_MEMBER);
  mirror_fixture_settle (&fixture->mirror);
  g_assert_cmpuint (test_gateway_get_waiting (fixture->mirror.gateway), ==, 0);
  assert_files (fixture, HANDOVER_DRAFT_REPLY, "one.txt");
}

static void
test_notes_apart (OutboxFixture *fixture,
                  gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;

  g_assert_true (add_bytes (fixture, HANDOVER_DRAFT_NOTE, "ours.txt", "x", &error));
  attach (fixture, "theirs.txt");
  outbox_fixture_go_online (fixture);
  id = handover_outbox_note (fixture->outbox, "a", "look");
  mirror_fixture_settle (&fixture->mirror);
  assert_files (fixture, HANDOVER_DRAFT_REPLY, "theirs.txt");
  assert_files (fixture, HANDOVER_DRAFT_NOTE, "");
  take_upload (fixture, "ours.txt", "at_1");
  assert_message (fixture, "look", "at_1");
}

static void
test_removed (OutboxFixture *fixture,
              gconstpointer  data)
{
  GListModel *files = handover_outbox_get_files (fixture->outbox, "a", HANDOVER_DRAFT_REPLY);
  g_autoptr (HandoverDraftFile) file = NULL;
  g_autofree char *path = NULL;

  attach (fixture, "one.txt");
  attach (fixture, "two.txt");
  file = g_list_model_get_item (files, 0);
  path = g_file_get_path (handover_draft_file_get_file (file));
  handover_outbox_remove_file (fixture->outbox, file);
  assert_files (fixture, HANDOVER_DRAFT_REPLY, "two.txt");
  while (g_file_test (path, G_FILE_TEST_EXISTS))
    g_main_context_iteration (NULL, FALSE);
  outbox_fixture_restart (fixture);
  assert_files (fixture, HANDOVER_DRAFT_REPLY, "two.txt");
}

static void
test_limits (OutboxFixture *fixture,
             gconstpointer  data)
{
  g_autofree char *large = g_strnfill (HANDOVER_LIMIT_ATTACHMENT + 1, 'x');
  g_autoptr (GError) too_large = NULL;
  g_autoptr (GError) empty = NULL;
  g_autoptr (GError) too_many = NULL;
  g_autoptr (GError) gone = NULL;
  g_autoptr (GFile) nothing = g_file_new_for_path ("/nonexistent/rose.jpeg");
  g_autoptr (GAsyncResult) result = NULL;

  g_assert_false (add_bytes (fixture, HANDOVER_DRAFT_REPLY, "film.mp4", large, &too_large));
  g_assert_error (too_large, HANDOVER_PROBLEM, HANDOVER_PROBLEM_TOO_LARGE);
  g_assert_nonnull (strstr (too_large->message, "film.mp4"));
  g_assert_nonnull (strstr (too_large->message, "25"));
  g_assert_false (add_bytes (fixture, HANDOVER_DRAFT_REPLY, "empty.txt", "", &empty));
  g_assert_error (empty, HANDOVER_PROBLEM, HANDOVER_PROBLEM_INVALID_REQUEST);
  handover_outbox_add_file_async (fixture->outbox, "a", HANDOVER_DRAFT_REPLY, nothing, NULL, result_cb, &result);
  g_assert_false (finish_adding (fixture, &result, &gone));
  g_assert_error (gone, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  assert_files (fixture, HANDOVER_DRAFT_REPLY, "");

  large[HANDOVER_LIMIT_ATTACHMENT] = '\0';
  attach (fixture, "1");
  g_assert_true (add_bytes (fixture, HANDOVER_DRAFT_REPLY, "largest", large, NULL));
  for (guint i = 2; i < HANDOVER_LIMIT_ATTACHMENTS; i++)
    attach (fixture, "more");
  g_assert_false (add_bytes (fixture, HANDOVER_DRAFT_REPLY, "one more", "x", &too_many));
  g_assert_error (too_many, HANDOVER_PROBLEM, HANDOVER_PROBLEM_TOO_LARGE);
  g_assert_nonnull (strstr (too_many->message, "10"));
}

/* A copy is the owner's alone, is told by its bytes, and lives as long as something names it. */
static void
test_copies (OutboxFixture *fixture,
             gconstpointer  data)
{
  g_autofree char *place = g_build_filename (fixture->mirror.folder, "../rose.html", NULL);
  g_autofree char *folder = handover_mirror_dup_folder (fixture->mirror.mirror);
  g_autofree char *drafts = g_build_filename (folder, "drafts", NULL);
  g_autofree char *stray = g_build_filename (drafts, "stray", NULL);
  g_autoptr (GFile) chosen = g_file_new_for_path (place);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (HandoverDraftFile) file = NULL;
  g_autofree char *copy = NULL;
  HandoverAttachment *attachment;
  g_autoptr (GError) error = NULL;
  struct utimbuf old = { 1000, 1000 };
  GStatBuf about;

  g_assert_true (g_file_set_contents (place, "GIF89a\x2c\x01\x90\x01", 10, NULL));
  handover_outbox_add_file_async (fixture->outbox, "a", HANDOVER_DRAFT_REPLY, chosen, NULL, result_cb, &result);
  g_assert_true (finish_adding (fixture, &result, &error));
  g_assert_no_error (error);
  g_assert_cmpint (g_unlink (place), ==, 0);
  g_clear_object (&result);

  file = g_list_model_get_item (handover_outbox_get_files (fixture->outbox, "a", HANDOVER_DRAFT_REPLY), 0);
  attachment = handover_draft_file_get_attachment (file);
  g_assert_cmpstr (attachment->name, ==, "rose.html");
  g_assert_cmpstr (attachment->type, ==, "image/gif");
  g_assert_cmpint (attachment->width, ==, 300);
  g_assert_cmpint (attachment->height, ==, 400);
  copy = g_file_get_path (handover_draft_file_get_file (file));
  g_assert_cmpint (g_stat (copy, &about), ==, 0);
  g_assert_cmpuint (about.st_mode & 0777, ==, 0600);
  g_assert_cmpint (g_stat (drafts, &about), ==, 0);
  g_assert_cmpuint (about.st_mode & 0777, ==, 0700);

  g_assert_true (g_file_set_contents (stray, "x", 1, NULL));
  g_assert_cmpint (g_utime (stray, &old), ==, 0);
  outbox_fixture_restart (fixture);
  while (g_file_test (stray, G_FILE_TEST_EXISTS))
    g_main_context_iteration (NULL, FALSE);
  assert_files (fixture, HANDOVER_DRAFT_REPLY, "rose.html");
}

static void
quote (OutboxFixture *fixture,
       const char    *id)
{
  g_autoptr (HandoverMessage) message = test_message ("a", id, "customer", "the first", 1);
  g_autoptr (HandoverPreview) preview = handover_message_to_preview (message);

  handover_outbox_set_quote (fixture->outbox, "a", preview);
}

static void
assert_quote (OutboxFixture *fixture,
              const char    *id)
{
  HandoverPreview *preview = handover_outbox_get_quote (fixture->outbox, "a");

  g_assert_cmpstr (preview != NULL ? preview->id : NULL, ==, id);
}

/* What a reply answers goes with it, over restarts and back into the draft, and with nothing else. */
static void
test_quotes (OutboxFixture *fixture,
             gconstpointer  data)
{
  g_autofree char *note = NULL;
  g_autofree char *id = NULL;
  g_autofree char *again = NULL;
  g_autoptr (HandoverMessage) unsent = NULL;

  quote (fixture, "m1");
  outbox_fixture_restart (fixture);
  assert_quote (fixture, "m1");
  note = handover_outbox_note (fixture->outbox, "a", "for us");
  assert_quote (fixture, "m1");

  id = handover_outbox_reply (fixture->outbox, "a", "one", 1);
  assert_quote (fixture, NULL);
  outbox_fixture_restart (fixture);
  assert_quote (fixture, NULL);
  unsent = g_list_model_get_item (G_LIST_MODEL (handover_mirror_get_unsent (fixture->mirror.mirror, "a")), 1);
  g_assert_cmpstr (unsent->reply_to->text, ==, "the first");
  g_assert_true (handover_outbox_withdraw (fixture->outbox, id));
  assert_quote (fixture, "m1");
  outbox_fixture_restart (fixture);
  assert_quote (fixture, "m1");

  outbox_fixture_go_online (fixture);
  test_gateway_wait (fixture->mirror.gateway, 1);
  g_assert_false (json_object_has_member (test_gateway_get_body (fixture->mirror.gateway), "reply_to"));
  outbox_fixture_accept (fixture, "m2", "");
  again = handover_outbox_reply (fixture->outbox, "a", "one", 1);
  test_gateway_wait (fixture->mirror.gateway, 1);
  g_assert_cmpstr (json_object_get_string_member (test_gateway_get_body (fixture->mirror.gateway), "reply_to"), ==, "m1");

  /* What is being answered by now is not changed by what comes back. */
  quote (fixture, "m2");
  test_gateway_refuse (fixture->mirror.gateway, HANDOVER_PROBLEM_TOO_LARGE);
  mirror_fixture_settle (&fixture->mirror);
  assert_quote (fixture, "m2");
  handover_outbox_set_quote (fixture->outbox, "a", NULL);
  outbox_fixture_restart (fixture);
  assert_quote (fixture, NULL);
}

#define ADD(name, function) \
  g_test_add ("/outbox-files/" name, OutboxFixture, NULL, outbox_fixture_set_up, function, outbox_fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("uploaded-first", test_uploaded_first);
  ADD ("over-restarts", test_over_restarts);
  ADD ("withdrawn", test_withdrawn);
  ADD ("words-alone-come-back", test_words_alone_come_back);
  ADD ("changed-hands", test_changed_hands);
  ADD ("offline", test_offline);
  ADD ("refused", test_refused);
  ADD ("forgotten-by-the-service", test_forgotten_by_the_service);
  ADD ("notes-apart", test_notes_apart);
  ADD ("removed", test_removed);
  ADD ("limits", test_limits);
  ADD ("copies", test_copies);
  ADD ("quotes", test_quotes);

  return g_test_run ();
}
