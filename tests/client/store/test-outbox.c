/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "client/store/handover-mirror-private.h"
#include "client/store/handover-outbox-private.h"
#include "test-mirror-fixture.h"

typedef struct
{
  MirrorFixture mirror;
  HandoverOutbox *outbox;
  HandoverTranscript *transcript;
  GString *returned;
} Fixture;

static void
returned_cb (HandoverOutbox *outbox,
             const char     *conversation_id,
             guint           kind,
             const char     *text,
             const char     *reason,
             Fixture        *fixture)
{
  g_string_append_printf (fixture->returned, "%s|%s%s|%s;", conversation_id, kind == HANDOVER_DRAFT_NOTE ? "note " : "",
                          text, reason != NULL ? reason : "-");
}

static void
open_outbox (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  fixture->outbox = handover_outbox_new (fixture->mirror.mirror, &error);
  g_assert_no_error (error);
  g_signal_connect (fixture->outbox, "returned", G_CALLBACK (returned_cb), fixture);
  fixture->transcript = handover_mirror_get_transcript (fixture->mirror.mirror, "a");
  mirror_fixture_settle (&fixture->mirror);
}

static void
close_outbox (Fixture *fixture)
{
  mirror_fixture_settle (&fixture->mirror);
  g_clear_object (&fixture->transcript);
  g_object_run_dispose (G_OBJECT (fixture->outbox));
  while (test_gateway_get_waiting (fixture->mirror.gateway) > 0)
    test_gateway_refuse (fixture->mirror.gateway, HANDOVER_PROBLEM_UNREACHABLE);
  mirror_fixture_settle (&fixture->mirror);
  g_assert_finalize_object (fixture->outbox);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  mirror_fixture_set_up (&fixture->mirror, data);
  fixture->returned = g_string_new (NULL);
  mirror_fixture_apply (&fixture->mirror, "conversation.created",
                        test_conversation ("a", "operator", TEST_ME, 1, 1));
  open_outbox (fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  close_outbox (fixture);
  g_string_free (fixture->returned, TRUE);
  mirror_fixture_tear_down (&fixture->mirror, data);
}

static void
restart (Fixture *fixture)
{
  close_outbox (fixture);
  mirror_fixture_close (&fixture->mirror);
  mirror_fixture_open (&fixture->mirror);
  open_outbox (fixture);
}

static void
go_online (Fixture *fixture)
{
  handover_outbox_set_gateway (fixture->outbox, HANDOVER_GATEWAY (fixture->mirror.gateway));
  handover_outbox_set_online (fixture->outbox, TRUE);
}

static void
reply (Fixture    *fixture,
       const char *text,
       gint64      epoch)
{
  g_autofree char *id = handover_outbox_reply (fixture->outbox, "a", text, epoch);

  g_assert_nonnull (id);
}

static void
note (Fixture    *fixture,
      const char *text)
{
  g_autofree char *id = handover_outbox_note (fixture->outbox, "a", text);

  g_assert_nonnull (id);
}

static void
assert_waiting_text (Fixture    *fixture,
                     const char *text)
{
  test_gateway_wait (fixture->mirror.gateway, 1);
  g_assert_cmpstr (json_object_get_string_member (test_gateway_get_body (fixture->mirror.gateway), "text"), ==, text);
}

/* The service takes the text that waits, and makes it the message @id. */
static void
accept (Fixture    *fixture,
        const char *id,
        const char *text)
{
  g_autoptr (HandoverMessage) message = test_message ("a", id, "operator", text, 1);
  g_autofree char *body = handover_record_to_data (HANDOVER_RECORD (message));

  test_gateway_answer (fixture->mirror.gateway, body, 0);
  mirror_fixture_settle (&fixture->mirror);
}

static void
apply_conversation (Fixture    *fixture,
                    const char *control,
                    const char *holder,
                    gint64      version)
{
  mirror_fixture_apply (&fixture->mirror, "control.changed", test_conversation ("a", control, holder, 1, version));
  mirror_fixture_settle (&fixture->mirror);
}

static void
assert_transcript (Fixture    *fixture,
                   const char *expected)
{
  test_assert_ids (G_LIST_MODEL (fixture->transcript), expected);
}

static void
assert_drafts (Fixture    *fixture,
               const char *reply,
               const char *note)
{
  g_assert_cmpstr (handover_outbox_get_draft (fixture->outbox, "a", HANDOVER_DRAFT_REPLY), ==, reply);
  g_assert_cmpstr (handover_outbox_get_draft (fixture->outbox, "a", HANDOVER_DRAFT_NOTE), ==, note);
}

static void
test_order (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (ListShadow) shadow = list_shadow_new (G_LIST_MODEL (fixture->transcript));
  JsonObject *body;

  /* Nothing goes out while offline; it is shown. */
  reply (fixture, "one", 1);
  note (fixture, "two");
  reply (fixture, "three", 1);
  mirror_fixture_settle (&fixture->mirror);
  assert_transcript (fixture, "[one] [two] [three]");
  g_assert_cmpuint (handover_outbox_get_unsent (fixture->outbox), ==, 3);
  g_assert_cmpuint (test_gateway_get_waiting (fixture->mirror.gateway), ==, 0);

  go_online (fixture);
  assert_waiting_text (fixture, "one");
  body = test_gateway_get_body (fixture->mirror.gateway);
  g_assert_cmpstr (test_gateway_get_method (fixture->mirror.gateway), ==, "POST");
  g_assert_cmpstr (test_gateway_get_path (fixture->mirror.gateway), ==, "/v1/conversations/a/messages");
  g_assert_cmpstr (json_object_get_string_member (body, "kind"), ==, "reply");
  g_assert_cmpint (json_object_get_int_member (body, "epoch"), ==, 1);
  g_assert_cmpuint (strlen (test_gateway_get_key (fixture->mirror.gateway)), >, 30);

  /* One after the other. */
  accept (fixture, "m1", "one");
  assert_transcript (fixture, "m1 [two] [three]");
  assert_waiting_text (fixture, "two");
  body = test_gateway_get_body (fixture->mirror.gateway);
  g_assert_cmpstr (json_object_get_string_member (body, "kind"), ==, "note");
  g_assert_false (json_object_has_member (body, "epoch"));
  accept (fixture, "m2", "two");
  accept (fixture, "m3", "three");
  assert_transcript (fixture, "m1 m2 m3");
  g_assert_cmpuint (handover_outbox_get_unsent (fixture->outbox), ==, 0);
  g_assert_cmpstr (fixture->returned->str, ==, "");
  list_shadow_check (shadow);

  /* The stream tells the same again. */
  mirror_fixture_apply (&fixture->mirror, "message.created", test_message ("a", "m1", "operator", "one", 1));
  mirror_fixture_settle (&fixture->mirror);
  assert_transcript (fixture, "m1 m2 m3");
}

static void
test_same_key (Fixture       *fixture,
               gconstpointer  data)
{
  g_autofree char *key = NULL;

  reply (fixture, "one", 1);
  go_online (fixture);
  test_gateway_wait (fixture->mirror.gateway, 1);
  key = g_strdup (test_gateway_get_key (fixture->mirror.gateway));
  test_gateway_refuse (fixture->mirror.gateway, HANDOVER_PROBLEM_UNREACHABLE);
  mirror_fixture_settle (&fixture->mirror);
  assert_transcript (fixture, "[one]");
  g_assert_cmpuint (test_gateway_get_waiting (fixture->mirror.gateway), ==, 0);

  /* Again, by a new process, with the key made once. */
  restart (fixture);
  assert_transcript (fixture, "[one]");
  go_online (fixture);
  test_gateway_wait (fixture->mirror.gateway, 1);
  g_assert_cmpstr (test_gateway_get_key (fixture->mirror.gateway), ==, key);
  accept (fixture, "m1", "one");
  assert_transcript (fixture, "m1");

  restart (fixture);
  assert_transcript (fixture, "m1");
  g_assert_cmpuint (handover_outbox_get_unsent (fixture->outbox), ==, 0);
}

static void
test_stale_before (Fixture       *fixture,
                   gconstpointer  data)
{
  reply (fixture, "one", 1);
  reply (fixture, "two", 1);
  note (fixture, "note");
  mirror_fixture_settle (&fixture->mirror);
  handover_outbox_set_draft (fixture->outbox, "a", HANDOVER_DRAFT_REPLY, "being written");
  apply_conversation (fixture, "operator", TEST_OTHER, 2);

  /* Given back before any of it went out; the note waits on. */
  g_assert_nonnull (strstr (fixture->returned->str, "a|one|Not sent: Kim took over at "));
  g_assert_nonnull (strstr (fixture->returned->str, "a|two|Not sent: Kim took over at "));
  assert_transcript (fixture, "[note]");
  assert_drafts (fixture, "one\n\ntwo\n\nbeing written", NULL);

  go_online (fixture);
  assert_waiting_text (fixture, "note");
  accept (fixture, "m1", "note");

  restart (fixture);
  assert_drafts (fixture, "one\n\ntwo\n\nbeing written", NULL);
  handover_outbox_set_draft (fixture->outbox, "a", HANDOVER_DRAFT_REPLY, "");
  restart (fixture);
  g_assert_null (handover_outbox_get_draft (fixture->outbox, "a", HANDOVER_DRAFT_REPLY));
}

static void
test_refused (Fixture       *fixture,
              gconstpointer  data)
{
  reply (fixture, "one", 1);
  reply (fixture, "two", 1);
  go_online (fixture);
  assert_waiting_text (fixture, "one");
  test_gateway_refuse (fixture->mirror.gateway, HANDOVER_PROBLEM_TOO_LARGE);
  mirror_fixture_settle (&fixture->mirror);
  g_assert_cmpstr (fixture->returned->str, ==,
                   "a|one|Not sent: The reason. Your text is back in the draft.;");

  assert_waiting_text (fixture, "two");
  test_gateway_refuse (fixture->mirror.gateway, HANDOVER_PROBLEM_STALE_EPOCH);
  mirror_fixture_settle (&fixture->mirror);
  g_assert_nonnull (strstr (fixture->returned->str, "a|two|Not sent: the conversation changed hands meanwhile."));
  assert_transcript (fixture, "");
}

static void
test_attempted_is_for_the_service_to_judge (Fixture       *fixture,
                                            gconstpointer  data)
{
  reply (fixture, "one", 1);
  go_online (fixture);
  test_gateway_wait (fixture->mirror.gateway, 1);
  test_gateway_refuse (fixture->mirror.gateway, HANDOVER_PROBLEM_UNREACHABLE);
  mirror_fixture_settle (&fixture->mirror);

  /* It may have arrived before the hand-over: giving it back could make the operator say it twice. */
  apply_conversation (fixture, "operator", TEST_OTHER, 2);
  g_assert_cmpstr (fixture->returned->str, ==, "");
  handover_outbox_set_online (fixture->outbox, TRUE);
  assert_waiting_text (fixture, "one");
  test_gateway_refuse (fixture->mirror.gateway, HANDOVER_PROBLEM_NOT_HOLDER);
  mirror_fixture_settle (&fixture->mirror);
  g_assert_nonnull (strstr (fixture->returned->str, "a|one|Not sent: Kim took over at "));
}

static void
test_too_late (Fixture       *fixture,
               gconstpointer  data)
{
  note (fixture, "note");
  handover_outbox_set_reply_lifetime (fixture->outbox, 1);
  reply (fixture, "one", 1);
  while (fixture->returned->len == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (fixture->returned->str, ==,
                   "a|one|Not sent: the service could not be reached for 15 minutes. "
                   "Your text is back in the draft.;");
  g_assert_cmpstr (handover_outbox_get_draft (fixture->outbox, "a", HANDOVER_DRAFT_REPLY), ==, "one");

  go_online (fixture);
  assert_waiting_text (fixture, "note");
}

static void
test_never_out_late (Fixture       *fixture,
                     gconstpointer  data)
{
  reply (fixture, "one", 1);
  mirror_fixture_settle (&fixture->mirror);

  /* The machine slept: the reply is old before any timer has run. */
  handover_outbox_set_reply_lifetime (fixture->outbox, 0);
  go_online (fixture);
  g_assert_cmpuint (test_gateway_get_waiting (fixture->mirror.gateway), ==, 0);
  g_assert_nonnull (strstr (fixture->returned->str, "a|one|Not sent: the service could not be reached"));
}

static void
test_stream_first (Fixture       *fixture,
                   gconstpointer  data)
{
  reply (fixture, "one", 1);
  go_online (fixture);
  test_gateway_wait (fixture->mirror.gateway, 1);
  mirror_fixture_apply (&fixture->mirror, "message.created", test_message ("a", "m1", "operator", "one", 1));
  mirror_fixture_settle (&fixture->mirror);
  assert_transcript (fixture, "m1");
  accept (fixture, "m1", "one");
  assert_transcript (fixture, "m1");
  g_assert_cmpuint (handover_outbox_get_unsent (fixture->outbox), ==, 0);
}

/* What others said before it, the stream may bring after the answer. */
static void
test_answered_before_stream (Fixture       *fixture,
                             gconstpointer  data)
{
  g_autoptr (ListShadow) shadow = list_shadow_new (G_LIST_MODEL (fixture->transcript));

  mirror_fixture_apply (&fixture->mirror, "message.created", test_message ("a", "c1", "customer", "hello", 1));
  reply (fixture, "one", 1);
  reply (fixture, "two", 1);
  go_online (fixture);
  assert_waiting_text (fixture, "one");
  accept (fixture, "m1", "one");
  assert_waiting_text (fixture, "two");
  accept (fixture, "m2", "two");
  assert_transcript (fixture, "c1 m1 m2");

  mirror_fixture_apply (&fixture->mirror, "message.created", test_message ("a", "c2", "customer", "there?", 1));
  mirror_fixture_settle (&fixture->mirror);
  assert_transcript (fixture, "c1 c2 m1 m2");
  mirror_fixture_apply (&fixture->mirror, "message.created", test_message ("a", "m1", "operator", "one", 1));
  mirror_fixture_apply (&fixture->mirror, "message.created", test_message ("a", "c3", "customer", "ah", 1));
  mirror_fixture_settle (&fixture->mirror);
  assert_transcript (fixture, "c1 c2 m1 c3 m2");
  mirror_fixture_apply (&fixture->mirror, "message.created", test_message ("a", "m2", "operator", "two", 1));
  mirror_fixture_settle (&fixture->mirror);
  assert_transcript (fixture, "c1 c2 m1 c3 m2");
  list_shadow_check (shadow);
  g_clear_pointer (&shadow, list_shadow_free);

  restart (fixture);
  assert_transcript (fixture, "c1 c2 m1 c3 m2");
}

static void
test_withdrawn (Fixture       *fixture,
                gconstpointer  data)
{
  g_autofree char *first = handover_outbox_reply (fixture->outbox, "a", "one", 1);
  g_autofree char *second = handover_outbox_reply (fixture->outbox, "a", "two", 1);

  mirror_fixture_settle (&fixture->mirror);
  g_assert_true (handover_outbox_withdraw (fixture->outbox, second));
  g_assert_false (handover_outbox_withdraw (fixture->outbox, second));
  g_assert_cmpstr (fixture->returned->str, ==, "a|two|-;");
  assert_transcript (fixture, "[one]");

  go_online (fixture);
  test_gateway_wait (fixture->mirror.gateway, 1);
  g_assert_false (handover_outbox_withdraw (fixture->outbox, first));
  accept (fixture, "m1", "one");
  g_assert_cmpuint (test_gateway_get_waiting (fixture->mirror.gateway), ==, 0);
}

static void
test_withdrawn_too_late (Fixture       *fixture,
                         gconstpointer  data)
{
  g_autofree char *id = handover_outbox_reply (fixture->outbox, "a", "one", 1);

  go_online (fixture);
  test_gateway_wait (fixture->mirror.gateway, 1);
  test_gateway_refuse (fixture->mirror.gateway, HANDOVER_PROBLEM_UNREACHABLE);
  mirror_fixture_settle (&fixture->mirror);

  /* Its answer may be what was lost. */
  g_assert_false (handover_outbox_withdraw (fixture->outbox, id));
  assert_transcript (fixture, "[one]");
}

/* One press from the customer is no place for what was written to the team. */
static void
test_note_withdrawn (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autofree char *id = NULL;

  handover_outbox_set_draft (fixture->outbox, "a", HANDOVER_DRAFT_REPLY, "Dear Crystal");
  handover_outbox_set_draft (fixture->outbox, "a", HANDOVER_DRAFT_NOTE, "she is cross");
  id = handover_outbox_note (fixture->outbox, "a", "she is cross");
  assert_drafts (fixture, "Dear Crystal", NULL);
  handover_outbox_set_draft (fixture->outbox, "a", HANDOVER_DRAFT_NOTE, "and");
  restart (fixture);
  assert_drafts (fixture, "Dear Crystal", "and");

  g_assert_true (handover_outbox_withdraw (fixture->outbox, id));
  g_assert_cmpstr (fixture->returned->str, ==, "a|note she is cross|-;");
  assert_drafts (fixture, "Dear Crystal", "she is cross\n\nand");
  restart (fixture);
  g_assert_cmpuint (handover_outbox_get_unsent (fixture->outbox), ==, 0);
  assert_drafts (fixture, "Dear Crystal", "she is cross\n\nand");

  handover_outbox_set_draft (fixture->outbox, "a", HANDOVER_DRAFT_NOTE, "");
  restart (fixture);
  assert_drafts (fixture, "Dear Crystal", NULL);
}

static void
test_note_refused (Fixture       *fixture,
                   gconstpointer  data)
{
  note (fixture, "she is cross");
  go_online (fixture);
  assert_waiting_text (fixture, "she is cross");
  test_gateway_refuse (fixture->mirror.gateway, HANDOVER_PROBLEM_TOO_LARGE);
  mirror_fixture_settle (&fixture->mirror);
  g_assert_cmpstr (fixture->returned->str, ==,
                   "a|note she is cross|Note not added: The reason. Your text is back in the note.;");
  assert_drafts (fixture, NULL, "she is cross");
  g_assert_null (handover_outbox_get_reason (fixture->outbox, "a", HANDOVER_DRAFT_REPLY));
  g_assert_nonnull (handover_outbox_get_reason (fixture->outbox, "a", HANDOVER_DRAFT_NOTE));

  note (fixture, "she is");
  g_assert_null (handover_outbox_get_reason (fixture->outbox, "a", HANDOVER_DRAFT_NOTE));
  restart (fixture);
  assert_drafts (fixture, NULL, NULL);
}

static gboolean
break_job (HandoverMirrorHandle  *handle,
           gpointer               data,
           HandoverChanges       *changes,
           GError               **error)
{
  return handover_database_add_statements (handle->database, "/test/break.sql", error)
      && handover_database_run (handle->database, data, error, "");
}

static void
broken_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (handover_mirror_write_finish (HANDOVER_MIRROR (source), result, &error));
  g_assert_no_error (error);
}

static void
break_drafts (Fixture    *fixture,
              const char *how)
{
  mirror_fixture_settle (&fixture->mirror);
  handover_mirror_write_async (fixture->mirror.mirror, break_job, (gpointer) how, NULL, broken_cb, NULL);
  mirror_fixture_settle (&fixture->mirror);
}

/* The half that is stored last fails: then the other half must not have happened either. */
static void
test_reply_takes_its_draft_along (Fixture       *fixture,
                                  gconstpointer  data)
{
  handover_outbox_set_draft (fixture->outbox, "a", HANDOVER_DRAFT_REPLY, "one");
  break_drafts (fixture, "test.keep_drafts");
  reply (fixture, "one", 1);
  g_assert_null (handover_outbox_get_draft (fixture->outbox, "a", HANDOVER_DRAFT_REPLY));
  mirror_fixture_settle (&fixture->mirror);
  g_assert_nonnull (strstr (fixture->returned->str, "a|one|Not sent: "));
  g_assert_cmpstr (handover_outbox_get_draft (fixture->outbox, "a", HANDOVER_DRAFT_REPLY), ==, "one");

  restart (fixture);
  g_assert_cmpuint (handover_outbox_get_unsent (fixture->outbox), ==, 0);
  g_assert_cmpstr (handover_outbox_get_draft (fixture->outbox, "a", HANDOVER_DRAFT_REPLY), ==, "one");
}

static void
test_given_back_with_its_draft (Fixture       *fixture,
                                gconstpointer  data)
{
  g_autofree char *id = handover_outbox_reply (fixture->outbox, "a", "one", 1);

  break_drafts (fixture, "test.refuse_drafts");
  g_test_expect_message ("handover-outbox", G_LOG_LEVEL_WARNING, "The outbox could not be written*");
  g_assert_true (handover_outbox_withdraw (fixture->outbox, id));
  mirror_fixture_settle (&fixture->mirror);
  g_test_assert_expected_messages ();

  restart (fixture);
  g_assert_cmpuint (handover_outbox_get_unsent (fixture->outbox), ==, 1);
  assert_transcript (fixture, "[one]");
}

/* The connection ends while the service is being asked: nobody waits for the answer. */
static void
test_connection_lost (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autofree char *key = NULL;

  reply (fixture, "one", 1);
  go_online (fixture);
  assert_waiting_text (fixture, "one");
  key = g_strdup (test_gateway_get_key (fixture->mirror.gateway));
  handover_outbox_set_online (fixture->outbox, FALSE);
  accept (fixture, "m1", "one");
  g_assert_cmpuint (handover_outbox_get_unsent (fixture->outbox), ==, 1);

  handover_outbox_set_online (fixture->outbox, TRUE);
  assert_waiting_text (fixture, "one");
  g_assert_cmpstr (test_gateway_get_key (fixture->mirror.gateway), ==, key);
  accept (fixture, "m1", "one");
  assert_transcript (fixture, "m1");
}

static void
expire_after_an_attempt (Fixture *fixture)
{
  reply (fixture, "one", 1);
  go_online (fixture);
  assert_waiting_text (fixture, "one");
  handover_outbox_set_online (fixture->outbox, FALSE);
  test_gateway_refuse (fixture->mirror.gateway, HANDOVER_PROBLEM_UNREACHABLE);
  mirror_fixture_settle (&fixture->mirror);
  handover_outbox_set_reply_lifetime (fixture->outbox, 0);
  g_assert_cmpstr (fixture->returned->str, ==, "");

  handover_outbox_set_online (fixture->outbox, TRUE);
  test_gateway_wait (fixture->mirror.gateway, 1);
  g_assert_cmpstr (test_gateway_get_method (fixture->mirror.gateway), ==, "GET");
}

/* Whether it was sent before its time was over, only the service knows. */
static void
test_too_late_but_sent (Fixture       *fixture,
                        gconstpointer  data)
{
  g_autoptr (HandoverMessage) message = test_message ("a", "m1", "operator", "one", 1);
  g_autofree char *body = NULL;
  g_autofree char *page = NULL;

  message->at = g_get_real_time () / 1000;
  message->epoch = 1;
  body = handover_record_to_data (HANDOVER_RECORD (message));
  page = g_strdup_printf ("{\"items\":[%s],\"next_cursor\":null}", body);
  expire_after_an_attempt (fixture);
  test_gateway_answer (fixture->mirror.gateway, page, 0);
  mirror_fixture_settle (&fixture->mirror);
  g_assert_cmpuint (handover_outbox_get_unsent (fixture->outbox), ==, 0);
  g_assert_cmpstr (fixture->returned->str, ==, "");
}

static void
test_too_late_and_not_sent (Fixture       *fixture,
                            gconstpointer  data)
{
  expire_after_an_attempt (fixture);
  test_gateway_answer (fixture->mirror.gateway, "{\"items\":[],\"next_cursor\":null}", 0);
  mirror_fixture_settle (&fixture->mirror);
  g_assert_nonnull (strstr (fixture->returned->str, "a|one|Not sent: the service could not be reached"));
  g_assert_nonnull (handover_outbox_get_reason (fixture->outbox, "a", HANDOVER_DRAFT_REPLY));
  handover_outbox_set_draft (fixture->outbox, "a", HANDOVER_DRAFT_REPLY, NULL);
  g_assert_null (handover_outbox_get_reason (fixture->outbox, "a", HANDOVER_DRAFT_REPLY));
}

static void
test_read (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (HandoverConversation) conversation = handover_mirror_get_conversation (fixture->mirror.mirror, "a");

  g_assert_cmpint (conversation->unread_count, ==, 2);
  handover_outbox_mark_read (fixture->outbox, "a", "m1");
  mirror_fixture_settle (&fixture->mirror);
  g_assert_cmpint (conversation->unread_count, ==, 0);
  handover_outbox_mark_read (fixture->outbox, "a", "m2");
  handover_outbox_mark_read (fixture->outbox, "a", "m2");
  mirror_fixture_settle (&fixture->mirror);
  assert_transcript (fixture, "");
  g_assert_cmpuint (handover_outbox_get_unsent (fixture->outbox), ==, 0);

  /* Only the last one goes. */
  go_online (fixture);
  test_gateway_wait (fixture->mirror.gateway, 1);
  g_assert_cmpstr (test_gateway_get_path (fixture->mirror.gateway), ==, "/v1/conversations/a/read");
  g_assert_cmpstr (json_object_get_string_member (test_gateway_get_body (fixture->mirror.gateway), "message_id"), ==,
                   "m2");
  test_gateway_answer (fixture->mirror.gateway, NULL, 0);
  mirror_fixture_settle (&fixture->mirror);
  g_assert_cmpuint (test_gateway_get_waiting (fixture->mirror.gateway), ==, 0);
}

static void
test_alert (Fixture       *fixture,
            gconstpointer  data)
{
  /* Kept over a restart, told in order, and no unsent text. */
  handover_outbox_report_alert (fixture->outbox, "a", "esc 1", HANDOVER_ALERT_STATE_SHOWN);
  handover_outbox_report_alert (fixture->outbox, "a", "esc 1", HANDOVER_ALERT_STATE_MISSED);
  restart (fixture);
  g_assert_cmpuint (handover_outbox_get_unsent (fixture->outbox), ==, 0);
  assert_transcript (fixture, "");

  go_online (fixture);
  test_gateway_wait (fixture->mirror.gateway, 1);
  g_assert_cmpstr (test_gateway_get_path (fixture->mirror.gateway), ==, "/v1/alerts/esc%201");
  g_assert_cmpstr (json_object_get_string_member (test_gateway_get_body (fixture->mirror.gateway), "state"), ==, "shown");
  test_gateway_answer (fixture->mirror.gateway, NULL, 0);
  mirror_fixture_settle (&fixture->mirror);

  /* A service that knows nothing of it is not asked again, and the operator is not bothered. */
  test_gateway_wait (fixture->mirror.gateway, 1);
  g_assert_cmpstr (json_object_get_string_member (test_gateway_get_body (fixture->mirror.gateway), "state"), ==, "missed");
  test_gateway_refuse (fixture->mirror.gateway, HANDOVER_PROBLEM_NOT_FOUND);
  mirror_fixture_settle (&fixture->mirror);
  g_assert_cmpuint (test_gateway_get_waiting (fixture->mirror.gateway), ==, 0);
  g_assert_cmpstr (fixture->returned->str, ==, "");
}

static void
test_apart (Fixture       *fixture,
            gconstpointer  data)
{
  g_autofree char *other = handover_outbox_note (fixture->outbox, "b", "elsewhere");

  /* Conversations do not wait for each other. */
  reply (fixture, "one", 1);
  mirror_fixture_settle (&fixture->mirror);
  go_online (fixture);
  test_gateway_wait (fixture->mirror.gateway, 2);
}

static void
test_erased (Fixture       *fixture,
             gconstpointer  data)
{
  reply (fixture, "one", 1);
  handover_outbox_set_draft (fixture->outbox, "a", HANDOVER_DRAFT_REPLY, "draft");
  handover_outbox_set_draft (fixture->outbox, "a", HANDOVER_DRAFT_NOTE, "draft of a note");
  mirror_fixture_settle (&fixture->mirror);
  mirror_fixture_apply (&fixture->mirror, "customer.erased",
                        handover_record_from_data (HANDOVER_TYPE_CUSTOMER, "{\"id\": \"customer-a\"}", NULL));
  mirror_fixture_settle (&fixture->mirror);
  g_assert_cmpuint (handover_outbox_get_unsent (fixture->outbox), ==, 0);
  assert_drafts (fixture, NULL, NULL);
  assert_transcript (fixture, "");
  restart (fixture);
  g_assert_cmpuint (handover_outbox_get_unsent (fixture->outbox), ==, 0);
  assert_drafts (fixture, NULL, NULL);
}

static gboolean
age_job (HandoverMirrorHandle  *handle,
         gpointer               data,
         HandoverChanges       *changes,
         GError               **error)
{
  static const char *const steps[] = {
    "test.without_files", "test.without_note_drafts", "test.with_an_old_draft", "test.drop_drafts", "test.put_old_drafts",
    "test.before_note_drafts",
  };

  if (!handover_database_add_statements (handle->database, "/test/break.sql", error))
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      if (!handover_database_run (handle->database, steps[i], error, ""))
        return FALSE;
    }

  return TRUE;
}

/* A file from before notes had drafts: what it holds was meant for the customer. */
static void
test_old_drafts_are_replies (Fixture       *fixture,
                             gconstpointer  data)
{
  mirror_fixture_settle (&fixture->mirror);
  handover_mirror_write_async (fixture->mirror.mirror, age_job, NULL, NULL, broken_cb, NULL);
  restart (fixture);
  assert_drafts (fixture, "Dear Crystal", NULL);

  handover_outbox_set_draft (fixture->outbox, "a", HANDOVER_DRAFT_NOTE, "she is cross");
  restart (fixture);
  assert_drafts (fixture, "Dear Crystal", "she is cross");
}

#define ADD(name, function) g_test_add ("/outbox/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("order", test_order);
  ADD ("same-key", test_same_key);
  ADD ("stale-before", test_stale_before);
  ADD ("refused", test_refused);
  ADD ("attempted", test_attempted_is_for_the_service_to_judge);
  ADD ("too-late", test_too_late);
  ADD ("never-out-late", test_never_out_late);
  ADD ("stream-first", test_stream_first);
  ADD ("answered-before-stream", test_answered_before_stream);
  ADD ("withdrawn", test_withdrawn);
  ADD ("withdrawn-too-late", test_withdrawn_too_late);
  ADD ("note-withdrawn", test_note_withdrawn);
  ADD ("note-refused", test_note_refused);
  ADD ("old-drafts-are-replies", test_old_drafts_are_replies);
  ADD ("reply-takes-its-draft-along", test_reply_takes_its_draft_along);
  ADD ("given-back-with-its-draft", test_given_back_with_its_draft);
  ADD ("connection-lost", test_connection_lost);
  ADD ("too-late-but-sent", test_too_late_but_sent);
  ADD ("too-late-and-not-sent", test_too_late_and_not_sent);
  ADD ("read", test_read);
  ADD ("alert", test_alert);
  ADD ("apart", test_apart);
  ADD ("erased", test_erased);

  return g_test_run ();
}
