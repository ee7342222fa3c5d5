/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "app/preferences/handover-invite-dialog.h"

#include <glib/gi18n.h>

#include "app/handover-busy.h"
#include "app/handover-wording.h"
#include "client/handover-actions.h"
#include "config.h"
#include "core/handover-time.h"

struct _HandoverInviteDialog
{
  AdwDialog parent_instance;

  AdwToastOverlay *toasts;
  GtkWidget *ask_group;
  AdwEntryRow *email_row;
  AdwComboRow *role_row;
  GtkWidget *create_group;
  GtkWidget *create_button;
  GtkLabel *error_label;
  AdwPreferencesGroup *invite_group;
  AdwActionRow *invite_row;

  HandoverAccount *account;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (HandoverInviteDialog, handover_invite_dialog, ADW_TYPE_DIALOG)

static void
show_invite (HandoverInviteDialog *self,
             JsonObject           *answer)
{
  const char *expires = json_object_get_string_member_with_default (answer, "expires_at", NULL);
  gint64 at;

  adw_action_row_set_subtitle (self->invite_row, json_object_get_string_member_with_default (answer, "invite", ""));
  if (handover_time_parse (expires, &at))
    {
      g_autofree char *moment = handover_wording_moment (at, handover_time_now ());
      /* Translators: %s is a date or a time. */
      g_autofree char *text = g_strdup_printf (_("It can be used once, until %s."), moment);

      adw_preferences_group_set_description (self->invite_group, text);
    }

  gtk_widget_set_visible (self->ask_group, FALSE);
  gtk_widget_set_visible (self->create_group, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->invite_group), TRUE);
}

static void
create_invite_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (HandoverInviteDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer = handover_actions_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  handover_busy_end (self->create_button, answer == NULL);
  if (answer != NULL && JSON_NODE_HOLDS_OBJECT (answer))
    {
      show_invite (self, json_node_get_object (answer));
      return;
    }

  gtk_label_set_text (self->error_label, error != NULL ? error->message : _("The service gave no invite."));
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), TRUE);
}

static void
create_cb (HandoverInviteDialog *self)
{
  g_autofree char *email = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->email_row))));
  HandoverRole role = adw_combo_row_get_selected (self->role_row) == 1 ? HANDOVER_ROLE_ADMIN : HANDOVER_ROLE_OPERATOR;

  gtk_widget_set_visible (GTK_WIDGET (self->error_label), FALSE);
  handover_busy_begin (self->create_button);
  handover_actions_create_invite_async (self->account, *email != '\0' ? email : NULL, role,
                                        self->cancellable, create_invite_cb, g_object_ref (self));
}

static void
copy_cb (HandoverInviteDialog *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), adw_action_row_get_subtitle (self->invite_row));
  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (_("Copied")));
}

static void
handover_invite_dialog_dispose (GObject *object)
{
  HandoverInviteDialog *self = HANDOVER_INVITE_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), HANDOVER_TYPE_INVITE_DIALOG);
  g_clear_object (&self->account);

  G_OBJECT_CLASS (handover_invite_dialog_parent_class)->dispose (object);
}

static void
handover_invite_dialog_class_init (HandoverInviteDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = handover_invite_dialog_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/handover-invite-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, HandoverInviteDialog, toasts);
  gtk_widget_class_bind_template_child (widget_class, HandoverInviteDialog, ask_group);
  gtk_widget_class_bind_template_child (widget_class, HandoverInviteDialog, email_row);
  gtk_widget_class_bind_template_child (widget_class, HandoverInviteDialog, role_row);
  gtk_widget_class_bind_template_child (widget_class, HandoverInviteDialog, create_group);
  gtk_widget_class_bind_template_child (widget_class, HandoverInviteDialog, create_button);
  gtk_widget_class_bind_template_child (widget_class, HandoverInviteDialog, error_label);
  gtk_widget_class_bind_template_child (widget_class, HandoverInviteDialog, invite_group);
  gtk_widget_class_bind_template_child (widget_class, HandoverInviteDialog, invite_row);
  gtk_widget_class_bind_template_callback (widget_class, create_cb);
  gtk_widget_class_bind_template_callback (widget_class, copy_cb);
}

static void
handover_invite_dialog_init (HandoverInviteDialog *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * handover_invite_dialog_new:
 * @account: the account of an admin or owner
 *
 * Makes the dialog that creates an invite and shows it to be passed on.
 *
 * Returns: (transfer floating): the dialog
 */
HandoverInviteDialog *
handover_invite_dialog_new (HandoverAccount *account)
{
  HandoverInviteDialog *self = g_object_new (HANDOVER_TYPE_INVITE_DIALOG, NULL);

  g_set_object (&self->account, account);
  return self;
}
