/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "config.h"

#include "app/preferences/handover-channel-row.h"

#include <glib/gi18n.h>

#include "app/handover-wording.h"
#include "app/preferences/handover-agent-choice.h"
#include "app/preferences/handover-preferences-dialog.h"
#include "client/handover-actions.h"
#include "client/store/handover-mirror.h"
#include "core/handover-time.h"

struct _HandoverChannelRow
{
  AdwExpanderRow          parent_instance;

  HandoverAccount        *account;
  HandoverChannelAccount *channel;
  GCancellable           *cancellable;

  GtkImage               *icon;
  GtkWidget              *warning_icon;
  AdwActionRow           *problem_row;
  AdwActionRow           *received_row;
  AdwActionRow           *sent_row;
  HandoverAgentChoice    *agent_row;
  GtkWidget              *disconnect_row;
};

G_DEFINE_FINAL_TYPE (HandoverChannelRow, handover_channel_row, ADW_TYPE_EXPANDER_ROW)

static const char *
word_state (HandoverChannelAccount *channel)
{
  switch ((HandoverChannelState) channel->state)
    {
    case HANDOVER_CHANNEL_STATE_CONNECTED:
      return _("Connected");
    case HANDOVER_CHANNEL_STATE_FAILING:
      /* Translators: the state of a channel that does not work now; the service goes on trying */
      return _("Not working, trying again");
    case HANDOVER_CHANNEL_STATE_DISCONNECTED:
      return _("Disconnected");
    case HANDOVER_CHANNEL_STATE_UNKNOWN:
    default:
      return _("State not known");
    }
}

static void
show_moment (AdwActionRow *row,
             gint64        at)
{
  g_autofree char *moment = at > 0 ? handover_wording_moment (at, handover_time_now ()) : NULL;

  /* Translators: no message has come in or gone out so far */
  adw_action_row_set_subtitle (row, moment != NULL ? moment : _("None so far"));
}

static void
show_problem (HandoverChannelRow *self)
{
  HandoverChannelAccount *channel = self->channel;
  g_autofree char *moment = NULL;
  g_autofree char *text = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->problem_row), channel->last_error != NULL);
  if (channel->last_error == NULL)
    return;

  moment = handover_wording_moment (channel->last_error_at, handover_time_now ());
  text = g_strdup_printf ("%s · %s", channel->last_error, moment);
  adw_action_row_set_subtitle (self->problem_row, text);
}

static void
update (HandoverChannelRow *self)
{
  HandoverChannelAccount *channel = self->channel;
  gboolean connected = channel->state != HANDOVER_CHANNEL_STATE_DISCONNECTED;
  g_autofree char *handle = channel->handle != NULL ? handover_wording_isolate (channel->handle) : NULL;
  g_autofree char *subtitle = NULL;

  subtitle = handle != NULL ? g_strdup_printf ("%s · %s", handle, word_state (channel)) : g_strdup (word_state (channel));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), channel->name);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), subtitle);
  gtk_image_set_from_icon_name (self->icon, handover_wording_channel_icon (channel->kind));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->icon), handover_wording_channel (channel->kind));
  gtk_widget_set_visible (self->warning_icon, channel->state == HANDOVER_CHANNEL_STATE_FAILING);

  show_problem (self);
  show_moment (self->received_row, channel->last_received_at);
  show_moment (self->sent_row, channel->last_sent_at);
  handover_agent_choice_choose (self->agent_row, channel->agent_id);
  gtk_widget_set_visible (GTK_WIDGET (self->agent_row), connected);
  gtk_widget_set_visible (self->disconnect_row, connected);
}

/* --- Changing it --- */

/* What the service refused does not stay chosen. */
static void
attached_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (HandoverChannelRow) self = user_data;
  GError *error = NULL;
  g_autoptr (JsonNode) answer = handover_actions_finish (result, &error);

  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    handover_agent_choice_choose (self->agent_row, self->channel->agent_id);
  handover_preferences_dialog_report (GTK_WIDGET (self), error);
}

static void
agent_chosen_cb (HandoverChannelRow *self)
{
  const char *chosen = handover_agent_choice_get_chosen (self->agent_row);

  if (self->channel == NULL || g_strcmp0 (chosen, self->channel->agent_id) == 0)
    return;

  handover_actions_attach_agent_async (self->account, self->channel->id, chosen, self->cancellable, attached_cb,
                                       g_object_ref (self));
}

static void
confirmed_cb (AdwAlertDialog     *dialog,
              const char         *response,
              HandoverChannelRow *self)
{
  if (g_str_equal (response, "disconnect"))
    handover_actions_disconnect_channel_async (self->account, self->channel->id, self->cancellable,
                                               handover_preferences_dialog_report_cb, g_object_ref (self));
}

static void
disconnect_cb (HandoverChannelRow *self)
{
  g_autofree char *name = handover_wording_embed (self->channel->name);
  /* Translators: %s is the name of a channel */
  g_autofree char *heading = g_strdup_printf (_("Disconnect %s?"), name);
  AdwAlertDialog *dialog = NULL;

  dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (heading, _("Customers' messages there no longer arrive, and what "
                                                              "has not been sent stays unsent. The conversations "
                                                              "are kept.")));
  adw_alert_dialog_add_responses (dialog, "cancel", _("_Cancel"), "disconnect", _("_Disconnect"), NULL);
  adw_alert_dialog_set_response_appearance (dialog, "disconnect", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_close_response (dialog, "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (confirmed_cb), self, G_CONNECT_DEFAULT);
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self));
}

/* --- Object --- */

static void
handover_channel_row_dispose (GObject *object)
{
  HandoverChannelRow *self = HANDOVER_CHANNEL_ROW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->channel);
  gtk_widget_dispose_template (GTK_WIDGET (self), HANDOVER_TYPE_CHANNEL_ROW);
  g_clear_object (&self->account);

  G_OBJECT_CLASS (handover_channel_row_parent_class)->dispose (object);
}

static void
handover_channel_row_finalize (GObject *object)
{
  g_object_unref (HANDOVER_CHANNEL_ROW (object)->cancellable);

  G_OBJECT_CLASS (handover_channel_row_parent_class)->finalize (object);
}

static void
handover_channel_row_class_init (HandoverChannelRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = handover_channel_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = handover_channel_row_finalize;

  g_type_ensure (HANDOVER_TYPE_AGENT_CHOICE);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/handover-channel-row.ui");
  gtk_widget_class_bind_template_child (widget_class, HandoverChannelRow, icon);
  gtk_widget_class_bind_template_child (widget_class, HandoverChannelRow, warning_icon);
  gtk_widget_class_bind_template_child (widget_class, HandoverChannelRow, problem_row);
  gtk_widget_class_bind_template_child (widget_class, HandoverChannelRow, received_row);
  gtk_widget_class_bind_template_child (widget_class, HandoverChannelRow, sent_row);
  gtk_widget_class_bind_template_child (widget_class, HandoverChannelRow, agent_row);
  gtk_widget_class_bind_template_child (widget_class, HandoverChannelRow, disconnect_row);
  gtk_widget_class_bind_template_callback (widget_class, agent_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, disconnect_cb);
}

static void
handover_channel_row_init (HandoverChannelRow *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * handover_channel_row_new:
 * @account: the signed-in account
 * @channel: a connected channel
 *
 * Makes a row that tells in plain words how a channel does, and lets admins change it.
 *
 * Returns: (transfer floating): the row
 */
GtkWidget *
handover_channel_row_new (HandoverAccount        *account,
                          HandoverChannelAccount *channel)
{
  HandoverChannelRow *self = g_object_new (HANDOVER_TYPE_CHANNEL_ROW, NULL);
  gboolean may = handover_account_get_operator (account)->role >= HANDOVER_ROLE_ADMIN;

  self->account = g_object_ref (account);
  handover_agent_choice_set_agents (self->agent_row, handover_mirror_get_agents (handover_account_get_mirror (account)));
  self->channel = g_object_ref (channel);
  gtk_widget_set_sensitive (GTK_WIDGET (self->agent_row), may);
  gtk_widget_set_sensitive (self->disconnect_row, may);
  g_signal_connect_object (channel, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);

  return GTK_WIDGET (self);
}
