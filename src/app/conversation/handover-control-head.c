/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "config.h"

#include "app/conversation/handover-control-head.h"

#include <glib/gi18n.h>

#include "app/handover-wording.h"
#include "core/handover-control-machine.h"
#include "core/handover-time.h"

struct _HandoverControlHead
{
  GtkBox                parent_instance;

  HandoverConversation *conversation;
  char                 *operator_id;
  gboolean              agent_enabled;
  gboolean              compact;
  const char           *css_class;
  guint                 tick_id;

  GtkImage             *icon;
  GtkLabel             *title;
  GtkLabel             *summary;
  GtkWidget            *buttons;
  GtkWidget            *claim_button;
  GtkWidget            *hand_back_button;
  GtkWidget            *close_button;
  GtkWidget            *release_button;
  GtkWidget            *transfer_button;
};

G_DEFINE_FINAL_TYPE (HandoverControlHead, handover_control_head, GTK_TYPE_BOX)

typedef enum
{
  PROP_COMPACT = 1,
} HandoverControlHeadProperty;

static GParamSpec *properties[PROP_COMPACT + 1];

static gboolean
is_mine (HandoverControlHead *self)
{
  return self->conversation->holder != NULL && g_strcmp0 (self->conversation->holder->id, self->operator_id) == 0;
}

static void
update_title (HandoverControlHead *self)
{
  HandoverConversation *conversation = self->conversation;
  g_autofree char *title = NULL;

  switch ((HandoverControl) conversation->control)
    {
    case HANDOVER_CONTROL_WAITING:
      if (conversation->waiting_since > 0)
        {
          g_autofree char *wait = handover_wording_wait (handover_time_now () - conversation->waiting_since);

          /* Translators: %s is a clock, such as 2:14 */
          title = g_strdup_printf (_("Waiting for a person, %s"), wait);
        }
      else
        title = g_strdup (_("Waiting for a person"));
      break;
    case HANDOVER_CONTROL_OPERATOR:
      if (is_mine (self))
        {
          title = g_strdup (_("You are answering"));
        }
      else
        {
          g_autofree char *name = handover_wording_embed (conversation->holder != NULL ? conversation->holder->name
                                                                                       : _("A colleague"));

          /* Translators: %s is a colleague */
          title = g_strdup_printf (_("%s is answering"), name);
        }
      break;
    case HANDOVER_CONTROL_CLOSED:
      /* Translators: the state of one conversation */
      title = g_strdup (C_("conversation", "Closed"));
      break;
    case HANDOVER_CONTROL_AGENT:
    case HANDOVER_CONTROL_UNKNOWN:
    default:
      title = g_strdup (_("The AI is answering"));
    }

  gtk_label_set_text (self->title, title);
}

static void
set_look (HandoverControlHead *self,
          const char          *css_class,
          const char          *icon)
{
  gtk_image_set_from_icon_name (self->icon, icon);
  if (self->css_class == css_class)
    return;

  if (self->css_class != NULL)
    gtk_widget_remove_css_class (GTK_WIDGET (self), self->css_class);
  self->css_class = css_class;
  if (css_class != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), css_class);
}

static void
update_look (HandoverControlHead *self)
{
  switch ((HandoverControl) self->conversation->control)
    {
    case HANDOVER_CONTROL_WAITING:
      set_look (self, "waiting", "handover-waiting-symbolic");
      break;
    case HANDOVER_CONTROL_OPERATOR:
      set_look (self, is_mine (self) ? "yours" : NULL, "avatar-default-symbolic");
      break;
    case HANDOVER_CONTROL_CLOSED:
      set_look (self, NULL, "handover-close-symbolic");
      break;
    case HANDOVER_CONTROL_AGENT:
    case HANDOVER_CONTROL_UNKNOWN:
    default:
      set_look (self, NULL, "handover-agent-symbolic");
    }
}

static void
update_summary (HandoverControlHead *self)
{
  HandoverEscalation *escalation = self->conversation->escalation;
  const char *text = "";

  if (escalation != NULL && self->conversation->control == HANDOVER_CONTROL_WAITING)
    text = escalation->summary != NULL && *escalation->summary != '\0' ? escalation->summary
                                                                       : handover_wording_trigger (escalation->trigger);

  gtk_label_set_text (self->summary, text);
  gtk_widget_set_visible (GTK_WIDGET (self->summary), *text != '\0');
}

static gboolean
allows (HandoverControlHead *self,
        HandoverCommand      command)
{
  HandoverConversation *conversation = self->conversation;
  HandoverControlState state = {
    .control = conversation->control,
    .epoch = conversation->epoch,
    .holder_id = conversation->holder != NULL ? conversation->holder->id : NULL,
    .escalation_open = conversation->control == HANDOVER_CONTROL_WAITING
                       || conversation->control == HANDOVER_CONTROL_OPERATOR,
  };
  /* Whether a colleague or an AI is there is told where it matters, not by a missing button. */
  HandoverControlInput input = {
    .command = command,
    .actor_id = self->operator_id,
    .target_id = "",
    .target_available = TRUE,
    .agent_enabled = TRUE,
    .epoch = conversation->epoch,
  };

  return handover_control_machine_allows (&state, &input);
}

static void
update_buttons (HandoverControlHead *self)
{
  gboolean waiting = self->conversation->control == HANDOVER_CONTROL_WAITING;
  gboolean claims = allows (self, HANDOVER_COMMAND_CLAIM) && !is_mine (self);
  gboolean transfers = allows (self, HANDOVER_COMMAND_TRANSFER);
  gboolean hands_back = allows (self, HANDOVER_COMMAND_RESUME_AGENT);
  gboolean roomy = !self->compact;

  gtk_widget_set_visible (self->claim_button, claims);
  gtk_widget_set_visible (self->hand_back_button, hands_back);
  gtk_widget_set_visible (self->close_button, allows (self, HANDOVER_COMMAND_CLOSE) && (roomy || !hands_back));
  gtk_widget_set_visible (self->release_button, allows (self, HANDOVER_COMMAND_RELEASE) && roomy);
  gtk_widget_set_visible (self->transfer_button, transfers && roomy);
  gtk_widget_set_visible (self->buttons, claims || transfers);

  if (waiting)
    gtk_widget_add_css_class (self->claim_button, "suggested-action");
  else
    gtk_widget_remove_css_class (self->claim_button, "suggested-action");

  gtk_widget_set_tooltip_text (self->hand_back_button,
                               self->agent_enabled ? NULL : _("No AI is connected to this conversation"));
}

static gboolean
tick_cb (gpointer user_data)
{
  update_title (HANDOVER_CONTROL_HEAD (user_data));

  return G_SOURCE_CONTINUE;
}

static void
update_tick (HandoverControlHead *self)
{
  gboolean ticks = gtk_widget_get_mapped (GTK_WIDGET (self)) && self->conversation != NULL
                   && self->conversation->control == HANDOVER_CONTROL_WAITING;

  if (ticks && self->tick_id == 0)
    self->tick_id = g_timeout_add_seconds (1, tick_cb, self);
  else if (!ticks)
    g_clear_handle_id (&self->tick_id, g_source_remove);
}

static void
handover_control_head_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (handover_control_head_parent_class)->map (widget);
  if (HANDOVER_CONTROL_HEAD (widget)->conversation != NULL)
    update_title (HANDOVER_CONTROL_HEAD (widget));
  update_tick (HANDOVER_CONTROL_HEAD (widget));
}

static void
handover_control_head_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (handover_control_head_parent_class)->unmap (widget);
  update_tick (HANDOVER_CONTROL_HEAD (widget));
}

static void
handover_control_head_get_property (GObject    *object,
                                    guint       property_id,
                                    GValue     *value,
                                    GParamSpec *pspec)
{
  switch ((HandoverControlHeadProperty) property_id)
    {
    case PROP_COMPACT:
      g_value_set_boolean (value, HANDOVER_CONTROL_HEAD (object)->compact);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
handover_control_head_set_property (GObject      *object,
                                    guint         property_id,
                                    const GValue *value,
                                    GParamSpec   *pspec)
{
  HandoverControlHead *self = HANDOVER_CONTROL_HEAD (object);

  switch ((HandoverControlHeadProperty) property_id)
    {
    case PROP_COMPACT:
      self->compact = g_value_get_boolean (value);
      if (self->conversation != NULL)
        update_buttons (self);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
handover_control_head_dispose (GObject *object)
{
  HandoverControlHead *self = HANDOVER_CONTROL_HEAD (object);

  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_clear_object (&self->conversation);
  gtk_widget_dispose_template (GTK_WIDGET (self), HANDOVER_TYPE_CONTROL_HEAD);

  G_OBJECT_CLASS (handover_control_head_parent_class)->dispose (object);
}

static void
handover_control_head_finalize (GObject *object)
{
  g_clear_pointer (&HANDOVER_CONTROL_HEAD (object)->operator_id, g_free);

  G_OBJECT_CLASS (handover_control_head_parent_class)->finalize (object);
}

static void
handover_control_head_class_init (HandoverControlHeadClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = handover_control_head_get_property;
  object_class->set_property = handover_control_head_set_property;
  object_class->dispose = handover_control_head_dispose;
  object_class->finalize = handover_control_head_finalize;
  widget_class->map = handover_control_head_map;
  widget_class->unmap = handover_control_head_unmap;

  /**
   * HandoverControlHead:compact:
   *
   * Whether only the first of the buttons is shown; the others are in the conversation's menu as well.
   */
  properties[PROP_COMPACT] =
    g_param_spec_boolean ("compact", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/handover-control-head.ui");
  gtk_widget_class_bind_template_child (widget_class, HandoverControlHead, icon);
  gtk_widget_class_bind_template_child (widget_class, HandoverControlHead, title);
  gtk_widget_class_bind_template_child (widget_class, HandoverControlHead, summary);
  gtk_widget_class_bind_template_child (widget_class, HandoverControlHead, buttons);
  gtk_widget_class_bind_template_child (widget_class, HandoverControlHead, claim_button);
  gtk_widget_class_bind_template_child (widget_class, HandoverControlHead, hand_back_button);
  gtk_widget_class_bind_template_child (widget_class, HandoverControlHead, close_button);
  gtk_widget_class_bind_template_child (widget_class, HandoverControlHead, release_button);
  gtk_widget_class_bind_template_child (widget_class, HandoverControlHead, transfer_button);
}

static void
handover_control_head_init (HandoverControlHead *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * handover_control_head_show:
 * @self: a head
 * @conversation: what to speak of
 * @operator_id: (nullable): who reads this
 * @agent_enabled: whether an AI could go on
 *
 * Says who may speak to the customer, and offers what this operator can do about it.
 */
void
handover_control_head_show (HandoverControlHead  *self,
                            HandoverConversation *conversation,
                            const char           *operator_id,
                            gboolean              agent_enabled)
{
  g_return_if_fail (HANDOVER_IS_CONTROL_HEAD (self));

  g_set_object (&self->conversation, conversation);
  g_set_str (&self->operator_id, operator_id);
  self->agent_enabled = agent_enabled;

  update_title (self);
  update_look (self);
  update_summary (self);
  update_buttons (self);
  update_tick (self);
}

/**
 * handover_control_head_get_title:
 * @self: a head
 *
 * Gets what the head says.
 *
 * Returns: the sentence
 */
const char *
handover_control_head_get_title (HandoverControlHead *self)
{
  g_return_val_if_fail (HANDOVER_IS_CONTROL_HEAD (self), NULL);

  return gtk_label_get_text (self->title);
}
