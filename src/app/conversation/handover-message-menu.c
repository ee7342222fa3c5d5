/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "config.h"

#include "app/conversation/handover-message-menu.h"

#include <glib/gi18n.h>

#include "app/conversation/handover-message-row.h"
#include "app/handover-menus.h"

/* What can be done with a message. One menu for all rows, made when it is asked for. */

static GMenuModel *
create_model (HandoverMessage *message)
{
  GMenu *menu = g_menu_new ();
  /* Translators: in the menu of a message: writes an answer to just this one */
  g_autoptr (GMenuItem) item = g_menu_item_new (_("_Reply to This"), NULL);

  g_menu_item_set_action_and_target (item, "conversation.answer", "s", message->id);
  g_menu_append_item (menu, item);
  return G_MENU_MODEL (menu);
}

static gboolean
unparent_cb (gpointer user_data)
{
  gtk_widget_unparent (GTK_WIDGET (user_data));
  return G_SOURCE_REMOVE;
}

/* What was chosen is done after the menu has closed, and is found by its parent. */
static void
closed_cb (GtkWidget *popover)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, unparent_cb, g_object_ref (popover), g_object_unref);
}

static void
popup (GtkWidget          *view,
       HandoverMessage    *message,
       const GdkRectangle *place)
{
  g_autoptr (GMenuModel) model = create_model (message);
  GtkWidget *popover = gtk_popover_menu_new_from_model (model);

  gtk_widget_set_parent (popover, view);
  gtk_popover_set_pointing_to (GTK_POPOVER (popover), place);
  gtk_popover_set_has_arrow (GTK_POPOVER (popover), FALSE);
  gtk_widget_set_halign (popover, GTK_ALIGN_START);
  g_signal_connect (popover, "closed", G_CALLBACK (closed_cb), NULL);
  g_signal_connect_object (view, "destroy", G_CALLBACK (gtk_widget_unparent), popover, G_CONNECT_SWAPPED);
  handover_menus_name_popover (GTK_POPOVER (popover));
  gtk_popover_popup (GTK_POPOVER (popover));
}

static HandoverMessage *
find_message (GtkWidget *widget)
{
  GtkWidget *row = widget != NULL ? gtk_widget_get_ancestor (widget, HANDOVER_TYPE_MESSAGE_ROW) : NULL;
  HandoverMessage *message = row != NULL ? handover_message_row_get_message (HANDOVER_MESSAGE_ROW (row)) : NULL;

  return message != NULL && handover_message_wording_can_answer (message) ? message : NULL;
}

static gboolean
popup_at (GtkWidget *view,
          GtkWidget *target,
          double     x,
          double     y)
{
  HandoverMessage *message = find_message (target);
  GdkRectangle place = { x, y, 1, 1 };

  if (message != NULL)
    popup (view, message, &place);
  return message != NULL;
}

/* A text has a menu of its own, in which this comes last. */
static void
pressed_cb (GtkGestureClick *gesture,
            int              n_press,
            double           x,
            double           y,
            GtkWidget       *view)
{
  GtkWidget *target = gtk_widget_pick (view, x, y, GTK_PICK_DEFAULT);
  HandoverMessage *message = find_message (target);

  if (message != NULL && GTK_IS_LABEL (target) && gtk_label_get_selectable (GTK_LABEL (target)))
    {
      g_autoptr (GMenuModel) model = create_model (message);

      gtk_label_set_extra_menu (GTK_LABEL (target), model);
    }
  else if (popup_at (view, target, x, y))
    gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
}

static void
held_cb (GtkGestureLongPress *gesture,
         double               x,
         double               y,
         GtkWidget           *view)
{
  if (popup_at (view, gtk_widget_pick (view, x, y, GTK_PICK_DEFAULT), x, y))
    gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
}

static gboolean
menu_key_cb (GtkWidget *view,
             GVariant  *arguments,
             gpointer   user_data)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (view));
  graphene_rect_t bounds;

  return focus != NULL && gtk_widget_compute_bounds (focus, view, &bounds)
         && popup_at (view, focus, bounds.origin.x, bounds.origin.y + bounds.size.height / 2);
}

static gboolean
answer_key_cb (GtkWidget *view,
               GVariant  *arguments,
               gpointer   user_data)
{
  HandoverMessage *message = find_message (gtk_root_get_focus (gtk_widget_get_root (view)));

  return message != NULL && gtk_widget_activate_action (view, "conversation.answer", "s", message->id);
}

static void
add_key (GtkShortcutController *keys,
         const char            *trigger,
         GtkShortcutFunc        function)
{
  gtk_shortcut_controller_add_shortcut (keys, gtk_shortcut_new (gtk_shortcut_trigger_parse_string (trigger),
                                                                gtk_callback_action_new (function, NULL, NULL)));
}

/**
 * handover_message_menu_attach:
 * @view: what shows rows of messages, inside of what has the actions of a conversation
 *
 * Lets messages be answered: from a menu that a click of the other button, a long press or the menu key opens, or by a key.
 */
void
handover_message_menu_attach (GtkWidget *view)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *hold = gtk_gesture_long_press_new ();
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  g_signal_connect_object (click, "pressed", G_CALLBACK (pressed_cb), view, G_CONNECT_DEFAULT);
  gtk_widget_add_controller (view, GTK_EVENT_CONTROLLER (click));

  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (hold), TRUE);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (hold), GTK_PHASE_CAPTURE);
  g_signal_connect_object (hold, "pressed", G_CALLBACK (held_cb), view, G_CONNECT_DEFAULT);
  gtk_widget_add_controller (view, GTK_EVENT_CONTROLLER (hold));

  add_key (GTK_SHORTCUT_CONTROLLER (keys), "Menu", menu_key_cb);
  add_key (GTK_SHORTCUT_CONTROLLER (keys), "<Shift>F10", menu_key_cb);
  add_key (GTK_SHORTCUT_CONTROLLER (keys), "<Control>r", answer_key_cb);
  gtk_widget_add_controller (view, keys);
}
