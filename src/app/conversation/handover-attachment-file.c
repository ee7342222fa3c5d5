/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "config.h"

#include "app/conversation/handover-attachment-file.h"

#include <glib/gi18n.h>

/* What is done with a file that has come: both go through the desktop's portals where there are any. */

typedef struct
{
  GtkWidget *widget;
  GFile *file;
} Saving;

static void
saving_free (Saving *saving)
{
  g_object_unref (saving->widget);
  g_object_unref (saving->file);
  g_free (saving);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Saving, saving_free)

static GtkWindow *
get_window (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

static void
say (GtkWidget  *widget,
     const char *text)
{
  gtk_widget_activate_action (widget, "win.toast", "s", text);
}

static void
launched_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GtkWidget) widget = user_data;
  g_autoptr (GError) error = NULL;

  if (!gtk_file_launcher_launch_finish (GTK_FILE_LAUNCHER (source), result, &error)
      && !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
    say (widget, _("No app opens this file. Save it instead."));
}

/**
 * handover_attachment_file_launch:
 * @widget: where it is asked for
 * @file: a file on this computer
 *
 * Opens a file in the app for it.
 */
void
handover_attachment_file_launch (GtkWidget *widget,
                                 GFile     *file)
{
  g_autoptr (GtkFileLauncher) launcher = gtk_file_launcher_new (file);

  gtk_file_launcher_launch (launcher, get_window (widget), NULL, launched_cb, g_object_ref (widget));
}

static void
copied_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GtkWidget) widget = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (g_file_copy_finish (G_FILE (source), result, &error))
    {
      say (widget, _("Saved"));
      return;
    }

  /* Translators: %s says why, in the desktop's own words */
  text = g_strdup_printf (_("Not saved: %s"), error->message);
  say (widget, text);
}

static void
chosen_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (Saving) saving = user_data;
  g_autoptr (GFile) target = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, NULL);

  /* Whoever closes the chooser has changed their mind. The chooser asks before it replaces a file. */
  if (target != NULL)
    g_file_copy_async (saving->file, target, G_FILE_COPY_OVERWRITE | G_FILE_COPY_TARGET_DEFAULT_PERMS, G_PRIORITY_DEFAULT,
                       NULL, NULL, NULL, copied_cb, g_object_ref (saving->widget));
}

/**
 * handover_attachment_file_save:
 * @widget: where it is asked for
 * @file: a file on this computer
 * @name: what to call the copy
 *
 * Asks where to put a copy, and puts it there.
 */
void
handover_attachment_file_save (GtkWidget  *widget,
                               GFile      *file,
                               const char *name)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  Saving *saving = g_new0 (Saving, 1);

  saving->widget = g_object_ref (widget);
  saving->file = g_object_ref (file);
  gtk_file_dialog_set_initial_name (dialog, name);
  gtk_file_dialog_save (dialog, get_window (widget), NULL, chosen_cb, saving);
}
