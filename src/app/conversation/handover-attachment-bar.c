/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "config.h"

#include "app/conversation/handover-attachment-bar.h"

#include "app/conversation/handover-attachment-chip.h"

struct _HandoverAttachmentBar
{
  AdwBin        parent_instance;

  GListModel   *files;
  GSignalGroup *files_signals;
  AdwWrapBox   *chips;
};

G_DEFINE_FINAL_TYPE (HandoverAttachmentBar, handover_attachment_bar, ADW_TYPE_BIN)

enum
{
  SIGNAL_CHANGED,
  SIGNAL_REMOVE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
remove_cb (HandoverAttachmentBar  *self,
           HandoverAttachmentChip *chip)
{
  g_signal_emit (self, signals[SIGNAL_REMOVE], 0, handover_attachment_chip_get_file (chip));
}

static GtkWidget *
create_chip (HandoverAttachmentBar *self,
             guint                  position)
{
  g_autoptr (HandoverDraftFile) file = g_list_model_get_item (self->files, position);
  GtkWidget *chip = handover_attachment_chip_new (file);

  g_signal_connect_object (chip, "remove", G_CALLBACK (remove_cb), self, G_CONNECT_SWAPPED);

  return chip;
}

static void
files_changed_cb (HandoverAttachmentBar *self,
                  guint                  position,
                  guint                  removed,
                  guint                  added)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->chips));
  GtkWidget *before = NULL;

  for (guint i = 0; i < position; i++, child = gtk_widget_get_next_sibling (child))
    before = child;
  while (removed-- > 0)
    {
      GtkWidget *next = gtk_widget_get_next_sibling (child);

      adw_wrap_box_remove (self->chips, child);
      child = next;
    }
  for (guint i = position; i < position + added; i++)
    {
      GtkWidget *chip = create_chip (self, i);

      adw_wrap_box_insert_child_after (self->chips, chip, before);
      before = chip;
    }

  gtk_widget_set_visible (GTK_WIDGET (self), handover_attachment_bar_get_n (self) > 0);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
handover_attachment_bar_finalize (GObject *object)
{
  HandoverAttachmentBar *self = HANDOVER_ATTACHMENT_BAR (object);

  g_clear_object (&self->files_signals);
  g_clear_object (&self->files);

  G_OBJECT_CLASS (handover_attachment_bar_parent_class)->finalize (object);
}

static void
handover_attachment_bar_class_init (HandoverAttachmentBarClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = handover_attachment_bar_finalize;

  /**
   * HandoverAttachmentBar::changed:
   *
   * Files have come or gone.
   */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", HANDOVER_TYPE_ATTACHMENT_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 0);
  /**
   * HandoverAttachmentBar::remove:
   * @file: a file
   *
   * A file is not to be sent after all.
   */
  signals[SIGNAL_REMOVE] = g_signal_new ("remove", HANDOVER_TYPE_ATTACHMENT_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, HANDOVER_TYPE_DRAFT_FILE);
}

static void
handover_attachment_bar_init (HandoverAttachmentBar *self)
{
  self->chips = ADW_WRAP_BOX (adw_wrap_box_new ());
  adw_wrap_box_set_child_spacing (self->chips, 6);
  adw_wrap_box_set_line_spacing (self->chips, 6);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->chips));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);

  self->files_signals = g_signal_group_new (G_TYPE_LIST_MODEL);
  g_signal_group_connect_swapped (self->files_signals, "items-changed", G_CALLBACK (files_changed_cb), self);
}

/**
 * handover_attachment_bar_set_files:
 * @self: a bar
 * @files: (nullable): a list of #HandoverDraftFile
 *
 * Shows what is going to be sent along.
 */
void
handover_attachment_bar_set_files (HandoverAttachmentBar *self,
                                   GListModel            *files)
{
  guint n_before;

  g_return_if_fail (HANDOVER_IS_ATTACHMENT_BAR (self));

  if (files == self->files)
    return;

  n_before = handover_attachment_bar_get_n (self);
  g_set_object (&self->files, files);
  g_signal_group_set_target (self->files_signals, files);
  files_changed_cb (self, 0, n_before, handover_attachment_bar_get_n (self));
}

/**
 * handover_attachment_bar_get_n:
 * @self: a bar
 *
 * Counts what is going to be sent along.
 *
 * Returns: the number of files
 */
guint
handover_attachment_bar_get_n (HandoverAttachmentBar *self)
{
  g_return_val_if_fail (HANDOVER_IS_ATTACHMENT_BAR (self), 0);

  return self->files != NULL ? g_list_model_get_n_items (self->files) : 0;
}
