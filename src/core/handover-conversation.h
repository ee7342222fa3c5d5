/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "core/handover-channel-reference.h"
#include "core/handover-customer.h"
#include "core/handover-escalation.h"
#include "core/handover-person.h"
#include "core/handover-preview.h"

G_BEGIN_DECLS

#define HANDOVER_TYPE_CONVERSATION (handover_conversation_get_type ())

G_DECLARE_FINAL_TYPE (HandoverConversation, handover_conversation, HANDOVER, CONVERSATION, HandoverRecord)

/**
 * HandoverConversation:
 *
 * One customer with one agent or channel, over time. \`escalation\` is the open one.
 *
 * Its members are read-only for everybody but the code that makes it.
 */
struct _HandoverConversation
{
  HandoverRecord parent_instance;

  /*< public >*/
  char *id;
  char *external_id;
  HandoverChannelReference *channel;
  char *agent_id;
  HandoverCustomer *customer;
  int control; /* HandoverControl */
  gint64 epoch;
  HandoverPerson *holder;
  gint64 waiting_since;
  HandoverEscalation *escalation;
  JsonNode *metadata;
  HandoverPreview *last_message;
  gint64 unread_count;
  gint64 created_at;
  gint64 updated_at;
  gint64 version;
};

G_END_DECLS
