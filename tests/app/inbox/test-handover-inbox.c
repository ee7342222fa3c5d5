/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "config.h"

#include <glib/gstdio.h>

#include "app-test.h"
#include "app/inbox/handover-conversation-list.h"
#include "app/inbox/handover-inbox.h"
#include "client/store/handover-mirror.h"
#include "core/handover-agent.h"

typedef struct
{
  char           *folder;
  HandoverMirror *mirror;
  GtkWidget      *inbox;
  gboolean        done;
  guint           expected;
} Fixture;

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Fixture *fixture = user_data;
  g_autoptr (GError) error = NULL;

  fixture->mirror = handover_mirror_open_finish (result, &error);
  g_assert_no_error (error);
}

static gboolean
has_mirror_cb (gpointer data)
{
  return ((Fixture *) data)->mirror != NULL;
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  handover_mirror_load_snapshot_finish (HANDOVER_MIRROR (source), result, &error);
  g_assert_no_error (error);
  ((Fixture *) user_data)->done = TRUE;
}

static void
removed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  handover_mirror_remove_finish (HANDOVER_MIRROR (source), result, &error);
  g_assert_no_error (error);
  ((Fixture *) user_data)->done = TRUE;
}

static gboolean
is_done_cb (gpointer data)
{
  return ((Fixture *) data)->done;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->folder = g_dir_make_tmp ("inbox-XXXXXX", NULL);
  handover_mirror_open_async (fixture->folder, "http://127.0.0.1:1", "me", NULL, opened_cb, fixture);
  test_wait (has_mirror_cb, fixture);
  fixture->inbox = g_object_ref_sink (g_object_new (HANDOVER_TYPE_INBOX, NULL));
  handover_inbox_set_mirror (HANDOVER_INBOX (fixture->inbox), fixture->mirror);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  handover_inbox_set_mirror (HANDOVER_INBOX (fixture->inbox), NULL);
  g_clear_object (&fixture->inbox);
  fixture->done = FALSE;
  handover_mirror_remove_async (fixture->mirror, NULL, removed_cb, fixture);
  test_wait (is_done_cb, fixture);
  g_clear_object (&fixture->mirror);
  g_rmdir (fixture->folder);
  g_clear_pointer (&fixture->folder, g_free);
}

static gboolean
has_all_cb (gpointer data)
{
  Fixture *fixture = data;

  return g_list_model_get_n_items (handover_mirror_get_conversations (fixture->mirror, HANDOVER_VIEW_ALL)) +
         g_list_model_get_n_items (handover_mirror_get_agents (fixture->mirror)) ==
         fixture->expected;
}

static void
load (Fixture  *fixture,
      gboolean  with_agent,
      ...)
{
  HandoverSnapshot *snapshot = handover_snapshot_new ();
  HandoverConversation *conversation;
  va_list conversations;

  va_start (conversations, with_agent);
  while ((conversation = va_arg (conversations, HandoverConversation *)) != NULL)
    {
      handover_snapshot_add (snapshot, HANDOVER_RECORD (conversation), 7);
      g_object_unref (conversation);
      fixture->expected++;
    }
  va_end (conversations);

  if (with_agent)
    {
      g_autoptr (HandoverRecord) agent =
        handover_record_from_data (HANDOVER_TYPE_AGENT,
                                   "{\"id\": \"agent\", \"name\": \"Bot\", \"kind\": \"custom\", \"enabled\": true}", NULL);

      handover_snapshot_add (snapshot, agent, 7);
      fixture->expected++;
    }

  fixture->done = FALSE;
  handover_mirror_load_snapshot_async (fixture->mirror, snapshot, NULL, loaded_cb, fixture);
  test_wait (is_done_cb, fixture);
  test_wait (has_all_cb, fixture);
}

#define WAITING "\"control\": \"waiting\", \"waiting_since\": \"2026-01-01T10:00:00.000Z\""
#define MINE "\"control\": \"operator\", \"holder\": {\"id\": \"me\", \"name\": \"Kim\"}"
#define TEAM "\"control\": \"operator\", \"holder\": {\"id\": \"other\", \"name\": \"Noor\"}"

static const char *
page (Fixture *fixture)
{
  /* The search bar and the banner hold stacks of their own kind; the pages are the one with names. */
  for (guint i = 0;; i++)
    {
      GtkWidget *stack = test_find_type (fixture->inbox, GTK_TYPE_STACK, i);

      g_assert_nonnull (stack);
      if (gtk_stack_get_child_by_name (GTK_STACK (stack), "welcome") != NULL)
        return gtk_stack_get_visible_child_name (GTK_STACK (stack));
    }
}

static guint
count_shown (Fixture *fixture)
{
  guint n_items;

  g_object_get (test_find_type (fixture->inbox, HANDOVER_TYPE_CONVERSATION_LIST, 0), "n-items", &n_items, NULL);

  return n_items;
}

typedef struct
{
  Fixture *fixture;
  guint expected;
} Shown;

static gboolean
shows_cb (gpointer data)
{
  return count_shown (((Shown *) data)->fixture) == ((Shown *) data)->expected;
}

/* The lists of a view are read on a thread of their own. */
static void
wait_shown (Fixture *fixture,
            guint    expected)
{
  Shown shown = { fixture, expected };

  test_wait (shows_cb, &shown);
}

static void
test_new_business (Fixture       *fixture,
                   gconstpointer  data)
{
  load (fixture, FALSE, NULL);
  g_assert_cmpstr (page (fixture), ==, "welcome");
}

static void
test_nobody_waits (Fixture       *fixture,
                   gconstpointer  data)
{
  load (fixture, TRUE, NULL);
  g_assert_cmpstr (page (fixture), ==, "empty");
  g_assert_nonnull (test_find_label (fixture->inbox, "Nobody is waiting"));
}

static void
test_views (Fixture       *fixture,
            gconstpointer  data)
{
  HandoverInbox *inbox = HANDOVER_INBOX (fixture->inbox);
  GtkWidget *group = test_find_type (fixture->inbox, ADW_TYPE_TOGGLE_GROUP, 0);

  load (fixture, TRUE, test_conversation ("1", "Crystal", WAITING), test_conversation ("2", "Albert", WAITING),
        test_conversation ("3", "Joyce", MINE), test_conversation ("4", "Norman", TEAM),
        test_conversation ("5", "Zoe", NULL), NULL);

  wait_shown (fixture, 3);
  g_assert_cmpstr (page (fixture), ==, "list");
  g_assert_nonnull (test_find_label (group, "2"));
  g_assert_nonnull (test_find_label (group, "1"));

  handover_inbox_set_view (inbox, "team");
  wait_shown (fixture, 1);
  g_assert_cmpstr (adw_toggle_group_get_active_name (ADW_TOGGLE_GROUP (group)), ==, "other");

  handover_inbox_set_view (inbox, "all");
  wait_shown (fixture, 5);
  g_assert_nonnull (test_find_label (group, "All"));

  handover_inbox_set_view (inbox, "closed");
  g_assert_cmpstr (page (fixture), ==, "empty");

  handover_inbox_set_view (inbox, "no such view");
  g_assert_cmpstr (handover_inbox_get_view (inbox), ==, "closed");

  adw_toggle_group_set_active_name (ADW_TOGGLE_GROUP (group), "mine");
  g_assert_cmpstr (handover_inbox_get_view (inbox), ==, "mine");
}

static void
test_search (Fixture       *fixture,
             gconstpointer  data)
{
  GtkWidget *entry = test_find_type (fixture->inbox, GTK_TYPE_SEARCH_ENTRY, 0);

  load (fixture, TRUE, test_conversation ("1", "Crystal", WAITING), test_conversation ("2", "Älbert", WAITING),
        test_conversation ("3", "Joyce", "\"metadata\": {\"order_number\": \"5500419278\"}"), NULL);

  handover_inbox_start_search (HANDOVER_INBOX (fixture->inbox));
  gtk_editable_set_text (GTK_EDITABLE (entry), "äLB");
  g_signal_emit_by_name (entry, "search-changed");
  wait_shown (fixture, 1);

  gtk_editable_set_text (GTK_EDITABLE (entry), "550041");
  g_signal_emit_by_name (entry, "search-changed");
  wait_shown (fixture, 1);

  gtk_editable_set_text (GTK_EDITABLE (entry), "nobody");
  g_signal_emit_by_name (entry, "search-changed");
  wait_shown (fixture, 0);
  g_assert_cmpstr (page (fixture), ==, "empty");
  g_assert_nonnull (test_find_label (fixture->inbox, "Nothing found"));
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  ADD ("/inbox/new-business", test_new_business);
  ADD ("/inbox/nobody-waits", test_nobody_waits);
  ADD ("/inbox/views", test_views);
  ADD ("/inbox/search", test_search);

  return g_test_run ();
}
