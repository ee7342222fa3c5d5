/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "core/handover-record.h"
#include "core/handover-signal.h"
#include "database/handover-database.h"
#include "service/store/handover-log-line.h"

G_BEGIN_DECLS

/**
 * HandoverAudience:
 * @agent_id: (nullable): the agent that may see the event; %NULL: no agent
 * @operator_id: (nullable): the only operator that may; %NULL: all of the business
 *
 * Who may see an event. %NULL in place of an audience: all operators, no agent.
 */
typedef struct
{
  const char *agent_id;
  const char *operator_id;
} HandoverAudience;

#define HANDOVER_TYPE_STORE (handover_store_get_type ())
G_DECLARE_FINAL_TYPE (HandoverStore, handover_store, HANDOVER, STORE, GObject)

HandoverStore    *handover_store_new           (HandoverDatabase        *database,
                                                gboolean                 writer,
                                                GError                 **error);
HandoverDatabase *handover_store_get_database (HandoverStore           *self);
char             *handover_store_new_id       (const char              *prefix);

gboolean          handover_store_start_log    (HandoverStore           *self,
                                               const char              *business_id,
                                               GError                 **error);
gboolean          handover_store_append_event (HandoverStore           *self,
                                               const char              *business_id,
                                               const char              *kind,
                                               HandoverRecord          *object,
                                               const HandoverAudience  *audience,
                                               GError                 **error);
void              handover_store_signal       (HandoverStore           *self,
                                               const char              *business_id,
                                               HandoverSignal          *signal);
void              handover_store_wake_channel (HandoverStore          *self,
                                               const char              *business_id,
                                               const char              *channel_id,
                                               const char              *conversation_id);
void              handover_store_tell_channel (HandoverStore           *self,
                                               const char              *business_id,
                                               const char              *channel_id,
                                               const char              *kind,
                                               const char              *about);
gboolean          handover_store_renew_log    (HandoverDatabase        *database,
                                               GError                 **error);
const char       *handover_store_get_log_id   (HandoverStore           *self,
                                               GError                 **error);
gboolean          handover_store_get_sequence (HandoverStore           *self,
                                               const char              *business_id,
                                               gint64                  *sequence,
                                               GError                 **error);

/**
 * HandoverStoreFunc:
 * @self: the writer's store
 * @data: what it works on
 * @error: return location for an error
 *
 * Work that is undone when it fails, while the transaction around it goes on.
 *
 * Returns: whether to keep what it wrote
 */
typedef gboolean (*HandoverStoreFunc) (HandoverStore  *self,
                                       gpointer        data,
                                       GError        **error);

gboolean          handover_store_attempt      (HandoverStore           *self,
                                               HandoverStoreFunc        func,
                                               gpointer                 data,
                                               GError                 **error);
void              handover_store_job_ended    (HandoverStore           *self,
                                               gboolean                 kept);
GPtrArray        *handover_store_batch_ended  (HandoverStore           *self,
                                               gboolean                 committed);

G_END_DECLS
