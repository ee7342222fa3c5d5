/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "core/handover-conversation.h"
#include "core/handover-enums.h"
#include "service/store/handover-store.h"

G_BEGIN_DECLS

HandoverConversation *handover_desk_claim          (HandoverStore       *store,
                                                    const char          *business_id,
                                                    HandoverPerson      *actor,
                                                    const char          *conversation_id,
                                                    GError             **error);
HandoverConversation *handover_desk_release        (HandoverStore       *store,
                                                    const char          *business_id,
                                                    HandoverPerson      *actor,
                                                    const char          *conversation_id,
                                                    GError             **error);
HandoverConversation *handover_desk_transfer       (HandoverStore       *store,
                                                    const char          *business_id,
                                                    HandoverPerson      *actor,
                                                    const char          *conversation_id,
                                                    const char          *target_id,
                                                    GError             **error);
HandoverConversation *handover_desk_resolve        (HandoverStore       *store,
                                                    const char          *business_id,
                                                    HandoverPerson      *actor,
                                                    const char          *conversation_id,
                                                    HandoverOutcome      outcome,
                                                    HandoverResolution   resolution,
                                                    const char          *brief,
                                                    GError             **error);
gboolean              handover_desk_release_all_of (HandoverStore       *store,
                                                    const char          *business_id,
                                                    const char          *operator_id,
                                                    GError             **error);

G_END_DECLS
