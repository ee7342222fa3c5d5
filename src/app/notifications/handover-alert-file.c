/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#define G_LOG_DOMAIN "handover-alert-file"

#include "app/notifications/handover-alert-file.h"

#include <gio/gio.h>
#include <glib/gstdio.h>

#define GROUP "Alerts"

/* The ids of the alerts that are shown, in the order in which they were: a run that ends badly leaves them to the next,
 * which withdraws them. It holds ids of conversations and nothing that was said in them. */
struct _HandoverAlertFile
{
  char *path;
  GKeyFile *keys;
};

/* Whole whenever this program ends. It is not forced to the disk: the alert comes after it, and what ends the desktop
 * ends the alerts with it. */
static gboolean
replace (HandoverAlertFile  *self,
         GError            **error)
{
  g_autofree char *draft = g_strconcat (self->path, ".new", NULL);
  gsize length;
  g_autofree char *text = g_key_file_to_data (self->keys, &length, NULL);

  return g_file_set_contents_full (draft, text, length, G_FILE_SET_CONTENTS_NONE, 0600, error)
      && g_rename (draft, self->path) == 0;
}

static void
save (HandoverAlertFile *self)
{
  g_autofree char *folder = g_path_get_dirname (self->path);
  g_autoptr (GError) error = NULL;

  if (g_mkdir_with_parents (folder, 0700) != 0 || !replace (self, &error))
    g_warning ("The alerts cannot be remembered: %s", error != NULL ? error->message : folder);
}

/**
 * handover_alert_file_open:
 * @path: where it lies
 *
 * Opens the file. It does blocking input and output, as do the other calls.
 *
 * Returns: (transfer full): the file, empty if there was none
 */
HandoverAlertFile *
handover_alert_file_open (const char *path)
{
  HandoverAlertFile *self = g_new0 (HandoverAlertFile, 1);

  self->path = g_strdup (path);
  self->keys = g_key_file_new ();
  g_key_file_load_from_file (self->keys, path, G_KEY_FILE_NONE, NULL);

  return self;
}

/**
 * handover_alert_file_free:
 * @self: (transfer full): a file
 *
 * Closes the file.
 */
void
handover_alert_file_free (HandoverAlertFile *self)
{
  g_key_file_unref (self->keys);
  g_free (self->path);
  g_free (self);
}

/**
 * handover_alert_file_set:
 * @self: a file
 * @key: what the alert is about
 * @id: its id
 *
 * Remembers an alert as the newest.
 */
void
handover_alert_file_set (HandoverAlertFile *self,
                         const char        *key,
                         int                id)
{
  g_key_file_remove_key (self->keys, GROUP, key, NULL);
  g_key_file_set_integer (self->keys, GROUP, key, id);
  save (self);
}

/**
 * handover_alert_file_remove:
 * @self: a file
 * @key: what the alert was about
 *
 * Forgets an alert.
 */
void
handover_alert_file_remove (HandoverAlertFile *self,
                            const char        *key)
{
  if (g_key_file_remove_key (self->keys, GROUP, key, NULL))
    save (self);
}

/**
 * handover_alert_file_get_keys:
 * @self: a file
 *
 * Lists the alerts.
 *
 * Returns: (transfer full): what they are about, the newest last
 */
char **
handover_alert_file_get_keys (HandoverAlertFile *self)
{
  char **keys = g_key_file_get_keys (self->keys, GROUP, NULL, NULL);

  return keys != NULL ? keys : g_new0 (char *, 1);
}

/**
 * handover_alert_file_get_id:
 * @self: a file
 * @key: what an alert is about
 *
 * Gets the id of an alert.
 *
 * Returns: the id, 0 if it is not known
 */
int
handover_alert_file_get_id (HandoverAlertFile *self,
                            const char        *key)
{
  return g_key_file_get_integer (self->keys, GROUP, key, NULL);
}
