/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "config.h"

#include "app-test.h"
#include "app/handover-busy.h"

typedef struct
{
  GtkWidget *window;
  GtkWidget *list;
  GtkWidget *row;
  GtkWidget *button;
  guint frames;
} Fixture;

static gboolean
is_active (gpointer data)
{
  return gtk_window_is_active (GTK_WINDOW (((Fixture *) data)->window));
}

static GtkWidget *
get_focus (Fixture *fixture)
{
  return gtk_root_get_focus (GTK_ROOT (fixture->window));
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  fixture->window = gtk_window_new ();
  fixture->list = gtk_list_box_new ();
  fixture->row = adw_entry_row_new ();
  fixture->button = gtk_button_new_with_label ("Elsewhere");
  gtk_list_box_append (GTK_LIST_BOX (fixture->list), fixture->row);
  gtk_box_append (GTK_BOX (box), fixture->list);
  gtk_box_append (GTK_BOX (box), fixture->button);
  gtk_window_set_child (GTK_WINDOW (fixture->window), box);
  gtk_window_present (GTK_WINDOW (fixture->window));
  test_wait (is_active, fixture);
  gtk_widget_grab_focus (fixture->row);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
}

static gboolean
tick_cb (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       data)
{
  return --((Fixture *) data)->frames > 0;
}

static gboolean
are_shown (gpointer data)
{
  return ((Fixture *) data)->frames == 0;
}

/* A cursor that blinks where it must not is told of in the next frame. */
static void
show_frames (Fixture *fixture)
{
  fixture->frames = 3;
  gtk_widget_add_tick_callback (fixture->window, tick_cb, fixture, NULL);
  test_wait (are_shown, fixture);
}

static void
test_back_where_it_was (Fixture       *fixture,
                        gconstpointer  data)
{
  GtkWidget *focus = get_focus (fixture);

  g_assert_true (GTK_IS_TEXT (focus));
  show_frames (fixture);
  handover_busy_begin (fixture->list);
  g_assert_false (gtk_widget_is_sensitive (fixture->row));
  show_frames (fixture);
  handover_busy_end (fixture->list, TRUE);
  g_assert_true (gtk_widget_is_sensitive (fixture->row));
  g_assert_true (get_focus (fixture) == focus);
  show_frames (fixture);
}

static void
test_done_here (Fixture       *fixture,
                gconstpointer  data)
{
  handover_busy_begin (fixture->list);
  handover_busy_end (fixture->list, FALSE);
  g_assert_null (get_focus (fixture));

  /* Nor is it remembered until another time. */
  handover_busy_begin (fixture->list);
  handover_busy_end (fixture->list, TRUE);
  g_assert_null (get_focus (fixture));
}

static void
test_elsewhere (Fixture       *fixture,
                gconstpointer  data)
{
  handover_busy_begin (fixture->list);
  gtk_widget_grab_focus (fixture->button);
  handover_busy_end (fixture->list, TRUE);
  g_assert_true (get_focus (fixture) == fixture->button);

  handover_busy_begin (fixture->list);
  g_assert_true (get_focus (fixture) == fixture->button);
  handover_busy_end (fixture->list, TRUE);
}

static void
test_gone_meanwhile (Fixture       *fixture,
                     gconstpointer  data)
{
  handover_busy_begin (fixture->list);
  gtk_list_box_remove (GTK_LIST_BOX (fixture->list), fixture->row);
  handover_busy_end (fixture->list, TRUE);
  g_assert_null (get_focus (fixture));
}

#define ADD(name, function) g_test_add ("/busy/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  ADD ("back-where-it-was", test_back_where_it_was);
  ADD ("done-here", test_done_here);
  ADD ("elsewhere", test_elsewhere);
  ADD ("gone-meanwhile", test_gone_meanwhile);

  return g_test_run ();
}
