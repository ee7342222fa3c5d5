/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "config.h"

#include "app/preferences/handover-agent-choice.h"

#include <glib/gi18n.h>

#include "core/handover-agent.h"

struct _HandoverAgentChoice
{
  AdwComboRow    parent_instance;

  GListModel    *agents;
  GtkStringList *names;
  char          *wanted;
};

G_DEFINE_FINAL_TYPE (HandoverAgentChoice, handover_agent_choice, ADW_TYPE_COMBO_ROW)

/* The first choice is nobody; the agents follow in their own order. */
static void
show_wanted (HandoverAgentChoice *self)
{
  guint n = self->agents != NULL ? g_list_model_get_n_items (self->agents) : 0;
  guint selected = 0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (HandoverAgent) agent = g_list_model_get_item (self->agents, i);

      if (g_strcmp0 (agent->id, self->wanted) == 0)
        selected = i + 1;
    }

  adw_combo_row_set_selected (ADW_COMBO_ROW (self), selected);
}

static void
agents_changed_cb (HandoverAgentChoice *self,
                   guint                position,
                   guint                removed,
                   guint                added)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autoptr (GPtrArray) agents = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = position; i < position + added; i++)
    {
      HandoverAgent *agent = g_list_model_get_item (self->agents, i);

      g_ptr_array_add (agents, agent);
      g_ptr_array_add (names, agent->name);
    }
  g_ptr_array_add (names, NULL);

  gtk_string_list_splice (self->names, position + 1, removed, (const char * const *) names->pdata);
  show_wanted (self);
}

static void
handover_agent_choice_finalize (GObject *object)
{
  HandoverAgentChoice *self = HANDOVER_AGENT_CHOICE (object);

  g_clear_object (&self->agents);
  g_clear_object (&self->names);
  g_clear_pointer (&self->wanted, g_free);

  G_OBJECT_CLASS (handover_agent_choice_parent_class)->finalize (object);
}

static void
handover_agent_choice_class_init (HandoverAgentChoiceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = handover_agent_choice_finalize;
}

static void
handover_agent_choice_init (HandoverAgentChoice *self)
{
  /* Translators: no AI agent answers on this channel, people do */
  const char *nobody[] = { C_("AI agent", "None"), NULL };

  self->names = gtk_string_list_new (nobody);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), _("AI Agent"));
  adw_combo_row_set_model (ADW_COMBO_ROW (self), G_LIST_MODEL (self->names));
}

/**
 * handover_agent_choice_set_agents:
 * @self: a row
 * @agents: a list of #HandoverAgent
 *
 * Says which agents there are. To be called once.
 */
void
handover_agent_choice_set_agents (HandoverAgentChoice *self,
                                  GListModel          *agents)
{
  g_return_if_fail (HANDOVER_IS_AGENT_CHOICE (self));
  g_return_if_fail (self->agents == NULL);

  self->agents = g_object_ref (agents);
  g_signal_connect_object (agents, "items-changed", G_CALLBACK (agents_changed_cb), self, G_CONNECT_SWAPPED);
  agents_changed_cb (self, 0, 0, g_list_model_get_n_items (agents));
}

/**
 * handover_agent_choice_choose:
 * @self: a row
 * @agent_id: (nullable): the agent that answers; %NULL: none
 *
 * Shows who answers.
 */
void
handover_agent_choice_choose (HandoverAgentChoice *self,
                              const char          *agent_id)
{
  g_return_if_fail (HANDOVER_IS_AGENT_CHOICE (self));

  g_set_str (&self->wanted, agent_id);
  show_wanted (self);
}

/**
 * handover_agent_choice_get_chosen:
 * @self: a row
 *
 * Gets who was chosen.
 *
 * Returns: (transfer none) (nullable): the agent's id; %NULL: none
 */
const char *
handover_agent_choice_get_chosen (HandoverAgentChoice *self)
{
  guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (self));
  g_autoptr (HandoverAgent) agent = NULL;

  g_return_val_if_fail (HANDOVER_IS_AGENT_CHOICE (self), NULL);

  if (selected == 0 || selected == GTK_INVALID_LIST_POSITION)
    return NULL;

  agent = g_list_model_get_item (self->agents, selected - 1);
  return agent->id;
}
