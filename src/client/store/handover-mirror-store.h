/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "client/store/handover-changes.h"
#include "client/store/handover-snapshot.h"
#include "client/store/handover-view.h"
#include "core/handover-event.h"
#include "database/handover-database.h"

G_BEGIN_DECLS

/* The mirror's tables. Everything here runs on a worker's thread, inside its transaction, but for the reads of the
 * handle that the main thread has for single rows. */

/**
 * HandoverViewRow:
 * @id: a conversation's id
 * @key: what the view is ordered by
 *
 * One line of a view.
 */
typedef struct
{
  char *id;
  gint64 key;
} HandoverViewRow;

gboolean        handover_mirror_store_read_log          (HandoverDatabase  *database,
                                                         char             **log,
                                                         GError           **error);
gboolean        handover_mirror_store_read_cursor       (HandoverDatabase  *database,
                                                         gint64            *cursor,
                                                         GError           **error);
gboolean        handover_mirror_store_apply_event       (HandoverDatabase  *database,
                                                         HandoverEvent     *event,
                                                         HandoverChanges   *changes,
                                                         GError           **error);
gboolean        handover_mirror_store_put_record        (HandoverDatabase  *database,
                                                         HandoverRecord    *record,
                                                         gint64             sequence,
                                                         HandoverChanges   *changes,
                                                         GError           **error);
gboolean        handover_mirror_store_put_answer        (HandoverDatabase  *database,
                                                         HandoverMessage   *message,
                                                         HandoverChanges   *changes,
                                                         GError           **error);
gboolean        handover_mirror_store_mark_read         (HandoverDatabase  *database,
                                                         const char        *conversation_id,
                                                         HandoverChanges   *changes,
                                                         GError           **error);
gboolean        handover_mirror_store_replace           (HandoverDatabase  *database,
                                                         HandoverSnapshot  *snapshot,
                                                         GError           **error);
gboolean        handover_mirror_store_put_page          (HandoverDatabase  *database,
                                                         const char        *conversation_id,
                                                         GPtrArray         *messages,
                                                         gboolean           older,
                                                         const char        *next_cursor,
                                                         HandoverChanges   *changes,
                                                         GError           **error);

HandoverRecord *handover_mirror_store_read_conversation (HandoverDatabase  *database,
                                                         const char        *id,
                                                         GError           **error);
gboolean        handover_mirror_store_read_view         (HandoverDatabase  *database,
                                                         HandoverView       view,
                                                         const char        *operator_id,
                                                         GArray            *rows,
                                                         GError           **error);
gboolean        handover_mirror_store_read_messages     (HandoverDatabase  *database,
                                                         const char        *conversation_id,
                                                         const double      *before,
                                                         guint              limit,
                                                         HandoverChanges   *changes,
                                                         GError           **error);
gboolean        handover_mirror_store_read_transcript   (HandoverDatabase  *database,
                                                         const char        *conversation_id,
                                                         char             **cursor,
                                                         gboolean          *complete,
                                                         GError           **error);
gboolean        handover_mirror_store_read_escalations  (HandoverDatabase  *database,
                                                         const char        *conversation_id,
                                                         GPtrArray         *escalations,
                                                         GError           **error);
gboolean        handover_mirror_store_read_objects      (HandoverDatabase  *database,
                                                         GType              type,
                                                         GPtrArray         *objects,
                                                         GError           **error);
gint64          handover_mirror_store_last_escalation   (HandoverDatabase  *database);

const char     *handover_mirror_store_get_id            (HandoverRecord *record);

G_END_DECLS
