/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "client/store/handover-snapshot.h"

G_BEGIN_DECLS

typedef struct
{
  HandoverRecord *record;
  gint64 sequence;
} HandoverSnapshotEntry;

GPtrArray *handover_snapshot_get_entries  (HandoverSnapshot *self);
void       handover_snapshot_take_records (HandoverSnapshot *self,
                                           GPtrArray        *records);

G_END_DECLS
