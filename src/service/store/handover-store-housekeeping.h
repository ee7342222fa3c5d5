/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "service/store/handover-store.h"

G_BEGIN_DECLS

/* How many rows one transaction removes at most, and how many businesses it looks at. */
#define HANDOVER_HOUSEKEEPING_ROWS 1000
#define HANDOVER_HOUSEKEEPING_BUSINESSES 100

/**
 * HandoverHousekeeping:
 * @now: the time in milliseconds
 * @log_kept: how long lines of the log are kept, in milliseconds
 * @business_id: (nullable): the business to go on with; empty to begin, %NULL at the end
 *
 * How far a round through all businesses has come.
 */
typedef struct
{
  gint64 now;
  gint64 log_kept;
  char *business_id;
} HandoverHousekeeping;

HandoverHousekeeping *handover_housekeeping_new  (gint64                 now,
                                                  gint64                 log_kept);
void                  handover_housekeeping_free (HandoverHousekeeping  *self);
gboolean              handover_store_clean_up    (HandoverStore         *self,
                                                  HandoverHousekeeping  *round,
                                                  GError               **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HandoverHousekeeping, handover_housekeeping_free)

G_END_DECLS
