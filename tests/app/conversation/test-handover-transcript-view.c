/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "app/conversation/handover-transcript-view.h"

#include <adwaita.h>

/* Freed memory is overwritten while tests run: what a view leaves behind at its end is found here, and not by the
 * operator who quits. */
static void
test_ends_with_its_window (void)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *view = g_object_new (HANDOVER_TYPE_TRANSCRIPT_VIEW, NULL);

  g_object_add_weak_pointer (G_OBJECT (view), (gpointer *) &view);
  gtk_window_set_child (GTK_WINDOW (window), view);
  gtk_window_present (GTK_WINDOW (window));
  gtk_window_destroy (GTK_WINDOW (window));

  g_assert_null (view);
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/transcript-view/ends-with-its-window", test_ends_with_its_window);

  return g_test_run ();
}
