/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "core/handover-escalation.h"
#include "service/store/handover-store.h"

G_BEGIN_DECLS

GPtrArray *handover_store_list_escalations  (HandoverStore       *self,
                                             const char          *business_id,
                                             const char          *conversation_id,
                                             const char          *cursor,
                                             guint                limit,
                                             char               **next_cursor,
                                             GError             **error);
char      *handover_store_find_escalation   (HandoverStore       *self,
                                             const char          *business_id,
                                             const char          *escalation_id,
                                             GError             **error);
gboolean   handover_store_insert_escalation (HandoverStore       *self,
                                             const char          *business_id,
                                             HandoverEscalation  *escalation,
                                             GError             **error);
gboolean   handover_store_save_escalation   (HandoverStore       *self,
                                             const char          *business_id,
                                             HandoverEscalation  *escalation,
                                             GError             **error);

G_END_DECLS
