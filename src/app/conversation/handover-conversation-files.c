/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#define G_LOG_DOMAIN "handover-conversation-files"

#include "config.h"

#include "app/conversation/handover-conversation-page-private.h"

#include <glib/gi18n.h>

#include "client/store/handover-outbox-files.h"

/* Files for a reply or a note: chosen, dropped or pasted. The draft keeps them, so nothing here does. */

/* What a file is being added to; the operator may have gone on to another conversation meanwhile. */
typedef struct
{
  HandoverConversationPage *page;
  HandoverOutbox *outbox;
  char *conversation_id;
  HandoverDraftKind kind;
  GPtrArray *files;
  guint next;
} Adding;

static void
adding_free (Adding *adding)
{
  g_object_unref (adding->page);
  g_object_unref (adding->outbox);
  g_free (adding->conversation_id);
  g_ptr_array_unref (adding->files);
  g_free (adding);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Adding, adding_free)

static Adding *
adding_new (HandoverConversationPage *self)
{
  Adding *adding = g_new0 (Adding, 1);

  adding->page = g_object_ref (self);
  adding->outbox = g_object_ref (handover_account_get_outbox (self->account));
  adding->conversation_id = g_strdup (self->conversation->id);
  adding->kind = handover_composer_get_note (self->composer) ? HANDOVER_DRAFT_NOTE : HANDOVER_DRAFT_REPLY;
  adding->files = g_ptr_array_new_with_free_func (g_object_unref);

  return adding;
}

static gboolean
can_add (HandoverConversationPage *self)
{
  return self->account != NULL && self->conversation != NULL && handover_composer_get_writing (self->composer);
}

/* --- Adding --- */

static void add_next (Adding *adding);

static void
added_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  Adding *adding = user_data;
  g_autoptr (GError) error = NULL;

  if (!handover_outbox_add_file_finish (HANDOVER_OUTBOX (source), result, &error)
      && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    handover_composer_set_problem (adding->page->composer, error->message);

  add_next (adding);
}

/* One after another: the customer gets them in the order in which they were given. Takes @adding. */
static void
add_next (Adding *adding)
{
  if (adding->next < adding->files->len)
    handover_outbox_add_file_async (adding->outbox, adding->conversation_id, adding->kind,
                                    g_ptr_array_index (adding->files, adding->next++), adding->page->cancellable,
                                    added_cb, adding);
  else
    adding_free (adding);
}

static void
encode_in_thread (GTask        *task,
                  gpointer      source,
                  gpointer      data,
                  GCancellable *cancellable)
{
  g_task_return_pointer (task, gdk_texture_save_to_png_bytes (data), (GDestroyNotify) g_bytes_unref);
}

static void
encoded_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  Adding *adding = user_data;
  g_autoptr (GBytes) bytes = g_task_propagate_pointer (G_TASK (result), NULL);
  /* Translators: the name of a file with a picture that was pasted */
  g_autofree char *name = g_strconcat (_("Picture"), ".png", NULL);

  if (bytes != NULL)
    handover_outbox_add_bytes_async (adding->outbox, adding->conversation_id, adding->kind, bytes, name,
                                     adding->page->cancellable, added_cb, adding);
  else
    adding_free (adding);
}

/* A picture that is in no file, such as the clipboard's, becomes one. */
static void
add_picture (Adding     *adding,
             GdkTexture *picture)
{
  g_autoptr (GTask) task = g_task_new (NULL, adding->page->cancellable, encoded_cb, adding);

  g_task_set_source_tag (task, add_picture);
  g_task_set_task_data (task, g_object_ref (picture), g_object_unref);
  g_task_run_in_thread (task, encode_in_thread);
}

static void
add_value (Adding       *taken,
           const GValue *value)
{
  g_autoptr (Adding) adding = taken;

  if (G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    {
      g_autoptr (GSList) files = gdk_file_list_get_files (g_value_get_boxed (value));

      for (GSList *l = files; l != NULL; l = l->next)
        g_ptr_array_add (adding->files, g_object_ref (l->data));
      add_next (g_steal_pointer (&adding));
    }
  else if (G_VALUE_HOLDS (value, GDK_TYPE_TEXTURE))
    add_picture (g_steal_pointer (&adding), g_value_get_object (value));
}

/* --- Choosing, dropping and pasting --- */

static void
chosen_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (Adding) adding = user_data;
  g_autoptr (GListModel) files = gtk_file_dialog_open_multiple_finish (GTK_FILE_DIALOG (source), result, NULL);

  for (guint i = 0; files != NULL && i < g_list_model_get_n_items (files); i++)
    g_ptr_array_add (adding->files, g_list_model_get_item (files, i));
  add_next (g_steal_pointer (&adding));
}

static void
attach_cb (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  HandoverConversationPage *self = HANDOVER_CONVERSATION_PAGE (widget);
  g_autoptr (GtkFileDialog) dialog = NULL;

  if (!can_add (self))
    return;

  dialog = gtk_file_dialog_new ();
  gtk_file_dialog_set_title (dialog, _("Attach Files"));
  gtk_file_dialog_set_accept_label (dialog, _("_Attach"));
  gtk_file_dialog_open_multiple (dialog, GTK_WINDOW (gtk_widget_get_root (widget)), self->cancellable, chosen_cb,
                                 adding_new (self));
}

static gboolean
drop_cb (HandoverConversationPage *self,
         const GValue             *value)
{
  if (!can_add (self))
    return FALSE;

  add_value (adding_new (self), value);
  return TRUE;
}

static GdkDragAction
over_cb (HandoverConversationPage *self)
{
  return can_add (self) ? GDK_ACTION_COPY : 0;
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (Adding) adding = user_data;
  g_autoptr (GError) error = NULL;
  const GValue *value = gdk_clipboard_read_value_finish (GDK_CLIPBOARD (source), result, &error);

  if (value != NULL)
    add_value (g_steal_pointer (&adding), value);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    handover_composer_set_problem (adding->page->composer, error->message);
}

static void
paste_cb (HandoverConversationPage *self,
          GType                     type)
{
  if (can_add (self))
    gdk_clipboard_read_value_async (gtk_widget_get_clipboard (GTK_WIDGET (self)), type, G_PRIORITY_DEFAULT,
                                    self->cancellable, read_cb, adding_new (self));
}

static void
remove_cb (HandoverConversationPage *self,
           HandoverDraftFile        *file)
{
  handover_outbox_remove_file (handover_account_get_outbox (self->account), file);
}

/**
 * handover_conversation_page_install_files:
 * @widget_class: the page's class
 *
 * Installs the action that attaches files.
 */
void
handover_conversation_page_install_files (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "conversation.attach", NULL, attach_cb);
}

/**
 * handover_conversation_page_accept_files:
 * @self: a page that is being made
 *
 * Takes files that are dropped or pasted.
 */
void
handover_conversation_page_accept_files (HandoverConversationPage *self)
{
  GType types[] = { GDK_TYPE_FILE_LIST, GDK_TYPE_TEXTURE };
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_INVALID, GDK_ACTION_COPY);

  gtk_drop_target_set_gtypes (target, types, G_N_ELEMENTS (types));
  /* Before the text view, which would write down where a file is. */
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (target), GTK_PHASE_CAPTURE);
  g_signal_connect_object (target, "enter", G_CALLBACK (over_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (target, "motion", G_CALLBACK (over_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));

  g_signal_connect_object (self->composer, "paste", G_CALLBACK (paste_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->composer, "remove-file", G_CALLBACK (remove_cb), self, G_CONNECT_SWAPPED);
}

/**
 * handover_conversation_page_show_files:
 * @self: a page
 *
 * Shows the files of the open conversation's drafts.
 */
void
handover_conversation_page_show_files (HandoverConversationPage *self)
{
  HandoverOutbox *outbox = self->account != NULL ? handover_account_get_outbox (self->account) : NULL;
  GListModel *reply_files = NULL;
  GListModel *note_files = NULL;

  if (outbox != NULL && self->conversation != NULL)
    {
      reply_files = handover_outbox_get_files (outbox, self->conversation->id, HANDOVER_DRAFT_REPLY);
      note_files = handover_outbox_get_files (outbox, self->conversation->id, HANDOVER_DRAFT_NOTE);
    }

  handover_composer_set_files (self->composer, reply_files, note_files);
}
