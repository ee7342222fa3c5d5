/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "config.h"

#include "app/handover-menus.h"

/* GTK names an item by its label, but keeps that label from everybody. The label of its key comes after it. */
static void
name_item (GtkWidget *item)
{
  for (GtkWidget *child = gtk_widget_get_first_child (item); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      if (!GTK_IS_LABEL (child))
        continue;

      gtk_accessible_reset_relation (GTK_ACCESSIBLE (item), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
      gtk_accessible_update_property (GTK_ACCESSIBLE (item), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      gtk_label_get_text (GTK_LABEL (child)), -1);
      return;
    }
}

static void
name_items (GtkWidget *widget)
{
  switch (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (widget)))
    {
    case GTK_ACCESSIBLE_ROLE_MENU_ITEM:
    case GTK_ACCESSIBLE_ROLE_MENU_ITEM_CHECKBOX:
    case GTK_ACCESSIBLE_ROLE_MENU_ITEM_RADIO:
      name_item (widget);
      return;

    default:
      for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
           child = gtk_widget_get_next_sibling (child))
        name_items (child);
      return;
    }
}

/**
 * handover_menus_name_items:
 * @button: a button that opens a menu
 *
 * Names the menu's items for those who cannot see them: GTK 4.18 shows their text, and tells nobody. To be called
 * whenever the menu opens, so that what has come into it since has a name as well.
 */
void
handover_menus_name_items (GtkMenuButton *button)
{
  GtkPopover *popover = gtk_menu_button_get_popover (button);

  if (popover != NULL && gtk_menu_button_get_active (button))
    handover_menus_name_popover (popover);
}

/**
 * handover_menus_name_popover:
 * @popover: a menu that is about to open
 *
 * Names the items of a menu that no button opens.
 */
void
handover_menus_name_popover (GtkPopover *popover)
{
  name_items (GTK_WIDGET (popover));
}
