/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "config.h"

#include "app/details/handover-reason-card.h"

#include <glib/gi18n.h>

#include "app/handover-wording.h"

struct _HandoverReasonCard
{
  AdwBin          parent_instance;

  GtkLabel       *trigger;
  GtkLabel       *priority;
  GtkLabel       *sentiment;
  GtkLabel       *confidence;
  GtkProgressBar *bar;
  GtkLabel       *summary;
};

G_DEFINE_FINAL_TYPE (HandoverReasonCard, handover_reason_card, ADW_TYPE_BIN)

static void
show_text (GtkLabel   *label,
           const char *text)
{
  gtk_label_set_text (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && *text != '\0');
}

static void
show_confidence (HandoverReasonCard *self,
                 double              confidence)
{
  g_autofree char *text = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->bar), confidence >= 0);
  if (confidence >= 0)
    {
      /* Translators: how sure the AI was of its answer */
      text = g_strdup_printf (_("%d %% sure"), (int) (confidence * 100 + 0.5));
      gtk_progress_bar_set_fraction (self->bar, CLAMP (confidence, 0, 1));
    }

  show_text (self->confidence, text);
}

static const char *
get_priority (int priority)
{
  switch ((HandoverPriority) priority)
    {
    case HANDOVER_PRIORITY_URGENT:
      return _("Urgent");
    case HANDOVER_PRIORITY_HIGH:
      return _("High priority");
    case HANDOVER_PRIORITY_LOW:
    case HANDOVER_PRIORITY_NORMAL:
    case HANDOVER_PRIORITY_UNKNOWN:
    default:
      return NULL;
    }
}

static void
handover_reason_card_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), HANDOVER_TYPE_REASON_CARD);

  G_OBJECT_CLASS (handover_reason_card_parent_class)->dispose (object);
}

static void
handover_reason_card_class_init (HandoverReasonCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = handover_reason_card_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/handover-reason-card.ui");
  gtk_widget_class_bind_template_child (widget_class, HandoverReasonCard, trigger);
  gtk_widget_class_bind_template_child (widget_class, HandoverReasonCard, priority);
  gtk_widget_class_bind_template_child (widget_class, HandoverReasonCard, sentiment);
  gtk_widget_class_bind_template_child (widget_class, HandoverReasonCard, confidence);
  gtk_widget_class_bind_template_child (widget_class, HandoverReasonCard, bar);
  gtk_widget_class_bind_template_child (widget_class, HandoverReasonCard, summary);
}

static void
handover_reason_card_init (HandoverReasonCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * handover_reason_card_set_escalation:
 * @self: a card
 * @escalation: (nullable): the escalation to show
 *
 * Shows why the AI stopped. What it did not say is absent.
 */
void
handover_reason_card_set_escalation (HandoverReasonCard *self,
                                     HandoverEscalation *escalation)
{
  g_autofree char *summary = NULL;
  g_autofree char *sentiment = NULL;

  g_return_if_fail (HANDOVER_IS_REASON_CARD (self));

  if (escalation == NULL)
    return;

  if (escalation->summary != NULL && *escalation->summary != '\0')
    {
      g_autofree char *words = handover_wording_embed (escalation->summary);

      /* Translators: the AI's own words */
      summary = g_strdup_printf (_("“%s”"), words);
    }

  show_text (self->trigger, handover_wording_trigger (escalation->trigger));
  show_text (self->priority, get_priority (escalation->priority));
  sentiment = handover_wording_sentence (escalation->sentiment != NULL ? escalation->sentiment : "");
  show_text (self->sentiment, sentiment);
  show_confidence (self, escalation->confidence);
  show_text (self->summary, summary);
}
