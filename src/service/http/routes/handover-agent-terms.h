/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <json-glib/json-glib.h>

#include "service/desk/handover-desk-escalate.h"

G_BEGIN_DECLS

/**
 * HandoverAgentCall:
 * @call: the call, whose members lie in the request's body and below
 * @contact: (nullable): what is told of the customer
 * @lines: (element-type HandoverDeskLine): the transcript
 * @evidence: (nullable): the messages that show it
 *
 * A call for a person as an agent wrote it. The body must outlive it.
 */
typedef struct
{
  HandoverDeskCall call;
  HandoverCustomer *contact;
  GArray *lines;
  char **evidence;
} HandoverAgentCall;

/**
 * HandoverAgentLine:
 * @line: the line, whose members lie in the request's body and below
 * @contact: (nullable): what is told of the customer
 *
 * One message as an agent wrote it. The body must outlive it.
 */
typedef struct
{
  HandoverDeskLine line;
  HandoverCustomer *contact;
} HandoverAgentLine;

gboolean handover_agent_call_read        (HandoverAgentCall  *self,
                                          JsonObject         *body,
                                          JsonObject         *place,
                                          const char         *path,
                                          const char         *external_id,
                                          GError            **error);
void     handover_agent_call_clear       (HandoverAgentCall  *self);
gboolean handover_agent_line_read        (HandoverAgentLine  *self,
                                          JsonObject         *body,
                                          HandoverAuthor      author,
                                          GError            **error);
void     handover_agent_line_clear       (HandoverAgentLine  *self);
gboolean handover_agent_terms_read_after (const char         *after,
                                          gint64             *position,
                                          GError            **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HandoverAgentCall, handover_agent_call_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HandoverAgentLine, handover_agent_line_clear)

G_END_DECLS
