/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "core/handover-person.h"
#include "service/store/handover-store.h"

G_BEGIN_DECLS

gboolean handover_store_find_colleague         (HandoverStore   *self,
                                                const char      *business_id,
                                                const char      *operator_id,
                                                HandoverPerson **person,
                                                gboolean        *available,
                                                GError         **error);
gboolean handover_store_is_agent_able          (HandoverStore   *self,
                                                const char      *business_id,
                                                const char      *agent_id,
                                                gboolean        *able,
                                                GError         **error);
gboolean handover_store_get_transition_message (HandoverStore   *self,
                                                const char      *business_id,
                                                char           **text,
                                                GError         **error);

G_END_DECLS
