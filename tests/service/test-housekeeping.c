/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include <string.h>

#include <sqlite3.h>

#include "core/handover-problem.h"
#include "core/handover-time.h"
#include "desk-fixture.h"
#include "service/store/handover-store-attachments.h"
#include "service/store/handover-store-businesses.h"
#include "service/store/handover-store-channels.h"
#include "service/store/handover-store-conversations.h"
#include "service/store/handover-store-events.h"
#include "service/store/handover-store-housekeeping.h"
#include "service/store/handover-store-idempotency.h"
#include "service/store/handover-store-invites.h"
#include "service/store/handover-store-sessions.h"

#define DAY (G_GINT64_CONSTANT (24) * 3600 * 1000)
#define KEPT (30 * DAY)

/* SQLite itself hands out the handle, to write rows of another time and to hear what is run. */
static sqlite3 *handle;
static GHashTable *deletes;
static GHashTable *lists;

static int
begun_cb (unsigned  kind,
          gpointer  data,
          gpointer  statement,
          gpointer  text)
{
  if (g_str_has_prefix (text, "DELETE"))
    g_hash_table_add (deletes, g_strdup (text));
  else if (strstr (text, "FROM conversations\n") != NULL)
    g_hash_table_add (lists, g_strdup (text));
  return 0;
}

static int
opened_cb (sqlite3                     *opened,
           char                       **message,
           const sqlite3_api_routines  *routines)
{
  handle = opened;
  return sqlite3_trace_v2 (opened, SQLITE_TRACE_STMT, begun_cb, NULL);
}

static gint64
ask (const char *query)
{
  sqlite3_stmt *statement;
  gint64 answer;

  g_assert_cmpint (sqlite3_prepare_v2 (handle, query, -1, &statement, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  answer = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  return answer;
}

static void
change (const char *format,
        ...)
{
  g_autofree char *text = NULL;
  va_list values;

  va_start (values, format);
  text = g_strdup_vprintf (format, values);
  va_end (values);
  g_assert_cmpint (sqlite3_exec (handle, text, NULL, NULL, NULL), ==, SQLITE_OK);
}

static gint64
oldest (DeskFixture *fixture,
        const char  *business_id)
{
  g_autoptr (GError) error = NULL;
  gint64 sequence;

  g_assert_true (handover_store_get_oldest_event (fixture->store, business_id, &sequence, &error));
  g_assert_no_error (error);
  return sequence;
}

/* Lines up to number @last. */
static void
fill_log (DeskFixture *fixture,
          const char  *business_id,
          gint64       last)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HandoverBusiness) business = handover_store_get_business (fixture->store, business_id, &error);
  gint64 sequence = 0;

  g_assert_no_error (error);
  while (sequence < last)
    {
      handover_store_append_event (fixture->store, business_id, "business.updated", HANDOVER_RECORD (business), NULL,
                                   &error);
      g_assert_no_error (error);
      handover_store_get_sequence (fixture->store, business_id, &sequence, &error);
      g_assert_no_error (error);
    }
}

/* A whole round; tells in how many jobs. */
static guint
clean_up (DeskFixture *fixture,
          gint64       now)
{
  g_autoptr (HandoverHousekeeping) round = handover_housekeeping_new (now, KEPT);
  g_autoptr (GError) error = NULL;
  guint n_jobs = 0;

  while (round->business_id != NULL)
    {
      int before = sqlite3_total_changes (handle);

      g_assert_true (handover_store_clean_up (fixture->store, round, &error));
      g_assert_no_error (error);
      g_assert_cmpint (sqlite3_total_changes (handle) - before, <=, HANDOVER_HOUSEKEEPING_ROWS);
      n_jobs++;
    }

  return n_jobs;
}

static void
assert_cursor (DeskFixture *fixture,
               gint64       after,
               const char  *detail)
{
  g_autoptr (GError) error = NULL;
  gboolean kept = handover_store_check_cursor (fixture->store, SHOP, after, &error);

  g_assert_true (kept == (detail == NULL));
  if (detail == NULL)
    return;

  g_assert_error (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_CURSOR_EXPIRED);
  g_assert_nonnull (strstr (error->message, detail));
}

static void
test_log_is_cut (DeskFixture   *fixture,
                 gconstpointer  data)
{
  gint64 now = handover_time_now ();

  fill_log (fixture, SHOP, 2500);
  fill_log (fixture, OTHER_SHOP, 20);
  change ("UPDATE events SET at = %" G_GINT64_FORMAT " WHERE business_id = '" SHOP "' AND sequence <= 2200",
          now - KEPT - 1);

  g_assert_cmpuint (clean_up (fixture, now), ==, 3);
  g_assert_cmpint (oldest (fixture, SHOP), ==, 2201);
  g_assert_cmpint (ask ("SELECT count(*) FROM events WHERE business_id = '" SHOP "'"), ==, 300);
  g_assert_cmpint (oldest (fixture, OTHER_SHOP), ==, 1);
  assert_cursor (fixture, 0, NULL);
  assert_cursor (fixture, 1, " 2201.");
  assert_cursor (fixture, 2199, " 2201.");
  assert_cursor (fixture, 2200, NULL);

  g_assert_cmpuint (clean_up (fixture, now), ==, 1);
  g_assert_cmpint (oldest (fixture, SHOP), ==, 2201);
}

static void
test_newest_line_stays (DeskFixture   *fixture,
                        gconstpointer  data)
{
  gint64 now = handover_time_now () + 1000 * DAY;

  fill_log (fixture, SHOP, 2000);
  clean_up (fixture, now);
  g_assert_cmpint (oldest (fixture, SHOP), ==, 2000);
  clean_up (fixture, now);
  g_assert_cmpint (oldest (fixture, SHOP), ==, 2000);

  /* Numbers go on where they were, and whoever has read everything has missed nothing. */
  assert_cursor (fixture, 2000, NULL);
  fill_log (fixture, SHOP, 2001);
  g_assert_cmpint (ask ("SELECT count(*) FROM events WHERE business_id = '" SHOP "'"), ==, 2);
}

/* The clock was ahead once: what was written before and after is cut when that line is old. */
static void
test_no_gap_where_the_clock_was_wrong (DeskFixture   *fixture,
                                       gconstpointer  data)
{
  gint64 now = handover_time_now ();

  fill_log (fixture, SHOP, 100);
  change ("UPDATE events SET at = %" G_GINT64_FORMAT " WHERE business_id = '" SHOP "' AND sequence <> 40",
          now - KEPT - 1);
  clean_up (fixture, now);
  g_assert_cmpint (oldest (fixture, SHOP), ==, 40);
  g_assert_cmpint (ask ("SELECT count(*) FROM events WHERE business_id = '" SHOP "'"), ==, 61);

  clean_up (fixture, now + KEPT + DAY);
  g_assert_cmpint (oldest (fixture, SHOP), ==, 100);
}

static void
keep_answers (DeskFixture *fixture,
              const char  *business_id,
              guint        n_answers,
              gint64       at)
{
  g_autoptr (GBytes) hash = g_bytes_new_static ("hash", 4);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < n_answers; i++)
    {
      g_autofree char *key = g_strdup_printf ("%u-%" G_GINT64_FORMAT, i, at);
      HandoverRepeat repeat = { business_id, "", "POST /v1/auth/sign-up", key, hash };

      handover_store_keep_answer (fixture->store, &repeat, at, 201, "{}", &error);
      g_assert_no_error (error);
    }
}

static void
test_answers (DeskFixture   *fixture,
              gconstpointer  data)
{
  gint64 now = handover_time_now ();

  keep_answers (fixture, "", 1200, now - HANDOVER_IDEMPOTENCY_KEPT);
  keep_answers (fixture, SHOP, 3, now - HANDOVER_IDEMPOTENCY_KEPT);
  keep_answers (fixture, OTHER_SHOP, 5, now - HANDOVER_IDEMPOTENCY_KEPT + 1);
  g_assert_cmpuint (clean_up (fixture, now), ==, 2);
  g_assert_cmpint (ask ("SELECT count(*) FROM idempotency"), ==, 5);
  g_assert_cmpint (ask ("SELECT count(*) FROM idempotency WHERE business_id = '" OTHER_SHOP "'"), ==, 5);
}

/* What a platform told is known for a fortnight. */
static void
test_arrivals (DeskFixture   *fixture,
               gconstpointer  data)
{
  gint64 now = handover_time_now ();

  change ("INSERT INTO channels (id, business_id, kind, remote_id, name, state, created_at)"
          " VALUES ('ch_1', '" SHOP "', 'sms', '1', 'Shop', 'disconnected', 0)");
  change ("INSERT INTO channel_arrivals (business_id, channel_id, key, at) VALUES"
          " ('" SHOP "', 'ch_1', 'old', %" G_GINT64_FORMAT "), ('" SHOP "', 'ch_1', 'new', %" G_GINT64_FORMAT ")",
          now - HANDOVER_ARRIVAL_KEPT - 1, now - HANDOVER_ARRIVAL_KEPT);
  clean_up (fixture, now);
  g_assert_cmpint (ask ("SELECT count(*) FROM channel_arrivals"), ==, 1);
  g_assert_cmpint (ask ("SELECT count(*) FROM channel_arrivals WHERE key = 'new'"), ==, 1);
}

static void
add_session (DeskFixture    *fixture,
             HandoverPerson *person,
             const char     *token,
             gint64          at)
{
  g_autoptr (GBytes) hash = g_bytes_new (token, strlen (token));
  g_autoptr (GError) error = NULL;

  handover_store_add_session (fixture->store, SHOP, person->id, hash, NULL, at, &error);
  g_assert_no_error (error);
}

static void
add_invite (DeskFixture *fixture,
            const char  *token,
            gint64       expires_at)
{
  HandoverInvite invite = { .id = (char *) token, .business_id = (char *) SHOP, .role = HANDOVER_ROLE_OPERATOR };
  g_autoptr (GBytes) hash = g_bytes_new (token, strlen (token));
  g_autoptr (GError) error = NULL;

  handover_store_add_invite (fixture->store, &invite, hash, fixture->kim->id, expires_at - DAY, expires_at, &error);
  g_assert_no_error (error);
}

static void
test_sessions_and_invites (DeskFixture   *fixture,
                           gconstpointer  data)
{
  gint64 now = handover_time_now ();

  add_session (fixture, fixture->kim, "old", now - HANDOVER_SESSION_IDLE - 1);
  add_session (fixture, fixture->lee, "used", now - HANDOVER_SESSION_IDLE);
  add_invite (fixture, "late", now);
  add_invite (fixture, "open", now + 1);
  clean_up (fixture, now);
  g_assert_cmpint (ask ("SELECT count(*) FROM sessions"), ==, 1);
  g_assert_cmpint (ask ("SELECT count(*) FROM sessions WHERE token_hash = CAST ('used' AS BLOB)"), ==, 1);
  g_assert_cmpint (ask ("SELECT count(*) FROM invites"), ==, 1);
  g_assert_cmpint (ask ("SELECT count(*) FROM invites WHERE token_hash = CAST ('open' AS BLOB)"), ==, 1);
}

static void
add_file (DeskFixture *fixture,
          const char  *business_id,
          const char  *id,
          guint        n_parts,
          gint64       at)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("bytes", 5);
  g_autoptr (GError) error = NULL;

  handover_store_add_attachment (fixture->store, business_id, fixture->kim->id, id, "rose.jpeg", &error);
  g_assert_no_error (error);
  for (guint i = 0; i < n_parts; i++)
    handover_store_append_attachment_part (fixture->store, business_id, id, i, bytes, &error);
  g_assert_no_error (error);
  change ("UPDATE attachments SET created_at = %" G_GINT64_FORMAT " WHERE id = '%s'", at, id);
}

/* Large files go a little at once; what a message shows stays for ever. */
static void
test_uploads (DeskFixture   *fixture,
              gconstpointer  data)
{
  g_autoptr (HandoverConversation) conversation = desk_fixture_put (fixture, HANDOVER_CONTROL_OPERATOR, FALSE);
  gint64 now = handover_time_now ();
  g_autoptr (HandoverMessage) message = NULL;
  g_autoptr (GError) error = NULL;

  message = handover_desk_note (fixture->store, SHOP, fixture->kim, conversation->id, "look", NULL, &error);
  g_assert_no_error (error);
  add_file (fixture, SHOP, "at_used", 3, now - HANDOVER_ATTACHMENT_KEPT);
  g_assert_true (handover_store_use_attachment (fixture->store, SHOP, "at_used", message->id, &error));
  add_file (fixture, SHOP, "at_large", 100, now - HANDOVER_ATTACHMENT_KEPT);
  add_file (fixture, SHOP, "at_empty", 0, now - HANDOVER_ATTACHMENT_KEPT - DAY);
  add_file (fixture, SHOP, "at_fresh", 2, now - HANDOVER_ATTACHMENT_KEPT + 1);
  add_file (fixture, OTHER_SHOP, "at_other", 4, now - HANDOVER_ATTACHMENT_KEPT);

  g_assert_cmpuint (clean_up (fixture, now), ==, 3);
  g_assert_cmpint (ask ("SELECT count(*) FROM attachments"), ==, 2);
  g_assert_cmpint (ask ("SELECT count(*) FROM attachments WHERE id IN ('at_used', 'at_fresh')"), ==, 2);
  g_assert_cmpint (ask ("SELECT count(*) FROM attachment_parts"), ==, 5);
}

static void
assert_finds_by_index (const char *text)
{
  g_autofree char *question = g_strconcat ("EXPLAIN QUERY PLAN ", text, NULL);
  sqlite3_stmt *statement;

  g_assert_cmpint (sqlite3_prepare_v2 (handle, question, -1, &statement, NULL), ==, SQLITE_OK);
  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      const char *step = (const char *) sqlite3_column_text (statement, 3);

      g_test_message ("%s", step);
      g_assert_false (g_str_has_prefix (step, "SCAN"));
      g_assert_null (strstr (step, "TEMP B-TREE"));
    }
  sqlite3_finalize (statement);
}

static void
test_plans (DeskFixture   *fixture,
            gconstpointer  data)
{
  GHashTableIter iter;
  gpointer text;

  fill_log (fixture, SHOP, 10);
  g_hash_table_remove_all (deletes);
  clean_up (fixture, handover_time_now () + 1000 * DAY);
  g_assert_cmpuint (g_hash_table_size (deletes), ==, 7);

  g_hash_table_iter_init (&iter, deletes);
  while (g_hash_table_iter_next (&iter, &text, NULL))
    assert_finds_by_index (text);
}

/* Each view lists by an index that has its order. */
static void
test_list_plans (DeskFixture   *fixture,
                 gconstpointer  data)
{
  GHashTableIter iter;
  gpointer text;

  g_hash_table_remove_all (lists);
  for (int view = HANDOVER_STORE_VIEW_WAITING; view <= HANDOVER_STORE_VIEW_ALL; view++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *next = NULL;
      g_autoptr (GPtrArray) page = handover_store_list_conversations (fixture->store, SHOP, view, "me", NULL, 10, &next, &error);

      g_assert_no_error (error);
    }
  g_assert_cmpuint (g_hash_table_size (lists), ==, HANDOVER_STORE_VIEW_ALL + 1);

  g_hash_table_iter_init (&iter, lists);
  while (g_hash_table_iter_next (&iter, &text, NULL))
    assert_finds_by_index (text);
}

#define ADD(name, function) \
        g_test_add ("/housekeeping/" name, DeskFixture, NULL, desk_fixture_set_up, function, desk_fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  deletes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  lists = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  sqlite3_auto_extension ((void (*) (void)) opened_cb);

  ADD ("log-is-cut", test_log_is_cut);
  ADD ("newest-line-stays", test_newest_line_stays);
  ADD ("no-gap-where-the-clock-was-wrong", test_no_gap_where_the_clock_was_wrong);
  ADD ("answers", test_answers);
  ADD ("arrivals", test_arrivals);
  ADD ("sessions-and-invites", test_sessions_and_invites);
  ADD ("uploads", test_uploads);
  ADD ("plans", test_plans);
  ADD ("list-plans", test_list_plans);

  status = g_test_run ();
  g_hash_table_unref (deletes);
  g_hash_table_unref (lists);
  return status;
}
