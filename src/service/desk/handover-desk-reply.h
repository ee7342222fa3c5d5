/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "core/handover-message.h"
#include "service/store/handover-store-messages.h"

G_BEGIN_DECLS

HandoverMessage *handover_desk_reply     (HandoverStore                *store,
                                          const char                   *business_id,
                                          HandoverPerson               *actor,
                                          const char                   *conversation_id,
                                          const char                   *text,
                                          gint64                        epoch,
                                          const HandoverMessageOrigin  *origin,
                                          GError                      **error);
HandoverMessage *handover_desk_note      (HandoverStore                *store,
                                          const char                   *business_id,
                                          HandoverPerson               *actor,
                                          const char                   *conversation_id,
                                          const char                   *text,
                                          const HandoverMessageOrigin  *origin,
                                          GError                      **error);
gboolean         handover_desk_mark_read (HandoverStore                *store,
                                          const char                   *business_id,
                                          HandoverPerson               *actor,
                                          const char                   *conversation_id,
                                          const char                   *message_id,
                                          GError                      **error);

G_END_DECLS
