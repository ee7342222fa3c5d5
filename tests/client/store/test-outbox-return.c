/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "client/store/handover-mirror-private.h"
#include "client/store/handover-outbox-private.h"
#include "test-outbox-fixture.h"

static void
test_stale_before (OutboxFixture *fixture,
                   gconstpointer  data)
{
  outbox_fixture_reply (fixture, "one", 1);
  outbox_fixture_reply (fixture, "two", 1);
  outbox_fixture_note (fixture, "note");
  mirror_fixture_settle (&fixture->mirror);
  handover_outbox_set_draft (fixture->outbox, "a", HANDOVER_DRAFT_REPLY, "being written");
  outbox_fixture_apply (fixture, "operator", TEST_OTHER, 2);

  /* Given back before any of it went out; the note waits on. */
  g_assert_nonnull (strstr (fixture->returned->str, "a|one|Not sent: Kim took over at "));
  g_assert_nonnull (strstr (fixture->returned->str, "a|two|Not sent: Kim took over at "));
  outbox_fixture_assert_transcript (fixture, "[note]");
  outbox_fixture_assert_drafts (fixture, "one\n\ntwo\n\nbeing written", NULL);

  outbox_fixture_go_online (fixture);
  outbox_fixture_assert_waiting (fixture, "note");
  outbox_fixture_accept (fixture, "m1", "note");

  outbox_fixture_restart (fixture);
  outbox_fixture_assert_drafts (fixture, "one\n\ntwo\n\nbeing written", NULL);
  handover_outbox_set_draft (fixture->outbox, "a", HANDOVER_DRAFT_REPLY, "");
  outbox_fixture_restart (fixture);
  g_assert_null (handover_outbox_get_draft (fixture->outbox, "a", HANDOVER_DRAFT_REPLY));
}

static void
test_refused (OutboxFixture *fixture,
              gconstpointer  data)
{
  outbox_fixture_reply (fixture, "one", 1);
  outbox_fixture_reply (fixture, "two", 1);
  outbox_fixture_go_online (fixture);
  outbox_fixture_assert_waiting (fixture, "one");
  test_gateway_refuse (fixture->mirror.gateway, HANDOVER_PROBLEM_TOO_LARGE);
  mirror_fixture_settle (&fixture->mirror);
  g_assert_cmpstr (fixture->returned->str, ==,
                   "a|one|Not sent: The reason. Your text is back in the draft.;");

  outbox_fixture_assert_waiting (fixture, "two");
  outbox_fixture_accept (fixture, "m2", "two");
  outbox_fixture_assert_transcript (fixture, "m2");
}

/* The service refuses what the mirror still takes for right: it is asked who has the conversation. */
static void
refuse_unheard (OutboxFixture *fixture)
{
  test_gateway_refuse (fixture->mirror.gateway, HANDOVER_PROBLEM_STALE_EPOCH);
  test_gateway_wait (fixture->mirror.gateway, 1);
  g_assert_cmpstr (test_gateway_get_method (fixture->mirror.gateway), ==, "GET");
  g_assert_cmpstr (test_gateway_get_path (fixture->mirror.gateway), ==, "/v1/conversations/a");
  g_assert_cmpstr (fixture->returned->str, ==, "");
}

static void
test_refused_before_it_was_heard (OutboxFixture *fixture,
                                  gconstpointer  data)
{
  g_autoptr (HandoverConversation) conversation = test_conversation ("a", "operator", TEST_OTHER, 2, 2);
  g_autofree char *body = handover_record_to_data (HANDOVER_RECORD (conversation));

  outbox_fixture_reply (fixture, "one", 1);
  outbox_fixture_reply (fixture, "two", 1);
  outbox_fixture_go_online (fixture);
  outbox_fixture_assert_waiting (fixture, "one");
  refuse_unheard (fixture);
  test_gateway_answer (fixture->mirror.gateway, body, 0);
  mirror_fixture_settle (&fixture->mirror);
  g_assert_nonnull (strstr (fixture->returned->str, "a|one|Not sent: Kim took over at "));
  g_assert_nonnull (strstr (fixture->returned->str, "a|two|Not sent: Kim took over at "));
  outbox_fixture_assert_drafts (fixture, "one\n\ntwo", NULL);
  outbox_fixture_assert_transcript (fixture, "");
}

static void
test_heard_while_asking (OutboxFixture *fixture,
                         gconstpointer  data)
{
  outbox_fixture_reply (fixture, "one", 1);
  outbox_fixture_reply (fixture, "two", 1);
  outbox_fixture_go_online (fixture);
  outbox_fixture_assert_waiting (fixture, "one");
  refuse_unheard (fixture);

  /* What was never sent comes back at once, what is asked about goes before it. */
  outbox_fixture_apply (fixture, "operator", TEST_OTHER, 2);
  outbox_fixture_assert_drafts (fixture, "two", NULL);
  test_gateway_refuse (fixture->mirror.gateway, HANDOVER_PROBLEM_NOT_FOUND);
  mirror_fixture_settle (&fixture->mirror);
  g_assert_nonnull (strstr (fixture->returned->str, "a|one|Not sent: Kim took over at "));
  outbox_fixture_assert_drafts (fixture, "one\n\ntwo", NULL);
}

static void
test_nobody_to_ask (OutboxFixture *fixture,
                    gconstpointer  data)
{
  g_autofree char *key = NULL;

  outbox_fixture_reply (fixture, "one", 1);
  outbox_fixture_go_online (fixture);
  outbox_fixture_assert_waiting (fixture, "one");
  key = g_strdup (test_gateway_get_key (fixture->mirror.gateway));
  refuse_unheard (fixture);
  handover_outbox_set_online (fixture->outbox, FALSE);
  test_gateway_refuse (fixture->mirror.gateway, HANDOVER_PROBLEM_UNREACHABLE);
  mirror_fixture_settle (&fixture->mirror);
  g_assert_cmpstr (fixture->returned->str, ==, "");

  /* All of it again, for the service is safe to ask. */
  handover_outbox_set_online (fixture->outbox, TRUE);
  outbox_fixture_assert_waiting (fixture, "one");
  g_assert_cmpstr (test_gateway_get_key (fixture->mirror.gateway), ==, key);
  refuse_unheard (fixture);
  test_gateway_refuse (fixture->mirror.gateway, HANDOVER_PROBLEM_NOT_FOUND);
  mirror_fixture_settle (&fixture->mirror);
  g_assert_cmpstr (fixture->returned->str, ==,
                   "a|one|Not sent: the conversation changed hands meanwhile. Your text is back in the draft.;");
}

static void
test_attempted_is_for_the_service_to_judge (OutboxFixture *fixture,
                                            gconstpointer  data)
{
  outbox_fixture_reply (fixture, "one", 1);
  outbox_fixture_go_online (fixture);
  test_gateway_wait (fixture->mirror.gateway, 1);
  test_gateway_refuse (fixture->mirror.gateway, HANDOVER_PROBLEM_UNREACHABLE);
  mirror_fixture_settle (&fixture->mirror);

  /* It may have arrived before the hand-over: giving it back could make the operator say it twice. */
  outbox_fixture_apply (fixture, "operator", TEST_OTHER, 2);
  g_assert_cmpstr (fixture->returned->str, ==, "");
  handover_outbox_set_online (fixture->outbox, TRUE);
  outbox_fixture_assert_waiting (fixture, "one");
  test_gateway_refuse (fixture->mirror.gateway, HANDOVER_PROBLEM_NOT_HOLDER);
  mirror_fixture_settle (&fixture->mirror);
  g_assert_nonnull (strstr (fixture->returned->str, "a|one|Not sent: Kim took over at "));
}

static void
test_too_late (OutboxFixture *fixture,
               gconstpointer  data)
{
  outbox_fixture_note (fixture, "note");
  handover_outbox_set_reply_lifetime (fixture->outbox, 1);
  outbox_fixture_reply (fixture, "one", 1);
  while (fixture->returned->len == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (fixture->returned->str, ==,
                   "a|one|Not sent: the service could not be reached for 15 minutes. "
                   "Your text is back in the draft.;");
  g_assert_cmpstr (handover_outbox_get_draft (fixture->outbox, "a", HANDOVER_DRAFT_REPLY), ==, "one");

  outbox_fixture_go_online (fixture);
  outbox_fixture_assert_waiting (fixture, "note");
}

static void
test_never_out_late (OutboxFixture *fixture,
                     gconstpointer  data)
{
  outbox_fixture_reply (fixture, "one", 1);
  mirror_fixture_settle (&fixture->mirror);

  /* The machine slept: the reply is old before any timer has run. */
  handover_outbox_set_reply_lifetime (fixture->outbox, 0);
  outbox_fixture_go_online (fixture);
  g_assert_cmpuint (test_gateway_get_waiting (fixture->mirror.gateway), ==, 0);
  g_assert_nonnull (strstr (fixture->returned->str, "a|one|Not sent: the service could not be reached"));
}

static void
test_withdrawn (OutboxFixture *fixture,
                gconstpointer  data)
{
  g_autofree char *first = handover_outbox_reply (fixture->outbox, "a", "one", 1);
  g_autofree char *second = handover_outbox_reply (fixture->outbox, "a", "two", 1);

  mirror_fixture_settle (&fixture->mirror);
  g_assert_true (handover_outbox_withdraw (fixture->outbox, second));
  g_assert_false (handover_outbox_withdraw (fixture->outbox, second));
  g_assert_cmpstr (fixture->returned->str, ==, "a|two|-;");
  outbox_fixture_assert_transcript (fixture, "[one]");

  outbox_fixture_go_online (fixture);
  test_gateway_wait (fixture->mirror.gateway, 1);
  g_assert_false (handover_outbox_withdraw (fixture->outbox, first));
  outbox_fixture_accept (fixture, "m1", "one");
  g_assert_cmpuint (test_gateway_get_waiting (fixture->mirror.gateway), ==, 0);
}

static void
test_withdrawn_too_late (OutboxFixture *fixture,
                         gconstpointer  data)
{
  g_autofree char *id = handover_outbox_reply (fixture->outbox, "a", "one", 1);

  outbox_fixture_go_online (fixture);
  test_gateway_wait (fixture->mirror.gateway, 1);
  test_gateway_refuse (fixture->mirror.gateway, HANDOVER_PROBLEM_UNREACHABLE);
  mirror_fixture_settle (&fixture->mirror);

  /* Its answer may be what was lost. */
  g_assert_false (handover_outbox_withdraw (fixture->outbox, id));
  outbox_fixture_assert_transcript (fixture, "[one]");
}

/* One press from the customer is no place for what was written to the team. */
static void
test_note_withdrawn (OutboxFixture *fixture,
                     gconstpointer  data)
{
  g_autofree char *id = NULL;

  handover_outbox_set_draft (fixture->outbox, "a", HANDOVER_DRAFT_REPLY, "Dear Crystal");
  handover_outbox_set_draft (fixture->outbox, "a", HANDOVER_DRAFT_NOTE, "she is cross");
  id = handover_outbox_note (fixture->outbox, "a", "she is cross");
  outbox_fixture_assert_drafts (fixture, "Dear Crystal", NULL);
  handover_outbox_set_draft (fixture->outbox, "a", HANDOVER_DRAFT_NOTE, "and");
  outbox_fixture_restart (fixture);
  outbox_fixture_assert_drafts (fixture, "Dear Crystal", "and");

  g_assert_true (handover_outbox_withdraw (fixture->outbox, id));
  g_assert_cmpstr (fixture->returned->str, ==, "a|note she is cross|-;");
  outbox_fixture_assert_drafts (fixture, "Dear Crystal", "she is cross\n\nand");
  outbox_fixture_restart (fixture);
  g_assert_cmpuint (handover_outbox_get_unsent (fixture->outbox), ==, 0);
  outbox_fixture_assert_drafts (fixture, "Dear Crystal", "she is cross\n\nand");

  handover_outbox_set_draft (fixture->outbox, "a", HANDOVER_DRAFT_NOTE, "");
  outbox_fixture_restart (fixture);
  outbox_fixture_assert_drafts (fixture, "Dear Crystal", NULL);
}

static void
test_note_refused (OutboxFixture *fixture,
                   gconstpointer  data)
{
  outbox_fixture_note (fixture, "she is cross");
  outbox_fixture_go_online (fixture);
  outbox_fixture_assert_waiting (fixture, "she is cross");
  test_gateway_refuse (fixture->mirror.gateway, HANDOVER_PROBLEM_TOO_LARGE);
  mirror_fixture_settle (&fixture->mirror);
  g_assert_cmpstr (fixture->returned->str, ==,
                   "a|note she is cross|Note not added: The reason. Your text is back in the note.;");
  outbox_fixture_assert_drafts (fixture, NULL, "she is cross");
  g_assert_null (handover_outbox_get_reason (fixture->outbox, "a", HANDOVER_DRAFT_REPLY));
  g_assert_nonnull (handover_outbox_get_reason (fixture->outbox, "a", HANDOVER_DRAFT_NOTE));

  outbox_fixture_note (fixture, "she is");
  g_assert_null (handover_outbox_get_reason (fixture->outbox, "a", HANDOVER_DRAFT_NOTE));
  outbox_fixture_restart (fixture);
  outbox_fixture_assert_drafts (fixture, NULL, NULL);
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
break_drafts (OutboxFixture *fixture,
              const char *how)
{
  mirror_fixture_settle (&fixture->mirror);
  handover_mirror_write_async (fixture->mirror.mirror, break_job, (gpointer) how, NULL, broken_cb, NULL);
  mirror_fixture_settle (&fixture->mirror);
}

/* The half that is stored last fails: then the other half must not have happened either. */
static void
test_reply_takes_its_draft_along (OutboxFixture *fixture,
                                  gconstpointer  data)
{
  handover_outbox_set_draft (fixture->outbox, "a", HANDOVER_DRAFT_REPLY, "one");
  break_drafts (fixture, "test.keep_drafts");
  outbox_fixture_reply (fixture, "one", 1);
  g_assert_null (handover_outbox_get_draft (fixture->outbox, "a", HANDOVER_DRAFT_REPLY));
  mirror_fixture_settle (&fixture->mirror);
  g_assert_nonnull (strstr (fixture->returned->str, "a|one|Not sent: "));
  g_assert_cmpstr (handover_outbox_get_draft (fixture->outbox, "a", HANDOVER_DRAFT_REPLY), ==, "one");

  outbox_fixture_restart (fixture);
  g_assert_cmpuint (handover_outbox_get_unsent (fixture->outbox), ==, 0);
  g_assert_cmpstr (handover_outbox_get_draft (fixture->outbox, "a", HANDOVER_DRAFT_REPLY), ==, "one");
}

static void
test_given_back_with_its_draft (OutboxFixture *fixture,
                                gconstpointer  data)
{
  g_autofree char *id = handover_outbox_reply (fixture->outbox, "a", "one", 1);

  break_drafts (fixture, "test.refuse_drafts");
  g_test_expect_message ("handover-outbox", G_LOG_LEVEL_WARNING, "The outbox could not be written*");
  g_assert_true (handover_outbox_withdraw (fixture->outbox, id));
  mirror_fixture_settle (&fixture->mirror);
  g_test_assert_expected_messages ();

  outbox_fixture_restart (fixture);
  g_assert_cmpuint (handover_outbox_get_unsent (fixture->outbox), ==, 1);
  outbox_fixture_assert_transcript (fixture, "[one]");
}

static void
expire_after_an_attempt (OutboxFixture *fixture)
{
  outbox_fixture_reply (fixture, "one", 1);
  outbox_fixture_go_online (fixture);
  outbox_fixture_assert_waiting (fixture, "one");
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
test_too_late_but_sent (OutboxFixture *fixture,
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
test_too_late_and_not_sent (OutboxFixture *fixture,
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

static gboolean
age_job (HandoverMirrorHandle  *handle,
         gpointer               data,
         HandoverChanges       *changes,
         GError               **error)
{
  static const char *const steps[] = {
    "test.without_quotes", "test.without_quoting", "test.without_files", "test.without_note_drafts",
    "test.with_an_old_draft", "test.drop_drafts", "test.put_old_drafts", "test.before_note_drafts",
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
test_old_drafts_are_replies (OutboxFixture *fixture,
                             gconstpointer  data)
{
  mirror_fixture_settle (&fixture->mirror);
  handover_mirror_write_async (fixture->mirror.mirror, age_job, NULL, NULL, broken_cb, NULL);
  outbox_fixture_restart (fixture);
  outbox_fixture_assert_drafts (fixture, "Dear Crystal", NULL);

  handover_outbox_set_draft (fixture->outbox, "a", HANDOVER_DRAFT_NOTE, "she is cross");
  outbox_fixture_restart (fixture);
  outbox_fixture_assert_drafts (fixture, "Dear Crystal", "she is cross");
}

#define ADD(name, function) \
  g_test_add ("/outbox-return/" name, OutboxFixture, NULL, outbox_fixture_set_up, function, outbox_fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("stale-before", test_stale_before);
  ADD ("refused", test_refused);
  ADD ("refused-before-it-was-heard", test_refused_before_it_was_heard);
  ADD ("heard-while-asking", test_heard_while_asking);
  ADD ("nobody-to-ask", test_nobody_to_ask);
  ADD ("attempted", test_attempted_is_for_the_service_to_judge);
  ADD ("too-late", test_too_late);
  ADD ("never-out-late", test_never_out_late);
  ADD ("withdrawn", test_withdrawn);
  ADD ("withdrawn-too-late", test_withdrawn_too_late);
  ADD ("note-withdrawn", test_note_withdrawn);
  ADD ("note-refused", test_note_refused);
  ADD ("old-drafts-are-replies", test_old_drafts_are_replies);
  ADD ("reply-takes-its-draft-along", test_reply_takes_its_draft_along);
  ADD ("given-back-with-its-draft", test_given_back_with_its_draft);
  ADD ("too-late-but-sent", test_too_late_but_sent);
  ADD ("too-late-and-not-sent", test_too_late_and_not_sent);

  return g_test_run ();
}
