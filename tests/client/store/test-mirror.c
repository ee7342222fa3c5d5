/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include <glib/gstdio.h>

#include "client/store/handover-mirror-private.h"
#include "test-mirror-fixture.h"

static GListModel *
view (MirrorFixture *fixture,
      HandoverView   which)
{
  return handover_mirror_get_conversations (fixture->mirror, which);
}

static void
apply_conversation (MirrorFixture *fixture,
                    const char    *id,
                    const char    *control,
                    const char    *holder,
                    gint64         when,
                    gint64         version)
{
  mirror_fixture_apply (fixture, "conversation.updated", test_conversation (id, control, holder, when, version));
}

static void
test_views (MirrorFixture *fixture,
            gconstpointer  data)
{
  g_autoptr (ListShadow) shadow = list_shadow_new (view (fixture, HANDOVER_VIEW_WAITING));

  apply_conversation (fixture, "a", "agent", NULL, 1, 1);
  apply_conversation (fixture, "b", "waiting", NULL, 3, 1);
  apply_conversation (fixture, "c", "waiting", NULL, 2, 1);
  apply_conversation (fixture, "d", "operator", TEST_ME, 4, 1);
  apply_conversation (fixture, "e", "operator", TEST_OTHER, 5, 1);
  apply_conversation (fixture, "f", "closed", NULL, 6, 1);
  mirror_fixture_settle (fixture);

  test_assert_ids (view (fixture, HANDOVER_VIEW_WAITING), "c b");
  g_assert_cmpuint (handover_mirror_get_waiting_count (fixture->mirror), ==, 2);
  g_assert_cmpuint (handover_mirror_get_mine_count (fixture->mirror), ==, 1);

  /* Lists that are asked for only now read what is stored. */
  g_assert_cmpuint (g_list_model_get_n_items (view (fixture, HANDOVER_VIEW_ALL)), ==, 0);
  view (fixture, HANDOVER_VIEW_TEAM);
  view (fixture, HANDOVER_VIEW_AGENT);
  view (fixture, HANDOVER_VIEW_CLOSED);
  mirror_fixture_settle (fixture);
  test_assert_ids (view (fixture, HANDOVER_VIEW_ALL), "f e d b c a");
  test_assert_ids (view (fixture, HANDOVER_VIEW_MINE), "d");
  test_assert_ids (view (fixture, HANDOVER_VIEW_TEAM), "e");
  test_assert_ids (view (fixture, HANDOVER_VIEW_AGENT), "a");
  test_assert_ids (view (fixture, HANDOVER_VIEW_CLOSED), "f");
  list_shadow_check (shadow);
}

static void
count_cb (guint *count)
{
  (*count)++;
}

static void
test_live (MirrorFixture *fixture,
           gconstpointer  data)
{
  g_autoptr (HandoverConversation) conversation = NULL;
  g_autoptr (HandoverConversation) again = NULL;
  guint n_changes = 0, n_counts = 0;

  apply_conversation (fixture, "a", "waiting", NULL, 1, 1);
  mirror_fixture_settle (fixture);
  conversation = handover_mirror_get_conversation (fixture->mirror, "a");
  again = g_list_model_get_item (view (fixture, HANDOVER_VIEW_WAITING), 0);
  g_assert_true (conversation == again);
  g_assert_null (handover_mirror_get_conversation (fixture->mirror, "nobody"));

  g_signal_connect_swapped (conversation, "notify::control", G_CALLBACK (count_cb), &n_changes);
  g_signal_connect_swapped (fixture->mirror, "notify::waiting-count", G_CALLBACK (count_cb), &n_counts);
  apply_conversation (fixture, "a", "operator", TEST_ME, 2, 2);
  mirror_fixture_settle (fixture);
  g_assert_cmpint (conversation->control, ==, HANDOVER_CONTROL_OPERATOR);
  g_assert_cmpstr (conversation->holder->id, ==, TEST_ME);
  g_assert_cmpuint (n_changes, ==, 1);
  g_assert_cmpuint (n_counts, ==, 1);

  /* Older, and as old: passed over. */
  apply_conversation (fixture, "a", "closed", NULL, 9, 1);
  apply_conversation (fixture, "a", "closed", NULL, 9, 2);
  mirror_fixture_settle (fixture);
  g_assert_cmpint (conversation->control, ==, HANDOVER_CONTROL_OPERATOR);
  test_assert_ids (view (fixture, HANDOVER_VIEW_MINE), "a");
  g_assert_cmpint (handover_mirror_get_cursor (fixture->mirror), ==, 4);
}

/* A word of a newer service must not hold up what comes after it. */
static void
test_unknown_control (MirrorFixture *fixture,
                      gconstpointer  data)
{
  g_autoptr (HandoverConversation) conversation = NULL;

  apply_conversation (fixture, "a", "levitating", NULL, 1, 1);
  apply_conversation (fixture, "b", "waiting", NULL, 2, 1);
  mirror_fixture_settle (fixture);
  g_assert_cmpint (handover_mirror_get_cursor (fixture->mirror), ==, 2);

  mirror_fixture_close (fixture);
  mirror_fixture_open (fixture);
  mirror_fixture_settle (fixture);
  test_assert_ids (view (fixture, HANDOVER_VIEW_WAITING), "b");
  conversation = handover_mirror_get_conversation (fixture->mirror, "a");
  g_assert_cmpint (conversation->control, ==, HANDOVER_CONTROL_UNKNOWN);
}

static void
test_kept (MirrorFixture *fixture,
           gconstpointer  data)
{
  g_autofree char *path = mirror_fixture_dup_path (fixture);
  GStatBuf status;

  apply_conversation (fixture, "a", "waiting", NULL, 1, 1);
  mirror_fixture_apply (fixture, "template.created",
                        handover_record_from_data (HANDOVER_TYPE_TEMPLATE,
                                                   "{\"id\": \"t\", \"name\": \"Hi\", \"text\": \"Hello\", "
                                                   "\"scope\": \"business\"}", NULL));
  mirror_fixture_settle (fixture);
  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);

  mirror_fixture_close (fixture);
  mirror_fixture_open (fixture);
  mirror_fixture_settle (fixture);
  g_assert_cmpint (handover_mirror_get_cursor (fixture->mirror), ==, 2);
  test_assert_ids (view (fixture, HANDOVER_VIEW_WAITING), "a");
  test_assert_ids (handover_mirror_get_templates (fixture->mirror), "t");

  mirror_fixture_apply (fixture, "template.deleted",
                        handover_record_from_data (HANDOVER_TYPE_TEMPLATE,
                                                   "{\"id\": \"t\", \"name\": \"Hi\", \"text\": \"Hello\", "
                                                   "\"scope\": \"business\"}", NULL));
  mirror_fixture_settle (fixture);
  test_assert_ids (handover_mirror_get_templates (fixture->mirror), "");
}

static void
snapshot_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  *(gboolean *) user_data = handover_mirror_load_snapshot_finish (HANDOVER_MIRROR (source), result, &error);
  g_assert_no_error (error);
}

static void
test_join (MirrorFixture *fixture,
           gconstpointer  data)
{
  g_autoptr (HandoverSnapshot) snapshot = handover_snapshot_new ();
  g_autoptr (HandoverConversation) waiting = test_conversation ("new", "waiting", NULL, 5, 4);
  g_autoptr (HandoverRecord) operator = NULL;
  g_autoptr (HandoverConversation) live = NULL;
  gboolean loaded = FALSE;

  apply_conversation (fixture, "gone", "waiting", NULL, 1, 1);
  apply_conversation (fixture, "new", "agent", NULL, 1, 1);
  mirror_fixture_settle (fixture);
  live = handover_mirror_get_conversation (fixture->mirror, "new");

  operator = handover_record_from_data (HANDOVER_TYPE_OPERATOR,
                                        "{\"id\": \"op-me\", \"name\": \"Me\", \"email\": \"me@example.org\", "
                                        "\"role\": \"owner\", \"presence\": \"available\", \"active\": true}", NULL);
  g_assert_nonnull (operator);
  handover_snapshot_add (snapshot, HANDOVER_RECORD (waiting), 52);
  handover_snapshot_add (snapshot, operator, 50);
  handover_mirror_load_snapshot_async (fixture->mirror, g_steal_pointer (&snapshot), NULL, snapshot_cb, &loaded);
  while (!loaded)
    g_main_context_iteration (NULL, TRUE);
  mirror_fixture_settle (fixture);

  /* The smallest number of the lists; what they no longer hold is gone, and live objects follow. */
  g_assert_cmpint (handover_mirror_get_cursor (fixture->mirror), ==, 50);
  test_assert_ids (view (fixture, HANDOVER_VIEW_WAITING), "new");
  test_assert_ids (handover_mirror_get_operators (fixture->mirror), "op-me");
  g_assert_cmpint (live->control, ==, HANDOVER_CONTROL_WAITING);

  /* Event 51 is older than the list that was true at 52. */
  fixture->sequence = 50;
  apply_conversation (fixture, "new", "agent", NULL, 2, 3);
  apply_conversation (fixture, "new", "waiting", NULL, 5, 4);
  apply_conversation (fixture, "new", "operator", TEST_ME, 6, 5);
  mirror_fixture_settle (fixture);
  g_assert_cmpint (handover_mirror_get_cursor (fixture->mirror), ==, 53);
  test_assert_ids (view (fixture, HANDOVER_VIEW_MINE), "new");
}

static void
removed_cb (HandoverMirror *mirror,
            const char     *id,
            GString        *removed)
{
  g_string_append (removed, id);
}

static void
test_erased (MirrorFixture *fixture,
             gconstpointer  data)
{
  g_autoptr (HandoverTranscript) transcript = NULL;
  g_autoptr (GString) removed = g_string_new (NULL);

  apply_conversation (fixture, "a", "waiting", NULL, 1, 1);
  apply_conversation (fixture, "b", "waiting", NULL, 2, 1);
  mirror_fixture_apply (fixture, "message.created", test_message ("a", "m1", "customer", "My secret", 1));
  mirror_fixture_settle (fixture);
  transcript = handover_mirror_get_transcript (fixture->mirror, "a");
  mirror_fixture_settle (fixture);
  test_assert_ids (G_LIST_MODEL (transcript), "m1");

  g_signal_connect (fixture->mirror, "conversation-removed", G_CALLBACK (removed_cb), removed);
  mirror_fixture_apply (fixture, "customer.erased",
                        handover_record_from_data (HANDOVER_TYPE_CUSTOMER, "{\"id\": \"customer-a\"}", NULL));
  mirror_fixture_settle (fixture);
  g_assert_cmpstr (removed->str, ==, "a");
  test_assert_ids (view (fixture, HANDOVER_VIEW_WAITING), "b");
  test_assert_ids (G_LIST_MODEL (transcript), "");
  g_clear_object (&transcript);
}

typedef struct
{
  GString *told;
} Told;

static void
opened_cb (HandoverMirror       *mirror,
           HandoverEscalation   *escalation,
           HandoverConversation *conversation,
           Told                 *told)
{
  g_assert_cmpstr (conversation->escalation->id, ==, escalation->id);
  g_string_append_printf (told->told, "opened %s in %s;", escalation->id, conversation->id);
}

static void
changed_cb (HandoverMirror       *mirror,
            HandoverEscalation   *escalation,
            HandoverConversation *conversation,
            Told                 *told)
{
  g_string_append_printf (told->told, "changed %s;", escalation->id);
}

static void
added_cb (HandoverMirror       *mirror,
          HandoverMessage      *message,
          HandoverConversation *conversation,
          Told                 *told)
{
  g_string_append_printf (told->told, "message %s;", message->id);
}

static void
test_told (MirrorFixture *fixture,
           gconstpointer  data)
{
  Told told = { g_string_new (NULL) };
  HandoverConversation *conversation = test_conversation ("a", "waiting", NULL, 7, 2);

  conversation->escalation = test_escalation ("a", "e1", 7);
  g_signal_connect (fixture->mirror, "escalation-opened", G_CALLBACK (opened_cb), &told);
  g_signal_connect (fixture->mirror, "escalation-changed", G_CALLBACK (changed_cb), &told);
  g_signal_connect (fixture->mirror, "message-added", G_CALLBACK (added_cb), &told);

  /* The escalation comes before its conversation: it is told when both are there. */
  mirror_fixture_apply (fixture, "escalation.opened", test_escalation ("a", "e1", 7));
  mirror_fixture_settle (fixture);
  g_assert_cmpstr (told.told->str, ==, "");
  mirror_fixture_apply (fixture, "control.changed", conversation);
  mirror_fixture_apply (fixture, "message.created", test_message ("a", "m1", "customer", "Hello", 1));
  mirror_fixture_apply (fixture, "message.updated", test_message ("a", "m1", "customer", "Hello", 2));
  mirror_fixture_apply (fixture, "escalation.updated", test_escalation ("a", "e1", 7));
  mirror_fixture_settle (fixture);
  g_assert_cmpstr (told.told->str, ==, "opened e1 in a;message m1;changed e1;");
  g_assert_cmpint (handover_mirror_get_last_escalation (fixture->mirror), ==, 7);

  /* Played again after a reconnection, nothing is told twice. */
  fixture->sequence = 0;
  mirror_fixture_apply (fixture, "escalation.opened", test_escalation ("a", "e1", 7));
  mirror_fixture_settle (fixture);
  g_assert_cmpstr (told.told->str, ==, "opened e1 in a;message m1;changed e1;");
  g_assert_cmpint (handover_mirror_get_cursor (fixture->mirror), ==, 5);
  g_string_free (told.told, TRUE);
}

static void
stalled_cb (HandoverMirror *mirror,
            const char     *reason,
            guint          *n_stalls)
{
  (*n_stalls)++;
}

static gboolean
limit_job (gpointer   handle,
           gpointer   job,
           GError   **error)
{
  HandoverDatabase *database = ((HandoverMirrorHandle *) handle)->database;

  return handover_database_run (database, *(gboolean *) job ? "test.break" : "test.mend", error, "");
}

static void
set_broken (MirrorFixture *fixture,
            gboolean       broken)
{
  handover_workers_write_async (fixture->mirror->workers, limit_job, &broken, NULL, NULL, NULL, NULL);
  mirror_fixture_settle (fixture);
}

static gboolean
learn_job (gpointer   handle,
           gpointer   job,
           GError   **error)
{
  return handover_database_add_statements (((HandoverMirrorHandle *) handle)->database, "/test/break.sql", error);
}

static void
test_stalled (MirrorFixture *fixture,
              gconstpointer  data)
{
  guint n_stalls = 0;

  handover_workers_write_async (fixture->mirror->workers, learn_job, NULL, NULL, NULL, NULL, NULL);
  g_signal_connect (fixture->mirror, "stalled", G_CALLBACK (stalled_cb), &n_stalls);
  apply_conversation (fixture, "a", "waiting", NULL, 1, 1);
  mirror_fixture_settle (fixture);

  /* Conversations cannot be stored for a while. What comes behind must not step over the one that was lost. */
  set_broken (fixture, TRUE);
  apply_conversation (fixture, "b", "waiting", NULL, 2, 1);
  mirror_fixture_settle (fixture);
  set_broken (fixture, FALSE);
  apply_conversation (fixture, "c", "waiting", NULL, 3, 1);
  mirror_fixture_settle (fixture);
  g_assert_cmpuint (n_stalls, ==, 2);
  g_assert_cmpint (handover_mirror_get_cursor (fixture->mirror), ==, 1);
  test_assert_ids (view (fixture, HANDOVER_VIEW_WAITING), "a");

  /* The stream resumes after the cursor. */
  fixture->sequence = 1;
  apply_conversation (fixture, "b", "waiting", NULL, 2, 1);
  apply_conversation (fixture, "c", "waiting", NULL, 3, 1);
  mirror_fixture_settle (fixture);
  g_assert_cmpint (handover_mirror_get_cursor (fixture->mirror), ==, 3);
  test_assert_ids (view (fixture, HANDOVER_VIEW_WAITING), "a b c");
}

static void
remove_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  *(gboolean *) user_data = handover_mirror_remove_finish (HANDOVER_MIRROR (source), result, &error);
  g_assert_no_error (error);
}

static void
test_removed (MirrorFixture *fixture,
              gconstpointer  data)
{
  g_autoptr (GDir) folder = NULL;
  gboolean removed = FALSE;

  apply_conversation (fixture, "a", "waiting", NULL, 1, 1);
  handover_mirror_remove_async (fixture->mirror, NULL, remove_cb, &removed);
  while (!removed)
    g_main_context_iteration (NULL, TRUE);

  folder = g_dir_open (fixture->folder, 0, NULL);
  g_assert_null (g_dir_read_name (folder));
}

static void
test_damaged (MirrorFixture *fixture,
              gconstpointer  data)
{
  g_autofree char *path = mirror_fixture_dup_path (fixture);
  g_autofree char *journal = NULL;
  g_autoptr (GDir) folder = NULL;
  g_autoptr (GError) error = NULL;
  guint n_aside = 0;

  mirror_fixture_close (fixture);
  /* What the journal still holds would mend it. */
  journal = g_strconcat (path, "-wal", NULL);
  g_unlink (journal);
  g_assert_true (g_file_set_contents (path, "Not a database at all, but long enough to be looked at.", -1, &error));
  g_test_expect_message ("handover-mirror-files", G_LOG_LEVEL_WARNING, "The mirror was damaged*");
  mirror_fixture_open (fixture);
  g_test_assert_expected_messages ();
  g_assert_cmpint (handover_mirror_get_cursor (fixture->mirror), ==, 0);

  folder = g_dir_open (fixture->folder, 0, NULL);
  for (const char *name = g_dir_read_name (folder); name != NULL; name = g_dir_read_name (folder))
    n_aside += strstr (name, ".damaged-") != NULL && !g_str_has_suffix (name, "-shm");
  g_assert_cmpuint (n_aside, ==, 1);
}

static void
test_escalations (MirrorFixture *fixture,
                  gconstpointer  data)
{
  g_autoptr (GListModel) escalations = NULL;

  handover_mirror_set_gateway (fixture->mirror, HANDOVER_GATEWAY (fixture->gateway));
  mirror_fixture_apply (fixture, "escalation.resolved", test_escalation ("a", "e2", 20));
  mirror_fixture_settle (fixture);
  escalations = handover_mirror_get_escalations (fixture->mirror, "a");
  test_gateway_wait (fixture->gateway, 1);
  g_assert_cmpstr (test_gateway_get_path (fixture->gateway), ==, "/v1/conversations/a/escalations");
  mirror_fixture_settle (fixture);
  test_assert_ids (escalations, "e2");

  test_gateway_answer (fixture->gateway,
                       "{\"items\": [{\"id\": \"e1\", \"conversation_id\": \"a\", \"trigger\": \"policy\", "
                       "\"summary\": \"Help\", \"priority\": \"high\", \"opened_at\": \"1970-01-01T00:00:00.010Z\", "
                       "\"receipt\": \"resolved\"}], \"next_cursor\": null}", 1);
  mirror_fixture_settle (fixture);
  mirror_fixture_apply (fixture, "escalation.updated", test_escalation ("a", "e3", 30));
  mirror_fixture_settle (fixture);
  test_assert_ids (escalations, "e3 e2 e1");
  handover_mirror_set_gateway (fixture->mirror, NULL);
}

static void
answer_conversation (MirrorFixture *fixture,
                     const char    *id,
                     gint64         when,
                     const char    *next_cursor)
{
  g_autoptr (HandoverConversation) conversation = test_conversation (id, "closed", NULL, when, 1);
  g_autofree char *data = handover_record_to_data (HANDOVER_RECORD (conversation));
  g_autofree char *cursor = next_cursor != NULL ? g_strdup_printf ("\"%s\"", next_cursor) : g_strdup ("null");
  g_autofree char *body = g_strdup_printf ("{\"items\": [%s], \"next_cursor\": %s}", data, cursor);

  test_gateway_answer (fixture->gateway, body, 1);
  mirror_fixture_settle (fixture);
}

static void
look_at_end (MirrorFixture *fixture)
{
  GListModel *closed = view (fixture, HANDOVER_VIEW_CLOSED);
  g_autoptr (GObject) last = g_list_model_get_item (closed, g_list_model_get_n_items (closed) - 1);

  mirror_fixture_settle (fixture);
}

static void
test_more (MirrorFixture *fixture,
           gconstpointer  data)
{
  apply_conversation (fixture, "c", "closed", NULL, 30, 1);
  mirror_fixture_settle (fixture);
  view (fixture, HANDOVER_VIEW_CLOSED);
  mirror_fixture_settle (fixture);
  handover_mirror_set_gateway (fixture->mirror, HANDOVER_GATEWAY (fixture->gateway));
  look_at_end (fixture);
  g_assert_cmpuint (test_gateway_get_waiting (fixture->gateway), ==, 0);

  /* Nothing new on the first page: the next is asked for at once. */
  handover_mirror_set_online (fixture->mirror, TRUE);
  look_at_end (fixture);
  look_at_end (fixture);
  test_gateway_wait (fixture->gateway, 1);
  g_assert_cmpstr (test_gateway_get_path (fixture->gateway), ==, "/v1/conversations?view=closed&limit=100");
  answer_conversation (fixture, "c", 30, "2+");
  test_gateway_wait (fixture->gateway, 1);
  g_assert_cmpstr (test_gateway_get_path (fixture->gateway), ==,
                   "/v1/conversations?view=closed&limit=100&cursor=2%2B");
  answer_conversation (fixture, "b", 20, "3");
  g_assert_cmpuint (test_gateway_get_waiting (fixture->gateway), ==, 0);
  test_assert_ids (view (fixture, HANDOVER_VIEW_CLOSED), "c b");

  /* A new process goes on where this one was. */
  mirror_fixture_settle (fixture);
  while (test_gateway_get_waiting (fixture->gateway) > 0)
    test_gateway_refuse (fixture->gateway, HANDOVER_PROBLEM_UNREACHABLE);
  mirror_fixture_settle (fixture);
  mirror_fixture_close (fixture);
  mirror_fixture_open (fixture);
  view (fixture, HANDOVER_VIEW_CLOSED);
  mirror_fixture_settle (fixture);
  handover_mirror_set_gateway (fixture->mirror, HANDOVER_GATEWAY (fixture->gateway));
  handover_mirror_set_online (fixture->mirror, TRUE);
  look_at_end (fixture);
  test_gateway_wait (fixture->gateway, 1);
  g_assert_cmpstr (test_gateway_get_path (fixture->gateway), ==, "/v1/conversations?view=closed&limit=100&cursor=3");
  answer_conversation (fixture, "a", 10, NULL);
  test_assert_ids (view (fixture, HANDOVER_VIEW_CLOSED), "c b a");
  look_at_end (fixture);
  g_assert_cmpuint (test_gateway_get_waiting (fixture->gateway), ==, 0);
}

/* A service whose pages bring nothing new is asked again only when somebody looks again. */
static void
test_more_without_end (MirrorFixture *fixture,
                       gconstpointer  data)
{
  guint n_pages = 0;

  apply_conversation (fixture, "c", "closed", NULL, 30, 1);
  mirror_fixture_settle (fixture);
  view (fixture, HANDOVER_VIEW_CLOSED);
  mirror_fixture_settle (fixture);
  handover_mirror_set_gateway (fixture->mirror, HANDOVER_GATEWAY (fixture->gateway));
  handover_mirror_set_online (fixture->mirror, TRUE);

  look_at_end (fixture);
  do
    {
      test_gateway_answer (fixture->gateway, "{\"items\": [], \"next_cursor\": \"again\"}", 1);
      mirror_fixture_settle (fixture);
      g_assert_cmpuint (++n_pages, <, 100);
    }
  while (test_gateway_get_waiting (fixture->gateway) > 0);

  look_at_end (fixture);
  g_assert_cmpuint (test_gateway_get_waiting (fixture->gateway), ==, 1);
  test_gateway_refuse (fixture->gateway, HANDOVER_PROBLEM_UNREACHABLE);
  mirror_fixture_settle (fixture);
}

#define ADD(name, function) \
  g_test_add ("/mirror/" name, MirrorFixture, NULL, mirror_fixture_set_up, function, mirror_fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("views", test_views);
  ADD ("live", test_live);
  ADD ("kept", test_kept);
  ADD ("unknown-control", test_unknown_control);
  ADD ("join", test_join);
  ADD ("erased", test_erased);
  ADD ("told", test_told);
  ADD ("stalled", test_stalled);
  ADD ("removed", test_removed);
  ADD ("damaged", test_damaged);
  ADD ("escalations", test_escalations);
  ADD ("more", test_more);
  ADD ("more-without-end", test_more_without_end);

  return g_test_run ();
}
