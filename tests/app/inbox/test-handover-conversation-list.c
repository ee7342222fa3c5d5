/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "config.h"

#include "app-test.h"
#include "app/inbox/handover-conversation-list.h"
#include "app/inbox/handover-conversation-row.h"

typedef struct
{
  GtkWindow                *window;
  HandoverConversationList *list;
  GListStore               *first;
  GListStore               *second;
  guint                     changes;
} Fixture;

static void
changed_cb (Fixture *fixture)
{
  fixture->changes++;
}

static HandoverConversation *
add (GListStore *store,
     guint       position,
     const char *id)
{
  HandoverConversation *conversation = test_conversation (id, id, NULL);

  g_list_store_insert (store, position, conversation);
  g_object_unref (conversation);

  return conversation;
}

static gboolean
is_mapped_cb (gpointer data)
{
  return gtk_widget_get_mapped (data) && gtk_widget_get_height (data) > 0;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->window = GTK_WINDOW (gtk_window_new ());
  fixture->list = g_object_new (HANDOVER_TYPE_CONVERSATION_LIST, NULL);
  fixture->first = g_list_store_new (HANDOVER_TYPE_CONVERSATION);
  fixture->second = g_list_store_new (HANDOVER_TYPE_CONVERSATION);
  g_signal_connect_swapped (fixture->list, "notify::selected", G_CALLBACK (changed_cb), fixture);

  add (fixture->first, 0, "a");
  add (fixture->first, 1, "b");
  add (fixture->second, 0, "c");
  handover_conversation_list_set_sections (fixture->list, G_LIST_MODEL (fixture->first),
                                           G_LIST_MODEL (fixture->second), "Mine");

  gtk_window_set_default_size (fixture->window, 320, 200);
  gtk_window_set_child (fixture->window, GTK_WIDGET (fixture->list));
  gtk_window_present (fixture->window);
  test_wait (is_mapped_cb, fixture->list);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gtk_window_destroy (fixture->window);
  g_clear_object (&fixture->first);
  g_clear_object (&fixture->second);
}

static const char *
selected_id (Fixture *fixture)
{
  HandoverConversation *selected = handover_conversation_list_get_selected (fixture->list);

  return selected != NULL ? selected->id : NULL;
}

static GtkSelectionModel *
selection (Fixture *fixture)
{
  return gtk_list_view_get_model (GTK_LIST_VIEW (test_find_type (GTK_WIDGET (fixture->list), GTK_TYPE_LIST_VIEW, 0)));
}

static void
test_moves (Fixture       *fixture,
            gconstpointer  data)
{
  g_assert_cmpstr (selected_id (fixture), ==, NULL);
  handover_conversation_list_move (fixture->list, 1);
  g_assert_cmpstr (selected_id (fixture), ==, "a");
  handover_conversation_list_move (fixture->list, 1);
  handover_conversation_list_move (fixture->list, 1);
  g_assert_cmpstr (selected_id (fixture), ==, "c");
  handover_conversation_list_move (fixture->list, 1);
  g_assert_cmpstr (selected_id (fixture), ==, "c");
  handover_conversation_list_move (fixture->list, -1);
  g_assert_cmpstr (selected_id (fixture), ==, "b");
  g_assert_cmpuint (fixture->changes, ==, 4);
}

static void
test_open_stays_open (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autoptr (HandoverConversation) moved = g_list_model_get_item (G_LIST_MODEL (fixture->first), 0);

  handover_conversation_list_set_selected (fixture->list, moved);
  g_assert_true (gtk_selection_model_is_selected (selection (fixture), 0));

  g_list_store_remove (fixture->first, 0);
  g_assert_cmpstr (selected_id (fixture), ==, "a");
  g_list_store_insert (fixture->second, 0, moved);
  g_assert_cmpstr (selected_id (fixture), ==, "a");
  g_assert_true (gtk_selection_model_is_selected (selection (fixture), 1));
  g_assert_cmpuint (fixture->changes, ==, 1);
}

static void
test_open_from_elsewhere (Fixture       *fixture,
                          gconstpointer  data)
{
  g_autoptr (HandoverConversation) elsewhere = test_conversation ("z", "z", NULL);

  handover_conversation_list_set_selected (fixture->list, elsewhere);
  g_assert_cmpstr (selected_id (fixture), ==, "z");
  g_list_store_append (fixture->first, elsewhere);
  g_assert_true (gtk_selection_model_is_selected (selection (fixture), 2));
}

static void
test_second_title (Fixture       *fixture,
                   gconstpointer  data)
{
  g_assert_nonnull (test_find_label (GTK_WIDGET (fixture->list), "Mine"));
  handover_conversation_list_set_sections (fixture->list, G_LIST_MODEL (fixture->first), NULL, NULL);
  g_assert_null (test_find_label (GTK_WIDGET (fixture->list), "Mine"));
}

static gboolean
is_scrollable_cb (gpointer data)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (data);

  return gtk_adjustment_get_upper (adjustment) > 2 * gtk_adjustment_get_page_size (adjustment);
}

static gboolean
is_scrolled_cb (gpointer data)
{
  return gtk_adjustment_get_value (gtk_scrolled_window_get_vadjustment (data)) > 100;
}

static gboolean
is_at_top_cb (gpointer data)
{
  return gtk_adjustment_get_value (gtk_scrolled_window_get_vadjustment (data)) < 1;
}

static void
test_new_ones_are_counted (Fixture       *fixture,
                           gconstpointer  data)
{
  GtkWidget *scroller = test_find_type (GTK_WIDGET (fixture->list), GTK_TYPE_SCROLLED_WINDOW, 0);
  GtkWidget *revealer = test_find_type (GTK_WIDGET (fixture->list), GTK_TYPE_REVEALER, 0);
  GtkWidget *pill = test_find_type (revealer, GTK_TYPE_BUTTON, 0);
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));

  for (guint i = 0; i < 40; i++)
    {
      g_autofree char *id = g_strdup_printf ("old %u", i);

      add (fixture->second, 1 + i, id);
    }
  test_wait (is_scrollable_cb, scroller);
  gtk_adjustment_set_value (adjustment, 400);
  test_wait (is_scrolled_cb, scroller);

  add (fixture->first, 0, "new 1");
  g_assert_true (gtk_revealer_get_reveal_child (GTK_REVEALER (revealer)));
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (pill)), ==, "1 new");
  add (fixture->first, 0, "new 2");
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (pill)), ==, "2 new");

  g_signal_emit_by_name (pill, "clicked");
  test_wait (is_at_top_cb, scroller);
  g_assert_false (gtk_revealer_get_reveal_child (GTK_REVEALER (revealer)));
}

static GtkWidget *
find_row (GtkWidget  *widget,
          const char *id)
{
  HandoverConversation *shown = NULL;

  if (HANDOVER_IS_CONVERSATION_ROW (widget))
    shown = handover_conversation_row_get_conversation (HANDOVER_CONVERSATION_ROW (widget));
  if (shown != NULL && g_str_equal (shown->id, id))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *row = find_row (child, id);

      if (row != NULL)
        return row;
    }

  return NULL;
}

static void
test_new_ones_slide_in (Fixture       *fixture,
                        gconstpointer  data)
{
  GtkWidget *list = GTK_WIDGET (fixture->list);

  add (fixture->first, 0, "new");
  g_assert_true (gtk_widget_has_css_class (find_row (list, "new"), "arriving"));
  g_assert_false (gtk_widget_has_css_class (find_row (list, "b"), "arriving"));
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  ADD ("/list/moves", test_moves);
  ADD ("/list/open-stays-open", test_open_stays_open);
  ADD ("/list/open-from-elsewhere", test_open_from_elsewhere);
  ADD ("/list/second-title", test_second_title);
  ADD ("/list/new-ones-are-counted", test_new_ones_are_counted);
  ADD ("/list/new-ones-slide-in", test_new_ones_slide_in);

  return g_test_run ();
}
