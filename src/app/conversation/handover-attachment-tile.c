/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "config.h"

#include "app/conversation/handover-attachment-tile.h"

#include <glib/gi18n.h>

#include "app/conversation/handover-thumbnail.h"
#include "app/handover-wording.h"

/* The longer side of a picture in a transcript, and the least that can be pressed. */
#define LONGEST_SIDE 280
#define SHORTEST_SIDE 48

struct _HandoverAttachmentTile
{
  GtkBox              parent_instance;

  HandoverAttachment *attachment;
  GFile              *file;
  GCancellable       *loading;

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
set_action (GtkWidget  *button,
            const char *action,
            const char *id)
{
  /* The action wants to know which, so it comes with its target, never before. */
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
}

static void
show_attachment (HandoverAttachmentTile *self)
{
  HandoverAttachment *attachment = self->attachment;
  g_autofree char *name = handover_wording_isolate (attachment->name);
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

  set_action (GTK_WIDGET (self->picture_button), "conversation.open-attachment", attachment->id);
  set_action (GTK_WIDGET (self->open_button), "conversation.open-attachment", attachment->id);
  set_action (self->save_button, "conversation.save-attachment", attachment->id);
  set_action (self->cancel_button, "conversation.cancel-attachment", attachment->id);

  if (is_picture (attachment))
    {
      reserve (self);
      gtk_widget_set_visible (self->picture_clamp, TRUE);
      gtk_widget_set_visible (self->file_box, FALSE);
    }
}

static void
handover_attachment_tile_dispose (GObject *object)
{
  HandoverAttachmentTile *self = HANDOVER_ATTACHMENT_TILE (object);

  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  g_clear_object (&self->file);
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
}

static void
handover_attachment_tile_init (HandoverAttachmentTile *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * handover_attachment_tile_new:
 * @attachment: a file that came with a message
 *
 * Makes a tile: a picture, or a file by name and size.
 *
 * Returns: (transfer floating): the tile
 */
GtkWidget *
handover_attachment_tile_new (HandoverAttachment *attachment)
{
  HandoverAttachmentTile *self = g_object_new (HANDOVER_TYPE_ATTACHMENT_TILE, NULL);

  self->attachment = g_object_ref (attachment);
  show_attachment (self);

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
 * handover_attachment_tile_set_file:
 * @self: a tile
 * @file: where its bytes are now, on this computer
 *
 * Shows the picture, if it is one.
 */
void
handover_attachment_tile_set_file (HandoverAttachmentTile *self,
                                   GFile                  *file)
{
  g_return_if_fail (HANDOVER_IS_ATTACHMENT_TILE (self));

  handover_attachment_tile_set_progress (self, -1);
  if (self->file != NULL && g_file_equal (self->file, file))
    return;

  g_set_object (&self->file, file);
  if (is_picture (self->attachment))
    load (self);
}

/**
 * handover_attachment_tile_set_progress:
 * @self: a tile
 * @fraction: how much of it has come, 0 to 1; below 0 while nothing is coming
 *
 * Shows how far it has come.
 */
void
handover_attachment_tile_set_progress (HandoverAttachmentTile *self,
                                       double                  fraction)
{
  gboolean coming = fraction >= 0;

  g_return_if_fail (HANDOVER_IS_ATTACHMENT_TILE (self));

  if (coming)
    {
      gtk_progress_bar_set_fraction (self->progress, MIN (fraction, 1));
      say_detail (self, NULL);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->progress), coming);
  gtk_widget_set_visible (self->cancel_button, coming);
  gtk_widget_set_visible (self->save_button, !coming);
}

/**
 * handover_attachment_tile_set_problem:
 * @self: a tile
 * @problem: why it did not come, in plain words
 *
 * Says what went wrong; pressing it tries again.
 */
void
handover_attachment_tile_set_problem (HandoverAttachmentTile *self,
                                      const char             *problem)
{
  g_return_if_fail (HANDOVER_IS_ATTACHMENT_TILE (self));

  handover_attachment_tile_set_progress (self, -1);
  say_detail (self, problem);
  show_as_file (self);
}
