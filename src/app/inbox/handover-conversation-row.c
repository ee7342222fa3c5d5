/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "config.h"

#include "app/inbox/handover-conversation-row.h"

#include <glib/gi18n.h>

#include "app/handover-wording.h"
#include "core/handover-enum-types.h"
#include "core/handover-time.h"

struct _HandoverConversationRow
{
  AdwBin                parent_instance;

  HandoverConversation *conversation;
  gulong                notify_id;
  char                 *operator_id;
  gint64                now;
  const char           *badge_class;

  AdwAvatar            *avatar;
  GtkImage             *badge;
  GtkLabel             *name_label;
  GtkImage             *flag;
  GtkImage             *late_icon;
  GtkLabel             *clock;
  GtkLabel             *preview_label;
  GtkLabel             *unread;
};

G_DEFINE_FINAL_TYPE (HandoverConversationRow, handover_conversation_row, ADW_TYPE_BIN)

enum
{
  SIGNAL_LABEL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static char *
dup_first_line (const char *text)
{
  const char *end;

  while (g_unichar_isspace (g_utf8_get_char (text)))
    text = g_utf8_next_char (text);
  end = strpbrk (text, "\r\n");

  return end != NULL ? g_strndup (text, end - text) : g_strdup (text);
}

static gboolean
is_waiting (HandoverConversation *conversation)
{
  return conversation->control == HANDOVER_CONTROL_WAITING && conversation->waiting_since > 0;
}

static gboolean
is_late (HandoverConversationRow *self)
{
  return is_waiting (self->conversation) && self->now - self->conversation->waiting_since >= HANDOVER_WAIT_TARGET;
}

static gboolean
is_pressing (HandoverConversation *conversation)
{
  return conversation->escalation != NULL && conversation->escalation->priority >= HANDOVER_PRIORITY_HIGH;
}

static char *
dup_preview (HandoverConversationRow *self)
{
  HandoverPreview *last = self->conversation->last_message;
  HandoverEscalation *escalation = self->conversation->escalation;
  g_autofree char *line = NULL;
  g_autofree char *words = NULL;

  /* Who called for a person without a word was at least described. */
  if (last == NULL || last->text == NULL)
    return dup_first_line (escalation != NULL && escalation->summary != NULL ? escalation->summary : "");

  if (*last->text == '\0' && last->attachments != NULL && last->attachments->len > 0)
    line = handover_wording_attachments (last->attachments);
  else
    line = dup_first_line (last->text);
  words = handover_wording_embed (line);

  if (last->kind == HANDOVER_MESSAGE_KIND_NOTE)
    /* Translators: the last thing in a conversation is a note that only the team sees */
    return g_strdup_printf (_("Note: %s"), words);

  if (last->author == HANDOVER_AUTHOR_AGENT)
    /* Translators: the last thing in a conversation was said by the AI */
    return g_strdup_printf (_("AI: %s"), words);

  if (last->author == HANDOVER_AUTHOR_OPERATOR && last->operator != NULL)
    {
      g_autofree char *name = handover_wording_embed (last->operator->name);

      if (g_strcmp0 (last->operator->id, self->operator_id) == 0)
        /* Translators: the last thing in a conversation was said by the operator who reads this */
        return g_strdup_printf (_("You: %s"), words);

      /* Translators: who said the last thing in a conversation, and what */
      return g_strdup_printf (_("%s: %s"), name, words);
    }

  return g_steal_pointer (&line);
}

static void
update_badge (HandoverConversationRow *self)
{
  HandoverChannelReference *channel = self->conversation->channel;
  int kind = channel != NULL ? channel->kind : HANDOVER_CHANNEL_KIND_UNKNOWN;

  if (self->badge_class != NULL)
    gtk_widget_remove_css_class (GTK_WIDGET (self->badge), self->badge_class);

  self->badge_class = handover_enum_to_nick (HANDOVER_TYPE_CHANNEL_KIND, kind);
  if (self->badge_class != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->badge), self->badge_class);

  gtk_image_set_from_icon_name (self->badge, handover_wording_channel_icon (kind));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->badge), handover_wording_channel (kind));
}

static void
update_clock (HandoverConversationRow *self)
{
  HandoverConversation *conversation = self->conversation;
  g_autofree char *text = NULL;
  gboolean late = is_late (self);

  if (is_waiting (conversation))
    text = handover_wording_wait (self->now - conversation->waiting_since);
  else if (conversation->last_message != NULL && conversation->last_message->at > 0)
    text = handover_wording_moment (conversation->last_message->at, self->now);
  else
    text = handover_wording_moment (conversation->updated_at, self->now);

  gtk_label_set_text (self->clock, text);
  gtk_widget_set_visible (GTK_WIDGET (self->late_icon), late);

  if (late == gtk_widget_has_css_class (GTK_WIDGET (self->clock), "warning"))
    return;

  gtk_widget_remove_css_class (GTK_WIDGET (self->clock), late ? "dimmed" : "warning");
  gtk_widget_add_css_class (GTK_WIDGET (self->clock), late ? "warning" : "dimmed");
  g_signal_emit (self, signals[SIGNAL_LABEL_CHANGED], 0);
}

static void
update_all (HandoverConversationRow *self)
{
  HandoverConversation *conversation = self->conversation;
  g_autofree char *name = handover_wording_customer (conversation->customer);
  g_autofree char *preview = dup_preview (self);
  g_autofree char *unread = NULL;

  gtk_label_set_text (self->name_label, name);
  gtk_label_set_text (self->preview_label, preview);
  adw_avatar_set_text (self->avatar, name);
  adw_avatar_set_show_initials (self->avatar, handover_wording_has_initials (conversation->customer));

  unread = conversation->unread_count > 99 ? g_strdup ("99+")
                                           : g_strdup_printf ("%" G_GINT64_FORMAT, conversation->unread_count);
  gtk_label_set_text (self->unread, unread);
  gtk_widget_set_visible (GTK_WIDGET (self->unread), conversation->unread_count > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->flag), is_pressing (conversation));

  update_badge (self);
  update_clock (self);
  g_signal_emit (self, signals[SIGNAL_LABEL_CHANGED], 0);
}

static void
conversation_notify_cb (HandoverConversationRow *self)
{
  update_all (self);
}

static void
handover_conversation_row_dispose (GObject *object)
{
  HandoverConversationRow *self = HANDOVER_CONVERSATION_ROW (object);

  if (self->conversation != NULL)
    g_clear_signal_handler (&self->notify_id, self->conversation);
  g_clear_object (&self->conversation);
  gtk_widget_dispose_template (GTK_WIDGET (self), HANDOVER_TYPE_CONVERSATION_ROW);

  G_OBJECT_CLASS (handover_conversation_row_parent_class)->dispose (object);
}

static void
handover_conversation_row_finalize (GObject *object)
{
  HandoverConversationRow *self = HANDOVER_CONVERSATION_ROW (object);

  g_clear_pointer (&self->operator_id, g_free);

  G_OBJECT_CLASS (handover_conversation_row_parent_class)->finalize (object);
}

static void
handover_conversation_row_class_init (HandoverConversationRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = handover_conversation_row_dispose;
  object_class->finalize = handover_conversation_row_finalize;

  /**
   * HandoverConversationRow::label-changed:
   *
   * What a screen reader should say of the row has changed.
   */
  signals[SIGNAL_LABEL_CHANGED] = g_signal_new ("label-changed", HANDOVER_TYPE_CONVERSATION_ROW, G_SIGNAL_RUN_LAST, 0,
                                                NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/handover-conversation-row.ui");
  gtk_widget_class_bind_template_child (widget_class, HandoverConversationRow, avatar);
  gtk_widget_class_bind_template_child (widget_class, HandoverConversationRow, badge);
  gtk_widget_class_bind_template_child (widget_class, HandoverConversationRow, name_label);
  gtk_widget_class_bind_template_child (widget_class, HandoverConversationRow, flag);
  gtk_widget_class_bind_template_child (widget_class, HandoverConversationRow, late_icon);
  gtk_widget_class_bind_template_child (widget_class, HandoverConversationRow, clock);
  gtk_widget_class_bind_template_child (widget_class, HandoverConversationRow, preview_label);
  gtk_widget_class_bind_template_child (widget_class, HandoverConversationRow, unread);
}

static void
handover_conversation_row_init (HandoverConversationRow *self)
{
  self->now = handover_time_now ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * handover_conversation_row_new:
 *
 * Makes a row that shows nothing yet.
 *
 * Returns: (transfer floating): the row
 */
GtkWidget *
handover_conversation_row_new (void)
{
  return g_object_new (HANDOVER_TYPE_CONVERSATION_ROW, NULL);
}

/**
 * handover_conversation_row_get_conversation:
 * @self: a row
 *
 * Gets what the row shows.
 *
 * Returns: (transfer none) (nullable): the conversation
 */
HandoverConversation *
handover_conversation_row_get_conversation (HandoverConversationRow *self)
{
  g_return_val_if_fail (HANDOVER_IS_CONVERSATION_ROW (self), NULL);

  return self->conversation;
}

/**
 * handover_conversation_row_set_conversation:
 * @self: a row
 * @conversation: (nullable): what to show, and to follow
 *
 * Shows another conversation.
 */
void
handover_conversation_row_set_conversation (HandoverConversationRow *self,
                                            HandoverConversation    *conversation)
{
  g_return_if_fail (HANDOVER_IS_CONVERSATION_ROW (self));

  if (self->conversation == conversation)
    return;

  if (self->conversation != NULL)
    g_clear_signal_handler (&self->notify_id, self->conversation);
  g_set_object (&self->conversation, conversation);
  if (conversation == NULL)
    return;

  self->notify_id = g_signal_connect_swapped (conversation, "notify", G_CALLBACK (conversation_notify_cb), self);
  update_all (self);
}

/**
 * handover_conversation_row_set_operator_id:
 * @self: a row
 * @operator_id: (nullable): who reads this
 *
 * Says whose words are "You".
 */
void
handover_conversation_row_set_operator_id (HandoverConversationRow *self,
                                           const char              *operator_id)
{
  g_return_if_fail (HANDOVER_IS_CONVERSATION_ROW (self));

  if (g_set_str (&self->operator_id, operator_id) && self->conversation != NULL)
    update_all (self);
}

/**
 * handover_conversation_row_dup_label:
 * @self: a row
 *
 * Says the whole row for a screen reader.
 *
 * Returns: (transfer full): the text
 */
char *
handover_conversation_row_dup_label (HandoverConversationRow *self)
{
  HandoverConversation *conversation;
  GString *label;

  g_return_val_if_fail (HANDOVER_IS_CONVERSATION_ROW (self), NULL);

  conversation = self->conversation;
  if (conversation == NULL)
    return g_strdup ("");

  label = g_string_new (gtk_label_get_text (self->name_label));
  if (conversation->channel != NULL)
    g_string_append_printf (label, ", %s", handover_wording_channel (conversation->channel->kind));

  if (is_waiting (conversation))
    {
      g_autofree char *wait = handover_wording_wait_spoken (self->now - conversation->waiting_since);

      g_string_append (label, ", ");
      if (is_late (self))
        /* Translators: %s is a time, such as "2 minutes" */
        g_string_append_printf (label, _("waiting too long, %s"), wait);
      else
        /* Translators: %s is a time, such as "2 minutes" */
        g_string_append_printf (label, _("waiting %s"), wait);
    }

  if (is_pressing (conversation))
    g_string_append_printf (label, ", %s", _("high priority"));

  if (conversation->unread_count > 0)
    {
      g_string_append (label, ", ");
      g_string_append_printf (label,
                              /* Translators: part of what a screen reader says of a conversation */
                              ngettext ("%d unread message", "%d unread messages", conversation->unread_count),
                              (int) conversation->unread_count);
    }

  g_string_append_printf (label, ": %s", gtk_label_get_text (self->preview_label));

  return g_string_free_and_steal (label);
}

/**
 * handover_conversation_row_tick:
 * @self: a row
 * @now: the time, milliseconds since 1970
 *
 * Moves the row's clock; the list does this for all of its rows at once.
 */
void
handover_conversation_row_tick (HandoverConversationRow *self,
                                gint64                   now)
{
  g_return_if_fail (HANDOVER_IS_CONVERSATION_ROW (self));

  self->now = now;
  if (self->conversation != NULL)
    update_clock (self);
}
