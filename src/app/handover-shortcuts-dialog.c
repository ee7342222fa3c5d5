/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "config.h"

#include "app/handover-shortcuts-dialog.h"

#include <glib/gi18n.h>

typedef struct
{
  const char *accelerator;
  const char *title;
} Shortcut;

typedef struct
{
  const char *title;
  Shortcut shortcuts[10];
} Group;

static const Group groups[] = {
  { N_ ("Conversation"),
    { { "<Control><Shift>t", N_ ("Take over") },
      { "<Control>Return", N_ ("Send") },
      { "<Control>r", N_ ("Reply to the message that has the focus") },
      { "<Control><Shift>n", N_ ("Write a note") },
      { "slash", N_ ("Insert a template, on an empty line") },
      { "<Control><Shift>a", N_ ("Hand back to the AI") },
      { "<Control><Shift>w", N_ ("Close the conversation") },
      { "F9", N_ ("Show or hide the details") } } },
  { N_ ("Inbox"),
    { { "<Alt>Up", N_ ("Previous conversation") },
      { "<Alt>Down", N_ ("Next conversation") },
      { "<Control>j", N_ ("The customer who waits longest") },
      { "<Control>f", N_ ("Search") } } },
  { N_ ("Views"),
    { { "<Control>1", N_ ("Waiting") },
      { "<Control>2", N_ ("Mine") },
      { "<Control>3", N_ ("Team") },
      { "<Control>4", N_ ("With AI") },
      { "<Control>5", N_ ("Closed") },
      { "<Control>6", N_ ("All") } } },
  { N_ ("General"),
    { { "<Control>comma", N_ ("Preferences") },
      { "<Control>question", N_ ("Keyboard shortcuts") },
      { "F1", N_ ("Help") },
      { "<Control>w", N_ ("Close the window") },
      { "<Control>q", N_ ("Quit") } } },
};

static GtkWidget *
create_row (const Shortcut *shortcut)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *keys = gtk_label_new (NULL);
  g_autofree char *text = NULL;
  GdkModifierType modifiers;
  guint key;

  gtk_accelerator_parse (shortcut->accelerator, &key, &modifiers);
  text = gtk_accelerator_get_label (key, modifiers);
  gtk_label_set_text (GTK_LABEL (keys), text);
  gtk_widget_set_valign (keys, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (keys, "keys");

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _(shortcut->title));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), keys);

  return row;
}

static AdwPreferencesGroup *
create_group (const Group *group)
{
  GtkWidget *widget = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (widget), _(group->title));
  for (gsize i = 0; i < G_N_ELEMENTS (group->shortcuts) && group->shortcuts[i].title != NULL; i++)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (widget), create_row (&group->shortcuts[i]));

  return ADW_PREFERENCES_GROUP (widget);
}

/**
 * handover_shortcuts_dialog_new:
 *
 * Makes the list of every key.
 *
 * Returns: (transfer floating): the dialog
 */
AdwDialog *
handover_shortcuts_dialog_new (void)
{
  AdwDialog *dialog = adw_dialog_new ();
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *page = adw_preferences_page_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (groups); i++)
    adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), create_group (&groups[i]));

  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), adw_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), page);
  gtk_widget_set_name (GTK_WIDGET (dialog), "HandoverShortcutsDialog");
  adw_dialog_set_title (dialog, _("Keyboard Shortcuts"));
  adw_dialog_set_content_width (dialog, 480);
  adw_dialog_set_content_height (dialog, 640);
  adw_dialog_set_child (dialog, view);

  return dialog;
}
