/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "config.h"

#include "app/conversation/handover-attachment-chip.h"

#include <glib/gi18n.h>

#include "app/conversation/handover-thumbnail.h"
#include "app/handover-wording.h"

#define PICTURE_SIDE 32

struct _HandoverAttachmentChip
{
  GtkBox             parent_instance;

  HandoverDraftFile *file;
  GCancellable      *loading;

  GtkImage          *image;
  GtkLabel          *name_label;
  GtkLabel          *size_label;
  GtkWidget         *remove_button;
};

G_DEFINE_FINAL_TYPE (HandoverAttachmentChip, handover_attachment_chip, GTK_TYPE_BOX)

enum
{
  SIGNAL_REMOVE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
remove_cb (HandoverAttachmentChip *self)
{
  g_signal_emit (self, signals[SIGNAL_REMOVE], 0);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (HandoverAttachmentChip) self = HANDOVER_ATTACHMENT_CHIP (user_data);
  g_autoptr (GdkTexture) texture = handover_thumbnail_load_finish (result, NULL);

  /* What is not shown still has its icon. */
  if (texture == NULL || g_cancellable_is_cancelled (self->loading))
    return;

  gtk_image_set_pixel_size (self->image, PICTURE_SIDE);
  gtk_image_set_from_paintable (self->image, GDK_PAINTABLE (texture));
}

static void
show_file (HandoverAttachmentChip *self)
{
  HandoverAttachment *attachment = handover_draft_file_get_attachment (self->file);
  HandoverAttachmentKind kind = handover_attachment_get_kind (attachment);
  g_autofree char *size = g_format_size ((guint64) attachment->size);
  g_autofree char *embedded = handover_wording_embed (attachment->name);
  /* Translators: %s is the name of a picture or a file that was going to be sent */
  g_autofree char *remove = g_strdup_printf (_("Remove %s"), embedded);
  g_autofree char *spoken = g_strdup_printf ("%s, %s", attachment->name, size);

  gtk_label_set_text (self->name_label, attachment->name);
  gtk_label_set_text (self->size_label, size);
  gtk_image_set_from_icon_name (self->image, handover_wording_attachment_icon (kind));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->name_label), attachment->name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->remove_button), GTK_ACCESSIBLE_PROPERTY_LABEL, remove, -1);

  if (kind == HANDOVER_ATTACHMENT_IMAGE)
    handover_thumbnail_load_async (handover_draft_file_get_file (self->file), PICTURE_SIDE * 2, self->loading, loaded_cb,
                                   g_object_ref (self));
}

static void
handover_attachment_chip_dispose (GObject *object)
{
  HandoverAttachmentChip *self = HANDOVER_ATTACHMENT_CHIP (object);

  g_cancellable_cancel (self->loading);
  gtk_widget_dispose_template (GTK_WIDGET (self), HANDOVER_TYPE_ATTACHMENT_CHIP);

  G_OBJECT_CLASS (handover_attachment_chip_parent_class)->dispose (object);
}

static void
handover_attachment_chip_finalize (GObject *object)
{
  HandoverAttachmentChip *self = HANDOVER_ATTACHMENT_CHIP (object);

  g_clear_object (&self->file);
  g_clear_object (&self->loading);

  G_OBJECT_CLASS (handover_attachment_chip_parent_class)->finalize (object);
}

static void
handover_attachment_chip_class_init (HandoverAttachmentChipClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = handover_attachment_chip_dispose;
  G_OBJECT_CLASS (klass)->finalize = handover_attachment_chip_finalize;

  /**
   * HandoverAttachmentChip::remove:
   *
   * The file is not to be sent after all.
   */
  signals[SIGNAL_REMOVE] = g_signal_new ("remove", HANDOVER_TYPE_ATTACHMENT_CHIP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/handover-attachment-chip.ui");
  gtk_widget_class_bind_template_child (widget_class, HandoverAttachmentChip, image);
  gtk_widget_class_bind_template_child (widget_class, HandoverAttachmentChip, name_label);
  gtk_widget_class_bind_template_child (widget_class, HandoverAttachmentChip, size_label);
  gtk_widget_class_bind_template_child (widget_class, HandoverAttachmentChip, remove_button);
  gtk_widget_class_bind_template_callback (widget_class, remove_cb);
}

static void
handover_attachment_chip_init (HandoverAttachmentChip *self)
{
  self->loading = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * handover_attachment_chip_new:
 * @file: a file of a draft
 *
 * Makes a chip for a file that is going to be sent.
 *
 * Returns: (transfer floating): the chip
 */
GtkWidget *
handover_attachment_chip_new (HandoverDraftFile *file)
{
  HandoverAttachmentChip *self = g_object_new (HANDOVER_TYPE_ATTACHMENT_CHIP, NULL);

  self->file = g_object_ref (file);
  show_file (self);

  return GTK_WIDGET (self);
}

/**
 * handover_attachment_chip_get_file:
 * @self: a chip
 *
 * Gets what it shows.
 *
 * Returns: (transfer none): the file
 */
HandoverDraftFile *
handover_attachment_chip_get_file (HandoverAttachmentChip *self)
{
  g_return_val_if_fail (HANDOVER_IS_ATTACHMENT_CHIP (self), NULL);

  return self->file;
}
