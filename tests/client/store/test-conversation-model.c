/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "client/store/handover-conversation-model.h"
#include "client/store/handover-mirror-store.h"
#include "test-mirror-fixture.h"

typedef struct
{
  GHashTable *objects;
  guint n_loads;
  guint n_ends;
} Loader;

static HandoverConversation *
load_one (const char *const *ids,
          guint              n_ids,
          gpointer           user_data)
{
  Loader *loader = user_data;
  HandoverConversation *conversation = g_hash_table_lookup (loader->objects, ids[0]);

  loader->n_loads++;
  if (conversation == NULL)
    {
      conversation = test_conversation (ids[0], "agent", NULL, 0, 1);
      g_hash_table_insert (loader->objects, g_strdup (ids[0]), conversation);
    }
  return g_object_ref (conversation);
}

static void
count_end (HandoverView view,
           gpointer     user_data)
{
  ((Loader *) user_data)->n_ends++;
}

static void
row_clear (gpointer data)
{
  g_free (((HandoverViewRow *) data)->id);
}

static HandoverConversationModel *
make_model (Loader       *loader,
            HandoverView  view,
            guint         n_rows)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (HandoverViewRow));
  HandoverConversationModel *model = handover_conversation_model_new (view, TEST_ME, load_one, count_end, loader);

  g_array_set_clear_func (rows, row_clear);
  for (guint i = 0; i < n_rows; i++)
    {
      HandoverViewRow row = { g_strdup_printf ("c%06u", i), view == HANDOVER_VIEW_WAITING ? i : n_rows - i };

      g_array_append_val (rows, row);
    }
  handover_conversation_model_load (model, rows);
  return model;
}

static void
put (HandoverConversationModel *model,
     const char                *id,
     const char                *control,
     const char                *holder,
     gint64                     when)
{
  g_autoptr (HandoverConversation) conversation = test_conversation (id, control, holder, when, 2);

  handover_conversation_model_put (model, conversation);
}

static void
loader_clear (Loader *loader)
{
  g_hash_table_unref (loader->objects);
}

static void
loader_init (Loader *loader)
{
  loader->objects = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  loader->n_loads = 0;
  loader->n_ends = 0;
}

static void
test_waiting (void)
{
  Loader loader;
  g_autoptr (HandoverConversationModel) model = NULL;
  g_autoptr (ListShadow) shadow = NULL;

  loader_init (&loader);
  model = make_model (&loader, HANDOVER_VIEW_WAITING, 0);
  shadow = list_shadow_new (G_LIST_MODEL (model));
  put (model, "b", "waiting", NULL, 20);
  put (model, "a", "waiting", NULL, 10);
  put (model, "d", "waiting", NULL, 20);
  put (model, "x", "agent", NULL, 5);
  test_assert_ids (G_LIST_MODEL (model), "a b d");
  put (model, "b", "operator", TEST_ME, 30);
  put (model, "b", "operator", TEST_ME, 31);
  test_assert_ids (G_LIST_MODEL (model), "a d");
  /* Released: where its first wait puts it. */
  put (model, "b", "waiting", NULL, 5);
  test_assert_ids (G_LIST_MODEL (model), "b a d");
  handover_conversation_model_remove (model, "a");
  handover_conversation_model_remove (model, "nobody");
  test_assert_ids (G_LIST_MODEL (model), "b d");
  list_shadow_check (shadow);

  g_clear_pointer (&shadow, list_shadow_free);
  loader_clear (&loader);
}

static void
test_held (void)
{
  Loader loader;
  g_autoptr (HandoverConversationModel) mine = NULL;
  g_autoptr (HandoverConversationModel) team = NULL;

  loader_init (&loader);
  mine = make_model (&loader, HANDOVER_VIEW_MINE, 0);
  team = make_model (&loader, HANDOVER_VIEW_TEAM, 0);
  for (int i = 0; i < 2; i++)
    {
      HandoverConversationModel *model = i == 0 ? mine : team;

      put (model, "a", "operator", TEST_ME, 10);
      put (model, "b", "operator", TEST_OTHER, 20);
      put (model, "c", "operator", TEST_OTHER, 30);
      put (model, "d", "operator", TEST_ME, 40);
      /* Transferred. */
      put (model, "b", "operator", TEST_ME, 50);
    }
  test_assert_ids (G_LIST_MODEL (mine), "b d a");
  test_assert_ids (G_LIST_MODEL (team), "c");
  loader_clear (&loader);
}

static void
test_small_changes (void)
{
  Loader loader;
  g_autoptr (HandoverConversationModel) model = NULL;
  g_autoptr (ListShadow) shadow = NULL;
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  gint64 now = 100000;

  loader_init (&loader);
  model = make_model (&loader, HANDOVER_VIEW_ALL, 2000);
  shadow = list_shadow_new (G_LIST_MODEL (model));
  for (int i = 0; i < 500; i++)
    {
      g_autofree char *id = g_strdup_printf ("c%06d", g_rand_int_range (random, 0, 2200));

      put (model, id, "agent", NULL, ++now);
    }
  list_shadow_check (shadow);
  g_assert_cmpuint (list_shadow_get_largest (shadow), <=, 64);

  /* What does not move is not told. */
  loader.n_loads = 0;
  put (model, "c000500", "agent", NULL, ++now);
  g_assert_cmpuint (loader.n_loads, <=, 64);
  loader.n_loads = 0;
  put (model, "c000500", "agent", NULL, now);
  g_assert_cmpuint (loader.n_loads, ==, 0);

  g_clear_pointer (&shadow, list_shadow_free);
  loader_clear (&loader);
}

static void
test_short_move_is_one_change (void)
{
  Loader loader;
  g_autoptr (HandoverConversationModel) model = NULL;
  g_autoptr (ListShadow) shadow = NULL;

  loader_init (&loader);
  model = make_model (&loader, HANDOVER_VIEW_ALL, 100);
  shadow = list_shadow_new (G_LIST_MODEL (model));
  put (model, "c000009", "agent", NULL, 1000);
  list_shadow_check (shadow);
  g_assert_cmpuint (list_shadow_get_largest (shadow), ==, 10);

  g_clear_pointer (&shadow, list_shadow_free);
  loader_clear (&loader);
}

static void
test_changes_before_rows (void)
{
  Loader loader;
  g_autoptr (HandoverConversationModel) model = NULL;
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (HandoverViewRow));
  HandoverViewRow row = { g_strdup ("old"), 10 };
  HandoverViewRow erased = { g_strdup ("erased"), 11 };

  loader_init (&loader);
  g_array_append_val (rows, row);
  g_array_append_val (rows, erased);
  g_array_set_clear_func (rows, row_clear);
  model = handover_conversation_model_new (HANDOVER_VIEW_WAITING, TEST_ME, load_one, count_end, &loader);
  put (model, "new", "waiting", NULL, 20);
  put (model, "old", "operator", TEST_ME, 30);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, 0);
  put (model, "secret", "waiting", NULL, 40);
  handover_conversation_model_remove (model, "secret");
  handover_conversation_model_remove (model, "erased");
  handover_conversation_model_load (model, rows);
  test_assert_ids (G_LIST_MODEL (model), "new");

  handover_conversation_model_unload (model);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, 0);
  loader_clear (&loader);
}

static void
test_end (void)
{
  Loader loader;
  g_autoptr (HandoverConversationModel) model = NULL;
  g_autoptr (GObject) first = NULL;
  g_autoptr (GObject) last = NULL;

  loader_init (&loader);
  model = make_model (&loader, HANDOVER_VIEW_ALL, 200);
  first = g_list_model_get_item (G_LIST_MODEL (model), 0);
  g_assert_cmpuint (loader.n_ends, ==, 0);
  last = g_list_model_get_item (G_LIST_MODEL (model), 199);
  g_assert_cmpuint (loader.n_ends, ==, 1);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (model), 200));
  loader_clear (&loader);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/conversation-model/waiting", test_waiting);
  g_test_add_func ("/conversation-model/held", test_held);
  g_test_add_func ("/conversation-model/small-changes", test_small_changes);
  g_test_add_func ("/conversation-model/short-move", test_short_move_is_one_change);
  g_test_add_func ("/conversation-model/changes-before-rows", test_changes_before_rows);
  g_test_add_func ("/conversation-model/end", test_end);

  return g_test_run ();
}
