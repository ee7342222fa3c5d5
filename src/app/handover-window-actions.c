/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "config.h"

#include "app/handover-window-private.h"

#include <glib/gi18n.h>

#include "client/store/handover-mirror.h"

/* The window's name for what the conversation's page does. */
static const struct
{
  const char *window_action;
  const char *page_action;
} forwarded[] = {
  { "win.claim", "conversation.claim" },
  { "win.release", "conversation.release" },
  { "win.transfer", "conversation.transfer" },
  { "win.hand-back", "conversation.hand-back" },
  { "win.close-conversation", "conversation.close" },
  { "win.note", "conversation.note" },
  { "win.reply", "conversation.reply" },
  { "win.templates", "conversation.templates" },
};

static void
forward_cb (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  HandoverWindow *self = HANDOVER_WINDOW (widget);

  if (self->conversation == NULL)
    return;

  for (gsize i = 0; i < G_N_ELEMENTS (forwarded); i++)
    {
      if (g_str_equal (forwarded[i].window_action, action_name))
        gtk_widget_activate_action (GTK_WIDGET (self->conversation_page), forwarded[i].page_action, NULL);
    }
}

static void
open_cb (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  handover_window_open (HANDOVER_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static void
move_cb (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  HandoverWindow *self = HANDOVER_WINDOW (widget);

  handover_inbox_move (self->inbox, g_str_equal (action_name, "win.next") ? 1 : -1);
}

/* The longest wait first; from one who waits, on to the one after. */
static void
next_waiting_cb (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  HandoverWindow *self = HANDOVER_WINDOW (widget);
  HandoverMirror *mirror = handover_account_get_mirror (self->account);
  GListModel *waiting = handover_mirror_get_conversations (mirror, HANDOVER_VIEW_WAITING);
  guint n_waiting = g_list_model_get_n_items (waiting);
  g_autoptr (HandoverConversation) next = NULL;

  for (guint i = 0; i < n_waiting && next == NULL; i++)
    {
      g_autoptr (HandoverConversation) item = g_list_model_get_item (waiting, i);

      if (item == self->conversation)
        next = g_list_model_get_item (waiting, (i + 1) % n_waiting);
    }

  if (next == NULL)
    next = g_list_model_get_item (waiting, 0);

  if (next == NULL)
    handover_window_add_toast (self, adw_toast_new (_("Nobody is waiting")));
  else
    handover_window_open (self, next->id);
}

static void
search_cb (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  HandoverWindow *self = HANDOVER_WINDOW (widget);

  adw_navigation_split_view_set_show_content (self->split, FALSE);
  handover_inbox_start_search (self->inbox);
}

/* From the conversation to the list, where there is room for one of them. */
static void
back_cb (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  HandoverWindow *self = HANDOVER_WINDOW (widget);

  if (adw_navigation_split_view_get_collapsed (self->split))
    adw_navigation_split_view_set_show_content (self->split, FALSE);
}

static void
toast_cb (GtkWidget  *widget,
          const char *action_name,
          GVariant   *parameter)
{
  AdwToast *toast = adw_toast_new (g_variant_get_string (parameter, NULL));

  adw_toast_set_use_markup (toast, FALSE);
  handover_window_add_toast (HANDOVER_WINDOW (widget), toast);
}

/**
 * handover_window_install_actions:
 * @widget_class: the window's class
 *
 * Declares the window's actions.
 */
void
handover_window_install_actions (GtkWidgetClass *widget_class)
{
  for (gsize i = 0; i < G_N_ELEMENTS (forwarded); i++)
    gtk_widget_class_install_action (widget_class, forwarded[i].window_action, NULL, forward_cb);

  gtk_widget_class_install_action (widget_class, "win.open", "s", open_cb);
  gtk_widget_class_install_action (widget_class, "win.next", NULL, move_cb);
  gtk_widget_class_install_action (widget_class, "win.previous", NULL, move_cb);
  gtk_widget_class_install_action (widget_class, "win.next-waiting", NULL, next_waiting_cb);
  gtk_widget_class_install_action (widget_class, "win.search", NULL, search_cb);
  gtk_widget_class_install_action (widget_class, "win.back", NULL, back_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "win.back", NULL);
  gtk_widget_class_install_action (widget_class, "win.toast", "s", toast_cb);
  gtk_widget_class_install_property_action (widget_class, "win.view", "view");
  gtk_widget_class_install_property_action (widget_class, "win.details", "show-details");
}

/**
 * handover_window_update_actions:
 * @self: a window
 *
 * Switches off what cannot be done now; what the conversation's control allows is the page's to know.
 */
void
handover_window_update_actions (HandoverWindow *self)
{
  const char *desk[] = { "win.open", "win.next", "win.previous", "win.next-waiting", "win.search", NULL };

  for (gsize i = 0; desk[i] != NULL; i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), desk[i], self->account != NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (forwarded); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), forwarded[i].window_action, self->conversation != NULL);
}
