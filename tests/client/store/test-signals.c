/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "client/handover-signals.h"
#include "test-mirror-fixture.h"

typedef struct
{
  MirrorFixture mirror;
  HandoverSignals *signals;
  GString *changes;
} Fixture;

static void
changed_cb (Fixture    *fixture,
            const char *conversation_id)
{
  g_string_append_printf (fixture->changes, "%s;", conversation_id);
}

static void
add_operator (Fixture    *fixture,
              const char *id)
{
  g_autofree char *data = g_strdup_printf ("{\"id\":\"%s\",\"name\":\"%s\",\"email\":\"%s@example.org\","
                                           "\"role\":\"operator\",\"presence\":\"available\",\"active\":true}",
                                           id, id, id);

  mirror_fixture_apply (&fixture->mirror, "operator.created",
                        handover_record_from_data (HANDOVER_TYPE_OPERATOR, data, NULL));
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  mirror_fixture_set_up (&fixture->mirror, data);
  add_operator (fixture, TEST_ME);
  add_operator (fixture, TEST_OTHER);
  mirror_fixture_apply (&fixture->mirror, "conversation.created",
                        test_conversation ("a", "operator", TEST_OTHER, 1, 1));
  mirror_fixture_settle (&fixture->mirror);
  fixture->changes = g_string_new (NULL);
  fixture->signals = handover_signals_new (fixture->mirror.mirror);
  g_signal_connect_swapped (fixture->signals, "changed", G_CALLBACK (changed_cb), fixture);
  handover_signals_set_gateway (fixture->signals, HANDOVER_GATEWAY (fixture->mirror.gateway));
  handover_signals_set_online (fixture->signals, TRUE);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_assert_finalize_object (fixture->signals);
  g_string_free (fixture->changes, TRUE);
  mirror_fixture_tear_down (&fixture->mirror, data);
}

static void
hear (Fixture    *fixture,
      const char *operator_id,
      const char *kind)
{
  g_autofree char *data = g_strdup_printf ("{\"conversation_id\":\"a\",\"kind\":\"%s\",\"operator\":{\"id\":\"%s\","
                                           "\"name\":\"%s\"},\"at\":\"2026-01-02T10:00:00.000Z\"}",
                                           kind, operator_id, operator_id);
  g_autoptr (GError) error = NULL;
  g_autoptr (HandoverRecord) signal = handover_record_from_data (HANDOVER_TYPE_SIGNAL, data, &error);

  g_assert_no_error (error);
  handover_signals_take (fixture->signals, HANDOVER_SIGNAL (signal));
}

static void
assert_names (Fixture            *fixture,
              HandoverSignalKind  kind,
              const char         *expected)
{
  g_auto (GStrv) names = handover_signals_list (fixture->signals, "a", kind);
  g_autofree char *joined = g_strjoinv (" ", names);

  g_assert_cmpstr (joined, ==, expected);
}

static void
test_heard (Fixture       *fixture,
            gconstpointer  data)
{
  HandoverMessage *said;
  g_auto (GStrv) elsewhere = handover_signals_list (fixture->signals, "b", HANDOVER_SIGNAL_KIND_VIEWING);

  hear (fixture, TEST_ME, "viewing");
  assert_names (fixture, HANDOVER_SIGNAL_KIND_VIEWING, "");
  hear (fixture, TEST_OTHER, "viewing");
  hear (fixture, TEST_OTHER, "viewing");
  hear (fixture, TEST_OTHER, "typing");
  hear (fixture, "op-joe", "viewing");
  assert_names (fixture, HANDOVER_SIGNAL_KIND_VIEWING, TEST_OTHER " op-joe");
  assert_names (fixture, HANDOVER_SIGNAL_KIND_TYPING, TEST_OTHER);
  g_assert_cmpuint (g_strv_length (elsewhere), ==, 0);
  g_assert_cmpstr (fixture->changes->str, ==, "a;a;a;");

  /* Said is no longer being written. */
  mirror_fixture_apply (&fixture->mirror, "message.created", test_message ("a", "m1", "customer", "Hello?", 1));
  mirror_fixture_settle (&fixture->mirror);
  assert_names (fixture, HANDOVER_SIGNAL_KIND_TYPING, TEST_OTHER);
  said = test_message ("a", "m2", "operator", "Hello.", 1);
  g_clear_object (&said->operator);
  said->operator = g_object_new (HANDOVER_TYPE_PERSON, NULL);
  said->operator->id = g_strdup (TEST_OTHER);
  said->operator->name = g_strdup ("Kim");
  mirror_fixture_apply (&fixture->mirror, "message.created", said);
  mirror_fixture_settle (&fixture->mirror);
  assert_names (fixture, HANDOVER_SIGNAL_KIND_TYPING, "");
  assert_names (fixture, HANDOVER_SIGNAL_KIND_VIEWING, TEST_OTHER " op-joe");

  handover_signals_set_online (fixture->signals, FALSE);
  assert_names (fixture, HANDOVER_SIGNAL_KIND_VIEWING, "");
  assert_names (fixture, HANDOVER_SIGNAL_KIND_TYPING, "");
}

static void
test_expires (Fixture       *fixture,
              gconstpointer  data)
{
  handover_signals_set_lifetime (fixture->signals, 1);
  hear (fixture, TEST_OTHER, "typing");
  assert_names (fixture, HANDOVER_SIGNAL_KIND_TYPING, TEST_OTHER);
  while (!g_str_equal (fixture->changes->str, "a;a;"))
    g_main_context_iteration (NULL, TRUE);
  assert_names (fixture, HANDOVER_SIGNAL_KIND_TYPING, "");
}

static void
test_sent (Fixture       *fixture,
           gconstpointer  data)
{
  handover_signals_send (fixture->signals, "a", HANDOVER_SIGNAL_KIND_TYPING);
  handover_signals_send (fixture->signals, "a", HANDOVER_SIGNAL_KIND_TYPING);
  handover_signals_send (fixture->signals, "a", HANDOVER_SIGNAL_KIND_VIEWING);
  g_assert_cmpuint (test_gateway_get_waiting (fixture->mirror.gateway), ==, 2);
  g_assert_cmpstr (test_gateway_get_path (fixture->mirror.gateway), ==, "/v1/signals");
  g_assert_cmpstr (json_object_get_string_member (test_gateway_get_body (fixture->mirror.gateway), "kind"), ==, "typing");

  /* What is lost is lost, and nobody is told while offline. */
  test_gateway_refuse (fixture->mirror.gateway, HANDOVER_PROBLEM_UNREACHABLE);
  test_gateway_answer (fixture->mirror.gateway, NULL, 0);
  handover_signals_set_online (fixture->signals, FALSE);
  handover_signals_send (fixture->signals, "b", HANDOVER_SIGNAL_KIND_VIEWING);
  mirror_fixture_settle (&fixture->mirror);
  g_assert_cmpuint (test_gateway_get_waiting (fixture->mirror.gateway), ==, 0);
}

#define ADD(name, function) g_test_add ("/signals/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("heard", test_heard);
  ADD ("expires", test_expires);
  ADD ("sent", test_sent);

  return g_test_run ();
}
