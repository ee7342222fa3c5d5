/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "config.h"

#include "timeline-fixture.h"

static void
test_first_frame (Fixture       *fixture,
                  gconstpointer  data)
{
  Watch watch;
  gulong id;

  fill (fixture, 0, 500, "row", 0);
  gtk_widget_realize (GTK_WIDGET (fixture->window));
  id = watch_frames (fixture, &watch, NULL, TRUE, 0);
  open_window (fixture);
  check_frames (fixture, &watch, id);
  g_assert_true (handover_timeline_get_at_end (fixture->timeline));
  g_assert_cmpuint (fixture->created, <, 40);
}

static void
test_few_sit_at_bottom (Fixture       *fixture,
                        gconstpointer  data)
{
  open_window (fixture);
  g_assert_true (handover_timeline_get_at_end (fixture->timeline));

  fill (fixture, 0, 3, "row", 40);
  run_frames (fixture, 2);
  g_assert_cmpint (get_bottom (fixture, get_last (fixture)), ==, get_page (fixture));
  g_assert_cmpint (get_top (fixture, find_row (fixture, "row0")), ==, get_page (fixture) - 120);
  g_assert_cmpfloat (gtk_adjustment_get_upper (fixture->adjustment), ==, get_page (fixture));

  g_list_store_remove_all (fixture->store);
  run_frames (fixture, 2);
  g_assert_null (gtk_widget_get_first_child (GTK_WIDGET (fixture->timeline)));
}

static void
test_insert_above (Fixture       *fixture,
                   gconstpointer  data)
{
  GtkWidget *row;
  Watch watch;
  gulong id;

  fill (fixture, 0, 300, "row", 0);
  open_window (fixture);
  gtk_adjustment_set_value (fixture->adjustment, gtk_adjustment_get_value (fixture->adjustment) - 700);
  settle (fixture);
  g_assert_false (handover_timeline_get_at_end (fixture->timeline));

  row = first_in_view (fixture);
  id = watch_frames (fixture, &watch, row, FALSE, get_top (fixture, row));
  fill (fixture, 0, 100, "older", 0);
  run_frames (fixture, 5);
  check_frames (fixture, &watch, id);

  /* Also at the very top, where the scrolled window reads zero. */
  handover_timeline_scroll_to (fixture->timeline, 0);
  settle (fixture);
  g_assert_cmpfloat (gtk_adjustment_get_value (fixture->adjustment), ==, 0);
  row = find_row (fixture, "older0");
  id = watch_frames (fixture, &watch, row, FALSE, 0);
  fill (fixture, 0, 100, "oldest", 0);
  run_frames (fixture, 5);
  check_frames (fixture, &watch, id);
  g_assert_cmpfloat (gtk_adjustment_get_value (fixture->adjustment), >, 0);
}

static void
test_insert_above_head (Fixture       *fixture,
                        gconstpointer  data)
{
  Watch watch;
  gulong id;

  fill (fixture, 0, 100, "headed", 50);
  open_window (fixture);

  /* The first row loses its head: what is below it stays, whether or not it has the focus. */
  for (guint i = 0; i < 2; i++)
    {
      if (i == 0)
        handover_timeline_scroll_to (fixture->timeline, 0);
      else
        g_assert_true (handover_timeline_focus_row (fixture->timeline, 0));
      settle (fixture);
      g_assert_cmpint (get_top (fixture, handover_timeline_get_row (fixture->timeline, 1)), ==, 83);

      id = watch_frames (fixture, &watch, handover_timeline_get_row (fixture->timeline, 1), FALSE, 83);
      fill (fixture, 0, 100, "headed", 50);
      run_frames (fixture, 5);
      check_frames (fixture, &watch, id);
      g_assert_cmpint (get_top (fixture, handover_timeline_get_row (fixture->timeline, 100)), ==, 33);
    }
}

static void
test_insert_between (Fixture       *fixture,
                     gconstpointer  data)
{
  GtkWidget *row, *next;
  Watch watch;
  gulong id;
  int top;

  fill (fixture, 0, 100, "row", 50);
  open_window (fixture);
  handover_timeline_scroll_to (fixture->timeline, 40);
  settle (fixture);

  row = find_row (fixture, "row40:");
  next = find_row (fixture, "row43:");
  top = get_top (fixture, next);
  id = watch_frames (fixture, &watch, row, FALSE, 0);
  fill (fixture, 42, 2, "between", 30);
  run_frames (fixture, 3);
  check_frames (fixture, &watch, id);
  g_assert_true (find_row (fixture, "row43:") == next);
  g_assert_cmpint (get_top (fixture, next), ==, top + 60);
  g_assert_cmpint (get_top (fixture, find_row (fixture, "between1")), ==, 130);

  /* Siblings are in the order of the model, and neighbours know each other. */
  for (guint i = 40; i < 48; i++)
    g_assert_true (gtk_widget_get_next_sibling (handover_timeline_get_row (fixture->timeline, i))
                   == handover_timeline_get_row (fixture->timeline, i + 1));
  g_assert_cmpstr (g_object_get_data (G_OBJECT (find_row (fixture, "row41:")), "next"), ==, "between0:30");
  g_assert_cmpstr (g_object_get_data (G_OBJECT (find_row (fixture, "row42:")), "previous"), ==, "between1:30");
}

static void
test_sticks_at_end (Fixture       *fixture,
                    gconstpointer  data)
{
  Watch watch;
  gulong id;

  fill (fixture, 0, 100, "row", 0);
  open_window (fixture);
  id = watch_frames (fixture, &watch, NULL, TRUE, 0);
  for (guint i = 0; i < 20; i++)
    {
      fill (fixture, 100 + i, 1, "new", 20 + i * 9);
      run_frames (fixture, 1);
    }
  run_frames (fixture, 2);
  check_frames (fixture, &watch, id);

  /* Who reads further up stays there. */
  gtk_adjustment_set_value (fixture->adjustment, gtk_adjustment_get_value (fixture->adjustment) - 300);
  settle (fixture);
  {
    GtkWidget *row = first_in_view (fixture);

    id = watch_frames (fixture, &watch, row, FALSE, get_top (fixture, row));
    fill (fixture, 120, 5, "more", 40);
    run_frames (fixture, 3);
    check_frames (fixture, &watch, id);
  }
  handover_timeline_scroll_to_end (fixture->timeline);
  settle (fixture);
  g_assert_true (handover_timeline_get_at_end (fixture->timeline));
}

/* The last row has the focus, and loses its tail when it is no longer the last. */
static void
test_sticks_with_focus (Fixture       *fixture,
                        gconstpointer  data)
{
  Watch watch;
  gulong id;

  fill (fixture, 0, 100, "tailed", 50);
  open_window (fixture);
  g_assert_true (handover_timeline_focus_row (fixture->timeline, 99));
  settle (fixture);
  g_assert_cmpint (gtk_widget_get_height (get_last (fixture)), ==, 70);

  id = watch_frames (fixture, &watch, NULL, TRUE, 0);
  fill (fixture, 100, 2, "tailed", 50);
  run_frames (fixture, 3);
  check_frames (fixture, &watch, id);
  g_assert_true (handover_timeline_get_at_end (fixture->timeline));
}

static void
test_removal (Fixture       *fixture,
              gconstpointer  data)
{
  GtkWidget *row;
  Watch watch;
  gulong id;

  fill (fixture, 0, 200, "row", 50);
  open_window (fixture);
  handover_timeline_scroll_to (fixture->timeline, 100);
  settle (fixture);

  /* Above the view, around its top, and the end. */
  row = find_row (fixture, "row102:");
  id = watch_frames (fixture, &watch, row, FALSE, 100);
  g_list_store_splice (fixture->store, 10, 20, NULL, 0);
  run_frames (fixture, 2);
  g_list_store_splice (fixture->store, 78, 3, NULL, 0);
  run_frames (fixture, 2);
  g_list_store_splice (fixture->store, 120, 50, NULL, 0);
  run_frames (fixture, 2);
  check_frames (fixture, &watch, id);

  /* All that is left fits: it sits at the bottom. */
  g_list_store_splice (fixture->store, 3, g_list_model_get_n_items (G_LIST_MODEL (fixture->store)) - 3, NULL, 0);
  run_frames (fixture, 2);
  g_assert_cmpint (get_bottom (fixture, get_last (fixture)), ==, get_page (fixture));
  g_assert_cmpint (get_top (fixture, find_row (fixture, "row0:")), ==, get_page (fixture) - 150);
}

static void
test_replace (Fixture       *fixture,
              gconstpointer  data)
{
  GtkWidget *row;
  g_autoptr (GObject) item = new_item ("other:50");
  gpointer items[] = { item };
  Watch watch;
  gulong id;

  fill (fixture, 0, 100, "row", 50);
  open_window (fixture);
  handover_timeline_scroll_to (fixture->timeline, 50);
  settle (fixture);
  row = find_row (fixture, "row52:");
  id = watch_frames (fixture, &watch, row, FALSE, 100);
  g_list_store_splice (fixture->store, 50, 1, items, 1);
  run_frames (fixture, 3);
  check_frames (fixture, &watch, id);
  g_assert_cmpint (get_top (fixture, find_row (fixture, "other")), ==, 0);
}

static void
test_huge (Fixture       *fixture,
           gconstpointer  data)
{
  fill (fixture, 0, 100000, "row", 0);
  open_window (fixture);
  g_assert_cmpuint (fixture->created, <, 40);

  for (guint i = 0; i < 5; i++)
    {
      double upper = gtk_adjustment_get_upper (fixture->adjustment);

      gtk_adjustment_set_value (fixture->adjustment, upper * (4 - i) / 5);
      settle (fixture);
    }
  g_assert_cmpfloat (gtk_adjustment_get_value (fixture->adjustment), ==, 0);
  g_assert_cmpint (get_top (fixture, find_row (fixture, "row0:")), ==, 0);
  g_assert_cmpuint (fixture->created, <, 300);

  gtk_adjustment_set_value (fixture->adjustment, gtk_adjustment_get_upper (fixture->adjustment));
  settle (fixture);
  g_assert_cmpint (get_bottom (fixture, get_last (fixture)), ==, get_page (fixture));
}

static void
scroll_at_once (Fixture *fixture,
                double   by)
{
  GtkWidget *timeline = GTK_WIDGET (fixture->timeline);

  gtk_adjustment_set_value (fixture->adjustment, gtk_adjustment_get_value (fixture->adjustment) + by);
  gtk_widget_allocate (timeline, gtk_widget_get_width (timeline), gtk_widget_get_height (timeline), -1, NULL);
}

/* What comes into view within half a page has been made before, above and below; not all at once, when it opens. */
static void
test_ahead (Fixture       *fixture,
            gconstpointer  data)
{
  guint created;
  int page;

  fill (fixture, 0, 500, "row", 40);
  gtk_window_present (fixture->window);
  while (fixture->created == 0)
    g_main_context_iteration (NULL, TRUE);
  page = get_page (fixture);
  g_assert_cmpuint (fixture->created, <=, page / 40 + 1);

  run_frames (fixture, 2);
  created = fixture->created;
  scroll_at_once (fixture, -page / 2 + 40);
  g_assert_cmpuint (fixture->created, ==, created);

  scroll_at_once (fixture, -page);
  g_assert_cmpuint (fixture->created, >, created);
  run_frames (fixture, 2);
  created = fixture->created;
  scroll_at_once (fixture, page / 2 - 40);
  g_assert_cmpuint (fixture->created, ==, created);
}

/* Kinetic scrolling writes absolute values that know nothing of corrected estimates: each step must move the rows by
 * exactly its length. */
static void
test_absolute_steps (Fixture       *fixture,
                     gconstpointer  data)
{
  double start;

  for (guint i = 0; i < 20; i++)
    fill (fixture, 0, 50, "row", i % 3 == 0 ? 400 : 35);
  open_window (fixture);
  start = gtk_adjustment_get_value (fixture->adjustment);

  for (guint i = 1; i <= 200; i++)
    {
      GtkWidget *row = first_in_view (fixture);
      int top = get_top (fixture, row);

      gtk_adjustment_set_value (fixture->adjustment, start - 40.0 * i);
      run_frames (fixture, 1);
      g_assert_cmpint (get_top (fixture, row), ==, top + 40);
    }
  {
    GtkWidget *row = first_in_view (fixture);
    int top = get_top (fixture, row);

    settle (fixture);
    g_assert_cmpint (get_top (fixture, row), ==, top);
  }
}

static void
test_reaches_top (Fixture       *fixture,
                  gconstpointer  data)
{
  double value;

  fill (fixture, 0, 80, "row", 0);
  fill (fixture, 0, 20, "high", 300);
  open_window (fixture);

  for (guint i = 0; i < 2000 && find_row (fixture, "high0:") == NULL; i++)
    {
      value = gtk_adjustment_get_value (fixture->adjustment);
      gtk_adjustment_set_value (fixture->adjustment, value - 100);
      run_frames (fixture, 1);
    }
  for (guint i = 0; i < 20; i++)
    {
      value = gtk_adjustment_get_value (fixture->adjustment);
      gtk_adjustment_set_value (fixture->adjustment, value - 100);
      run_frames (fixture, 1);
    }
  g_assert_cmpint (get_top (fixture, find_row (fixture, "high0:")), ==, 0);
  settle (fixture);
  g_assert_cmpint (get_top (fixture, find_row (fixture, "high0:")), ==, 0);
  g_assert_cmpfloat (gtk_adjustment_get_value (fixture->adjustment), ==, 0);
}

static void
test_width_change (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autofree char *words = g_strnfill (400, 'x');
  GtkWidget *row;
  double part;

  for (gsize i = 5; i < 400; i += 6)
    words[i] = ' ';
  for (guint i = 0; i < 60; i++)
    {
      g_autofree char *text = g_strdup_printf ("row%u|%s", i, words);
      g_autoptr (GObject) item = new_item (text);

      g_list_store_append (fixture->store, item);
    }
  open_window (fixture);
  handover_timeline_scroll_to (fixture->timeline, 30);
  settle (fixture);
  gtk_adjustment_set_value (fixture->adjustment, gtk_adjustment_get_value (fixture->adjustment) + 40);
  settle (fixture);
  row = find_row (fixture, "row30|");
  part = -get_top (fixture, row) / (double) gtk_widget_get_height (row);

  gtk_window_set_default_size (fixture->window, 700, 500);
  while (gtk_widget_get_width (GTK_WIDGET (fixture->timeline)) < 600)
    g_main_context_iteration (NULL, TRUE);
  run_frames (fixture, 2);
  g_assert_true (first_in_view (fixture) == row);
  g_assert_cmpfloat_with_epsilon (-get_top (fixture, row) / (double) gtk_widget_get_height (row), part, 0.05);

  handover_timeline_scroll_to_end (fixture->timeline);
  settle (fixture);
  gtk_window_set_default_size (fixture->window, 400, 500);
  while (gtk_widget_get_width (GTK_WIDGET (fixture->timeline)) > 600)
    g_main_context_iteration (NULL, TRUE);
  run_frames (fixture, 2);
  g_assert_cmpint (get_bottom (fixture, get_last (fixture)), ==, get_page (fixture));
}

static void
test_row_changes_height (Fixture       *fixture,
                         gconstpointer  data)
{
  GtkWidget *row;
  Watch watch;
  gulong id;

  fill (fixture, 0, 100, "row", 50);
  open_window (fixture);
  handover_timeline_scroll_to (fixture->timeline, 50);
  settle (fixture);
  row = find_row (fixture, "row52:");
  id = watch_frames (fixture, &watch, row, FALSE, 100);

  /* The row itself, one below it, and one above the view. */
  gtk_widget_set_size_request (row, -1, 200);
  run_frames (fixture, 2);
  gtk_widget_set_size_request (find_row (fixture, "row53:"), -1, 10);
  run_frames (fixture, 2);
  gtk_widget_set_size_request (find_row (fixture, "row48:"), -1, 90);
  run_frames (fixture, 2);
  check_frames (fixture, &watch, id);

  /* At the end, the end stays; but a row with the focus stays under the pointer. */
  handover_timeline_scroll_to_end (fixture->timeline);
  settle (fixture);
  id = watch_frames (fixture, &watch, NULL, TRUE, 0);
  gtk_widget_set_size_request (get_last (fixture), -1, 120);
  run_frames (fixture, 3);
  check_frames (fixture, &watch, id);

  row = find_row (fixture, "row96:");
  g_assert_true (gtk_widget_grab_focus (row));
  id = watch_frames (fixture, &watch, row, FALSE, get_top (fixture, row));
  gtk_widget_set_size_request (row, -1, 180);
  run_frames (fixture, 3);
  check_frames (fixture, &watch, id);
  g_assert_false (handover_timeline_get_at_end (fixture->timeline));
}

static void
test_keys (Fixture       *fixture,
           gconstpointer  data)
{
  fill (fixture, 0, 1000, "row", 50);
  open_window (fixture);
  g_assert_true (gtk_widget_grab_focus (GTK_WIDGET (fixture->timeline)));
  assert_focus_in_view (fixture, "row999:50");

  press (fixture, GDK_KEY_Down);
  assert_focus_in_view (fixture, "row999:50");
  g_assert_true (press (fixture, GDK_KEY_Up));
  assert_focus_in_view (fixture, "row998:50");
  for (guint i = 0; i < 20; i++)
    g_assert_true (press (fixture, GDK_KEY_Up));
  assert_focus_in_view (fixture, "row978:50");
  g_assert_true (press (fixture, GDK_KEY_Home));
  assert_focus_in_view (fixture, "row0:50");
  press (fixture, GDK_KEY_Up);
  assert_focus_in_view (fixture, "row0:50");
  g_assert_true (press (fixture, GDK_KEY_Down));
  assert_focus_in_view (fixture, "row1:50");
  g_assert_true (press (fixture, GDK_KEY_Page_Down));
  assert_focus_in_view (fixture, "row11:50");
  g_assert_true (press (fixture, GDK_KEY_Page_Up));
  assert_focus_in_view (fixture, "row1:50");
  g_assert_true (press (fixture, GDK_KEY_End));
  assert_focus_in_view (fixture, "row999:50");
  g_assert_true (handover_timeline_get_at_end (fixture->timeline));

  /* A page is a page also where nobody has been yet. */
  for (guint i = 1; i <= 10; i++)
    {
      g_autofree char *name = g_strdup_printf ("row%u:50", 999 - 10 * i);

      g_assert_true (press (fixture, GDK_KEY_Page_Up));
      assert_focus_in_view (fixture, name);
    }
}

static void
test_long_row_is_read_on (Fixture       *fixture,
                          gconstpointer  data)
{
  fill (fixture, 0, 5, "row", 50);
  fill (fixture, 5, 1, "long", 1600);
  fill (fixture, 6, 5, "after", 50);
  open_window (fixture);
  g_assert_true (handover_timeline_focus_row (fixture->timeline, 4));
  settle (fixture);
  g_assert_true (press (fixture, GDK_KEY_Down));
  g_assert_cmpstr (get_focus_name (fixture), ==, "long0:1600");
  g_assert_cmpint (get_top (fixture, find_row (fixture, "long")), ==, 0);
  for (guint i = 0; i < 5 && g_str_has_prefix (get_focus_name (fixture), "long"); i++)
    {
      g_assert_true (press (fixture, GDK_KEY_Down));
      g_assert_cmpuint (i, <, 7);
    }
  g_assert_cmpint (get_bottom (fixture, find_row (fixture, "long")), ==, get_page (fixture));
  g_assert_true (press (fixture, GDK_KEY_Down));
  assert_focus_in_view (fixture, "after0:50");
}

static void
test_one_tab_stop (Fixture       *fixture,
                   gconstpointer  data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *before = gtk_button_new_with_label ("before");
  GtkWidget *after = gtk_button_new_with_label ("after");
  GtkWidget *inside = gtk_button_new_with_label ("inside");

  gtk_window_set_child (fixture->window, NULL);
  gtk_box_append (GTK_BOX (box), before);
  gtk_box_append (GTK_BOX (box), gtk_scrolled_window_new ());
  gtk_box_append (GTK_BOX (box), after);
  fixture->scrolled = gtk_widget_get_next_sibling (before);
  gtk_widget_set_vexpand (fixture->scrolled, TRUE);
  fixture->timeline = HANDOVER_TIMELINE (handover_timeline_new ());
  handover_timeline_set_functions (fixture->timeline, &timeline_functions, fixture);
  handover_timeline_set_model (fixture->timeline, G_LIST_MODEL (fixture->store));
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (fixture->scrolled), GTK_WIDGET (fixture->timeline));
  fixture->adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (fixture->scrolled));
  gtk_window_set_child (fixture->window, box);

  fill (fixture, 0, 50, "row", 50);
  open_window (fixture);
  gtk_box_append (GTK_BOX (get_last (fixture)), inside);

  gtk_widget_grab_focus (before);
  g_assert_true (gtk_widget_child_focus (GTK_WIDGET (fixture->window), GTK_DIR_TAB_FORWARD));
  g_assert_cmpstr (get_focus_name (fixture), ==, "row49:50");
  g_assert_true (gtk_widget_child_focus (GTK_WIDGET (fixture->window), GTK_DIR_TAB_FORWARD));
  g_assert_true (gtk_window_get_focus (fixture->window) == inside);
  g_assert_true (gtk_widget_child_focus (GTK_WIDGET (fixture->window), GTK_DIR_TAB_FORWARD));
  g_assert_true (gtk_window_get_focus (fixture->window) == after);

  g_assert_true (gtk_widget_child_focus (GTK_WIDGET (fixture->window), GTK_DIR_TAB_BACKWARD));
  g_assert_cmpstr (get_focus_name (fixture), ==, "row49:50");
  g_assert_true (press (fixture, GDK_KEY_Up));
  g_assert_true (gtk_widget_child_focus (GTK_WIDGET (fixture->window), GTK_DIR_TAB_BACKWARD));
  g_assert_true (gtk_window_get_focus (fixture->window) == before);
  g_assert_true (gtk_widget_child_focus (GTK_WIDGET (fixture->window), GTK_DIR_TAB_FORWARD));
  g_assert_cmpstr (get_focus_name (fixture), ==, "row48:50");
}

static void
test_focus_survives (Fixture       *fixture,
                     gconstpointer  data)
{
  GtkWidget *row;

  fill (fixture, 0, 300, "row", 50);
  open_window (fixture);
  g_assert_true (handover_timeline_focus_row (fixture->timeline, 290));
  settle (fixture);
  row = gtk_window_get_focus (fixture->window);

  /* Scrolled far away, the row is kept where it belongs among its siblings, and keys go on from there. */
  handover_timeline_scroll_to (fixture->timeline, 10);
  settle (fixture);
  g_assert_true (gtk_window_get_focus (fixture->window) == row);
  g_assert_true (gtk_widget_get_last_child (GTK_WIDGET (fixture->timeline)) == row);
  g_assert_cmpint (get_top (fixture, row), >=, get_page (fixture));
  fill (fixture, 0, 20, "older", 50);
  run_frames (fixture, 2);
  g_assert_true (gtk_window_get_focus (fixture->window) == row);
  g_assert_true (press (fixture, GDK_KEY_Up));
  assert_focus_in_view (fixture, "row289:50");

  /* A removed row passes the focus to its neighbour. */
  g_list_store_remove (fixture->store, 309);
  settle (fixture);
  assert_focus_in_view (fixture, "row290:50");

  handover_timeline_scroll_to (fixture->timeline, 10);
  settle (fixture);
  g_list_store_remove_all (fixture->store);
  settle (fixture);
  g_assert_null (gtk_window_get_focus (fixture->window));
}

static void
test_announces (Fixture       *fixture,
                gconstpointer  data)
{
  fill (fixture, 0, 10, "history", 50);
  open_window (fixture);
  fill (fixture, 0, 10, "older", 50);

  fill (fixture, 20, 1, "mine", 50);
  fill (fixture, 21, 1, "one", 50);
  while (fixture->announced->len == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (g_ptr_array_index (fixture->announced, 0), ==, "one0:50");

  fill (fixture, 22, 2, "burst", 50);
  fill (fixture, 24, 1, "burst", 50);
  while (fixture->announced->len == 1)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (g_ptr_array_index (fixture->announced, 1), ==, "3 new messages");
  g_assert_cmpuint (fixture->announced->len, ==, 2);
}

static void
test_load_older (Fixture       *fixture,
                 gconstpointer  data)
{
  fill (fixture, 0, 200, "row", 50);
  open_window (fixture);
  g_assert_cmpuint (fixture->loads, ==, 0);

  gtk_adjustment_set_value (fixture->adjustment, 600);
  settle (fixture);
  g_assert_cmpuint (fixture->loads, ==, 1);
  gtk_adjustment_set_value (fixture->adjustment, 500);
  settle (fixture);
  g_assert_cmpuint (fixture->loads, ==, 1);

  /* What came is not enough: asked again. */
  fill (fixture, 0, 2, "older", 50);
  settle (fixture);
  g_assert_cmpuint (fixture->loads, ==, 2);
  fill (fixture, 0, 100, "older", 50);
  settle (fixture);
  g_assert_cmpuint (fixture->loads, ==, 2);
  handover_timeline_scroll_to (fixture->timeline, 0);
  settle (fixture);
  g_assert_cmpuint (fixture->loads, ==, 3);
}

static void
test_other_model (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr (GListStore) other = g_list_store_new (GTK_TYPE_STRING_OBJECT);
  g_autoptr (GObject) item = new_item ("alone:30");

  fill (fixture, 0, 200, "row", 50);
  open_window (fixture);
  handover_timeline_scroll_to (fixture->timeline, 3);
  settle (fixture);

  handover_timeline_set_model (fixture->timeline, G_LIST_MODEL (other));
  run_frames (fixture, 2);
  g_list_store_append (other, item);
  run_frames (fixture, 2);
  g_assert_cmpint (get_bottom (fixture, find_row (fixture, "alone")), ==, get_page (fixture));
  g_assert_cmpuint (fixture->announced->len, ==, 0);

  handover_timeline_set_model (fixture->timeline, G_LIST_MODEL (fixture->store));
  settle (fixture);
  g_assert_cmpint (get_bottom (fixture, get_last (fixture)), ==, get_page (fixture));
  handover_timeline_set_model (fixture->timeline, NULL);
  run_frames (fixture, 2);
  g_assert_null (gtk_widget_get_first_child (GTK_WIDGET (fixture->timeline)));
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  ADD ("/timeline/first-frame", test_first_frame);
  ADD ("/timeline/few-sit-at-bottom", test_few_sit_at_bottom);
  ADD ("/timeline/insert-above", test_insert_above);
  ADD ("/timeline/insert-above-head", test_insert_above_head);
  ADD ("/timeline/insert-between", test_insert_between);
  ADD ("/timeline/sticks-at-end", test_sticks_at_end);
  ADD ("/timeline/sticks-with-focus", test_sticks_with_focus);
  ADD ("/timeline/removal", test_removal);
  ADD ("/timeline/replace", test_replace);
  ADD ("/timeline/huge", test_huge);
  ADD ("/timeline/ahead", test_ahead);
  ADD ("/timeline/absolute-steps", test_absolute_steps);
  ADD ("/timeline/reaches-top", test_reaches_top);
  ADD ("/timeline/width-change", test_width_change);
  ADD ("/timeline/row-changes-height", test_row_changes_height);
  ADD ("/timeline/keys", test_keys);
  ADD ("/timeline/long-row-is-read-on", test_long_row_is_read_on);
  ADD ("/timeline/one-tab-stop", test_one_tab_stop);
  ADD ("/timeline/focus-survives", test_focus_survives);
  ADD ("/timeline/announces", test_announces);
  ADD ("/timeline/load-older", test_load_older);
  ADD ("/timeline/other-model", test_other_model);

  return g_test_run ();
}
