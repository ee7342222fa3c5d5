/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "core/handover-record.h"

G_BEGIN_DECLS

/**
 * HandoverSnapshot:
 *
 * The first lists of a service, gathered before the stream is joined: conversations, open escalations (inside
 * them), operators, agents, templates and the business.
 */
typedef struct _HandoverSnapshot HandoverSnapshot;

HandoverSnapshot *handover_snapshot_new          (void);
void              handover_snapshot_free         (HandoverSnapshot *self);
void              handover_snapshot_add          (HandoverSnapshot *self,
                                                  HandoverRecord   *record,
                                                  gint64            sequence);
gboolean          handover_snapshot_add_items    (HandoverSnapshot  *self,
                                                  GType              type,
                                                  JsonNode          *list,
                                                  gint64             sequence,
                                                  GError           **error);
gint64            handover_snapshot_get_sequence (HandoverSnapshot *self);
gboolean          handover_snapshot_is_of_log    (HandoverSnapshot *self,
                                                  const char       *log);
const char       *handover_snapshot_get_log      (HandoverSnapshot *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HandoverSnapshot, handover_snapshot_free)

G_END_DECLS
