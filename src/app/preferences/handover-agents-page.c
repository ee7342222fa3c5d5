/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "app/preferences/handover-agents-page.h"

#include <glib/gi18n.h>

#include "app/handover-wording.h"
#include "app/preferences/handover-key-dialog.h"
#include "app/preferences/handover-preferences-dialog.h"
#include "client/handover-actions.h"
#include "client/store/handover-mirror.h"
#include "config.h"
#include "core/handover-agent.h"
#include "core/handover-time.h"

struct _HandoverAgentsPage
{
  AdwPreferencesPage parent_instance;

  GtkListBox *list;
  GtkWidget *add_group;
  AdwEntryRow *name_row;

  HandoverAccount *account;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (HandoverAgentsPage, handover_agents_page, ADW_TYPE_PREFERENCES_PAGE)

typedef struct
{
  HandoverAgentsPage *page;
  char *agent_name;
} KeyRequest;

static void
key_request_free (KeyRequest *request)
{
  g_object_unref (request->page);
  g_free (request->agent_name);
  g_free (request);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KeyRequest, key_request_free)

static const char *
get_member (JsonNode   *answer,
            const char *member)
{
  if (answer == NULL || !JSON_NODE_HOLDS_OBJECT (answer))
    return NULL;

  return json_object_get_string_member_with_default (json_node_get_object (answer), member, NULL);
}

static void
create_key_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (KeyRequest) request = user_data;
  g_autoptr (JsonNode) answer = NULL;
  GError *error = NULL;
  g_autofree char *address = NULL;
  const char *key;

  answer = handover_actions_finish (result, &error);
  key = get_member (answer, "key");
  if (key != NULL)
    {
      address = handover_account_dup_address (request->page->account);
      adw_dialog_present (ADW_DIALOG (handover_key_dialog_new (address, request->agent_name, key)),
                          GTK_WIDGET (request->page));
    }
  handover_preferences_dialog_report (GTK_WIDGET (request->page), error);
}

static void
create_key (HandoverAgentsPage *self,
            const char         *agent_id,
            const char         *agent_name)
{
  KeyRequest *request = g_new0 (KeyRequest, 1);

  request->page = g_object_ref (self);
  request->agent_name = g_strdup (agent_name);
  handover_actions_create_key_async (self->account, agent_id, NULL, self->cancellable, create_key_cb, request);
}

static void
create_agent_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (HandoverAgentsPage) self = user_data;
  g_autoptr (JsonNode) answer = NULL;
  GError *error = NULL;

  answer = handover_actions_finish (result, &error);
  if (get_member (answer, "id") != NULL)
    {
      gtk_editable_set_text (GTK_EDITABLE (self->name_row), "");
      create_key (self, get_member (answer, "id"), get_member (answer, "name"));
    }
  handover_preferences_dialog_report (GTK_WIDGET (self), error);
}

static void
add_agent_cb (HandoverAgentsPage *self)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name_row))));

  if (*name != '\0')
    handover_actions_create_agent_async (self->account, name, HANDOVER_AGENT_KIND_CUSTOM,
                                         self->cancellable, create_agent_cb, g_object_ref (self));
}

static void
new_key_cb (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  const char *agent_id;
  const char *agent_name;

  g_variant_get (parameter, "(&s&s)", &agent_id, &agent_name);
  create_key (HANDOVER_AGENTS_PAGE (widget), agent_id, agent_name);
}

static void
delete_confirmed_cb (AdwAlertDialog     *dialog,
                     const char         *response,
                     HandoverAgentsPage *self)
{
  const char *agent_id = g_object_get_data (G_OBJECT (dialog), "agent-id");
  const char *key_id = g_object_get_data (G_OBJECT (dialog), "key-id");

  if (g_str_equal (response, "delete"))
    handover_actions_delete_key_async (self->account, agent_id, key_id, self->cancellable,
                                       handover_preferences_dialog_report_cb, g_object_ref (self));
}

static void
delete_key_cb (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  AdwAlertDialog *dialog;
  const char *agent_id;
  const char *key_id;

  g_variant_get (parameter, "(&s&s)", &agent_id, &key_id);
  dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (_("Delete This Key?"),
                                                   _("An agent that still uses it is refused at once, and customers "
                                                     "who write to it wait for a person.")));
  adw_alert_dialog_add_responses (dialog, "cancel", _("_Cancel"), "delete", _("_Delete"), NULL);
  adw_alert_dialog_set_response_appearance (dialog, "delete", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_close_response (dialog, "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "agent-id", g_strdup (agent_id), g_free);
  g_object_set_data_full (G_OBJECT (dialog), "key-id", g_strdup (key_id), g_free);
  g_signal_connect_object (dialog, "response", G_CALLBACK (delete_confirmed_cb), widget, G_CONNECT_DEFAULT);
  adw_dialog_present (ADW_DIALOG (dialog), widget);
}

/* What the service refused does not stay switched. */
static void
enabled_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GtkSwitch) button = user_data;
  g_autoptr (JsonNode) answer = NULL;
  HandoverAgent *agent = g_object_get_data (G_OBJECT (button), "agent");
  GError *error = NULL;

  answer = handover_actions_finish (result, &error);
  if (error != NULL)
    gtk_switch_set_active (button, agent->enabled);
  handover_preferences_dialog_report (GTK_WIDGET (button), error);
}

static gboolean
enabled_set_cb (HandoverAgentsPage *self,
                gboolean            enabled,
                GtkSwitch          *button)
{
  HandoverAgent *agent = g_object_get_data (G_OBJECT (button), "agent");

  /* The switch moves at once; its state follows when the service agrees. */
  if (agent->enabled != enabled)
    handover_actions_set_agent_enabled_async (self->account, agent->id, enabled,
                                              self->cancellable, enabled_cb, g_object_ref (button));
  return TRUE;
}

static char *
describe (HandoverAgent *agent)
{
  g_autofree char *moment = NULL;

  if (agent->last_seen_at == 0)
    return g_strdup (_("Never heard of yet"));

  moment = handover_wording_moment (agent->last_seen_at, handover_time_now ());
  /* Translators: %s is a time or a date: when the AI agent last called. */
  return g_strdup_printf (_("Last heard of: %s"), moment);
}

static GtkWidget *
make_key_row (HandoverAgent *agent,
              JsonObject    *key)
{
  const char *id = json_object_get_string_member_with_default (key, "id", "");
  const char *name = json_object_get_string_member_with_default (key, "name", "");
  const char *created = json_object_get_string_member_with_default (key, "created_at", NULL);
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");
  gint64 at;

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), *name != '\0' ? name : _("Key"));
  if (handover_time_parse (created, &at))
    {
      g_autofree char *moment = handover_wording_moment (at, handover_time_now ());
      /* Translators: %s is a time or a date: when a key was made. */
      g_autofree char *text = g_strdup_printf (_("Made: %s"), moment);

      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
    }

  gtk_widget_set_tooltip_text (button, _("Delete This Key"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Delete This Key"), -1);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "agents.delete-key");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(ss)", agent->id, id);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  return row;
}

static void
fill_keys (AdwExpanderRow *row,
           HandoverAgent  *agent)
{
  GPtrArray *old = g_object_get_data (G_OBJECT (row), "key-rows");
  g_autoptr (GPtrArray) fresh = g_ptr_array_new ();
  JsonArray *keys = agent->keys != NULL && JSON_NODE_HOLDS_ARRAY (agent->keys) ? json_node_get_array (agent->keys) : NULL;

  for (guint i = 0; old != NULL && i < old->len; i++)
    adw_expander_row_remove (row, g_ptr_array_index (old, i));

  for (guint i = 0; keys != NULL && i < json_array_get_length (keys); i++)
    {
      GtkWidget *key_row = make_key_row (agent, json_array_get_object_element (keys, i));

      adw_expander_row_add_row (row, key_row);
      g_ptr_array_add (fresh, key_row);
    }

  g_object_set_data_full (G_OBJECT (row), "key-rows", g_steal_pointer (&fresh), (GDestroyNotify) g_ptr_array_unref);
}

static void
update_row (AdwExpanderRow *row,
            HandoverAgent  *agent)
{
  g_autofree char *subtitle = describe (agent);
  GtkSwitch *button = g_object_get_data (G_OBJECT (row), "switch");

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), agent->name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, agent->name, -1);
  adw_expander_row_set_subtitle (row, subtitle);
  if (button != NULL)
    {
      gtk_switch_set_state (button, agent->enabled);
      gtk_switch_set_active (button, agent->enabled);
    }
}

static void
agent_notify_cb (HandoverAgent  *agent,
                 GParamSpec     *pspec,
                 AdwExpanderRow *row)
{
  update_row (row, agent);
  if (g_str_equal (pspec->name, "keys"))
    fill_keys (row, agent);
}

static void
add_controls (HandoverAgentsPage *self,
              AdwExpanderRow     *row,
              HandoverAgent      *agent)
{
  GtkWidget *button = gtk_switch_new ();
  GtkWidget *key_button = adw_button_row_new ();
  /* Translators: what a switch does; %s is the name of an AI agent. */
  g_autofree char *label = g_strdup_printf (_("Enable %s"), agent->name);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_object_set_data_full (G_OBJECT (button), "agent", g_object_ref (agent), g_object_unref);
  g_object_set_data (G_OBJECT (row), "switch", button);
  adw_expander_row_add_suffix (row, button);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (key_button), _("New Key…"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (key_button), "agents.new-key");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (key_button), "(ss)", agent->id, agent->name);
  adw_expander_row_add_row (row, key_button);

  update_row (row, agent);
  fill_keys (row, agent);
  g_signal_connect_object (button, "state-set", G_CALLBACK (enabled_set_cb), self, G_CONNECT_SWAPPED);
}

static GtkWidget *
create_row_cb (gpointer item,
               gpointer user_data)
{
  HandoverAgentsPage *self = user_data;
  HandoverAgent *agent = HANDOVER_AGENT (item);
  GtkWidget *row = adw_expander_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  if (handover_account_get_operator (self->account)->role >= HANDOVER_ROLE_ADMIN)
    add_controls (self, ADW_EXPANDER_ROW (row), agent);
  else
    adw_expander_row_set_enable_expansion (ADW_EXPANDER_ROW (row), FALSE);

  update_row (ADW_EXPANDER_ROW (row), agent);
  g_signal_connect_object (agent, "notify", G_CALLBACK (agent_notify_cb), row, G_CONNECT_DEFAULT);
  return row;
}

static void
handover_agents_page_dispose (GObject *object)
{
  HandoverAgentsPage *self = HANDOVER_AGENTS_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->list != NULL)
    gtk_list_box_bind_model (self->list, NULL, NULL, NULL, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), HANDOVER_TYPE_AGENTS_PAGE);
  g_clear_object (&self->account);

  G_OBJECT_CLASS (handover_agents_page_parent_class)->dispose (object);
}

static void
handover_agents_page_class_init (HandoverAgentsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = handover_agents_page_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/handover-agents-page.ui");
  gtk_widget_class_bind_template_child (widget_class, HandoverAgentsPage, list);
  gtk_widget_class_bind_template_child (widget_class, HandoverAgentsPage, add_group);
  gtk_widget_class_bind_template_child (widget_class, HandoverAgentsPage, name_row);
  gtk_widget_class_bind_template_callback (widget_class, add_agent_cb);
  gtk_widget_class_install_action (widget_class, "agents.new-key", "(ss)", new_key_cb);
  gtk_widget_class_install_action (widget_class, "agents.delete-key", "(ss)", delete_key_cb);
}

static void
handover_agents_page_init (HandoverAgentsPage *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * handover_agents_page_set_account:
 * @self: the page
 * @account: the signed-in account
 *
 * Shows the business's AI agents. To be called once.
 */
void
handover_agents_page_set_account (HandoverAgentsPage *self,
                                  HandoverAccount    *account)
{
  HandoverMirror *mirror = handover_account_get_mirror (account);

  g_set_object (&self->account, account);
  gtk_list_box_bind_model (self->list, handover_mirror_get_agents (mirror), create_row_cb, self, NULL);
  gtk_widget_set_visible (self->add_group, handover_account_get_operator (account)->role >= HANDOVER_ROLE_ADMIN);
}
