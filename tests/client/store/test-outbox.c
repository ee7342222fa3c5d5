/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "client/store/handover-mirror-private.h"
#include "client/store/handover-outbox-private.h"
#include "test-outbox-fixture.h"

static void
test_order (OutboxFixture *fixture,
            gconstpointer  data)
{
  g_autoptr (ListShadow) shadow = list_shadow_new (G_LIST_MODEL (fixture->transcript));
  JsonObject *body;

  /* Nothing goes out while offline; it is shown. */
  outbox_fixture_reply (fixture, "one", 1);
  outbox_fixture_note (fixture, "two");
  outbox_fixture_reply (fixture, "three", 1);
  mirror_fixture_settle (&fixture->mirror);
  outbox_fixture_assert_transcript (fixture, "[one] [two] [three]");
  g_assert_cmpuint (handover_outbox_get_unsent (fixture->outbox), ==, 3);
  g_assert_cmpuint (test_gateway_get_waiting (fixture->mirror.gateway), ==, 0);

  outbox_fixture_go_online (fixture);
  outbox_fixture_assert_waiting (fixture, "one");
  body = test_gateway_get_body (fixture->mirror.gateway);
  g_assert_cmpstr (test_gateway_get_method (fixture->mirror.gateway), ==, "POST");
  g_assert_cmpstr (test_gateway_get_path (fixture->mirror.gateway), ==, "/v1/conversations/a/messages");
  g_assert_cmpstr (json_object_get_string_member (body, "kind"), ==, "reply");
  g_assert_cmpint (json_object_get_int_member (body, "epoch"), ==, 1);
  g_assert_cmpuint (strlen (test_gateway_get_key (fixture->mirror.gateway)), >, 30);

  /* One after the other. */
  outbox_fixture_accept (fixture, "m1", "one");
  outbox_fixture_assert_transcript (fixture, "m1 [two] [three]");
  outbox_fixture_assert_waiting (fixture, "two");
  body = test_gateway_get_body (fixture->mirror.gateway);
  g_assert_cmpstr (json_object_get_string_member (body, "kind"), ==, "note");
  g_assert_false (json_object_has_member (body, "epoch"));
  outbox_fixture_accept (fixture, "m2", "two");
  outbox_fixture_accept (fixture, "m3", "three");
  outbox_fixture_assert_transcript (fixture, "m1 m2 m3");
  g_assert_cmpuint (handover_outbox_get_unsent (fixture->outbox), ==, 0);
  g_assert_cmpstr (fixture->returned->str, ==, "");
  list_shadow_check (shadow);

  /* The stream tells the same again. */
  mirror_fixture_apply (&fixture->mirror, "message.created", test_message ("a", "m1", "operator", "one", 1));
  mirror_fixture_settle (&fixture->mirror);
  outbox_fixture_assert_transcript (fixture, "m1 m2 m3");
}

static void
test_same_key (OutboxFixture *fixture,
               gconstpointer  data)
{
  g_autofree char *key = NULL;

  outbox_fixture_reply (fixture, "one", 1);
  outbox_fixture_go_online (fixture);
  test_gateway_wait (fixture->mirror.gateway, 1);
  key = g_strdup (test_gateway_get_key (fixture->mirror.gateway));
  test_gateway_refuse (fixture->mirror.gateway, HANDOVER_PROBLEM_UNREACHABLE);
  mirror_fixture_settle (&fixture->mirror);
  outbox_fixture_assert_transcript (fixture, "[one]");
  g_assert_cmpuint (test_gateway_get_waiting (fixture->mirror.gateway), ==, 0);

  /* Again, by a new process, with the key made once. */
  outbox_fixture_restart (fixture);
  outbox_fixture_assert_transcript (fixture, "[one]");
  outbox_fixture_go_online (fixture);
  test_gateway_wait (fixture->mirror.gateway, 1);
  g_assert_cmpstr (test_gateway_get_key (fixture->mirror.gateway), ==, key);
  outbox_fixture_accept (fixture, "m1", "one");
  outbox_fixture_assert_transcript (fixture, "m1");

  outbox_fixture_restart (fixture);
  outbox_fixture_assert_transcript (fixture, "m1");
  g_assert_cmpuint (handover_outbox_get_unsent (fixture->outbox), ==, 0);
}

static void
test_stream_first (OutboxFixture *fixture,
                   gconstpointer  data)
{
  outbox_fixture_reply (fixture, "one", 1);
  outbox_fixture_go_online (fixture);
  test_gateway_wait (fixture->mirror.gateway, 1);
  mirror_fixture_apply (&fixture->mirror, "message.created", test_message ("a", "m1", "operator", "one", 1));
  mirror_fixture_settle (&fixture->mirror);
  outbox_fixture_assert_transcript (fixture, "m1");
  outbox_fixture_accept (fixture, "m1", "one");
  outbox_fixture_assert_transcript (fixture, "m1");
  g_assert_cmpuint (handover_outbox_get_unsent (fixture->outbox), ==, 0);
}

/* What others said before it, the stream may bring after the answer. */
static void
test_answered_before_stream (OutboxFixture *fixture,
                             gconstpointer  data)
{
  g_autoptr (ListShadow) shadow = list_shadow_new (G_LIST_MODEL (fixture->transcript));

  mirror_fixture_apply (&fixture->mirror, "message.created", test_message ("a", "c1", "customer", "hello", 1));
  outbox_fixture_reply (fixture, "one", 1);
  outbox_fixture_reply (fixture, "two", 1);
  outbox_fixture_go_online (fixture);
  outbox_fixture_assert_waiting (fixture, "one");
  outbox_fixture_accept (fixture, "m1", "one");
  outbox_fixture_assert_waiting (fixture, "two");
  outbox_fixture_accept (fixture, "m2", "two");
  outbox_fixture_assert_transcript (fixture, "c1 m1 m2");

  mirror_fixture_apply (&fixture->mirror, "message.created", test_message ("a", "c2", "customer", "there?", 1));
  mirror_fixture_settle (&fixture->mirror);
  outbox_fixture_assert_transcript (fixture, "c1 c2 m1 m2");
  mirror_fixture_apply (&fixture->mirror, "message.created", test_message ("a", "m1", "operator", "one", 1));
  mirror_fixture_apply (&fixture->mirror, "message.created", test_message ("a", "c3", "customer", "ah", 1));
  mirror_fixture_settle (&fixture->mirror);
  outbox_fixture_assert_transcript (fixture, "c1 c2 m1 c3 m2");
  mirror_fixture_apply (&fixture->mirror, "message.created", test_message ("a", "m2", "operator", "two", 1));
  mirror_fixture_settle (&fixture->mirror);
  outbox_fixture_assert_transcript (fixture, "c1 c2 m1 c3 m2");
  list_shadow_check (shadow);
  g_clear_pointer (&shadow, list_shadow_free);

  outbox_fixture_restart (fixture);
  outbox_fixture_assert_transcript (fixture, "c1 c2 m1 c3 m2");
}

/* The connection ends while the service is being asked: nobody waits for the answer. */
static void
test_connection_lost (OutboxFixture *fixture,
                      gconstpointer  data)
{
  g_autofree char *key = NULL;

  outbox_fixture_reply (fixture, "one", 1);
  outbox_fixture_go_online (fixture);
  outbox_fixture_assert_waiting (fixture, "one");
  key = g_strdup (test_gateway_get_key (fixture->mirror.gateway));
  handover_outbox_set_online (fixture->outbox, FALSE);
  outbox_fixture_accept (fixture, "m1", "one");
  g_assert_cmpuint (handover_outbox_get_unsent (fixture->outbox), ==, 1);

  handover_outbox_set_online (fixture->outbox, TRUE);
  outbox_fixture_assert_waiting (fixture, "one");
  g_assert_cmpstr (test_gateway_get_key (fixture->mirror.gateway), ==, key);
  outbox_fixture_accept (fixture, "m1", "one");
  outbox_fixture_assert_transcript (fixture, "m1");
}

static void
test_read (OutboxFixture *fixture,
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
  outbox_fixture_assert_transcript (fixture, "");
  g_assert_cmpuint (handover_outbox_get_unsent (fixture->outbox), ==, 0);

  /* Only the last one goes. */
  outbox_fixture_go_online (fixture);
  test_gateway_wait (fixture->mirror.gateway, 1);
  g_assert_cmpstr (test_gateway_get_path (fixture->mirror.gateway), ==, "/v1/conversations/a/read");
  g_assert_cmpstr (json_object_get_string_member (test_gateway_get_body (fixture->mirror.gateway), "message_id"), ==,
                   "m2");
  test_gateway_answer (fixture->mirror.gateway, NULL, 0);
  mirror_fixture_settle (&fixture->mirror);
  g_assert_cmpuint (test_gateway_get_waiting (fixture->mirror.gateway), ==, 0);
}

static void
test_alert (OutboxFixture *fixture,
            gconstpointer  data)
{
  /* Kept over a restart, told in order, and no unsent text. */
  handover_outbox_report_alert (fixture->outbox, "a", "esc 1", HANDOVER_ALERT_STATE_SHOWN);
  handover_outbox_report_alert (fixture->outbox, "a", "esc 1", HANDOVER_ALERT_STATE_MISSED);
  outbox_fixture_restart (fixture);
  g_assert_cmpuint (handover_outbox_get_unsent (fixture->outbox), ==, 0);
  outbox_fixture_assert_transcript (fixture, "");

  outbox_fixture_go_online (fixture);
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
test_apart (OutboxFixture *fixture,
            gconstpointer  data)
{
  g_autofree char *other = handover_outbox_note (fixture->outbox, "b", "elsewhere");

  /* Conversations do not wait for each other. */
  outbox_fixture_reply (fixture, "one", 1);
  mirror_fixture_settle (&fixture->mirror);
  outbox_fixture_go_online (fixture);
  test_gateway_wait (fixture->mirror.gateway, 2);
}

static void
test_erased (OutboxFixture *fixture,
             gconstpointer  data)
{
  outbox_fixture_reply (fixture, "one", 1);
  handover_outbox_set_draft (fixture->outbox, "a", HANDOVER_DRAFT_REPLY, "draft");
  handover_outbox_set_draft (fixture->outbox, "a", HANDOVER_DRAFT_NOTE, "draft of a note");
  mirror_fixture_settle (&fixture->mirror);
  mirror_fixture_apply (&fixture->mirror, "customer.erased",
                        handover_record_from_data (HANDOVER_TYPE_CUSTOMER, "{\"id\": \"customer-a\"}", NULL));
  mirror_fixture_settle (&fixture->mirror);
  g_assert_cmpuint (handover_outbox_get_unsent (fixture->outbox), ==, 0);
  outbox_fixture_assert_drafts (fixture, NULL, NULL);
  outbox_fixture_assert_transcript (fixture, "");
  outbox_fixture_restart (fixture);
  g_assert_cmpuint (handover_outbox_get_unsent (fixture->outbox), ==, 0);
  outbox_fixture_assert_drafts (fixture, NULL, NULL);
}

#define ADD(name, function) \
  g_test_add ("/outbox/" name, OutboxFixture, NULL, outbox_fixture_set_up, function, outbox_fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("order", test_order);
  ADD ("same-key", test_same_key);
  ADD ("stream-first", test_stream_first);
  ADD ("answered-before-stream", test_answered_before_stream);
  ADD ("connection-lost", test_connection_lost);
  ADD ("read", test_read);
  ADD ("alert", test_alert);
  ADD ("apart", test_apart);
  ADD ("erased", test_erased);

  return g_test_run ();
}
