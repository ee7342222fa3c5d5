/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "config.h"

#include "app/handover-help.h"

/* The page of the manual for each place, by its name, which is that of its type unless it has another. */
static const struct
{
  const char *place;
  const char *page;
} pages[] = {
  { "HandoverAgentsPage", "agents" },
  { "HandoverAttachmentBar", "files" },
  { "HandoverAttachmentTile", "files" },
  { "HandoverBusinessPage", "transition-message" },
  { "HandoverChannelsPage", "channels" },
  { "HandoverComposer", "take-over" },
  { "HandoverConnectDialog", "channels" },
  { "HandoverConnectionBar", "offline" },
  { "HandoverConversationPage", "take-over" },
  { "HandoverDetailsPage", "desk" },
  { "HandoverInbox", "desk" },
  { "HandoverInviteDialog", "team" },
  { "HandoverKeyDialog", "agents" },
  { "HandoverPasswordDialog", "sign-in" },
  { "HandoverPersonalPage", "notifications" },
  { "HandoverPictureViewer", "files" },
  { "HandoverResolveDialog", "finish" },
  { "HandoverServicePage", "this-computer" },
  { "HandoverShortcutsDialog", "keyboard" },
  { "HandoverSignInPage", "sign-in" },
  { "HandoverTeamPage", "team" },
  { "HandoverTemplatePopover", "notes-templates" },
  { "HandoverTemplatesDialog", "notes-templates" },
  { "HandoverTransferDialog", "take-over" },
  { "HandoverWelcomePage", "agents" },
};

static const char *
find_page_of (GtkWidget *widget)
{
  for (gsize i = 0; i < G_N_ELEMENTS (pages); i++)
    if (g_str_equal (gtk_widget_get_name (widget), pages[i].place))
      return pages[i].page;

  return NULL;
}

static const char *
find_page_around (GtkWidget *widget)
{
  const char *page = NULL;

  for (; widget != NULL && page == NULL; widget = gtk_widget_get_parent (widget))
    {
      page = find_page_of (widget);
      if (page == NULL && ADW_IS_PREFERENCES_DIALOG (widget))
        page = find_page_of (GTK_WIDGET (adw_preferences_dialog_get_visible_page (ADW_PREFERENCES_DIALOG (widget))));
    }

  return page;
}

static const char *
find_page_within (GtkWidget *widget)
{
  const char *page = gtk_widget_get_mapped (widget) ? find_page_of (widget) : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && page == NULL;
       child = gtk_widget_get_next_sibling (child))
    page = find_page_within (child);

  return page;
}

/**
 * handover_help_find_page:
 * @window: the window
 *
 * Finds the page of the manual that tells about where one is: where the focus is, else the dialog that is open, else
 * what the window shows.
 *
 * Returns: the page's name
 */
const char *
handover_help_find_page (GtkWindow *window)
{
  const char *page = find_page_around (gtk_window_get_focus (window));

  if (page == NULL)
    page = find_page_around (GTK_WIDGET (adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window))));

  if (page == NULL)
    page = find_page_within (GTK_WIDGET (window));

  return page != NULL ? page : "index";
}

static void
visible_dialog_changed_cb (AdwApplicationWindow *window)
{
  GtkWidget *dialog = GTK_WIDGET (adw_application_window_get_visible_dialog (window));
  GtkEventController *controller;

  if (dialog == NULL || g_object_get_data (G_OBJECT (dialog), "handover-help") != NULL)
    return;

  controller = gtk_shortcut_controller_new ();
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_F1, 0),
                                                          gtk_named_action_new ("app.help")));
  gtk_widget_add_controller (dialog, controller);
  g_object_set_data (G_OBJECT (dialog), "handover-help", controller);
}

/**
 * handover_help_follow_dialogs:
 * @window: the window
 *
 * Gives every dialog that @window shows from now on the key for help: a dialog keeps the application's keys away.
 */
void
handover_help_follow_dialogs (AdwApplicationWindow *window)
{
  g_signal_connect (window, "notify::visible-dialog", G_CALLBACK (visible_dialog_changed_cb), NULL);
}
