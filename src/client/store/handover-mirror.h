/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <gio/gio.h>

#include "client/store/handover-gateway.h"
#include "client/store/handover-snapshot.h"
#include "client/store/handover-transcript.h"
#include "client/store/handover-view.h"
#include "core/handover-event.h"

G_BEGIN_DECLS

#define HANDOVER_TYPE_MIRROR (handover_mirror_get_type ())
G_DECLARE_FINAL_TYPE (HandoverMirror, handover_mirror, HANDOVER, MIRROR, GObject)

/* For the account, which makes, feeds and removes it. */
void                  handover_mirror_open_async           (const char           *folder,
                                                            const char           *service,
                                                            const char           *operator_id,
                                                            GCancellable         *cancellable,
                                                            GAsyncReadyCallback   callback,
                                                            gpointer              user_data);
HandoverMirror       *handover_mirror_open_finish          (GAsyncResult         *result,
                                                            GError              **error);
void                  handover_mirror_set_gateway          (HandoverMirror       *self,
                                                            HandoverGateway      *gateway);
void                  handover_mirror_set_online           (HandoverMirror       *self,
                                                            gboolean              online);
void                  handover_mirror_remove_async         (HandoverMirror       *self,
                                                            GCancellable         *cancellable,
                                                            GAsyncReadyCallback   callback,
                                                            gpointer              user_data);
gboolean              handover_mirror_remove_finish        (HandoverMirror       *self,
                                                            GAsyncResult         *result,
                                                            GError              **error);
void                  handover_mirror_load_snapshot_async  (HandoverMirror       *self,
                                                            HandoverSnapshot     *snapshot,
                                                            GCancellable         *cancellable,
                                                            GAsyncReadyCallback   callback,
                                                            gpointer              user_data);
gboolean              handover_mirror_load_snapshot_finish (HandoverMirror       *self,
                                                            GAsyncResult         *result,
                                                            GError              **error);
void                  handover_mirror_apply_event          (HandoverMirror       *self,
                                                            HandoverEvent        *event);
void                  handover_mirror_apply_record_async   (HandoverMirror       *self,
                                                            HandoverRecord       *record,
                                                            GCancellable         *cancellable,
                                                            GAsyncReadyCallback   callback,
                                                            gpointer              user_data);
gboolean              handover_mirror_apply_record_finish  (HandoverMirror       *self,
                                                            GAsyncResult         *result,
                                                            GError              **error);
gint64                handover_mirror_get_cursor           (HandoverMirror       *self);
const char           *handover_mirror_get_log              (HandoverMirror       *self);
char                 *handover_mirror_dup_folder           (HandoverMirror       *self);

/* For everybody. Conversations, transcripts and escalations are given with a reference, the other lists without. */
const char           *handover_mirror_get_operator_id      (HandoverMirror       *self);
GListModel           *handover_mirror_get_conversations    (HandoverMirror       *self,
                                                            HandoverView          view);
HandoverConversation *handover_mirror_get_conversation     (HandoverMirror       *self,
                                                            const char           *conversation_id);
HandoverTranscript   *handover_mirror_get_transcript       (HandoverMirror       *self,
                                                            const char           *conversation_id);
GListModel           *handover_mirror_get_escalations      (HandoverMirror       *self,
                                                            const char           *conversation_id);
GListModel           *handover_mirror_get_operators        (HandoverMirror       *self);
GListModel           *handover_mirror_get_agents           (HandoverMirror       *self);
GListModel           *handover_mirror_get_channels         (HandoverMirror       *self);
GListModel           *handover_mirror_get_templates        (HandoverMirror       *self);
HandoverBusiness     *handover_mirror_get_business         (HandoverMirror       *self);
guint                 handover_mirror_get_waiting_count    (HandoverMirror       *self);
guint                 handover_mirror_get_mine_count       (HandoverMirror       *self);
gint64                handover_mirror_get_last_escalation  (HandoverMirror       *self);

G_END_DECLS
