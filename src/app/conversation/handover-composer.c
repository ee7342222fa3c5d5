/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "config.h"

#include "app/conversation/handover-composer.h"

#include <glib/gi18n.h>

#include "app/conversation/handover-attachment-bar.h"
#include "app/conversation/handover-closed-composer.h"
#include "app/conversation/handover-growing-text.h"
#include "app/conversation/handover-message-quote.h"
#include "app/conversation/handover-template-popover.h"
#include "app/handover-announce.h"
#include "app/handover-wording.h"
#include "client/store/handover-draft-file.h"
#include "core/handover-template.h"

struct _HandoverComposer
{
  GtkBox                   parent_instance;

  HandoverTemplateFields   fields;
  char                    *customer;
  gboolean                 open;
  gboolean                 loading;
  gboolean                 quoting;

  /* Two texts, so that no note is ever sent to the customer by a change of mind. */
  GtkTextBuffer           *reply;
  GtkTextBuffer           *note;
  GListModel              *reply_files;
  GListModel              *note_files;

  GtkWidget               *problem_box;
  GtkLabel                *problem;
  HandoverClosedComposer  *closed;
  GtkWidget               *open_box;
  GtkWidget               *quote_bar;
  HandoverMessageQuote    *quote;
  HandoverAttachmentBar   *attachments;
  GtkTextView             *view;
  GtkLabel                *placeholder;
  GtkToggleButton         *reply_toggle;
  GtkToggleButton         *note_toggle;
  GtkMenuButton           *templates_button;
  HandoverTemplatePopover *popover;
  GtkButton               *send_button;
};

G_DEFINE_FINAL_TYPE (HandoverComposer, handover_composer, GTK_TYPE_BOX)

enum
{
  SIGNAL_ABOUT_TO_SEND,
  SIGNAL_SEND_REPLY,
  SIGNAL_SEND_NOTE,
  SIGNAL_DRAFT_CHANGED,
  SIGNAL_PASTE,
  SIGNAL_REMOVE_FILE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gboolean
is_note (HandoverComposer *self)
{
  return gtk_toggle_button_get_active (self->note_toggle);
}

static char *
dup_text (GtkTextBuffer *buffer)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);

  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

/* --- What it looks like --- */

static void
update_text (HandoverComposer *self)
{
  g_autofree char *text = dup_text (gtk_text_view_get_buffer (self->view));
  gboolean empty = *text == '\0';
  gboolean blank = *g_strstrip (text) == '\0' && handover_attachment_bar_get_n (self->attachments) == 0;
  gboolean fits = !handover_attachment_bar_has_too_many (self->attachments);

  gtk_widget_set_visible (GTK_WIDGET (self->placeholder), empty);
  gtk_widget_set_sensitive (GTK_WIDGET (self->send_button), !blank && fits && (is_note (self) || self->open));
}

/* What was written stays in sight while somebody else answers. */
static void
update_kept (HandoverComposer *self)
{
  g_autofree char *draft = g_strstrip (dup_text (self->reply));

  handover_closed_composer_set_draft (self->closed, draft);
}

static void
update_mode (HandoverComposer *self)
{
  gboolean note = is_note (self);
  g_autofree char *hint = NULL;

  gtk_text_view_set_buffer (self->view, note ? self->note : self->reply);
  handover_attachment_bar_set_files (self->attachments, note ? self->note_files : self->reply_files);
  gtk_button_set_label (self->send_button, note ? _("Add Note") : _("Send"));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->send_button), note ? _("Add Note (Ctrl+Enter)")
                                                                    : _("Send (Ctrl+Enter)"));
  if (note)
    hint = g_strdup (_("Only your team will see this"));
  else if (self->customer != NULL)
    {
      g_autofree char *customer = handover_wording_embed (self->customer);

      /* Translators: %s is the customer; / is the key that opens the templates */
      hint = g_strdup_printf (_("Message %s, / for templates"), customer);
    }
  else
    hint = g_strdup (_("Message, / for templates"));
  gtk_label_set_text (self->placeholder, hint);

  gtk_widget_set_visible (self->quote_bar, self->quoting && !note);
  if (note)
    gtk_widget_add_css_class (self->open_box, "note");
  else
    gtk_widget_remove_css_class (self->open_box, "note");

  gtk_widget_set_sensitive (GTK_WIDGET (self->reply_toggle), self->open);
  gtk_widget_set_visible (GTK_WIDGET (self->closed), !self->open && !note);
  /* Whoever was writing stays with the text. */
  if (gtk_widget_is_visible (GTK_WIDGET (self->closed)) && gtk_widget_get_focus_child (self->open_box) != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (self->closed));
  gtk_widget_set_visible (self->open_box, self->open || note);
  update_text (self);
}

static void
mode_changed_cb (HandoverComposer *self)
{
  update_mode (self);
  if (gtk_widget_get_mapped (self->open_box))
    gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
text_changed_cb (HandoverComposer *self,
                 GtkTextBuffer    *buffer)
{
  update_text (self);
  update_kept (self);
  if (!self->loading)
    g_signal_emit (self, signals[SIGNAL_DRAFT_CHANGED], 0, buffer == self->note);
}

/* Files come before the text that stands for them, and text before a picture of it. */
static void
paste_cb (HandoverComposer *self)
{
  GdkContentFormats *formats = gdk_clipboard_get_formats (gtk_widget_get_clipboard (GTK_WIDGET (self)));
  GType type = G_TYPE_INVALID;

  if (gdk_content_formats_contain_gtype (formats, GDK_TYPE_FILE_LIST)
      || gdk_content_formats_contain_mime_type (formats, "text/uri-list"))
    type = GDK_TYPE_FILE_LIST;
  else if (!gdk_content_formats_contain_gtype (formats, G_TYPE_STRING)
           && !gdk_content_formats_contain_mime_type (formats, "text/plain;charset=utf-8")
           && !gdk_content_formats_contain_mime_type (formats, "text/plain"))
    type = GDK_TYPE_TEXTURE;

  if (type == G_TYPE_INVALID)
    return;

  g_signal_stop_emission_by_name (self->view, "paste-clipboard");
  g_signal_emit (self, signals[SIGNAL_PASTE], 0, type);
}

static void
remove_file_cb (HandoverComposer  *self,
                HandoverDraftFile *file)
{
  g_signal_emit (self, signals[SIGNAL_REMOVE_FILE], 0, file);
}

static void
dismiss_cb (HandoverComposer *self)
{
  handover_composer_set_problem (self, NULL);
}

/* --- Keys and templates --- */

static gboolean
is_on_empty_line (HandoverComposer *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->view);
  GtkTextIter cursor;

  if (gtk_text_buffer_get_has_selection (buffer))
    return FALSE;

  gtk_text_buffer_get_iter_at_mark (buffer, &cursor, gtk_text_buffer_get_insert (buffer));

  return gtk_text_iter_starts_line (&cursor) && gtk_text_iter_ends_line (&cursor);
}

static gboolean
key_pressed_cb (HandoverComposer *self,
                guint             key,
                guint             code,
                GdkModifierType   state)
{
  GdkModifierType modifiers = state & gtk_accelerator_get_default_mod_mask ();

  if (modifiers == GDK_CONTROL_MASK && (key == GDK_KEY_Return || key == GDK_KEY_KP_Enter))
    {
      handover_composer_send (self);
      return GDK_EVENT_STOP;
    }

  if ((modifiers & ~GDK_SHIFT_MASK) == 0 && key == GDK_KEY_slash && is_on_empty_line (self))
    {
      handover_composer_pick_template (self);
      return GDK_EVENT_STOP;
    }

  /* Leaves a note that was never begun. */
  if (modifiers == 0 && key == GDK_KEY_Escape && is_note (self) && !self->open
      && gtk_text_buffer_get_char_count (self->note) == 0)
    {
      gtk_toggle_button_set_active (self->reply_toggle, TRUE);
      return GDK_EVENT_STOP;
    }

  if (modifiers == 0 && key == GDK_KEY_Escape && gtk_widget_get_visible (self->quote_bar))
    return gtk_widget_activate_action (GTK_WIDGET (self), "conversation.drop-quote", NULL);

  return GDK_EVENT_PROPAGATE;
}

/* A gap that nothing is known for is selected, so that typing fills it. */
static void
select_gap (HandoverComposer *self,
            const char       *missing,
            int               start_offset)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->view);
  GtkTextIter from, start, end;

  gtk_text_buffer_get_iter_at_offset (buffer, &from, start_offset);
  if (gtk_text_iter_forward_search (&from, missing, 0, &start, &end, NULL))
    gtk_text_buffer_select_range (buffer, &end, &start);
}

static void
picked_cb (HandoverComposer *self,
           HandoverTemplate *template)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->view);
  const char *missing;
  g_autofree char *text = handover_template_fields_fill (&self->fields, template->text, &missing);
  GtkTextIter cursor;
  int offset;

  gtk_text_buffer_delete_selection (buffer, TRUE, TRUE);
  gtk_text_buffer_get_iter_at_mark (buffer, &cursor, gtk_text_buffer_get_insert (buffer));
  offset = gtk_text_iter_get_offset (&cursor);
  gtk_text_buffer_insert (buffer, &cursor, text, -1);
  if (missing != NULL)
    select_gap (self, missing, offset);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
slash_cb (HandoverComposer *self)
{
  gtk_text_buffer_insert_at_cursor (gtk_text_view_get_buffer (self->view), "/", 1);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

/* --- Object --- */

static void
handover_composer_dispose (GObject *object)
{
  HandoverComposer *self = HANDOVER_COMPOSER (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), HANDOVER_TYPE_COMPOSER);
  g_clear_object (&self->reply);
  g_clear_object (&self->note);
  g_clear_object (&self->reply_files);
  g_clear_object (&self->note_files);

  G_OBJECT_CLASS (handover_composer_parent_class)->dispose (object);
}

static void
handover_composer_finalize (GObject *object)
{
  HandoverComposer *self = HANDOVER_COMPOSER (object);

  handover_template_fields_clear (&self->fields);
  g_clear_pointer (&self->customer, g_free);

  G_OBJECT_CLASS (handover_composer_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (HANDOVER_TYPE_ATTACHMENT_BAR);
  g_type_ensure (HANDOVER_TYPE_CLOSED_COMPOSER);
  g_type_ensure (HANDOVER_TYPE_GROWING_TEXT);
  g_type_ensure (HANDOVER_TYPE_MESSAGE_QUOTE);
  g_type_ensure (HANDOVER_TYPE_TEMPLATE_POPOVER);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/handover-composer.ui");
  gtk_widget_class_bind_template_child (widget_class, HandoverComposer, problem_box);
  gtk_widget_class_bind_template_child (widget_class, HandoverComposer, problem);
  gtk_widget_class_bind_template_child (widget_class, HandoverComposer, closed);
  gtk_widget_class_bind_template_child (widget_class, HandoverComposer, open_box);
  gtk_widget_class_bind_template_child (widget_class, HandoverComposer, quote_bar);
  gtk_widget_class_bind_template_child (widget_class, HandoverComposer, quote);
  gtk_widget_class_bind_template_child (widget_class, HandoverComposer, attachments);
  gtk_widget_class_bind_template_child (widget_class, HandoverComposer, view);
  gtk_widget_class_bind_template_child (widget_class, HandoverComposer, placeholder);
  gtk_widget_class_bind_template_child (widget_class, HandoverComposer, reply_toggle);
  gtk_widget_class_bind_template_child (widget_class, HandoverComposer, note_toggle);
  gtk_widget_class_bind_template_child (widget_class, HandoverComposer, templates_button);
  gtk_widget_class_bind_template_child (widget_class, HandoverComposer, popover);
  gtk_widget_class_bind_template_child (widget_class, HandoverComposer, send_button);
  gtk_widget_class_bind_template_callback (widget_class, mode_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, picked_cb);
  gtk_widget_class_bind_template_callback (widget_class, slash_cb);
  gtk_widget_class_bind_template_callback (widget_class, dismiss_cb);
  gtk_widget_class_bind_template_callback (widget_class, paste_cb);
  gtk_widget_class_bind_template_callback (widget_class, update_text);
  gtk_widget_class_bind_template_callback (widget_class, remove_file_cb);
  gtk_widget_class_bind_template_callback (widget_class, handover_composer_send);
}

static void
handover_composer_class_init (HandoverComposerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = handover_composer_dispose;
  G_OBJECT_CLASS (klass)->finalize = handover_composer_finalize;

  /**
   * HandoverComposer::about-to-send:
   *
   * A reply is finished. It stays where it is if a handler says so.
   *
   * Returns: whether to hold it back
   */
  signals[SIGNAL_ABOUT_TO_SEND] = g_signal_new ("about-to-send", HANDOVER_TYPE_COMPOSER, G_SIGNAL_RUN_LAST, 0,
                                                g_signal_accumulator_true_handled, NULL, NULL, G_TYPE_BOOLEAN, 0);
  /**
   * HandoverComposer::send-reply:
   * @text: what to send to the customer
   *
   * A reply is finished.
   */
  signals[SIGNAL_SEND_REPLY] = g_signal_new ("send-reply", HANDOVER_TYPE_COMPOSER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                             NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  /**
   * HandoverComposer::send-note:
   * @text: what to tell the team
   *
   * A note is finished.
   */
  signals[SIGNAL_SEND_NOTE] = g_signal_new ("send-note", HANDOVER_TYPE_COMPOSER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                            NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  /**
   * HandoverComposer::draft-changed:
   * @note: whether it is the unfinished note; %FALSE: the unfinished reply
   *
   * What is being written has been edited.
   */
  signals[SIGNAL_DRAFT_CHANGED] = g_signal_new ("draft-changed", HANDOVER_TYPE_COMPOSER, G_SIGNAL_RUN_LAST, 0, NULL,
                                                NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);

  /**
   * HandoverComposer::paste:
   * @type: a list of files, or a picture
   *
   * Something that is not text is to come from the clipboard.
   */
  signals[SIGNAL_PASTE] = g_signal_new ("paste", HANDOVER_TYPE_COMPOSER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 1, G_TYPE_GTYPE);
  /**
   * HandoverComposer::remove-file:
   * @file: a file of the draft
   *
   * A file is not to be sent after all.
   */
  signals[SIGNAL_REMOVE_FILE] = g_signal_new ("remove-file", HANDOVER_TYPE_COMPOSER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                              NULL, G_TYPE_NONE, 1, HANDOVER_TYPE_DRAFT_FILE);

  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
handover_composer_init (HandoverComposer *self)
{
  self->reply = gtk_text_buffer_new (NULL);
  self->note = gtk_text_buffer_new (NULL);
  gtk_widget_init_template (GTK_WIDGET (self));

  g_signal_connect_object (self->reply, "changed", G_CALLBACK (text_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->note, "changed", G_CALLBACK (text_changed_cb), self, G_CONNECT_SWAPPED);
  handover_composer_set_open (self, FALSE, "");
}

/**
 * handover_composer_set_open:
 * @self: a composer
 * @open: whether this operator may speak to the customer
 * @reason: (nullable): why not, in a sentence
 *
 * Opens or closes it. A note can be written in any case.
 */
void
handover_composer_set_open (HandoverComposer *self,
                            gboolean          open,
                            const char       *reason)
{
  g_return_if_fail (HANDOVER_IS_COMPOSER (self));

  handover_closed_composer_set_reason (self->closed, reason);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->reply_toggle), open ? NULL : reason);
  if (open && !self->open && gtk_text_buffer_get_char_count (self->note) == 0)
    gtk_toggle_button_set_active (self->reply_toggle, TRUE);

  self->open = open;
  update_mode (self);
}

/**
 * handover_composer_set_customer:
 * @self: a composer
 * @customer: (nullable): what the customer is called
 *
 * Says to whom one writes.
 */
void
handover_composer_set_customer (HandoverComposer *self,
                                const char       *customer)
{
  g_return_if_fail (HANDOVER_IS_COMPOSER (self));

  if (g_set_str (&self->customer, customer))
    update_mode (self);
}

static void
set_text (HandoverComposer *self,
          GtkTextBuffer    *buffer,
          const char       *text)
{
  self->loading = TRUE;
  gtk_text_buffer_set_text (buffer, text != NULL ? text : "", -1);
  self->loading = FALSE;
}

/**
 * handover_composer_set_draft:
 * @self: a composer
 * @draft: (nullable): an unfinished reply
 *
 * Goes on with a reply.
 */
void
handover_composer_set_draft (HandoverComposer *self,
                             const char       *draft)
{
  g_return_if_fail (HANDOVER_IS_COMPOSER (self));

  set_text (self, self->reply, draft);
}

/**
 * handover_composer_dup_draft:
 * @self: a composer
 *
 * Gets the unfinished reply.
 *
 * Returns: (transfer full): the text
 */
char *
handover_composer_dup_draft (HandoverComposer *self)
{
  g_return_val_if_fail (HANDOVER_IS_COMPOSER (self), NULL);

  return dup_text (self->reply);
}

/**
 * handover_composer_set_note:
 * @self: a composer
 * @note: (nullable): an unfinished note
 *
 * Goes on with a note. What is shown, the reply or the note, stays.
 */
void
handover_composer_set_note (HandoverComposer *self,
                            const char       *note)
{
  g_return_if_fail (HANDOVER_IS_COMPOSER (self));

  set_text (self, self->note, note);
}

/**
 * handover_composer_show:
 * @self: a composer
 * @note: whether to show the note
 *
 * Shows the reply or the note.
 */
void
handover_composer_show (HandoverComposer *self,
                        gboolean          note)
{
  g_return_if_fail (HANDOVER_IS_COMPOSER (self));

  gtk_toggle_button_set_active (note ? self->note_toggle : self->reply_toggle, TRUE);
}

/**
 * handover_composer_dup_note:
 * @self: a composer
 *
 * Gets the unfinished note.
 *
 * Returns: (transfer full): the text
 */
char *
handover_composer_dup_note (HandoverComposer *self)
{
  g_return_val_if_fail (HANDOVER_IS_COMPOSER (self), NULL);

  return dup_text (self->note);
}

/**
 * handover_composer_get_note:
 * @self: a composer
 *
 * Says what is shown.
 *
 * Returns: whether it is the note; %FALSE: the reply
 */
gboolean
handover_composer_get_note (HandoverComposer *self)
{
  g_return_val_if_fail (HANDOVER_IS_COMPOSER (self), FALSE);

  return is_note (self);
}

/**
 * handover_composer_get_writing:
 * @self: a composer
 *
 * Says whether something can be written now.
 *
 * Returns: whether it is open for what is shown
 */
gboolean
handover_composer_get_writing (HandoverComposer *self)
{
  g_return_val_if_fail (HANDOVER_IS_COMPOSER (self), FALSE);

  return gtk_widget_get_visible (self->open_box);
}

/**
 * handover_composer_set_files:
 * @self: a composer
 * @reply_files: (nullable): the reply's, a list of #HandoverDraftFile
 * @note_files: (nullable): the note's
 *
 * Says what is going to be sent along.
 */
void
handover_composer_set_files (HandoverComposer *self,
                             GListModel       *reply_files,
                             GListModel       *note_files)
{
  g_return_if_fail (HANDOVER_IS_COMPOSER (self));

  g_set_object (&self->reply_files, reply_files);
  g_set_object (&self->note_files, note_files);
  handover_attachment_bar_set_files (self->attachments, is_note (self) ? note_files : reply_files);
}

/**
 * handover_composer_set_quote:
 * @self: a composer
 * @quote: (nullable): the message that the reply answers
 * @reader: who writes
 *
 * Shows above the reply what it answers.
 */
void
handover_composer_set_quote (HandoverComposer     *self,
                             HandoverPreview      *quote,
                             const HandoverReader *reader)
{
  g_return_if_fail (HANDOVER_IS_COMPOSER (self));

  self->quoting = quote != NULL;
  if (quote != NULL)
    handover_message_quote_show (self->quote, quote, reader);
  gtk_widget_set_visible (self->quote_bar, self->quoting && !is_note (self));
}

/**
 * handover_composer_set_problem:
 * @self: a composer
 * @problem: (nullable): why something was not sent, in plain words
 *
 * Says above the text what went wrong with it.
 */
void
handover_composer_set_problem (HandoverComposer *self,
                               const char       *problem)
{
  g_return_if_fail (HANDOVER_IS_COMPOSER (self));

  gtk_label_set_text (self->problem, problem != NULL ? problem : "");
  gtk_widget_set_visible (self->problem_box, problem != NULL);
  if (problem != NULL)
    handover_announce (GTK_WIDGET (self), problem, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
}

/**
 * handover_composer_set_templates:
 * @self: a composer
 * @templates: (nullable): a list of #HandoverTemplate
 *
 * Says which templates there are.
 */
void
handover_composer_set_templates (HandoverComposer *self,
                                 GListModel       *templates)
{
  g_return_if_fail (HANDOVER_IS_COMPOSER (self));

  handover_template_popover_set_model (self->popover, templates);
}

/**
 * handover_composer_set_fields:
 * @self: a composer
 * @fields: what is known
 *
 * Says what the placeholders of templates stand for.
 */
void
handover_composer_set_fields (HandoverComposer             *self,
                              const HandoverTemplateFields *fields)
{
  g_return_if_fail (HANDOVER_IS_COMPOSER (self));

  handover_template_fields_copy (fields, &self->fields);
}

/**
 * handover_composer_write:
 * @self: a composer
 * @note: whether to write a note
 *
 * Puts the cursor where one writes a reply or a note.
 */
void
handover_composer_write (HandoverComposer *self,
                         gboolean          note)
{
  g_return_if_fail (HANDOVER_IS_COMPOSER (self));

  if (!note && !self->open)
    return;

  handover_composer_show (self, note);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static gboolean
can_send (HandoverComposer *self)
{
  return gtk_widget_get_sensitive (GTK_WIDGET (self->send_button)) && gtk_widget_get_visible (self->open_box);
}

/**
 * handover_composer_send_anyway:
 * @self: a composer
 *
 * Sends what has been written, if it may be, without asking whether to hold it back.
 */
void
handover_composer_send_anyway (HandoverComposer *self)
{
  g_autofree char *text = NULL;
  gboolean note;

  g_return_if_fail (HANDOVER_IS_COMPOSER (self));

  if (!can_send (self))
    return;

  note = is_note (self);
  text = g_strstrip (dup_text (note ? self->note : self->reply));
  handover_composer_set_problem (self, NULL);
  /* Whoever sends it takes the draft over: emptied before, it would be nowhere for a moment. */
  g_signal_emit (self, signals[note ? SIGNAL_SEND_NOTE : SIGNAL_SEND_REPLY], 0, text);
  gtk_text_buffer_set_text (note ? self->note : self->reply, "", 0);
  if (note && !self->open)
    gtk_toggle_button_set_active (self->reply_toggle, TRUE);
}

/**
 * handover_composer_send:
 * @self: a composer
 *
 * Sends what has been written, if it may be and nobody holds it back.
 */
void
handover_composer_send (HandoverComposer *self)
{
  gboolean held = FALSE;

  g_return_if_fail (HANDOVER_IS_COMPOSER (self));

  if (!can_send (self))
    return;

  if (!is_note (self))
    g_signal_emit (self, signals[SIGNAL_ABOUT_TO_SEND], 0, &held);
  if (!held)
    handover_composer_send_anyway (self);
}

/**
 * handover_composer_pick_template:
 * @self: a composer
 *
 * Offers the templates, if something can be written.
 */
void
handover_composer_pick_template (HandoverComposer *self)
{
  g_return_if_fail (HANDOVER_IS_COMPOSER (self));

  if (gtk_widget_get_mapped (self->open_box))
    gtk_menu_button_popup (self->templates_button);
}
