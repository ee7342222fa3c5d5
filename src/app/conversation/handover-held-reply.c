/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "config.h"

#include "app/conversation/handover-held-reply.h"

#include "app/handover-announce.h"

/**
 * HandoverHeldReply:
 *
 * Says what was said since the operator last looked, while their reply is held back, and lets them choose.
 */
struct _HandoverHeldReply
{
  GtkBox parent_instance;

  GtkLabel *title;
  GtkLabel *text;
  GtkWidget *keep_button;
};

G_DEFINE_FINAL_TYPE (HandoverHeldReply, handover_held_reply, GTK_TYPE_BOX)

enum
{
  SIGNAL_SEND_ANYWAY,
  SIGNAL_KEEP_EDITING,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
send_anyway_cb (HandoverHeldReply *self)
{
  handover_held_reply_hide (self);
  g_signal_emit (self, signals[SIGNAL_SEND_ANYWAY], 0);
}

static void
keep_editing_cb (HandoverHeldReply *self)
{
  handover_held_reply_hide (self);
  g_signal_emit (self, signals[SIGNAL_KEEP_EDITING], 0);
}

static void
handover_held_reply_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), HANDOVER_TYPE_HELD_REPLY);

  G_OBJECT_CLASS (handover_held_reply_parent_class)->dispose (object);
}

static void
handover_held_reply_class_init (HandoverHeldReplyClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = handover_held_reply_dispose;

  /**
   * HandoverHeldReply::send-anyway:
   *
   * The reply is to go as it is.
   */
  signals[SIGNAL_SEND_ANYWAY] = g_signal_new ("send-anyway", HANDOVER_TYPE_HELD_REPLY, G_SIGNAL_RUN_LAST, 0, NULL,
                                              NULL, NULL, G_TYPE_NONE, 0);
  /**
   * HandoverHeldReply::keep-editing:
   *
   * The reply is to be written on.
   */
  signals[SIGNAL_KEEP_EDITING] = g_signal_new ("keep-editing", HANDOVER_TYPE_HELD_REPLY, G_SIGNAL_RUN_LAST, 0, NULL,
                                               NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/handover-held-reply.ui");
  gtk_widget_class_bind_template_child (widget_class, HandoverHeldReply, title);
  gtk_widget_class_bind_template_child (widget_class, HandoverHeldReply, text);
  gtk_widget_class_bind_template_child (widget_class, HandoverHeldReply, keep_button);
  gtk_widget_class_bind_template_callback (widget_class, send_anyway_cb);
  gtk_widget_class_bind_template_callback (widget_class, keep_editing_cb);
}

static void
handover_held_reply_init (HandoverHeldReply *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * handover_held_reply_show:
 * @self: the bar
 * @title: what happened, in a sentence
 * @text: what was said
 *
 * Shows why a reply is held back. The focus goes to what changes nothing.
 */
void
handover_held_reply_show (HandoverHeldReply *self,
                          const char        *title,
                          const char        *text)
{
  g_return_if_fail (HANDOVER_IS_HELD_REPLY (self));

  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->text, text);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  gtk_widget_grab_focus (self->keep_button);
  handover_announce (GTK_WIDGET (self), title, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
}

/**
 * handover_held_reply_hide:
 * @self: the bar
 *
 * Takes it away: nothing is held back any more.
 */
void
handover_held_reply_hide (HandoverHeldReply *self)
{
  g_return_if_fail (HANDOVER_IS_HELD_REPLY (self));

  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
