/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "config.h"

#include "app/inbox/handover-connection-bar.h"

#include <glib/gi18n.h>

#include "app/handover-menus.h"
#include "app/handover-wording.h"
#include "client/handover-actions.h"
#include "core/handover-enum-types.h"

struct _HandoverConnectionBar
{
  AdwBin              parent_instance;

  HandoverAccount    *account;
  HandoverOperator   *operator;
  GSimpleActionGroup *actions;
  GCancellable       *cancellable;

  GtkWidget          *dot;
  GtkLabel           *status;
  GtkWidget          *retry;
  GtkMenuButton      *presence;
};

G_DEFINE_FINAL_TYPE (HandoverConnectionBar, handover_connection_bar, ADW_TYPE_BIN)

static void
set_action_state (HandoverConnectionBar *self,
                  HandoverPresence       presence)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), "set");

  g_simple_action_set_state (G_SIMPLE_ACTION (action),
                             g_variant_new_string (handover_enum_to_nick (HANDOVER_TYPE_PRESENCE, presence)));
}

static void
presence_set_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (HandoverConnectionBar) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer = handover_actions_finish (result, &error);
  g_autofree char *text = NULL;

  if (answer != NULL || error == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  /* Translators: %s says why */
  text = g_strdup_printf (_("Your presence was not changed: %s"), error->message);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", text);
}

static void
set_presence_cb (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  HandoverConnectionBar *self = user_data;
  int presence = handover_enum_from_nick (HANDOVER_TYPE_PRESENCE, g_variant_get_string (parameter, NULL));

  if (self->account == NULL || presence == HANDOVER_PRESENCE_UNKNOWN)
    return;

  handover_actions_set_presence_async (self->account, presence, self->cancellable, presence_set_cb,
                                       g_object_ref (self));
}

static void
retry_cb (HandoverConnectionBar *self)
{
  if (self->account != NULL)
    handover_account_retry (self->account);
}

static void
connection_changed_cb (HandoverConnectionBar *self)
{
  handover_connection_bar_set_connection (self, handover_account_get_connection (self->account),
                                          handover_account_get_gaps (self->account));
}

static void
presence_changed_cb (HandoverConnectionBar *self)
{
  handover_connection_bar_set_presence (self, self->operator->presence);
}

static void
operator_changed_cb (HandoverConnectionBar *self)
{
  if (self->operator != NULL)
    g_signal_handlers_disconnect_by_func (self->operator, presence_changed_cb, self);

  g_set_object (&self->operator, (self->account != NULL ? handover_account_get_operator (self->account) : NULL));
  if (self->operator == NULL)
    return;

  g_signal_connect_object (self->operator, "notify::presence", G_CALLBACK (presence_changed_cb), self,
                           G_CONNECT_SWAPPED);
  presence_changed_cb (self);
}

static void
handover_connection_bar_dispose (GObject *object)
{
  HandoverConnectionBar *self = HANDOVER_CONNECTION_BAR (object);

  g_cancellable_cancel (self->cancellable);
  handover_connection_bar_set_account (self, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), HANDOVER_TYPE_CONNECTION_BAR);

  G_OBJECT_CLASS (handover_connection_bar_parent_class)->dispose (object);
}

static void
handover_connection_bar_finalize (GObject *object)
{
  HandoverConnectionBar *self = HANDOVER_CONNECTION_BAR (object);

  g_clear_object (&self->actions);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (handover_connection_bar_parent_class)->finalize (object);
}

static void
handover_connection_bar_class_init (HandoverConnectionBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = handover_connection_bar_dispose;
  object_class->finalize = handover_connection_bar_finalize;

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/handover-connection-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, HandoverConnectionBar, dot);
  gtk_widget_class_bind_template_child (widget_class, HandoverConnectionBar, status);
  gtk_widget_class_bind_template_child (widget_class, HandoverConnectionBar, retry);
  gtk_widget_class_bind_template_child (widget_class, HandoverConnectionBar, presence);
  gtk_widget_class_bind_template_callback (widget_class, handover_menus_name_items);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
}

static void
handover_connection_bar_init (HandoverConnectionBar *self)
{
  const GActionEntry entries[] = {
    { "set", NULL, "s", "'available'", set_presence_cb, { 0 } },
  };

  self->cancellable = g_cancellable_new ();
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries), self);

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_insert_action_group (GTK_WIDGET (self), "presence", G_ACTION_GROUP (self->actions));
  handover_connection_bar_set_presence (self, HANDOVER_PRESENCE_AVAILABLE);
  handover_connection_bar_set_connection (self, HANDOVER_CONNECTION_CONNECTING, 0);
}

/**
 * handover_connection_bar_set_account:
 * @self: a bar
 * @account: (nullable): whose connection and presence to show
 *
 * Follows another account.
 */
void
handover_connection_bar_set_account (HandoverConnectionBar *self,
                                     HandoverAccount       *account)
{
  g_return_if_fail (HANDOVER_IS_CONNECTION_BAR (self));

  if (self->account == account)
    return;

  if (self->account != NULL)
    {
      g_signal_handlers_disconnect_by_func (self->account, connection_changed_cb, self);
      g_signal_handlers_disconnect_by_func (self->account, operator_changed_cb, self);
    }

  g_set_object (&self->account, account);
  operator_changed_cb (self);
  if (account == NULL)
    return;

  g_signal_connect_object (account, "notify::connection", G_CALLBACK (connection_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (account, "notify::gaps", G_CALLBACK (connection_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (account, "notify::operator", G_CALLBACK (operator_changed_cb), self, G_CONNECT_SWAPPED);
  connection_changed_cb (self);
}

/**
 * handover_connection_bar_set_connection:
 * @self: a bar
 * @connection: how the app stands with its service
 * @gaps: how many events never arrived although later ones did
 *
 * Says whether what one sees is up to date.
 */
void
handover_connection_bar_set_connection (HandoverConnectionBar *self,
                                        HandoverConnection     connection,
                                        guint                  gaps)
{
  const char *dots[] = { "connecting", "connected", "offline", NULL };
  g_autofree char *text = NULL;

  g_return_if_fail (HANDOVER_IS_CONNECTION_BAR (self));

  for (guint i = 0; dots[i] != NULL; i++)
    gtk_widget_remove_css_class (self->dot, dots[i]);

  switch (connection)
    {
    case HANDOVER_CONNECTION_CONNECTED:
      /* Translators: how many events never arrived although later ones did; it should always be 0 */
      text = g_strdup_printf (ngettext ("Connected, %u gap", "Connected, %u gaps", gaps), gaps);
      gtk_widget_add_css_class (self->dot, "connected");
      break;
    case HANDOVER_CONNECTION_OFFLINE:
      text = g_strdup (_("Offline"));
      gtk_widget_add_css_class (self->dot, "offline");
      break;
    case HANDOVER_CONNECTION_CONNECTING:
    default:
      text = g_strdup (_("Connecting…"));
      gtk_widget_add_css_class (self->dot, "connecting");
    }

  gtk_label_set_text (self->status, text);
  gtk_widget_set_visible (self->retry, connection == HANDOVER_CONNECTION_OFFLINE);
}

/**
 * handover_connection_bar_set_presence:
 * @self: a bar
 * @presence: whether the operator takes conversations
 *
 * Shows the operator's presence.
 */
void
handover_connection_bar_set_presence (HandoverConnectionBar *self,
                                      HandoverPresence       presence)
{
  g_return_if_fail (HANDOVER_IS_CONNECTION_BAR (self));

  gtk_menu_button_set_label (self->presence, handover_wording_presence (presence));
  if (presence != HANDOVER_PRESENCE_UNKNOWN)
    set_action_state (self, presence);
}
