/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "config.h"

#include "timeline-fixture.h"

#include <stdlib.h>

GObject *
new_item (const char *text)
{
  return G_OBJECT (gtk_string_object_new (text));
}

static GtkWidget *
create_row (GObject  *item,
            gpointer  user_data)
{
  Fixture *fixture = user_data;
  const char *text = gtk_string_object_get_string (GTK_STRING_OBJECT (item));
  const char *wrapped = strchr (text, '|');
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  fixture->created++;
  gtk_widget_set_focusable (row, TRUE);
  gtk_widget_set_name (row, text);
  if (wrapped != NULL)
    {
      GtkWidget *label = gtk_label_new (wrapped + 1);

      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_box_append (GTK_BOX (row), label);
    }
  else
    gtk_widget_set_size_request (row, -1, atoi (strchr (text, ':') + 1));

  return row;
}

/* Some rows are higher at one of the ends, as messages are that say the day or the time. */
static void
arrange_height (GtkWidget *row,
                GObject   *previous,
                GObject   *next)
{
  const char *name = gtk_widget_get_name (row);
  int more = 0;

  if (g_str_has_prefix (name, "headed") && previous == NULL)
    more = 33;
  else if (g_str_has_prefix (name, "tailed") && next == NULL)
    more = 20;
  else if (!g_str_has_prefix (name, "headed") && !g_str_has_prefix (name, "tailed"))
    return;

  gtk_widget_set_size_request (row, -1, atoi (strchr (name, ':') + 1) + more);
}

static void
arrange_row (GtkWidget *row,
             GObject   *previous,
             GObject   *next,
             gpointer   user_data)
{
  arrange_height (row, previous, next);
  g_object_set_data_full (G_OBJECT (row), "previous",
                          previous != NULL ? g_strdup (gtk_string_object_get_string (GTK_STRING_OBJECT (previous)))
                                           : g_strdup ("-"),
                          g_free);
  g_object_set_data_full (G_OBJECT (row), "next",
                          next != NULL ? g_strdup (gtk_string_object_get_string (GTK_STRING_OBJECT (next)))
                                       : g_strdup ("-"),
                          g_free);
}

static char *
announce_item (GObject  *item,
               gpointer  user_data)
{
  const char *text = gtk_string_object_get_string (GTK_STRING_OBJECT (item));

  return g_str_has_prefix (text, "mine") ? NULL : g_strdup (text);
}

const HandoverTimelineFunctions timeline_functions = { create_row, arrange_row, announce_item };

static void
announce_cb (HandoverTimeline *timeline,
             const char       *text,
             Fixture          *fixture)
{
  g_ptr_array_add (fixture->announced, g_strdup (text));
}

static void
load_older_cb (HandoverTimeline *timeline,
               Fixture          *fixture)
{
  fixture->loads++;
}

void
fill (Fixture    *fixture,
      guint       position,
      guint       count,
      const char *name,
      int         height)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < count; i++)
    {
      g_autofree char *text = g_strdup_printf ("%s%u:%d", name, i, height > 0 ? height : 30 + (int) (i * 37 % 90));

      g_ptr_array_add (items, new_item (text));
    }
  g_list_store_splice (fixture->store, position, 0, items->pdata, items->len);
}

void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->announced = g_ptr_array_new_with_free_func (g_free);
  fixture->store = g_list_store_new (GTK_TYPE_STRING_OBJECT);
  fixture->window = GTK_WINDOW (gtk_window_new ());
  fixture->scrolled = gtk_scrolled_window_new ();
  fixture->timeline = HANDOVER_TIMELINE (handover_timeline_new ());
  gtk_window_set_default_size (fixture->window, 400, 500);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (fixture->scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (fixture->scrolled), GTK_WIDGET (fixture->timeline));
  gtk_window_set_child (fixture->window, fixture->scrolled);
  fixture->adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (fixture->scrolled));

  handover_timeline_set_functions (fixture->timeline, &timeline_functions, fixture);
  handover_timeline_set_model (fixture->timeline, G_LIST_MODEL (fixture->store));
  g_signal_connect (fixture->timeline, "announce", G_CALLBACK (announce_cb), fixture);
  g_signal_connect (fixture->timeline, "load-older", G_CALLBACK (load_older_cb), fixture);
}

void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gpointer timeline = fixture->timeline;

  g_object_add_weak_pointer (G_OBJECT (fixture->timeline), &timeline);
  gtk_window_destroy (fixture->window);
  while (g_main_context_pending (NULL))
    g_main_context_iteration (NULL, FALSE);
  g_assert_null (timeline);
  g_clear_object (&fixture->store);
  g_ptr_array_unref (fixture->announced);
}

static gboolean
count_frame_cb (GtkWidget     *widget,
                GdkFrameClock *clock,
                gpointer       user_data)
{
  guint *frames = user_data;

  (*frames)--;

  return *frames > 0 ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static void
count_frames (Fixture *fixture,
              guint    frames)
{
  gtk_widget_add_tick_callback (GTK_WIDGET (fixture->window), count_frame_cb, &frames, NULL);
  while (frames > 0)
    g_main_context_iteration (NULL, TRUE);
}

static gboolean
idle_cb (gpointer user_data)
{
  gboolean *done = user_data;

  *done = TRUE;

  return G_SOURCE_REMOVE;
}

/* On a busy machine rows that are made ahead come late: they are waited for. */
void
run_frames (Fixture *fixture,
            guint    frames)
{
  guint created;

  count_frames (fixture, frames);
  do
    {
      gboolean done = FALSE;

      created = fixture->created;
      g_idle_add_full (G_PRIORITY_LOW, idle_cb, &done, NULL);
      while (!done)
        g_main_context_iteration (NULL, TRUE);
      if (fixture->created != created)
        count_frames (fixture, 1);
    }
  while (fixture->created != created);
}

void
open_window (Fixture *fixture)
{
  gtk_window_present (fixture->window);
  while (gtk_widget_get_height (GTK_WIDGET (fixture->timeline)) == 0)
    g_main_context_iteration (NULL, TRUE);
  run_frames (fixture, 2);
}

/* Until the adjustment begins at zero again: nothing is held back any more. */
void
settle (Fixture *fixture)
{
  run_frames (fixture, 2);
  while (gtk_adjustment_get_lower (fixture->adjustment) != 0)
    g_main_context_iteration (NULL, TRUE);
  run_frames (fixture, 2);
}

GtkWidget *
find_row (Fixture    *fixture,
          const char *prefix)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (fixture->timeline)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (g_str_has_prefix (gtk_widget_get_name (child), prefix))
      return child;

  return NULL;
}

int
get_top (Fixture   *fixture,
         GtkWidget *row)
{
  graphene_rect_t bounds;

  g_assert_nonnull (row);
  g_assert_true (gtk_widget_compute_bounds (row, GTK_WIDGET (fixture->timeline), &bounds));

  return bounds.origin.y;
}

int
get_bottom (Fixture   *fixture,
            GtkWidget *row)
{
  return get_top (fixture, row) + gtk_widget_get_height (row);
}

GtkWidget *
get_last (Fixture *fixture)
{
  return handover_timeline_get_row (fixture->timeline, g_list_model_get_n_items (G_LIST_MODEL (fixture->store)) - 1);
}

int
get_page (Fixture *fixture)
{
  return gtk_widget_get_height (GTK_WIDGET (fixture->timeline));
}

GtkWidget *
first_in_view (Fixture *fixture)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (fixture->timeline)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (get_bottom (fixture, child) > 0)
      return child;

  g_assert_not_reached ();
}

/* --- What every painted frame shows --- */

static void
after_paint_cb (GdkFrameClock *clock,
                Watch         *watch)
{
  Fixture *fixture = watch->fixture;
  GtkWidget *row = watch->row != NULL ? watch->row : get_last (fixture);
  int y;

  if (row == NULL || gtk_widget_get_height (GTK_WIDGET (fixture->timeline)) == 0)
    {
      watch->wrong++;
      return;
    }

  watch->frames++;
  y = watch->at_bottom ? get_bottom (fixture, row) - get_page (fixture) : get_top (fixture, row);
  if (y != watch->expected)
    watch->wrong++;
}

gulong
watch_frames (Fixture   *fixture,
              Watch     *watch,
              GtkWidget *row,
              gboolean   at_bottom,
              int        expected)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (fixture->window));

  *watch = (Watch) { .fixture = fixture, .row = row, .expected = expected, .at_bottom = at_bottom };

  return g_signal_connect (clock, "after-paint", G_CALLBACK (after_paint_cb), watch);
}

void
check_frames (Fixture *fixture,
              Watch   *watch,
              gulong   id)
{
  g_signal_handler_disconnect (gtk_widget_get_frame_clock (GTK_WIDGET (fixture->window)), id);
  g_assert_cmpuint (watch->frames, >, 0);
  g_assert_cmpuint (watch->wrong, ==, 0);
}

gboolean
press (Fixture *fixture,
       guint    key)
{
  GtkWidget *focus = gtk_window_get_focus (fixture->window);
  gboolean handled = FALSE;

  /* What the key's shortcut does, found as GTK finds it: from the focus upward. */
  for (GtkWidget *widget = focus; widget != NULL && !handled; widget = gtk_widget_get_parent (widget))
    {
      g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

      for (guint i = 0; i < g_list_model_get_n_items (controllers) && !handled; i++)
        {
          g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

          if (!GTK_IS_SHORTCUT_CONTROLLER (controller))
            continue;
          for (guint j = 0; j < g_list_model_get_n_items (G_LIST_MODEL (controller)) && !handled; j++)
            {
              g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (G_LIST_MODEL (controller), j);
              GtkShortcutTrigger *trigger = gtk_shortcut_get_trigger (shortcut);

              if (GTK_IS_KEYVAL_TRIGGER (trigger) && gtk_keyval_trigger_get_keyval (GTK_KEYVAL_TRIGGER (trigger)) == key
                  && gtk_keyval_trigger_get_modifiers (GTK_KEYVAL_TRIGGER (trigger)) == 0)
                handled = gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0, widget,
                                                        gtk_shortcut_get_arguments (shortcut));
            }
        }
    }
  settle (fixture);

  return handled;
}

const char *
get_focus_name (Fixture *fixture)
{
  GtkWidget *focus = gtk_window_get_focus (fixture->window);

  return focus != NULL ? gtk_widget_get_name (focus) : NULL;
}

void
assert_focus_in_view (Fixture    *fixture,
                      const char *name)
{
  GtkWidget *focus = gtk_window_get_focus (fixture->window);

  g_assert_cmpstr (get_focus_name (fixture), ==, name);
  g_assert_cmpint (get_top (fixture, focus), >=, 0);
  g_assert_cmpint (get_bottom (fixture, focus), <=, get_page (fixture));
}
