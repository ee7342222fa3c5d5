/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "config.h"

#include "app/conversation/handover-stale-guard.h"
#include "core/handover-message.h"

typedef struct
{
  GListStore *messages;
  HandoverStaleGuard *guard;
} Fixture;

static HandoverMessage *
new_message (const char          *id,
             HandoverAuthor       author,
             const char          *operator_id,
             HandoverMessageKind  kind)
{
  HandoverMessage *message = g_object_new (HANDOVER_TYPE_MESSAGE, NULL);

  message->id = g_strdup (id);
  message->author = author;
  message->kind = kind;
  message->text = g_strdup (id);
  message->version = 1;
  if (operator_id != NULL)
    {
      message->operator = g_object_new (HANDOVER_TYPE_PERSON, NULL);
      message->operator->id = g_strdup (operator_id);
    }

  return message;
}

static void
insert (Fixture             *fixture,
        guint                position,
        const char          *id,
        HandoverAuthor       author,
        const char          *operator_id,
        HandoverMessageKind  kind)
{
  g_autoptr (HandoverMessage) message = new_message (id, author, operator_id, kind);

  g_list_store_insert (fixture->messages, position, message);
}

static void
say (Fixture    *fixture,
     const char *id)
{
  insert (fixture, g_list_model_get_n_items (G_LIST_MODEL (fixture->messages)), id, HANDOVER_AUTHOR_CUSTOMER, NULL,
          HANDOVER_MESSAGE_KIND_MESSAGE);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->messages = g_list_store_new (HANDOVER_TYPE_MESSAGE);
  fixture->guard = handover_stale_guard_new ();
  say (fixture, "old");
  handover_stale_guard_set_model (fixture->guard, G_LIST_MODEL (fixture->messages), "me");
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_assert_finalize_object (fixture->guard);
  g_assert_finalize_object (fixture->messages);
}

static void
test_news (Fixture       *fixture,
           gconstpointer  data)
{
  guint end = 1;

  g_assert_cmpuint (handover_stale_guard_get_count (fixture->guard), ==, 0);
  insert (fixture, end++, "mine", HANDOVER_AUTHOR_OPERATOR, "me", HANDOVER_MESSAGE_KIND_MESSAGE);
  insert (fixture, end++, "tool", HANDOVER_AUTHOR_TOOL, NULL, HANDOVER_MESSAGE_KIND_TOOL);
  insert (fixture, end++, "control", HANDOVER_AUTHOR_SYSTEM, NULL, HANDOVER_MESSAGE_KIND_CONTROL);
  insert (fixture, 0, "older", HANDOVER_AUTHOR_CUSTOMER, NULL, HANDOVER_MESSAGE_KIND_MESSAGE);
  g_assert_cmpuint (handover_stale_guard_get_count (fixture->guard), ==, 0);
  g_assert_null (handover_stale_guard_get_newest (fixture->guard));

  insert (fixture, ++end, "note", HANDOVER_AUTHOR_OPERATOR, "kim", HANDOVER_MESSAGE_KIND_NOTE);
  say (fixture, "new");
  g_assert_cmpuint (handover_stale_guard_get_count (fixture->guard), ==, 2);
  g_assert_cmpstr (handover_stale_guard_get_newest (fixture->guard)->id, ==, "new");

  handover_stale_guard_see_all (fixture->guard);
  g_assert_cmpuint (handover_stale_guard_get_count (fixture->guard), ==, 0);
}

/* The same message again, as its delivery goes on, says nothing new. */
static void
test_change_is_no_news (Fixture       *fixture,
                        gconstpointer  data)
{
  g_autoptr (HandoverMessage) again = NULL;
  gpointer again_data;

  say (fixture, "new");
  handover_stale_guard_see_all (fixture->guard);
  again = new_message ("new", HANDOVER_AUTHOR_CUSTOMER, NULL, HANDOVER_MESSAGE_KIND_MESSAGE);
  again_data = again;
  g_list_store_splice (fixture->messages, 1, 1, &again_data, 1);
  g_assert_cmpuint (handover_stale_guard_get_count (fixture->guard), ==, 0);
}

static void
test_seen_by_looking (Fixture       *fixture,
                      gconstpointer  data)
{
  /* Out of sight, it stays news however long it takes. */
  handover_stale_guard_set_glance (fixture->guard, 1);
  say (fixture, "new");
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_cmpuint (handover_stale_guard_get_count (fixture->guard), ==, 1);

  handover_stale_guard_set_looking (fixture->guard, TRUE);
  while (handover_stale_guard_get_count (fixture->guard) > 0)
    g_main_context_iteration (NULL, TRUE);
}

/* It came into sight the moment before Send. */
static void
test_too_short_a_glance (Fixture       *fixture,
                         gconstpointer  data)
{
  handover_stale_guard_set_looking (fixture->guard, TRUE);
  say (fixture, "new");
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_cmpuint (handover_stale_guard_get_count (fixture->guard), ==, 1);
}

static void
test_other_conversation (Fixture       *fixture,
                         gconstpointer  data)
{
  g_autoptr (GListStore) other = g_list_store_new (HANDOVER_TYPE_MESSAGE);

  say (fixture, "new");
  handover_stale_guard_set_model (fixture->guard, G_LIST_MODEL (other), "me");
  say (fixture, "newer");
  g_assert_cmpuint (handover_stale_guard_get_count (fixture->guard), ==, 0);
}

#define ADD(name, function) g_test_add ("/stale-guard/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("news", test_news);
  ADD ("change-is-no-news", test_change_is_no_news);
  ADD ("seen-by-looking", test_seen_by_looking);
  ADD ("too-short-a-glance", test_too_short_a_glance);
  ADD ("other-conversation", test_other_conversation);

  return g_test_run ();
}
