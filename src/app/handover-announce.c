/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "config.h"

#include "app/handover-announce.h"

/**
 * handover_announce:
 * @widget: where something happened
 * @text: what to say
 * @priority: whether it interrupts
 *
 * Says something to who cannot see it. It is the window that says it: of a part of it GTK 4.18 tells no one, unless
 * somebody has asked for just that part before.
 */
void
handover_announce (GtkWidget                         *widget,
                   const char                        *text,
                   GtkAccessibleAnnouncementPriority  priority)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  if (root != NULL)
    gtk_accessible_announce (GTK_ACCESSIBLE (root), text, priority);
}
