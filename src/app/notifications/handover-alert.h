/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "core/handover-conversation.h"

G_BEGIN_DECLS

/**
 * HANDOVER_ALERT_CRITICAL:
 *
 * The urgency that a desktop shows until somebody closes it.
 */
#define HANDOVER_ALERT_CRITICAL 2

/**
 * HandoverAlert:
 * @key: what it is about: the id of a conversation
 * @title: its title
 * @body: its text, plain
 * @urgency: 0 low, 1 normal, 2 critical
 * @can_take_over: whether it offers to take the conversation over
 * @has_sound: whether it is heard as well
 *
 * One notification, as the desktop shows it.
 */
typedef struct
{
  char *key;
  char *title;
  char *body;
  int urgency;
  gboolean can_take_over;
  gboolean has_sound;
} HandoverAlert;

HandoverAlert *handover_alert_new  (HandoverConversation *conversation);
HandoverAlert *handover_alert_copy (const HandoverAlert  *self);
void           handover_alert_free (HandoverAlert        *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HandoverAlert, handover_alert_free)

G_END_DECLS
