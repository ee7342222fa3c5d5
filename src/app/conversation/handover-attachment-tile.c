/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "config.h"

#include "app/conversation/handover-attachment-tile.h"

#include <glib/gi18n.h>

#include "app/conversation/handover-attachment-file.h"
#include "app/conversation/handover-picture-viewer.h"
#include "app/conversation/handover-thumbnail.h"
#include "app/handover-wording.h"

/* The longer side of a picture in a transcript, and the least that can be pressed. */
#define LONGEST_SIDE 280
#define SHORTEST_SIDE 48

/* What is to be done with the file when it has come; each is more than the one before. */
typedef enum
{
  PURPOSE_SHOW,
  PURPOSE_OPEN,
  PURPOSE_SAVE,
} Purpose;

struct _HandoverAttachmentTile
{
  GtkBox              parent_instance;

  HandoverAttachment *attachment;
  HandoverFiles      *files;
  HandoverDraftFile  *draft;
  GFile              *file;
  GCancellable       *loading;
  GCancellable       *fetching;
  Purpose             purpose;
  gboolean            failed;

  GtkWidget          *picture_clamp;
  GtkButton          *picture_button;
  GtkPicture         *picture;
  GtkWidget          *spinner;
  GtkWidget          *file_box;
  GtkButton          *open_button;
  GtkImage           *icon;
  GtkLabel           *name;
  GtkLabel           *detail;
  GtkWidget          *cancel_button;
  GtkWidget          *save_button;
  GtkProgressBar     *progress;
};

G_DEFINE_FINAL_TYPE (HandoverAttachmentTile, handover_attachment_tile, GTK_TYPE_BOX)

static gboolean
is_picture (HandoverAttachment *attachment)
{
  return handover_attachment_get_kind (attachment) == HANDOVER_ATTACHMENT_IMAGE && attachment->width > 0
         && attachment->height > 0;
}

/* The room is kept before the picture is there, so that what one reads does not move. */
static void
reserve (HandoverAttachmentTile *self)
{
  double longest = (double) MAX (self->attachment->width, self->attachment->height);
  double scale = MIN (1.0, LONGEST_SIDE / longest);
  int width = MAX ((int) ((double) self->attachment->width * scale), SHORTEST_SIDE);
  int height = MAX ((int) ((double) self->attachment->height * scale), SHORTEST_SIDE);
  g_autoptr (GdkPaintable) room = gdk_paintable_new_empty (width, height);

  adw_clamp_set_maximum_size (ADW_CLAMP (self->picture_clamp), width);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (self->picture_clamp), width);
  gtk_picture_set_paintable (self->picture, room);
}

static void
show_as_file (HandoverAttachmentTile *self)
{
  gtk_widget_set_visible (self->picture_clamp, FALSE);
  gtk_widget_set_visible (self->file_box, TRUE);
}

static void
show_as_picture (HandoverAttachmentTile *self)
{
  gtk_widget_set_visible (self->picture_clamp, TRUE);
  gtk_widget_set_visible (self->file_box, FALSE);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (HandoverAttachmentTile) self = HANDOVER_ATTACHMENT_TILE (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = handover_thumbnail_load_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  gtk_widget_set_visible (self->spinner, FALSE);
  if (texture != NULL)
    gtk_picture_set_paintable (self->picture, GDK_PAINTABLE (texture));
  else
    show_as_file (self);
}

static void
load (HandoverAttachmentTile *self)
{
  int scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));

  g_cancellable_cancel (self->loading);
  g_set_object (&self->loading, NULL);
  self->loading = g_cancellable_new ();
  handover_thumbnail_load_async (self->file, LONGEST_SIDE * scale, self->loading, loaded_cb, g_object_ref (self));
}

static void
say_detail (HandoverAttachmentTile *self,
            const char             *problem)
{
  g_autofree char *size = g_format_size ((guint64) self->attachment->size);

  gtk_label_set_text (self->detail, problem != NULL ? problem : size);
  if (problem != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->detail), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->detail), "error");
}

static void
show_progress (HandoverAttachmentTile *self,
               double                  fraction)
{
  gtk_progress_bar_set_fraction (self->progress, CLAMP (fraction, 0, 1));
}

static void
set_moving (HandoverAttachmentTile *self,
            gboolean                moving)
{
  gtk_widget_set_visible (GTK_WIDGET (self->progress), moving);
  /* What is on its way out is withdrawn with its message. */
  gtk_widget_set_visible (self->cancel_button, moving && self->draft == NULL);
  gtk_widget_set_visible (self->save_button, !moving);
}

static void
take_file (HandoverAttachmentTile *self,
           GFile                  *file)
{
  self->failed = FALSE;
  g_set_object (&self->file, file);
  say_detail (self, NULL);
  if (is_picture (self->attachment))
    {
      show_as_picture (self);
      load (self);
    }
}

/* --- Getting the file --- */

static void
use_file (HandoverAttachmentTile *self,
          Purpose                 purpose)
{
  /* It has been scrolled away, or its conversation left. */
  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;

  if (purpose == PURPOSE_SAVE)
    handover_attachment_file_save (GTK_WIDGET (self), self->file, self->attachment->name);
  else if (purpose == PURPOSE_OPEN && is_picture (self->attachment))
    adw_dialog_present (handover_picture_viewer_new (self->file, self->attachment->name), GTK_WIDGET (self));
  else if (purpose == PURPOSE_OPEN)
    handover_attachment_file_launch (GTK_WIDGET (self), self->file);
}

static void
progress_cb (goffset  come,
             goffset  size,
             gpointer user_data)
{
  if (size > 0)
    show_progress (user_data, (double) come / (double) size);
}

static void
fetched_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (HandoverAttachmentTile) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = handover_files_get_finish (HANDOVER_FILES (source), result, &error);

  g_clear_object (&self->fetching);
  set_moving (self, FALSE);
  if (file != NULL)
    {
      take_file (self, file);
      use_file (self, self->purpose);
      return;
    }

  /* Whoever stopped it knows why; pressing it starts again. */
  self->failed = !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  if (self->failed)
    say_detail (self, error->message);
  show_as_file (self);
}

static void
fetch (HandoverAttachmentTile *self,
       Purpose                 purpose)
{
  if (self->file != NULL)
    {
      use_file (self, purpose);
      return;
    }

  self->purpose = self->fetching != NULL ? MAX (self->purpose, purpose) : purpose;
  if (self->fetching != NULL || self->files == NULL)
    return;

  self->fetching = g_cancellable_new ();
  show_progress (self, 0);
  set_moving (self, TRUE);
  handover_files_get_async (self->files, self->attachment, progress_cb, self, self->fetching, fetched_cb,
                            g_object_ref (self));
}

static void
draft_progress_cb (HandoverAttachmentTile *self)
{
  double progress = handover_draft_file_get_progress (self->draft);

  show_progress (self, progress);
  set_moving (self, progress > 0 && progress < 1);
}

static void
open_cb (HandoverAttachmentTile *self)
{
  fetch (self, PURPOSE_OPEN);
}

static void
save_cb (HandoverAttachmentTile *self)
{
  fetch (self, PURPOSE_SAVE);
}

static void
cancel_cb (HandoverAttachmentTile *self)
{
  g_cancellable_cancel (self->fetching);
}

static void
show_attachment (HandoverAttachmentTile *self)
{
  HandoverAttachment *attachment = self->attachment;
  g_autofree char *name = handover_wording_embed (attachment->name);
  /* Translators: %s is the name of a picture or a file */
  g_autofree char *open = g_strdup_printf (_("Open %s"), name);
  /* Translators: %s is the name of a picture or a file */
  g_autofree char *save = g_strdup_printf (_("Save %s"), name);

  gtk_label_set_text (self->name, attachment->name);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->open_button), attachment->name);
  gtk_image_set_from_icon_name (self->icon, handover_wording_attachment_icon (handover_attachment_get_kind (attachment)));
  say_detail (self, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->picture_button), GTK_ACCESSIBLE_PROPERTY_LABEL, open, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->open_button), GTK_ACCESSIBLE_PROPERTY_LABEL, open, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->save_button), GTK_ACCESSIBLE_PROPERTY_LABEL, save, -1);

  if (is_picture (attachment))
    {
      reserve (self);
      show_as_picture (self);
    }
}

static void
handover_attachment_tile_dispose (GObject *object)
{
  HandoverAttachmentTile *self = HANDOVER_ATTACHMENT_TILE (object);

  g_cancellable_cancel (self->loading);
  g_cancellable_cancel (self->fetching);
  g_clear_object (&self->loading);
  g_clear_object (&self->file);
  g_clear_object (&self->files);
  g_clear_object (&self->draft);
  gtk_widget_dispose_template (GTK_WIDGET (self), HANDOVER_TYPE_ATTACHMENT_TILE);
  g_clear_object (&self->attachment);

  G_OBJECT_CLASS (handover_attachment_tile_parent_class)->dispose (object);
}

static void
handover_attachment_tile_class_init (HandoverAttachmentTileClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = handover_attachment_tile_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/handover-attachment-tile.ui");
  gtk_widget_class_bind_template_child (widget_class, HandoverAttachmentTile, picture_clamp);
  gtk_widget_class_bind_template_child (widget_class, HandoverAttachmentTile, picture_button);
  gtk_widget_class_bind_template_child (widget_class, HandoverAttachmentTile, picture);
  gtk_widget_class_bind_template_child (widget_class, HandoverAttachmentTile, spinner);
  gtk_widget_class_bind_template_child (widget_class, HandoverAttachmentTile, file_box);
  gtk_widget_class_bind_template_child (widget_class, HandoverAttachmentTile, open_button);
  gtk_widget_class_bind_template_child (widget_class, HandoverAttachmentTile, icon);
  gtk_widget_class_bind_template_child (widget_class, HandoverAttachmentTile, name);
  gtk_widget_class_bind_template_child (widget_class, HandoverAttachmentTile, detail);
  gtk_widget_class_bind_template_child (widget_class, HandoverAttachmentTile, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, HandoverAttachmentTile, save_button);
  gtk_widget_class_bind_template_child (widget_class, HandoverAttachmentTile, progress);
  gtk_widget_class_bind_template_callback (widget_class, open_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
}

static void
handover_attachment_tile_init (HandoverAttachmentTile *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * handover_attachment_tile_new:
 * @attachment: a file that came with a message
 * @files: (nullable): where its bytes come from
 * @draft: (nullable): the file on this computer, while its message is on its way out
 *
 * Makes a tile: a picture, or a file by name and size. Pictures come by themselves; other files when they are opened or
 * saved.
 *
 * Returns: (transfer floating): the tile
 */
GtkWidget *
handover_attachment_tile_new (HandoverAttachment *attachment,
                              HandoverFiles      *files,
                              HandoverDraftFile  *draft)
{
  HandoverAttachmentTile *self = g_object_new (HANDOVER_TYPE_ATTACHMENT_TILE, NULL);

  self->attachment = g_object_ref (attachment);
  g_set_object (&self->files, files);
  g_set_object (&self->draft, draft);
  show_attachment (self);
  if (draft != NULL)
    {
      g_signal_connect_object (draft, "notify::progress", G_CALLBACK (draft_progress_cb), self, G_CONNECT_SWAPPED);
      take_file (self, handover_draft_file_get_file (draft));
      draft_progress_cb (self);
    }
  else if (is_picture (attachment))
    fetch (self, PURPOSE_SHOW);

  return GTK_WIDGET (self);
}

/**
 * handover_attachment_tile_get_attachment:
 * @self: a tile
 *
 * Gets what it shows.
 *
 * Returns: (transfer none): the attachment
 */
HandoverAttachment *
handover_attachment_tile_get_attachment (HandoverAttachmentTile *self)
{
  g_return_val_if_fail (HANDOVER_IS_ATTACHMENT_TILE (self), NULL);

  return self->attachment;
}

/**
 * handover_attachment_tile_retry:
 * @self: a tile
 *
 * Tries again what failed, now that the service can be reached.
 */
void
handover_attachment_tile_retry (HandoverAttachmentTile *self)
{
  g_return_if_fail (HANDOVER_IS_ATTACHMENT_TILE (self));

  if (!self->failed)
    return;

  self->failed = FALSE;
  fetch (self, self->purpose);
}
