/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "config.h"

#include "app/conversation/handover-message-fold.h"

#include <glib/gi18n.h>

/* Nobody reads more of a tool's answer than this here. */
#define JSON_LENGTH 4000

struct _HandoverMessageFold
{
  GtkBox           parent_instance;

  HandoverVoice    voice;
  HandoverMessage *message;

  GtkToggleButton *button;
  GtkImage        *icon;
  GtkLabel        *title;
  GtkLabel        *preview;
  GtkImage        *arrow;
  GtkBox          *details;
};

G_DEFINE_FINAL_TYPE (HandoverMessageFold, handover_message_fold, GTK_TYPE_BOX)

static void
add_label (HandoverMessageFold *self,
           const char          *text,
           const char          *css_class)
{
  GtkLabel *label = GTK_LABEL (gtk_label_new (text));

  gtk_label_set_xalign (label, 0);
  gtk_label_set_wrap (label, TRUE);
  gtk_label_set_wrap_mode (label, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (label, !g_str_equal (css_class, "caption-heading"));
  gtk_widget_add_css_class (GTK_WIDGET (label), css_class);
  gtk_box_append (self->details, GTK_WIDGET (label));
}

static void
add_json (HandoverMessageFold *self,
          const char          *title,
          JsonNode            *node)
{
  g_autofree char *text = NULL;
  const char *end;

  if (node == NULL)
    return;

  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    text = json_node_dup_string (node);
  else
    text = json_to_string (node, TRUE);

  end = g_utf8_strlen (text, -1) > JSON_LENGTH ? g_utf8_offset_to_pointer (text, JSON_LENGTH) : NULL;
  add_label (self, title, "caption-heading");
  if (end != NULL)
    {
      g_autofree char *start = g_strndup (text, end - text);
      g_autofree char *cut = g_strconcat (start, "…", NULL);

      add_label (self, cut, "monospace");
    }
  else
    add_label (self, text, "monospace");
}

/* Made only when somebody unfolds: an answer can be long. */
static void
fill_details (HandoverMessageFold *self)
{
  HandoverTool *tool = self->message->tool;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->details))) != NULL)
    gtk_box_remove (self->details, child);

  if (self->message->text != NULL && *self->message->text != '\0')
    add_label (self, self->message->text, "body");
  if (tool == NULL)
    return;

  add_json (self, _("Arguments"), tool->arguments);
  add_json (self, _("Result"), tool->result);
  if (tool->error != NULL && *tool->error != '\0')
    {
      add_label (self, _("Error"), "caption-heading");
      add_label (self, tool->error, "monospace");
    }
}

static void
update_arrow (HandoverMessageFold *self)
{
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  gboolean open = gtk_toggle_button_get_active (self->button);

  gtk_image_set_from_icon_name (self->arrow, open                                     ? "pan-up-symbolic"
                                             : self->voice == HANDOVER_VOICE_REFUSED ? "pan-down-symbolic"
                                             : rtl                                    ? "pan-start-symbolic"
                                                                                      : "pan-end-symbolic");
}

static void
toggled_cb (HandoverMessageFold *self)
{
  gboolean open = gtk_toggle_button_get_active (self->button);

  if (open)
    fill_details (self);
  gtk_widget_set_visible (GTK_WIDGET (self->details), open);
  gtk_widget_set_visible (GTK_WIDGET (self->preview), !open && self->voice == HANDOVER_VOICE_REFUSED);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_STATE_EXPANDED, open, -1);
  update_arrow (self);
}

static void
handover_message_fold_direction_changed (GtkWidget        *widget,
                                         GtkTextDirection  previous)
{
  GTK_WIDGET_CLASS (handover_message_fold_parent_class)->direction_changed (widget, previous);
  update_arrow (HANDOVER_MESSAGE_FOLD (widget));
}

static void
handover_message_fold_dispose (GObject *object)
{
  HandoverMessageFold *self = HANDOVER_MESSAGE_FOLD (object);

  g_clear_object (&self->message);
  gtk_widget_dispose_template (GTK_WIDGET (object), HANDOVER_TYPE_MESSAGE_FOLD);

  G_OBJECT_CLASS (handover_message_fold_parent_class)->dispose (object);
}

static void
handover_message_fold_class_init (HandoverMessageFoldClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = handover_message_fold_dispose;
  widget_class->direction_changed = handover_message_fold_direction_changed;

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/handover-message-fold.ui");
  gtk_widget_class_bind_template_child (widget_class, HandoverMessageFold, button);
  gtk_widget_class_bind_template_child (widget_class, HandoverMessageFold, icon);
  gtk_widget_class_bind_template_child (widget_class, HandoverMessageFold, title);
  gtk_widget_class_bind_template_child (widget_class, HandoverMessageFold, preview);
  gtk_widget_class_bind_template_child (widget_class, HandoverMessageFold, arrow);
  gtk_widget_class_bind_template_child (widget_class, HandoverMessageFold, details);
  gtk_widget_class_bind_template_callback (widget_class, toggled_cb);
}

static void
handover_message_fold_init (HandoverMessageFold *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_STATE_EXPANDED, FALSE, -1);
}

/**
 * handover_message_fold_new:
 * @voice: what it will show: a tool's action or a refused message
 *
 * Makes a line that unfolds.
 *
 * Returns: (transfer floating): the fold
 */
GtkWidget *
handover_message_fold_new (HandoverVoice voice)
{
  HandoverMessageFold *self = g_object_new (HANDOVER_TYPE_MESSAGE_FOLD, NULL);
  gboolean refused = voice == HANDOVER_VOICE_REFUSED;

  self->voice = voice;
  gtk_widget_add_css_class (GTK_WIDGET (self), refused ? "refused" : "tool");
  gtk_image_set_from_icon_name (self->icon, refused ? "handover-refused-symbolic" : "handover-tool-symbolic");
  gtk_widget_set_valign (GTK_WIDGET (self->icon), refused ? GTK_ALIGN_START : GTK_ALIGN_CENTER);
  gtk_widget_set_halign (GTK_WIDGET (self->button), refused ? GTK_ALIGN_FILL : GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (GTK_WIDGET (self->title), refused ? "caption-heading" : "body");
  gtk_widget_set_visible (GTK_WIDGET (self->preview), refused);
  update_arrow (self);

  return GTK_WIDGET (self);
}

/**
 * handover_message_fold_update:
 * @self: a fold
 * @message: what to show
 * @reader: who reads
 *
 * Shows a message.
 */
void
handover_message_fold_update (HandoverMessageFold  *self,
                              HandoverMessage      *message,
                              const HandoverReader *reader)
{
  g_return_if_fail (HANDOVER_IS_MESSAGE_FOLD (self));

  g_set_object (&self->message, message);
  if (self->voice == HANDOVER_VOICE_REFUSED)
    {
      /* Translators: the AI's own words */
      g_autofree char *quote = g_strdup_printf (_("“%s”"), message->text != NULL ? message->text : "");

      gtk_label_set_text (self->title, _("Not sent: the AI tried to answer out of turn"));
      gtk_label_set_text (self->preview, quote);
    }
  else
    {
      g_autofree char *title = handover_message_wording_tool (message->tool, message->text);

      if (message->tool != NULL && message->tool->error != NULL)
        {
          /* Translators: %s is what the AI tried to do */
          g_autofree char *failed = g_strdup_printf (_("%s · failed"), title);

          gtk_label_set_text (self->title, failed);
        }
      else
        gtk_label_set_text (self->title, title);
    }

  if (gtk_toggle_button_get_active (self->button))
    fill_details (self);
}
