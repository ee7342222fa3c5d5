/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "config.h"

#include "app/handover-busy.h"

/* Where the focus was. */
#define FOCUS_DATA "handover-busy-focus"

static void
focus_free (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

static void
remember_focus (GtkWidget *widget,
                GtkWidget *focus)
{
  GWeakRef *reference = g_new0 (GWeakRef, 1);

  g_weak_ref_init (reference, focus);
  g_object_set_data_full (G_OBJECT (widget), FOCUS_DATA, reference, focus_free);
}

/**
 * handover_busy_begin:
 * @widget: what takes input
 *
 * Takes no more input while what was put in is on its way.
 */
void
handover_busy_begin (GtkWidget *widget)
{
  GtkRoot *root;
  GtkWidget *focus;

  g_return_if_fail (GTK_IS_WIDGET (widget));

  root = gtk_widget_get_root (widget);
  focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  if (focus != NULL && (focus == widget || gtk_widget_is_ancestor (focus, widget)))
    {
      /* GTK takes the focus from what is insensitive, too, but a text does not hear of it: its cursor goes on blinking. */
      remember_focus (widget, focus);
      gtk_root_set_focus (root, NULL);
    }
  gtk_widget_set_sensitive (widget, FALSE);
}

/**
 * handover_busy_end:
 * @widget: what handover_busy_begin() was told
 * @again: whether the person goes on here
 *
 * Takes input again. If the person goes on, the focus comes back to where it was, unless it is elsewhere by now.
 */
void
handover_busy_end (GtkWidget *widget,
                   gboolean   again)
{
  g_autoptr (GtkWidget) focus = NULL;
  GWeakRef *reference;
  GtkRoot *root;

  g_return_if_fail (GTK_IS_WIDGET (widget));

  gtk_widget_set_sensitive (widget, TRUE);
  root = gtk_widget_get_root (widget);
  reference = g_object_get_data (G_OBJECT (widget), FOCUS_DATA);
  if (reference == NULL)
    return;

  focus = g_weak_ref_get (reference);
  if (again && focus != NULL && root != NULL && gtk_root_get_focus (root) == NULL)
    gtk_widget_grab_focus (focus);
  g_object_set_data (G_OBJECT (widget), FOCUS_DATA, NULL);
}
