/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "config.h"

#include "app/preferences/handover-connect-dialog.h"

#include <string.h>

#include "app/handover-announce.h"
#include "app/handover-busy.h"
#include "app/preferences/handover-agent-choice.h"
#include "client/handover-actions.h"
#include "client/store/handover-mirror.h"

struct _HandoverConnectDialog
{
  AdwDialog            parent_instance;

  HandoverAccount     *account;
  GCancellable        *cancellable;

  AdwPasswordEntryRow *token_row;
  HandoverAgentChoice *agent_row;
  GtkWidget           *connect_button;
  GtkWidget           *busy;
  GtkLabel            *error_label;
};

G_DEFINE_FINAL_TYPE (HandoverConnectDialog, handover_connect_dialog, ADW_TYPE_DIALOG)

enum
{
  SIGNAL_CONNECTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gboolean
has_token (HandoverConnectDialog *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->token_row));

  return text[strspn (text, " \t\n")] != '\0';
}

static void
set_busy (HandoverConnectDialog *self,
          gboolean               busy)
{
  GtkWidget *rows[] = { GTK_WIDGET (self->token_row), GTK_WIDGET (self->agent_row) };

  gtk_widget_set_visible (self->busy, busy);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      if (busy)
        handover_busy_begin (rows[i]);
      else
        handover_busy_end (rows[i], FALSE);
    }
  gtk_widget_set_sensitive (self->connect_button, !busy && has_token (self));
}

static void
show_error (HandoverConnectDialog *self,
            const char            *text)
{
  gtk_label_set_text (self->error_label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), text != NULL);
  if (text != NULL)
    handover_announce (GTK_WIDGET (self), text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
}

static void
token_changed_cb (HandoverConnectDialog *self)
{
  show_error (self, NULL);
  gtk_widget_set_sensitive (self->connect_button, has_token (self));
}

static void
connected_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (HandoverConnectDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer = handover_actions_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  set_busy (self, FALSE);
  if (error != NULL)
    {
      show_error (self, error->message);
      gtk_widget_grab_focus (GTK_WIDGET (self->token_row));
      return;
    }

  if (JSON_NODE_HOLDS_OBJECT (answer))
    g_signal_emit (self, signals[SIGNAL_CONNECTED], 0,
                   json_object_get_string_member_with_default (json_node_get_object (answer), "name", ""));
  adw_dialog_close (ADW_DIALOG (self));
}

static void
connect_cb (HandoverConnectDialog *self)
{
  g_autofree char *token = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->token_row))));

  show_error (self, NULL);
  set_busy (self, TRUE);
  handover_actions_connect_channel_async (self->account, HANDOVER_CHANNEL_KIND_TELEGRAM, token,
                                          handover_agent_choice_get_chosen (self->agent_row), self->cancellable,
                                          connected_cb, g_object_ref (self));
  explicit_bzero (token, strlen (token));
}

static void
handover_connect_dialog_dispose (GObject *object)
{
  HandoverConnectDialog *self = HANDOVER_CONNECT_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), HANDOVER_TYPE_CONNECT_DIALOG);
  g_clear_object (&self->account);

  G_OBJECT_CLASS (handover_connect_dialog_parent_class)->dispose (object);
}

static void
handover_connect_dialog_finalize (GObject *object)
{
  g_object_unref (HANDOVER_CONNECT_DIALOG (object)->cancellable);

  G_OBJECT_CLASS (handover_connect_dialog_parent_class)->finalize (object);
}

static void
handover_connect_dialog_class_init (HandoverConnectDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = handover_connect_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = handover_connect_dialog_finalize;

  /**
   * HandoverConnectDialog::connected:
   * @name: what the channel is called
   *
   * A channel has been connected.
   */
  signals[SIGNAL_CONNECTED] = g_signal_new ("connected", HANDOVER_TYPE_CONNECT_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                            NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (HANDOVER_TYPE_AGENT_CHOICE);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/handover-connect-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, HandoverConnectDialog, token_row);
  gtk_widget_class_bind_template_child (widget_class, HandoverConnectDialog, agent_row);
  gtk_widget_class_bind_template_child (widget_class, HandoverConnectDialog, connect_button);
  gtk_widget_class_bind_template_child (widget_class, HandoverConnectDialog, busy);
  gtk_widget_class_bind_template_child (widget_class, HandoverConnectDialog, error_label);
  gtk_widget_class_bind_template_callback (widget_class, token_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, connect_cb);
}

static void
handover_connect_dialog_init (HandoverConnectDialog *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * handover_connect_dialog_new:
 * @account: the account of an admin or owner
 *
 * Makes the dialog that connects a Telegram bot by its token.
 *
 * Returns: (transfer floating): the dialog
 */
AdwDialog *
handover_connect_dialog_new (HandoverAccount *account)
{
  HandoverConnectDialog *self = g_object_new (HANDOVER_TYPE_CONNECT_DIALOG, NULL);

  self->account = g_object_ref (account);
  handover_agent_choice_set_agents (self->agent_row, handover_mirror_get_agents (handover_account_get_mirror (account)));

  return ADW_DIALOG (self);
}
