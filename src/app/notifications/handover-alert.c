/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "config.h"

#include "app/notifications/handover-alert.h"

#include <glib/gi18n.h>

#include "app/handover-wording.h"
#include "core/handover-facts.h"

/* So much of the summary is read at a glance. */
#define SUMMARY_LENGTH 120

static char *
shorten (const char *text)
{
  g_autofree char *line = g_strdelimit (g_strstrip (g_strdup (text)), "\n\r\t", ' ');
  g_autofree char *start = NULL;

  if (g_utf8_strlen (line, -1) <= SUMMARY_LENGTH)
    return g_steal_pointer (&line);

  start = g_utf8_substring (line, 0, SUMMARY_LENGTH);

  return g_strconcat (start, "…", NULL);
}

static char *
describe (HandoverConversation *conversation)
{
  HandoverEscalation *escalation = conversation->escalation;
  g_autoptr (HandoverFacts) facts = handover_facts_new (conversation->metadata);
  g_autoptr (GStrvBuilder) lines = g_strv_builder_new ();
  g_auto (GStrv) joined = NULL;

  if (escalation != NULL && escalation->summary != NULL && *escalation->summary != '\0')
    g_strv_builder_take (lines, shorten (escalation->summary));
  else if (escalation != NULL)
    g_strv_builder_add (lines, handover_wording_trigger (escalation->trigger));

  if (facts->order_number != NULL)
    /* Translators: a line of a notification; %s is the number of an order */
    g_strv_builder_take (lines, g_strdup_printf (_("Order %s"), facts->order_number));

  joined = g_strv_builder_end (lines);

  return g_strjoinv ("\n", joined);
}

static int
get_urgency (HandoverConversation *conversation)
{
  int priority = conversation->escalation != NULL ? conversation->escalation->priority : HANDOVER_PRIORITY_UNKNOWN;

  switch (priority)
    {
    case HANDOVER_PRIORITY_URGENT:
    case HANDOVER_PRIORITY_HIGH:
      return HANDOVER_ALERT_CRITICAL;
    case HANDOVER_PRIORITY_LOW:
      return 0;
    default:
      return 1;
    }
}

/**
 * handover_alert_new:
 * @conversation: a conversation that waits for a person
 *
 * Words the alert for a conversation.
 *
 * Returns: (transfer full): the alert
 */
HandoverAlert *
handover_alert_new (HandoverConversation *conversation)
{
  HandoverAlert *self = g_new0 (HandoverAlert, 1);
  g_autofree char *name = handover_wording_customer (conversation->customer);
  g_autofree char *customer = handover_wording_embed (name);

  self->key = g_strdup (conversation->id);
  /* Translators: the title of a notification; %s is the name of a customer */
  self->title = g_strdup_printf (_("%s needs a person"), customer);
  self->body = describe (conversation);
  self->urgency = get_urgency (conversation);
  self->can_take_over = TRUE;

  return self;
}

/**
 * handover_alert_copy:
 * @self: an alert
 *
 * Copies an alert.
 *
 * Returns: (transfer full): the copy
 */
HandoverAlert *
handover_alert_copy (const HandoverAlert *self)
{
  HandoverAlert *copy = g_memdup2 (self, sizeof *self);

  copy->key = g_strdup (self->key);
  copy->title = g_strdup (self->title);
  copy->body = g_strdup (self->body);

  return copy;
}

/**
 * handover_alert_free:
 * @self: (transfer full): an alert
 *
 * Frees an alert.
 */
void
handover_alert_free (HandoverAlert *self)
{
  g_free (self->key);
  g_free (self->title);
  g_free (self->body);
  g_free (self);
}
