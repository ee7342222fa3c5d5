/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "client/store/handover-outbox.h"

G_BEGIN_DECLS

char *handover_outbox_reason_stale   (HandoverConversation *conversation,
                                      const char           *operator_id);
char *handover_outbox_reason_expired (void);
char *handover_outbox_reason_refused (const char           *detail,
                                      HandoverDraftKind     kind);

G_END_DECLS
