/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#define G_LOG_DOMAIN "handover-attachment-bar"

#include "config.h"

#include "app/conversation/handover-attachment-bar.h"

#include <glib/gi18n.h>

#include "app/conversation/handover-attachment-chip.h"
#include "app/handover-wording.h"
#include "core/handover-attachment.h"

#define ASKED                                                                                     \
  G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_DISPLAY_NAME                       \
  "," G_FILE_ATTRIBUTE_STANDARD_SIZE "," G_FILE_ATTRIBUTE_STANDARD_CONTENT_TYPE                   \
  "," G_FILE_ATTRIBUTE_STANDARD_SYMBOLIC_ICON

struct _HandoverAttachmentBar
{
  AdwBin        parent_instance;

  GListStore   *files; /* (element-type GFileInfo), each with its `standard::file` */
  GCancellable *cancellable;
  AdwWrapBox   *chips;
};

G_DEFINE_FINAL_TYPE (HandoverAttachmentBar, handover_attachment_bar, ADW_TYPE_BIN)

enum
{
  SIGNAL_REFUSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static GFile *
get_file (GFileInfo *info)
{
  return G_FILE (g_file_info_get_attribute_object (info, "standard::file"));
}

/* --- What may come along --- */

static char *
dup_refusal (HandoverAttachmentBar *self,
             GFileInfo             *info)
{
  g_autofree char *name = handover_wording_isolate (g_file_info_get_display_name (info));
  g_autofree char *most = g_format_size (HANDOVER_LIMIT_ATTACHMENT);

  if (g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR)
    /* Translators: %s is the name of a folder or a device */
    return g_strdup_printf (_("%s is not a file. Only files can be sent."), name);

  if (g_file_info_get_size (info) == 0)
    return g_strdup_printf (_("%s is empty."), name);

  if (g_file_info_get_size (info) > HANDOVER_LIMIT_ATTACHMENT)
    {
      g_autofree char *size = g_format_size ((guint64) g_file_info_get_size (info));

      /* Translators: the name of a file, its size, the largest size; the sizes have their units */
      return g_strdup_printf (_("%s has %s. Files of up to %s can be sent."), name, size, most);
    }

  if (g_list_model_get_n_items (G_LIST_MODEL (self->files)) >= HANDOVER_LIMIT_ATTACHMENTS)
    return g_strdup_printf (ngettext ("A message can hold %d file. Send the others in another one.",
                                      "A message can hold %d files. Send the others in another one.",
                                      HANDOVER_LIMIT_ATTACHMENTS),
                            HANDOVER_LIMIT_ATTACHMENTS);

  return NULL;
}

static gboolean
is_there (HandoverAttachmentBar *self,
          GFile                 *file)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->files)); i++)
    {
      g_autoptr (GFileInfo) info = g_list_model_get_item (G_LIST_MODEL (self->files), i);

      if (g_file_equal (get_file (info), file))
        return TRUE;
    }

  return FALSE;
}

static void
asked_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (HandoverAttachmentBar) self = HANDOVER_ATTACHMENT_BAR (user_data);
  GFile *file = G_FILE (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInfo) info = g_file_query_info_finish (file, result, &error);
  g_autofree char *refusal = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || is_there (self, file))
    return;

  refusal = info != NULL ? dup_refusal (self, info) : handover_wording_sentence (error->message);
  if (refusal != NULL)
    {
      g_signal_emit (self, signals[SIGNAL_REFUSED], 0, refusal);
      return;
    }

  g_file_info_set_attribute_object (info, "standard::file", G_OBJECT (file));
  g_list_store_append (self->files, info);
}

/* --- Pictures from the clipboard --- */

static void
save_in_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("handover-XXXXXX", &error);
  g_autofree char *name = g_strconcat (_("Picture"), ".png", NULL);
  g_autofree char *path = folder != NULL ? g_build_filename (folder, name, NULL) : NULL;

  if (path == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else if (!gdk_texture_save_to_png (data, path))
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED, _("The picture cannot be kept on this computer."));
  else
    g_task_return_pointer (task, g_file_new_for_path (path), g_object_unref);
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  HandoverAttachmentBar *self = HANDOVER_ATTACHMENT_BAR (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = g_task_propagate_pointer (G_TASK (result), &error);

  if (file != NULL)
    handover_attachment_bar_add (self, file);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_signal_emit (self, signals[SIGNAL_REFUSED], 0, error->message);
}

/* --- Chips --- */

static void
remove_cb (HandoverAttachmentBar *self,
           GtkWidget             *chip)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->chips));

  for (guint i = 0; child != NULL; i++, child = gtk_widget_get_next_sibling (child))
    if (child == chip)
      {
        g_list_store_remove (self->files, i);
        return;
      }
}

static void
files_changed_cb (HandoverAttachmentBar *self,
                  guint                  position,
                  guint                  removed,
                  guint                  added)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->chips));

  for (guint i = 0; i < position; i++)
    child = gtk_widget_get_next_sibling (child);
  while (removed-- > 0)
    {
      GtkWidget *next = gtk_widget_get_next_sibling (child);

      adw_wrap_box_remove (self->chips, child);
      child = next;
    }

  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (GFileInfo) info = g_list_model_get_item (G_LIST_MODEL (self->files), i);
      GtkWidget *chip = handover_attachment_chip_new (info);

      g_signal_connect_object (chip, "remove", G_CALLBACK (remove_cb), self, G_CONNECT_SWAPPED);
      /* Files join at the end only. */
      adw_wrap_box_append (self->chips, chip);
    }

  gtk_widget_set_visible (GTK_WIDGET (self), g_list_model_get_n_items (G_LIST_MODEL (self->files)) > 0);
}

/* --- Object --- */

static void
handover_attachment_bar_dispose (GObject *object)
{
  HandoverAttachmentBar *self = HANDOVER_ATTACHMENT_BAR (object);

  g_cancellable_cancel (self->cancellable);

  G_OBJECT_CLASS (handover_attachment_bar_parent_class)->dispose (object);
}

static void
handover_attachment_bar_finalize (GObject *object)
{
  HandoverAttachmentBar *self = HANDOVER_ATTACHMENT_BAR (object);

  g_object_unref (self->cancellable);
  g_object_unref (self->files);

  G_OBJECT_CLASS (handover_attachment_bar_parent_class)->finalize (object);
}

static void
handover_attachment_bar_class_init (HandoverAttachmentBarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = handover_attachment_bar_dispose;
  G_OBJECT_CLASS (klass)->finalize = handover_attachment_bar_finalize;

  /**
   * HandoverAttachmentBar::refused:
   * @reason: why a file cannot come along, in plain words
   *
   * A file was not taken.
   */
  signals[SIGNAL_REFUSED] = g_signal_new ("refused", HANDOVER_TYPE_ATTACHMENT_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
handover_attachment_bar_init (HandoverAttachmentBar *self)
{
  self->cancellable = g_cancellable_new ();
  self->files = g_list_store_new (G_TYPE_FILE_INFO);
  self->chips = ADW_WRAP_BOX (adw_wrap_box_new ());
  adw_wrap_box_set_child_spacing (self->chips, 6);
  adw_wrap_box_set_line_spacing (self->chips, 6);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->chips));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  g_signal_connect_object (self->files, "items-changed", G_CALLBACK (files_changed_cb), self, G_CONNECT_SWAPPED);
}

/**
 * handover_attachment_bar_add:
 * @self: a bar
 * @file: a file to send along
 *
 * Adds a file, once it is known that it can be sent; if not, #HandoverAttachmentBar::refused says why.
 */
void
handover_attachment_bar_add (HandoverAttachmentBar *self,
                             GFile                 *file)
{
  g_return_if_fail (HANDOVER_IS_ATTACHMENT_BAR (self));
  g_return_if_fail (G_IS_FILE (file));

  g_file_query_info_async (file, ASKED, G_FILE_QUERY_INFO_NONE, G_PRIORITY_DEFAULT, self->cancellable, asked_cb,
                           g_object_ref (self));
}

/**
 * handover_attachment_bar_add_picture:
 * @self: a bar
 * @picture: a picture that is in no file, such as the clipboard's
 *
 * Adds a picture, as a file in a temporary folder.
 */
void
handover_attachment_bar_add_picture (HandoverAttachmentBar *self,
                                     GdkTexture            *picture)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (HANDOVER_IS_ATTACHMENT_BAR (self));
  g_return_if_fail (GDK_IS_TEXTURE (picture));

  task = g_task_new (self, self->cancellable, saved_cb, NULL);
  g_task_set_source_tag (task, handover_attachment_bar_add_picture);
  g_task_set_task_data (task, g_object_ref (picture), g_object_unref);
  g_task_run_in_thread (task, save_in_thread);
}

/**
 * handover_attachment_bar_clear:
 * @self: a bar
 *
 * Takes all files out.
 */
void
handover_attachment_bar_clear (HandoverAttachmentBar *self)
{
  g_return_if_fail (HANDOVER_IS_ATTACHMENT_BAR (self));

  g_list_store_remove_all (self->files);
}

/**
 * handover_attachment_bar_get_files:
 * @self: a bar
 *
 * Gets what is going to be sent along.
 *
 * Returns: (transfer none): a list of #GFileInfo, each with its `standard::file`
 */
GListModel *
handover_attachment_bar_get_files (HandoverAttachmentBar *self)
{
  g_return_val_if_fail (HANDOVER_IS_ATTACHMENT_BAR (self), NULL);

  return G_LIST_MODEL (self->files);
}
