/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "config.h"

#include "app/conversation/handover-message-text.h"

#include <glib/gi18n.h>

#include "app/conversation/handover-links.h"

/* Longer texts are folded to FOLDED_LINES, by an estimate of LINE_LENGTH characters on a line: laying out the whole
 * text only to see how long it is would cost what folding is there to save. */
#define FOLD_BEYOND_LINES 15
#define FOLDED_LINES 12
#define LINE_LENGTH 52
/* A label is never narrower than so many characters, or a third of its longest line: how wide it must be at least, it
 * would find out by putting each letter on a line of its own, which takes ten times as long as laying out the text. */
#define LEAST_WIDTH 10

struct _HandoverMessageText
{
  GtkBox     parent_instance;

  GtkLabel  *label;
  GtkWidget *more_button;

  char      *text;
  gboolean   unfolded;
};

G_DEFINE_FINAL_TYPE (HandoverMessageText, handover_message_text, GTK_TYPE_BOX)

/* Finds where the given number of lines ends, at the end of the text if it is shorter. */
static const char *
find_line_end (const char *text,
               guint       lines)
{
  const char *last_space = NULL;
  guint length = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      if (g_ascii_isspace (*p))
        last_space = p;
      length++;
      if (*p != '\n' && length < LINE_LENGTH)
        continue;

      length = 0;
      if (--lines == 0)
        return last_space != NULL && p - last_space < LINE_LENGTH ? last_space : p;
    }

  return text + strlen (text);
}

static int
get_least_width (const char *text)
{
  int longest = 0;
  int length = 0;

  for (const char *p = text; *p != '\0' && longest < 3 * LEAST_WIDTH; p = g_utf8_next_char (p))
    {
      length = *p == '\n' ? 0 : length + 1;
      longest = MAX (longest, length);
    }

  return longest / 3;
}

static void
update (HandoverMessageText *self)
{
  gboolean folds = *find_line_end (self->text, FOLD_BEYOND_LINES) != '\0';
  g_autofree char *shown = NULL;
  g_autofree char *markup = NULL;

  if (folds && !self->unfolded)
    {
      g_autofree char *start = g_strndup (self->text, find_line_end (self->text, FOLDED_LINES) - self->text);

      shown = g_strconcat (start, "…", NULL);
    }
  else
    shown = g_strdup (self->text);

  markup = handover_links_to_markup (shown);
  gtk_label_set_width_chars (self->label, get_least_width (shown));
  gtk_label_set_markup (self->label, markup);
  gtk_widget_set_visible (self->more_button, folds);
  gtk_button_set_label (GTK_BUTTON (self->more_button), self->unfolded ? _("Show Less") : _("Show More"));
}

static gboolean
activate_link_cb (HandoverMessageText *self,
                  const char          *uri)
{
  /* The label opens what is not stopped here. */
  return !handover_links_may_open (uri);
}

static void
more_cb (HandoverMessageText *self)
{
  self->unfolded = !self->unfolded;
  update (self);
}

static void
handover_message_text_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), HANDOVER_TYPE_MESSAGE_TEXT);

  G_OBJECT_CLASS (handover_message_text_parent_class)->dispose (object);
}

static void
handover_message_text_finalize (GObject *object)
{
  HandoverMessageText *self = HANDOVER_MESSAGE_TEXT (object);

  g_clear_pointer (&self->text, g_free);

  G_OBJECT_CLASS (handover_message_text_parent_class)->finalize (object);
}

static void
handover_message_text_class_init (HandoverMessageTextClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = handover_message_text_dispose;
  G_OBJECT_CLASS (klass)->finalize = handover_message_text_finalize;

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/handover-message-text.ui");
  gtk_widget_class_bind_template_child (widget_class, HandoverMessageText, label);
  gtk_widget_class_bind_template_child (widget_class, HandoverMessageText, more_button);
  gtk_widget_class_bind_template_callback (widget_class, activate_link_cb);
  gtk_widget_class_bind_template_callback (widget_class, more_cb);
}

static void
handover_message_text_init (HandoverMessageText *self)
{
  self->text = g_strdup ("");
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * handover_message_text_set_text:
 * @self: a text
 * @text: what somebody wrote; never markup
 *
 * Shows text, folded if it is long, with the links in it.
 */
void
handover_message_text_set_text (HandoverMessageText *self,
                                const char          *text)
{
  g_return_if_fail (HANDOVER_IS_MESSAGE_TEXT (self));

  /* An unchanged text keeps what is selected in it. */
  if (g_set_str (&self->text, text))
    update (self);
}
