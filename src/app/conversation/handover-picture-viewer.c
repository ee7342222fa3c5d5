/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "config.h"

#include "app/conversation/handover-picture-viewer.h"

#include "app/conversation/handover-attachment-file.h"
#include "app/conversation/handover-thumbnail.h"

/* Sharp on any screen, and bounded in memory. */
#define LONGEST_SIDE 4096

struct _HandoverPictureViewer
{
  AdwDialog     parent_instance;

  GFile        *file;
  GCancellable *cancellable;

  GtkStack     *stack;
  GtkPicture   *picture;
};

G_DEFINE_FINAL_TYPE (HandoverPictureViewer, handover_picture_viewer, ADW_TYPE_DIALOG)

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (HandoverPictureViewer) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = handover_thumbnail_load_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  gtk_picture_set_paintable (self->picture, GDK_PAINTABLE (texture));
  gtk_stack_set_visible_child_name (self->stack, texture != NULL ? "picture" : "problem");
}

static void
save_cb (HandoverPictureViewer *self)
{
  handover_attachment_file_save (GTK_WIDGET (self), self->file, adw_dialog_get_title (ADW_DIALOG (self)));
}

static void
launch_cb (HandoverPictureViewer *self)
{
  handover_attachment_file_launch (GTK_WIDGET (self), self->file);
}

static void
handover_picture_viewer_dispose (GObject *object)
{
  HandoverPictureViewer *self = HANDOVER_PICTURE_VIEWER (object);

  g_cancellable_cancel (self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), HANDOVER_TYPE_PICTURE_VIEWER);

  G_OBJECT_CLASS (handover_picture_viewer_parent_class)->dispose (object);
}

static void
handover_picture_viewer_finalize (GObject *object)
{
  HandoverPictureViewer *self = HANDOVER_PICTURE_VIEWER (object);

  g_clear_object (&self->file);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (handover_picture_viewer_parent_class)->finalize (object);
}

static void
handover_picture_viewer_class_init (HandoverPictureViewerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = handover_picture_viewer_dispose;
  G_OBJECT_CLASS (klass)->finalize = handover_picture_viewer_finalize;

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/handover-picture-viewer.ui");
  gtk_widget_class_bind_template_child (widget_class, HandoverPictureViewer, stack);
  gtk_widget_class_bind_template_child (widget_class, HandoverPictureViewer, picture);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_bind_template_callback (widget_class, launch_cb);
}

static void
handover_picture_viewer_init (HandoverPictureViewer *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * handover_picture_viewer_new:
 * @file: a picture on this computer
 * @name: what it is called
 *
 * Makes a dialog that shows a picture as large as the window lets it.
 *
 * Returns: (transfer floating): the dialog
 */
AdwDialog *
handover_picture_viewer_new (GFile      *file,
                             const char *name)
{
  HandoverPictureViewer *self = g_object_new (HANDOVER_TYPE_PICTURE_VIEWER, "title", name, NULL);

  self->file = g_object_ref (file);
  /* An alternative text would only describe what has no name. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->picture), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  handover_thumbnail_load_async (file, LONGEST_SIDE, self->cancellable, loaded_cb, g_object_ref (self));

  return ADW_DIALOG (self);
}
