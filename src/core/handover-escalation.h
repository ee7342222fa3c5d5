/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "core/handover-person.h"

G_BEGIN_DECLS

#define HANDOVER_TYPE_ESCALATION (handover_escalation_get_type ())

G_DECLARE_FINAL_TYPE (HandoverEscalation, handover_escalation, HANDOVER, ESCALATION, HandoverRecord)

/**
 * HandoverEscalation:
 *
 * One cry for help inside a conversation.
 *
 * Its members are read-only for everybody but the code that makes it.
 */
struct _HandoverEscalation
{
  HandoverRecord parent_instance;

  /*< public >*/
  char *id;
  char *conversation_id;
  int trigger; /* HandoverTrigger */
  char *summary;
  double confidence;
  char *sentiment;
  int priority; /* HandoverPriority */
  char **evidence;
  gint64 opened_at;
  gint64 claimed_at;
  HandoverPerson *claimed_by;
  gint64 resolved_at;
  int resolution; /* HandoverResolution */
  int receipt; /* HandoverReceipt */
};

G_END_DECLS
