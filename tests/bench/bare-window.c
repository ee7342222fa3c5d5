/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

/* bare-window ROWS: a libadwaita window with a GtkListView of rows that look like those of an inbox, and nothing else. */

#include <adwaita.h>
#include <stdlib.h>

static GtkWidget *
add_label (GtkWidget  *box,
           const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (label, style);
  gtk_box_append (GTK_BOX (box), label);

  return label;
}

static void
setup_cb (GtkListItemFactory *factory,
          GtkListItem        *item)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_box_append (GTK_BOX (row), adw_avatar_new (40, NULL, TRUE));
  gtk_box_append (GTK_BOX (row), texts);
  gtk_box_append (GTK_BOX (texts), head);
  g_object_set_data (G_OBJECT (item), "name", add_label (head, "heading"));
  g_object_set_data (G_OBJECT (item), "clock", add_label (head, "caption"));
  g_object_set_data (G_OBJECT (item), "preview", add_label (texts, "dimmed"));
  gtk_list_item_set_child (item, row);
}

static void
bind_cb (GtkListItemFactory *factory,
         GtkListItem        *item)
{
  const char *name = gtk_string_object_get_string (gtk_list_item_get_item (item));

  adw_avatar_set_text (ADW_AVATAR (gtk_widget_get_first_child (gtk_list_item_get_child (item))), name);
  gtk_label_set_text (g_object_get_data (G_OBJECT (item), "name"), name);
  gtk_label_set_text (g_object_get_data (G_OBJECT (item), "clock"), "2:14");
  gtk_label_set_text (g_object_get_data (G_OBJECT (item), "preview"), "My parcel has not come, can you help me with it?");
  gtk_list_item_set_accessible_label (item, name);
}

static void
activate_cb (GtkApplication *application,
             gpointer        user_data)
{
  GtkStringList *names = gtk_string_list_new (NULL);
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkSingleSelection *selection = gtk_single_selection_new (G_LIST_MODEL (names));
  GtkWidget *list = gtk_list_view_new (GTK_SELECTION_MODEL (selection), factory);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *window = adw_application_window_new (application);

  for (int i = 0; i < GPOINTER_TO_INT (user_data); i++)
    {
      g_autofree char *name = g_strdup_printf ("Customer %08d", i);

      gtk_string_list_append (names, name);
    }
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  gtk_widget_add_css_class (list, "navigation-sidebar");
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), list);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), adw_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), scrolled);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), view);
  gtk_window_set_default_size (GTK_WINDOW (window), 1280, 800);
  gtk_window_present (GTK_WINDOW (window));
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (AdwApplication) application = adw_application_new ("dev.handover.BareWindow", G_APPLICATION_NON_UNIQUE);

  if (argc != 2)
    g_error ("usage: bare-window ROWS");

  g_signal_connect (application, "activate", G_CALLBACK (activate_cb), GINT_TO_POINTER (atoi (argv[1])));
  return g_application_run (G_APPLICATION (application), 1, argv);
}
