/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "test-mirror-fixture.h"

static void
apply_message (MirrorFixture *fixture,
               const char    *id,
               gint64         version)
{
  mirror_fixture_apply (fixture, version == 1 ? "message.created" : "message.updated",
                        test_message ("a", id, "customer", "Hello", version));
}

/* Answers the call that waits with messages m<newest> down to m<oldest>. */
static void
answer_page (MirrorFixture *fixture,
             int            newest,
             int            oldest,
             const char    *next_cursor)
{
  g_autoptr (GString) body = g_string_new ("{\"items\": [");

  for (int i = newest; i >= oldest; i--)
    g_string_append_printf (body,
                            "%s{\"id\": \"m%d\", \"conversation_id\": \"a\", \"author\": \"customer\", "
                            "\"kind\": \"message\", \"text\": \"Hello\", \"attachments\": [], \"epoch\": 1, "
                            "\"at\": \"2026-01-01T00:00:00.000Z\", \"version\": 1}",
                            i < newest ? ", " : "", i);
  if (next_cursor != NULL)
    g_string_append_printf (body, "], \"next_cursor\": \"%s\"}", next_cursor);
  else
    g_string_append (body, "], \"next_cursor\": null}");
  test_gateway_answer (fixture->gateway, body->str, 1);
}

static char *
make_ids (int oldest,
          int newest)
{
  GString *ids = g_string_new (NULL);

  for (int i = oldest; i <= newest; i++)
    g_string_append_printf (ids, "%sm%d", i > oldest ? " " : "", i);
  return g_string_free (ids, FALSE);
}

static void
assert_range (HandoverTranscript *transcript,
              int                 oldest,
              int                 newest)
{
  g_autofree char *expected = make_ids (oldest, newest);

  test_assert_ids (G_LIST_MODEL (transcript), expected);
}

static void
wait_until_loaded (HandoverTranscript *transcript)
{
  while (handover_transcript_get_loading (transcript))
    g_main_context_iteration (NULL, TRUE);
}

static HandoverTranscript *
open_transcript (MirrorFixture *fixture)
{
  handover_mirror_set_gateway (fixture->mirror, HANDOVER_GATEWAY (fixture->gateway));
  return handover_mirror_get_transcript (fixture->mirror, "a");
}

static void
test_first_page (MirrorFixture *fixture,
                 gconstpointer  data)
{
  g_autoptr (HandoverTranscript) transcript = open_transcript (fixture);
  g_autoptr (HandoverTranscript) again = open_transcript (fixture);
  g_autoptr (ListShadow) shadow = list_shadow_new (G_LIST_MODEL (transcript));

  g_assert_true (transcript == again);
  g_assert_true (handover_transcript_get_loading (transcript));
  test_gateway_wait (fixture->gateway, 1);
  g_assert_cmpstr (test_gateway_get_method (fixture->gateway), ==, "GET");
  g_assert_cmpstr (test_gateway_get_path (fixture->gateway), ==, "/v1/conversations/a/messages?limit=60");
  answer_page (fixture, 3, 1, NULL);
  wait_until_loaded (transcript);
  assert_range (transcript, 1, 3);
  g_assert_true (handover_transcript_get_complete (transcript));

  /* Complete: there is nothing to ask for. */
  handover_transcript_load_older (transcript);
  mirror_fixture_settle (fixture);
  g_assert_cmpuint (test_gateway_get_waiting (fixture->gateway), ==, 0);
  list_shadow_check (shadow);
}

static void
test_older (MirrorFixture *fixture,
            gconstpointer  data)
{
  g_autoptr (HandoverTranscript) transcript = open_transcript (fixture);
  g_autoptr (ListShadow) shadow = list_shadow_new (G_LIST_MODEL (transcript));

  test_gateway_wait (fixture->gateway, 1);
  answer_page (fixture, 150, 91, "p/2");
  wait_until_loaded (transcript);
  assert_range (transcript, 91, 150);
  g_assert_false (handover_transcript_get_complete (transcript));

  handover_transcript_load_older (transcript);
  handover_transcript_load_older (transcript);
  test_gateway_wait (fixture->gateway, 1);
  g_assert_cmpstr (test_gateway_get_path (fixture->gateway), ==,
                   "/v1/conversations/a/messages?limit=60&before=p%2F2");
  answer_page (fixture, 90, 31, "p3");
  wait_until_loaded (transcript);
  assert_range (transcript, 31, 150);

  handover_transcript_load_older (transcript);
  test_gateway_wait (fixture->gateway, 1);
  answer_page (fixture, 30, 1, NULL);
  wait_until_loaded (transcript);
  assert_range (transcript, 1, 150);
  g_assert_true (handover_transcript_get_complete (transcript));
  list_shadow_check (shadow);
  g_clear_pointer (&shadow, list_shadow_free);
  g_clear_object (&transcript);

  /* The next time all of it is at hand; it opens at the newest all the same. */
  mirror_fixture_close (fixture);
  mirror_fixture_open (fixture);
  transcript = open_transcript (fixture);
  wait_until_loaded (transcript);
  assert_range (transcript, 91, 150);
  handover_transcript_load_older (transcript);
  wait_until_loaded (transcript);
  handover_transcript_load_older (transcript);
  wait_until_loaded (transcript);
  assert_range (transcript, 1, 150);
  g_assert_true (handover_transcript_get_complete (transcript));
  g_assert_cmpuint (test_gateway_get_waiting (fixture->gateway), ==, 0);
}

static void
test_stream (MirrorFixture *fixture,
             gconstpointer  data)
{
  g_autoptr (HandoverTranscript) transcript = NULL;
  g_autoptr (ListShadow) shadow = NULL;
  g_autoptr (HandoverMessage) message = NULL;

  apply_message (fixture, "m5", 1);
  mirror_fixture_settle (fixture);
  transcript = open_transcript (fixture);
  shadow = list_shadow_new (G_LIST_MODEL (transcript));
  test_gateway_wait (fixture->gateway, 1);
  assert_range (transcript, 5, 5);

  /* What comes while the page is on its way, and is newer than the page. */
  apply_message (fixture, "m6", 1);
  mirror_fixture_settle (fixture);
  answer_page (fixture, 5, 1, NULL);
  wait_until_loaded (transcript);
  assert_range (transcript, 1, 6);

  apply_message (fixture, "m7", 1);
  apply_message (fixture, "m2", 2);
  mirror_fixture_settle (fixture);
  assert_range (transcript, 1, 7);
  message = g_list_model_get_item (G_LIST_MODEL (transcript), 1);
  g_assert_cmpint (message->version, ==, 2);
  list_shadow_check (shadow);
}

static void
test_early (MirrorFixture *fixture,
            gconstpointer  data)
{
  g_autoptr (HandoverTranscript) transcript = open_transcript (fixture);

  /* Before anything was read. */
  apply_message (fixture, "m1", 1);
  mirror_fixture_settle (fixture);
  test_gateway_wait (fixture->gateway, 1);
  answer_page (fixture, 1, 1, NULL);
  wait_until_loaded (transcript);
  assert_range (transcript, 1, 1);
}

static void
test_page_ahead_of_stream (MirrorFixture *fixture,
                           gconstpointer  data)
{
  g_autoptr (HandoverTranscript) transcript = NULL;

  apply_message (fixture, "m2", 1);
  mirror_fixture_settle (fixture);
  transcript = open_transcript (fixture);
  test_gateway_wait (fixture->gateway, 1);
  answer_page (fixture, 4, 1, NULL);
  wait_until_loaded (transcript);
  assert_range (transcript, 1, 4);

  /* The stream catches up. */
  apply_message (fixture, "m3", 1);
  apply_message (fixture, "m4", 1);
  apply_message (fixture, "m5", 1);
  mirror_fixture_settle (fixture);
  assert_range (transcript, 1, 5);
}

static void
test_failing (MirrorFixture *fixture,
              gconstpointer  data)
{
  g_autoptr (HandoverTranscript) transcript = open_transcript (fixture);

  test_gateway_wait (fixture->gateway, 1);
  test_gateway_refuse (fixture->gateway, HANDOVER_PROBLEM_UNREACHABLE);
  wait_until_loaded (transcript);
  g_assert_cmpstr (handover_transcript_get_error (transcript), ==, "The reason.");
  g_assert_false (handover_transcript_get_complete (transcript));

  /* What happens is shown all the same. */
  apply_message (fixture, "m3", 1);
  mirror_fixture_settle (fixture);
  assert_range (transcript, 3, 3);

  handover_mirror_set_online (fixture->mirror, TRUE);
  test_gateway_wait (fixture->gateway, 1);
  g_assert_null (handover_transcript_get_error (transcript));
  answer_page (fixture, 3, 1, NULL);
  wait_until_loaded (transcript);
  assert_range (transcript, 1, 3);
}

/* A service that never gets to the end of its pages is not followed for ever. */
static void
test_endless (MirrorFixture *fixture,
              gconstpointer  data)
{
  g_autoptr (HandoverTranscript) transcript = open_transcript (fixture);
  guint n_pages = 0;

  while (handover_transcript_get_loading (transcript))
    {
      g_main_context_iteration (NULL, TRUE);
      if (test_gateway_get_waiting (fixture->gateway) == 0)
        continue;
      g_assert_cmpuint (++n_pages, <, 100);
      test_gateway_answer (fixture->gateway, "{\"items\": [], \"next_cursor\": \"again\"}", 1);
    }

  g_assert_nonnull (handover_transcript_get_error (transcript));
  handover_transcript_load_older (transcript);
  test_gateway_wait (fixture->gateway, 1);
  answer_page (fixture, 3, 1, NULL);
  wait_until_loaded (transcript);
  assert_range (transcript, 1, 3);
}

static void
test_malformed (MirrorFixture *fixture,
                gconstpointer  data)
{
  g_autoptr (HandoverTranscript) transcript = open_transcript (fixture);

  test_gateway_wait (fixture->gateway, 1);
  test_gateway_answer (fixture->gateway, "{\"items\": 5}", 1);
  wait_until_loaded (transcript);
  g_assert_nonnull (handover_transcript_get_error (transcript));
}

#define ADD(name, function) \
  g_test_add ("/transcript/" name, MirrorFixture, NULL, mirror_fixture_set_up, function, mirror_fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("first-page", test_first_page);
  ADD ("older", test_older);
  ADD ("stream", test_stream);
  ADD ("early", test_early);
  ADD ("page-ahead-of-stream", test_page_ahead_of_stream);
  ADD ("failing", test_failing);
  ADD ("endless", test_endless);
  ADD ("malformed", test_malformed);

  return g_test_run ();
}
