/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <json-glib/json-glib.h>

#include "core/handover-conversation.h"
#include "core/handover-message.h"
#include "service/http/handover-principal.h"
#include "service/store/handover-store.h"

G_BEGIN_DECLS

JsonObject *handover_agent_answer_describe         (const HandoverPrincipal  *principal,
                                                    HandoverConversation     *conversation);
JsonObject *handover_agent_answer_describe_call    (const HandoverPrincipal  *principal,
                                                    HandoverConversation     *conversation,
                                                    const char               *transition_message);
JsonObject *handover_agent_answer_describe_message (const HandoverPrincipal  *principal,
                                                    HandoverConversation     *conversation,
                                                    HandoverMessage          *message);
JsonObject *handover_agent_answer_look             (HandoverStore            *store,
                                                    const HandoverPrincipal  *principal,
                                                    const char               *external_id,
                                                    gint64                    after,
                                                    GError                  **error);

G_END_DECLS
