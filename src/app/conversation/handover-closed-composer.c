/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "config.h"

#include "app/conversation/handover-closed-composer.h"

#include <glib/gi18n.h>

/**
 * HandoverClosedComposer:
 *
 * Stands where one writes while somebody else may speak: why, what was written before, and the way to a note.
 */
struct _HandoverClosedComposer
{
  GtkBox parent_instance;

  GtkWidget *kept_box;
  GtkLabel *kept;
  GtkLabel *reason;
};

G_DEFINE_FINAL_TYPE (HandoverClosedComposer, handover_closed_composer, GTK_TYPE_BOX)

static void
copy_cb (HandoverClosedComposer *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), gtk_label_get_text (self->kept));
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", _("Copied"));
}

static gboolean
handover_closed_composer_grab_focus (GtkWidget *widget)
{
  HandoverClosedComposer *self = HANDOVER_CLOSED_COMPOSER (widget);

  return gtk_widget_get_visible (self->kept_box) && gtk_widget_grab_focus (GTK_WIDGET (self->kept));
}

static void
handover_closed_composer_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), HANDOVER_TYPE_CLOSED_COMPOSER);

  G_OBJECT_CLASS (handover_closed_composer_parent_class)->dispose (object);
}

static void
handover_closed_composer_class_init (HandoverClosedComposerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = handover_closed_composer_dispose;
  widget_class->grab_focus = handover_closed_composer_grab_focus;

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/handover-closed-composer.ui");
  gtk_widget_class_bind_template_child (widget_class, HandoverClosedComposer, kept_box);
  gtk_widget_class_bind_template_child (widget_class, HandoverClosedComposer, kept);
  gtk_widget_class_bind_template_child (widget_class, HandoverClosedComposer, reason);
  gtk_widget_class_bind_template_callback (widget_class, copy_cb);
}

static void
handover_closed_composer_init (HandoverClosedComposer *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * handover_closed_composer_set_reason:
 * @self: a closed composer
 * @reason: (nullable): why nothing can be written, in a sentence
 *
 * Says why it is closed.
 */
void
handover_closed_composer_set_reason (HandoverClosedComposer *self,
                                     const char             *reason)
{
  g_return_if_fail (HANDOVER_IS_CLOSED_COMPOSER (self));

  gtk_label_set_text (self->reason, reason != NULL ? reason : "");
}

/**
 * handover_closed_composer_set_draft:
 * @self: a closed composer
 * @draft: what was written so far, perhaps nothing
 *
 * Keeps what was written in sight, to be read and copied.
 */
void
handover_closed_composer_set_draft (HandoverClosedComposer *self,
                                    const char             *draft)
{
  g_return_if_fail (HANDOVER_IS_CLOSED_COMPOSER (self));

  gtk_label_set_text (self->kept, draft);
  gtk_widget_set_visible (self->kept_box, *draft != '\0');
}
