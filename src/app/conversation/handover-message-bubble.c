/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "config.h"

#include "app/conversation/handover-message-bubble.h"

#include <glib/gi18n.h>

#include "app/conversation/handover-attachment-tile.h"
#include "app/conversation/handover-message-quote.h"
#include "app/conversation/handover-message-text.h"
#include "app/conversation/handover-side-layout.h"
#include "app/handover-wording.h"
#include "client/store/handover-outbox-files.h"

/* Kept free on the far side, so that one sees at once whose side a long message is on. */
#define FAR_SIDE 48

struct _HandoverMessageBubble
{
  GtkWidget            parent_instance;

  HandoverVoice        voice;

  GtkWidget           *frame;
  GtkWidget           *head;
  GtkImage            *icon;
  GtkLabel            *author_label;
  GtkLabel            *head_time;
  GtkWidget           *quote;
  GtkBox              *attachments;
  HandoverMessageText *text;
  GtkWidget           *foot;
  GtkLabel            *foot_label;
  GtkWidget           *withdraw_button;
};

G_DEFINE_FINAL_TYPE (HandoverMessageBubble, handover_message_bubble, GTK_TYPE_WIDGET)

static void
update_head (HandoverMessageBubble *self,
             HandoverMessage       *message,
             const HandoverReader  *reader,
             gboolean               begins_run)
{
  g_autofree char *author = handover_message_wording_author (message, reader);
  gboolean is_note = self->voice == HANDOVER_VOICE_NOTE;
  gboolean shown = begins_run && self->voice != HANDOVER_VOICE_CUSTOMER;

  if (self->voice == HANDOVER_VOICE_OPERATOR && handover_message_wording_is_mine (message, reader))
    shown = FALSE;

  if (is_note)
    {
      g_autofree char *clock = handover_wording_clock (message->at);
      g_autofree char *name = handover_wording_embed (author);
      /* Translators: the head of a note; %s is its author */
      g_autofree char *title = g_strdup_printf (_("%s · Only your team sees this"), name);

      gtk_label_set_text (self->author_label, title);
      gtk_label_set_text (self->head_time, clock);
    }
  else
    gtk_label_set_text (self->author_label, author);

  gtk_widget_set_visible (GTK_WIDGET (self->head_time), is_note);
  gtk_widget_set_visible (GTK_WIDGET (self->icon), self->voice != HANDOVER_VOICE_OPERATOR);
  gtk_widget_set_visible (self->head, is_note || shown);
}

/* Most messages answer none in particular. */
static void
update_quote (HandoverMessageBubble *self,
              HandoverMessage       *message,
              const HandoverReader  *reader)
{
  if (message->reply_to != NULL && self->quote == NULL)
    {
      self->quote = handover_message_quote_new ();
      gtk_box_insert_child_after (GTK_BOX (self->frame), self->quote, self->head);
    }

  if (message->reply_to != NULL)
    handover_message_quote_show (HANDOVER_MESSAGE_QUOTE (self->quote), message->reply_to, reader);
  else if (self->quote != NULL)
    gtk_box_remove (GTK_BOX (self->frame), g_steal_pointer (&self->quote));
}

static GtkWidget *
create_tile (HandoverAttachment   *attachment,
             const HandoverReader *reader)
{
  return handover_attachment_tile_new (attachment, reader->files,
                                       reader->outbox != NULL
                                         ? handover_outbox_get_sending_file (reader->outbox, attachment->id)
                                         : NULL);
}

/* Tiles stay while the message holds the same files: a picture that is there is not fetched again. */
static void
update_attachments (HandoverMessageBubble *self,
                    HandoverMessage       *message,
                    const HandoverReader  *reader)
{
  guint n = message->attachments != NULL ? message->attachments->len : 0;
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->attachments));

  for (guint i = 0; i < n; i++)
    {
      HandoverAttachment *attachment = g_ptr_array_index (message->attachments, i);
      HandoverAttachmentTile *tile = child != NULL ? HANDOVER_ATTACHMENT_TILE (child) : NULL;
      GtkWidget *next = child != NULL ? gtk_widget_get_next_sibling (child) : NULL;

      if (tile == NULL)
        gtk_box_append (self->attachments, create_tile (attachment, reader));
      else if (!g_str_equal (handover_attachment_tile_get_attachment (tile)->id, attachment->id))
        {
          gtk_box_insert_child_after (self->attachments, create_tile (attachment, reader), child);
          gtk_box_remove (self->attachments, child);
        }
      else if (reader->online)
        handover_attachment_tile_retry (tile);
      child = next;
    }
  while (child != NULL)
    {
      GtkWidget *next = gtk_widget_get_next_sibling (child);

      gtk_box_remove (self->attachments, child);
      child = next;
    }

  gtk_widget_set_visible (GTK_WIDGET (self->attachments), n > 0);
}

static void
update_foot (HandoverMessageBubble *self,
             HandoverMessage       *message,
             const HandoverReader  *reader,
             gboolean               ends_run)
{
  gboolean unsent = handover_message_wording_is_unsent (message);
  gboolean failed = message->delivery != NULL && message->delivery->state == HANDOVER_DELIVERY_STATE_FAILED;
  g_autofree char *clock = handover_wording_clock (message->at);
  g_autofree char *delivery = handover_message_wording_delivery (message, reader);
  g_autofree char *text = NULL;
  gboolean timed = self->voice == HANDOVER_VOICE_CUSTOMER || self->voice == HANDOVER_VOICE_OPERATOR;

  if (self->voice == HANDOVER_VOICE_NOTE)
    text = g_strdup (unsent ? delivery : "");
  else
    text = delivery != NULL ? g_strdup_printf ("%s · %s", clock, delivery) : g_strdup (clock);

  gtk_label_set_text (self->foot_label, text);
  gtk_widget_set_visible (self->withdraw_button, unsent && !reader->online);
  /* The action wants to know which, so it comes with its target, never before. */
  if (unsent)
    {
      gtk_actionable_set_action_target (GTK_ACTIONABLE (self->withdraw_button), "s", message->id);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (self->withdraw_button), "conversation.withdraw");
    }
  gtk_widget_set_visible (self->foot, unsent || failed || (timed && ends_run));

  gtk_widget_remove_css_class (GTK_WIDGET (self->foot_label), failed ? "dimmed" : "error");
  gtk_widget_add_css_class (GTK_WIDGET (self->foot_label), failed ? "error" : "dimmed");
}

static void
take_voice (HandoverMessageBubble *self)
{
  static const struct
  {
    const char *css_class;
    const char *icon;
    GtkAlign side;
  } looks[] = {
    [HANDOVER_VOICE_CUSTOMER] = { "customer", NULL, GTK_ALIGN_START },
    [HANDOVER_VOICE_AGENT] = { "agent", "handover-agent-symbolic", GTK_ALIGN_END },
    [HANDOVER_VOICE_OPERATOR] = { "operator", NULL, GTK_ALIGN_END },
    [HANDOVER_VOICE_NOTE] = { "note", "handover-note-symbolic", GTK_ALIGN_FILL },
    [HANDOVER_VOICE_AUTOMATIC] = { "agent", "handover-agent-symbolic", GTK_ALIGN_END },
  };

  gtk_widget_add_css_class (self->frame, looks[self->voice].css_class);
  if (looks[self->voice].icon != NULL)
    gtk_image_set_from_icon_name (self->icon, looks[self->voice].icon);

  handover_side_layout_set_side (HANDOVER_SIDE_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self))),
                                 looks[self->voice].side);
  gtk_label_set_xalign (self->foot_label, looks[self->voice].side == GTK_ALIGN_END ? 1 : 0);
  if (looks[self->voice].side == GTK_ALIGN_START)
    gtk_widget_set_margin_end (GTK_WIDGET (self), FAR_SIDE);
  else if (looks[self->voice].side == GTK_ALIGN_END)
    gtk_widget_set_margin_start (GTK_WIDGET (self), FAR_SIDE);
}

static void
handover_message_bubble_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), HANDOVER_TYPE_MESSAGE_BUBBLE);

  G_OBJECT_CLASS (handover_message_bubble_parent_class)->dispose (object);
}

static void
handover_message_bubble_class_init (HandoverMessageBubbleClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = handover_message_bubble_dispose;

  g_type_ensure (HANDOVER_TYPE_MESSAGE_TEXT);
  gtk_widget_class_set_layout_manager_type (widget_class, HANDOVER_TYPE_SIDE_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/handover-message-bubble.ui");
  gtk_widget_class_bind_template_child (widget_class, HandoverMessageBubble, frame);
  gtk_widget_class_bind_template_child (widget_class, HandoverMessageBubble, head);
  gtk_widget_class_bind_template_child (widget_class, HandoverMessageBubble, icon);
  gtk_widget_class_bind_template_child (widget_class, HandoverMessageBubble, author_label);
  gtk_widget_class_bind_template_child (widget_class, HandoverMessageBubble, head_time);
  gtk_widget_class_bind_template_child (widget_class, HandoverMessageBubble, attachments);
  gtk_widget_class_bind_template_child (widget_class, HandoverMessageBubble, text);
  gtk_widget_class_bind_template_child (widget_class, HandoverMessageBubble, foot);
  gtk_widget_class_bind_template_child (widget_class, HandoverMessageBubble, foot_label);
  gtk_widget_class_bind_template_child (widget_class, HandoverMessageBubble, withdraw_button);
}

static void
handover_message_bubble_init (HandoverMessageBubble *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * handover_message_bubble_new:
 * @voice: whose words it will show; one that speaks or writes a note
 *
 * Makes a bubble.
 *
 * Returns: (transfer floating): the bubble
 */
GtkWidget *
handover_message_bubble_new (HandoverVoice voice)
{
  HandoverMessageBubble *self = g_object_new (HANDOVER_TYPE_MESSAGE_BUBBLE, NULL);

  self->voice = voice;
  take_voice (self);

  return GTK_WIDGET (self);
}

/**
 * handover_message_bubble_update:
 * @self: a bubble
 * @message: what was said
 * @reader: who reads
 * @begins_run: whether the one before it was somebody else's
 * @ends_run: whether the one after it is somebody else's
 *
 * Shows a message.
 */
void
handover_message_bubble_update (HandoverMessageBubble *self,
                                HandoverMessage       *message,
                                const HandoverReader  *reader,
                                gboolean               begins_run,
                                gboolean               ends_run)
{
  g_return_if_fail (HANDOVER_IS_MESSAGE_BUBBLE (self));

  handover_message_text_set_text (self->text, message->text != NULL ? message->text : "");
  update_attachments (self, message, reader);
  gtk_widget_set_visible (GTK_WIDGET (self->text),
                          (message->text != NULL && *message->text != '\0')
                            || !gtk_widget_get_visible (GTK_WIDGET (self->attachments)));
  update_head (self, message, reader, begins_run);
  update_quote (self, message, reader);
  update_foot (self, message, reader, ends_run);
}
