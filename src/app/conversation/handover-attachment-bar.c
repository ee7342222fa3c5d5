/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "config.h"

#include "app/conversation/handover-attachment-bar.h"

#include <glib/gi18n.h>

#include "app/conversation/handover-attachment-chip.h"
#include "app/handover-announce.h"
#include "core/handover-attachment.h"

struct _HandoverAttachmentBar
{
  AdwBin        parent_instance;

  GListModel   *files;
  GSignalGroup *files_signals;
  AdwWrapBox   *chips;
  GtkLabel     *too_many;
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

/* What came back may join what was being written: then it is more than a message can have. */
static void
update_too_many (HandoverAttachmentBar *self)
{
  gboolean too_many = handover_attachment_bar_has_too_many (self);
  gboolean is_new = too_many && !gtk_widget_get_visible (GTK_WIDGET (self->too_many));

  gtk_widget_set_visible (GTK_WIDGET (self->too_many), too_many);
  if (is_new)
    handover_announce (GTK_WIDGET (self), gtk_label_get_text (self->too_many), GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
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
  update_too_many (self);
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

static GtkLabel *
create_too_many (void)
{
  /* Translators: above the files of a message that has more than it can have */
  g_autofree char *text = g_strdup_printf (ngettext ("A message can have %d file. Remove the others to send it.",
                                                     "A message can have %d files. Remove the others to send it.",
                                                     HANDOVER_LIMIT_ATTACHMENTS), HANDOVER_LIMIT_ATTACHMENTS);
  GtkLabel *label = GTK_LABEL (gtk_label_new (text));

  gtk_label_set_xalign (label, 0);
  gtk_label_set_wrap (label, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (label), "warning");
  gtk_widget_set_visible (GTK_WIDGET (label), FALSE);
  return label;
}

static void
handover_attachment_bar_init (HandoverAttachmentBar *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->chips = ADW_WRAP_BOX (adw_wrap_box_new ());
  adw_wrap_box_set_child_spacing (self->chips, 6);
  adw_wrap_box_set_line_spacing (self->chips, 6);
  self->too_many = create_too_many ();
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->too_many));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->chips));
  adw_bin_set_child (ADW_BIN (self), box);
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

/**
 * handover_attachment_bar_has_too_many:
 * @self: a bar
 *
 * Says whether there is more than can be sent along, which the bar then explains.
 *
 * Returns: whether some must go first
 */
gboolean
handover_attachment_bar_has_too_many (HandoverAttachmentBar *self)
{
  return handover_attachment_bar_get_n (self) > HANDOVER_LIMIT_ATTACHMENTS;
}
