/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "core/handover-agent.h"
#include "service/store/handover-store.h"

G_BEGIN_DECLS

HandoverAgent *handover_store_get_agent          (HandoverStore  *self,
                                                  const char     *business_id,
                                                  const char     *agent_id,
                                                  GError        **error);
GPtrArray     *handover_store_list_agents        (HandoverStore  *self,
                                                  const char     *business_id,
                                                  GError        **error);
gboolean       handover_store_is_agent_reachable (HandoverStore  *self,
                                                  const char     *business_id,
                                                  const char     *agent_id,
                                                  gboolean       *reachable,
                                                  GError        **error);
gboolean       handover_store_add_agent          (HandoverStore  *self,
                                                  const char     *business_id,
                                                  HandoverAgent  *agent,
                                                  GError        **error);
gboolean       handover_store_update_agent       (HandoverStore  *self,
                                                  const char     *business_id,
                                                  HandoverAgent  *agent,
                                                  GError        **error);
gboolean       handover_store_log_agent          (HandoverStore  *self,
                                                  const char     *business_id,
                                                  const char     *agent_id,
                                                  GError        **error);
gboolean       handover_store_note_agent_seen    (HandoverStore  *self,
                                                  const char     *business_id,
                                                  const char     *agent_id,
                                                  gint64          now,
                                                  gint64          since,
                                                  GError        **error);

G_END_DECLS
