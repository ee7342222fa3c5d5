/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#define G_LOG_DOMAIN "handover-conversation-commands"

#include "config.h"

#include "app/conversation/handover-conversation-page-private.h"

#include <glib/gi18n.h>

#include "app/conversation/handover-resolve-dialog.h"
#include "app/conversation/handover-templates-dialog.h"
#include "app/conversation/handover-transfer-dialog.h"
#include "client/handover-actions.h"
#include "core/handover-control-machine.h"

/* One command that is on its way to the service. */
typedef struct
{
  HandoverConversationPage *page;
  char *conversation_id;
  GtkWidget *dialog;
  gboolean then_write;
} Command;

static void
command_free (Command *command)
{
  g_object_unref (command->page);
  g_clear_object (&command->dialog);
  g_free (command->conversation_id);
  g_free (command);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Command, command_free)

static Command *
command_new (HandoverConversationPage *self,
             gpointer                  dialog)
{
  Command *command = g_new0 (Command, 1);

  command->page = g_object_ref (self);
  command->conversation_id = g_strdup (self->conversation->id);
  if (dialog != NULL)
    command->dialog = g_object_ref (dialog);

  self->busy = TRUE;
  handover_conversation_page_update_commands (self);

  return command;
}

static void
show_problem (Command    *command,
              const char *problem)
{
  AdwToast *toast;

  if (HANDOVER_IS_RESOLVE_DIALOG (command->dialog))
    handover_resolve_dialog_set_problem (HANDOVER_RESOLVE_DIALOG (command->dialog), problem);
  else if (HANDOVER_IS_TRANSFER_DIALOG (command->dialog))
    handover_transfer_dialog_set_problem (HANDOVER_TRANSFER_DIALOG (command->dialog), problem);
  else
    {
      toast = adw_toast_new (problem);
      adw_toast_set_use_markup (toast, FALSE);
      adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
      adw_toast_overlay_add_toast (command->page->toasts, toast);
    }
}

static void
command_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (Command) command = user_data;
  HandoverConversationPage *self = command->page;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer = handover_actions_finish (result, &error);

  self->busy = FALSE;
  handover_conversation_page_update_commands (self);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (error != NULL)
    {
      show_problem (command, error->message);
      return;
    }

  if (command->dialog != NULL)
    adw_dialog_force_close (ADW_DIALOG (command->dialog));
  if (command->then_write && self->conversation != NULL
      && g_strcmp0 (self->conversation->id, command->conversation_id) == 0)
    handover_composer_write (self->composer, FALSE);
}

static void
claim_cb (GtkWidget  *widget,
          const char *action_name,
          GVariant   *parameter)
{
  HandoverConversationPage *self = HANDOVER_CONVERSATION_PAGE (widget);
  Command *command = command_new (self, NULL);

  command->then_write = TRUE;
  handover_actions_claim_async (self->account, command->conversation_id, self->cancellable, command_cb, command);
}

static void
release_cb (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  HandoverConversationPage *self = HANDOVER_CONVERSATION_PAGE (widget);
  Command *command = command_new (self, NULL);

  handover_actions_release_async (self->account, command->conversation_id, self->cancellable, command_cb, command);
}

static gboolean
is_still_for (HandoverConversationPage *self,
              gpointer                  dialog)
{
  const char *id = g_object_get_data (G_OBJECT (dialog), "conversation-id");

  return self->conversation != NULL && g_strcmp0 (self->conversation->id, id) == 0;
}

static gboolean
is_open (HandoverConversationPage *self,
         GType                     type)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  AdwDialog *dialog = NULL;

  if (ADW_IS_APPLICATION_WINDOW (root))
    dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (root));

  return dialog != NULL && G_OBJECT_TYPE (dialog) == type;
}

/* A dialog belongs to the conversation that it was opened over; its key pressed again opens no second one. */
static void
present_dialog (HandoverConversationPage *self,
                AdwDialog                *dialog)
{
  g_autoptr (AdwDialog) unneeded = is_open (self, G_OBJECT_TYPE (dialog)) ? g_object_ref_sink (dialog) : NULL;

  if (unneeded != NULL)
    return;

  g_object_set_data_full (G_OBJECT (dialog), "conversation-id", g_strdup (self->conversation->id), g_free);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

static void
hand_back_accepted_cb (HandoverResolveDialog    *dialog,
                       HandoverConversationPage *self)
{
  g_autofree char *brief = handover_resolve_dialog_dup_brief (dialog);
  Command *command;

  if (!is_still_for (self, dialog))
    return;

  command = command_new (self, dialog);
  handover_actions_hand_back_async (self->account, command->conversation_id,
                                    handover_resolve_dialog_get_result (dialog), brief, self->cancellable,
                                    command_cb, command);
}

static void
hand_back_cb (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  AdwDialog *dialog = handover_resolve_dialog_new_hand_back ();

  g_signal_connect_object (dialog, "accepted", G_CALLBACK (hand_back_accepted_cb), widget, 0);
  present_dialog (HANDOVER_CONVERSATION_PAGE (widget), dialog);
}

static void
close_accepted_cb (HandoverResolveDialog    *dialog,
                   HandoverConversationPage *self)
{
  Command *command;

  if (!is_still_for (self, dialog))
    return;

  command = command_new (self, dialog);
  handover_actions_close_async (self->account, command->conversation_id, handover_resolve_dialog_get_result (dialog),
                                self->cancellable, command_cb, command);
}

static void
close_cb (GtkWidget  *widget,
          const char *action_name,
          GVariant   *parameter)
{
  AdwDialog *dialog = handover_resolve_dialog_new_close ();

  g_signal_connect_object (dialog, "accepted", G_CALLBACK (close_accepted_cb), widget, 0);
  present_dialog (HANDOVER_CONVERSATION_PAGE (widget), dialog);
}

static void
transfer_picked_cb (HandoverTransferDialog   *dialog,
                    const char               *operator_id,
                    HandoverConversationPage *self)
{
  Command *command;

  if (!is_still_for (self, dialog))
    return;

  command = command_new (self, dialog);
  handover_actions_transfer_async (self->account, command->conversation_id, operator_id, self->cancellable,
                                   command_cb, command);
}

static void
transfer_cb (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  HandoverConversationPage *self = HANDOVER_CONVERSATION_PAGE (widget);
  HandoverMirror *mirror = handover_account_get_mirror (self->account);
  AdwDialog *dialog = handover_transfer_dialog_new (handover_mirror_get_operators (mirror),
                                                    handover_conversation_page_get_operator_id (self));

  g_signal_connect_object (dialog, "picked", G_CALLBACK (transfer_picked_cb), widget, 0);
  present_dialog (self, dialog);
}

static void
write_cb (GtkWidget  *widget,
          const char *action_name,
          GVariant   *parameter)
{
  handover_composer_write (HANDOVER_CONVERSATION_PAGE (widget)->composer,
                           g_str_equal (action_name, "conversation.note"));
}

static void
send_cb (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  handover_composer_send (HANDOVER_CONVERSATION_PAGE (widget)->composer);
}

static void
templates_cb (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  handover_composer_pick_template (HANDOVER_CONVERSATION_PAGE (widget)->composer);
}

static void
edit_templates_cb (GtkWidget  *widget,
                   const char *action_name,
                   GVariant   *parameter)
{
  HandoverConversationPage *self = HANDOVER_CONVERSATION_PAGE (widget);

  adw_dialog_present (handover_templates_dialog_new (self->account), widget);
}

static void
withdraw_cb (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  HandoverConversationPage *self = HANDOVER_CONVERSATION_PAGE (widget);
  HandoverOutbox *outbox = handover_account_get_outbox (self->account);

  if (!handover_outbox_withdraw (outbox, g_variant_get_string (parameter, NULL)))
    adw_toast_overlay_add_toast (self->toasts, adw_toast_new (_("Too late: it may have been sent already")));
}

/**
 * handover_conversation_page_install_commands:
 * @widget_class: the page's class
 *
 * Declares what can be done with a conversation.
 */
void
handover_conversation_page_install_commands (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "conversation.claim", NULL, claim_cb);
  gtk_widget_class_install_action (widget_class, "conversation.release", NULL, release_cb);
  gtk_widget_class_install_action (widget_class, "conversation.transfer", NULL, transfer_cb);
  gtk_widget_class_install_action (widget_class, "conversation.hand-back", NULL, hand_back_cb);
  gtk_widget_class_install_action (widget_class, "conversation.close", NULL, close_cb);
  gtk_widget_class_install_action (widget_class, "conversation.note", NULL, write_cb);
  gtk_widget_class_install_action (widget_class, "conversation.reply", NULL, write_cb);
  gtk_widget_class_install_action (widget_class, "conversation.send", NULL, send_cb);
  gtk_widget_class_install_action (widget_class, "conversation.templates", NULL, templates_cb);
  gtk_widget_class_install_action (widget_class, "conversation.edit-templates", NULL, edit_templates_cb);
  gtk_widget_class_install_action (widget_class, "conversation.withdraw", "s", withdraw_cb);
}

static gboolean
allows (HandoverConversationPage *self,
        HandoverCommand           command)
{
  HandoverConversation *conversation = self->conversation;
  const char *operator_id = handover_conversation_page_get_operator_id (self);
  const char *holder_id = conversation->holder != NULL ? conversation->holder->id : NULL;
  HandoverControlState state = {
    .control = conversation->control,
    .epoch = conversation->epoch,
    .holder_id = holder_id,
    .escalation_open = conversation->control == HANDOVER_CONTROL_WAITING
                       || conversation->control == HANDOVER_CONTROL_OPERATOR,
  };
  HandoverControlInput input = {
    .command = command,
    .actor_id = operator_id,
    .target_id = "",
    .target_available = TRUE,
    .agent_enabled = handover_conversation_page_has_agent (self),
    .epoch = conversation->epoch,
  };

  if (command == HANDOVER_COMMAND_CLAIM && g_strcmp0 (holder_id, operator_id) == 0)
    return FALSE;

  return handover_control_machine_allows (&state, &input);
}

/**
 * handover_conversation_page_update_commands:
 * @self: a page
 *
 * Switches off what this operator cannot do now.
 */
void
handover_conversation_page_update_commands (HandoverConversationPage *self)
{
  static const struct
  {
    const char *action_name;
    HandoverCommand command;
  } commands[] = {
    { "conversation.claim", HANDOVER_COMMAND_CLAIM },
    { "conversation.release", HANDOVER_COMMAND_RELEASE },
    { "conversation.transfer", HANDOVER_COMMAND_TRANSFER },
    { "conversation.hand-back", HANDOVER_COMMAND_RESUME_AGENT },
    { "conversation.close", HANDOVER_COMMAND_CLOSE },
    { "conversation.reply", HANDOVER_COMMAND_REPLY },
  };
  gboolean shown = self->account != NULL && self->conversation != NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), commands[i].action_name,
                                   shown && !self->busy && allows (self, commands[i].command));

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "conversation.note", shown);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "conversation.send", shown);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "conversation.templates", shown);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "conversation.edit-templates", shown);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "conversation.withdraw", shown);
}
