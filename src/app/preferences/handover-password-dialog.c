/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "app/preferences/handover-password-dialog.h"

#include "client/handover-actions.h"
#include "config.h"

/* The service says no to less; the button says so earlier. */
#define MIN_PASSWORD_CHARACTERS 10

struct _HandoverPasswordDialog
{
  AdwDialog parent_instance;

  AdwEntryRow *old_row;
  AdwEntryRow *new_row;
  GtkLabel *error_label;
  GtkWidget *save_button;

  HandoverAccount *account;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (HandoverPasswordDialog, handover_password_dialog, ADW_TYPE_DIALOG)

static const char *
get_text (AdwEntryRow *row)
{
  return gtk_editable_get_text (GTK_EDITABLE (row));
}

static void
changed_cb (HandoverPasswordDialog *self)
{
  gtk_widget_set_sensitive (self->save_button,
                            *get_text (self->old_row) != '\0' &&
                            g_utf8_strlen (get_text (self->new_row), -1) >= MIN_PASSWORD_CHARACTERS);
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), FALSE);
}

static void
set_password_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (HandoverPasswordDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer = handover_actions_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (error == NULL)
    {
      adw_dialog_close (ADW_DIALOG (self));
      return;
    }

  changed_cb (self);
  gtk_label_set_text (self->error_label, error->message);
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->old_row));
}

static void
save_cb (HandoverPasswordDialog *self)
{
  gtk_widget_set_sensitive (self->save_button, FALSE);
  handover_actions_set_password_async (self->account, get_text (self->old_row), get_text (self->new_row),
                                       self->cancellable, set_password_cb, g_object_ref (self));
}

static void
handover_password_dialog_dispose (GObject *object)
{
  HandoverPasswordDialog *self = HANDOVER_PASSWORD_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), HANDOVER_TYPE_PASSWORD_DIALOG);
  g_clear_object (&self->account);

  G_OBJECT_CLASS (handover_password_dialog_parent_class)->dispose (object);
}

static void
handover_password_dialog_class_init (HandoverPasswordDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = handover_password_dialog_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/handover-password-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, HandoverPasswordDialog, old_row);
  gtk_widget_class_bind_template_child (widget_class, HandoverPasswordDialog, new_row);
  gtk_widget_class_bind_template_child (widget_class, HandoverPasswordDialog, error_label);
  gtk_widget_class_bind_template_child (widget_class, HandoverPasswordDialog, save_button);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
}

static void
handover_password_dialog_init (HandoverPasswordDialog *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * handover_password_dialog_new:
 * @account: the signed-in account
 *
 * Makes the dialog in which an operator changes the own password.
 *
 * Returns: (transfer floating): the dialog
 */
HandoverPasswordDialog *
handover_password_dialog_new (HandoverAccount *account)
{
  HandoverPasswordDialog *self = g_object_new (HANDOVER_TYPE_PASSWORD_DIALOG, NULL);

  g_set_object (&self->account, account);
  return self;
}
