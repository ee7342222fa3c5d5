/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "client/store/handover-outbox-files.h"
#include "client/store/handover-outbox-private.h"

G_BEGIN_DECLS

/* What the other parts of the outbox ask of its files. */

GListStore *handover_outbox_get_draft_files  (HandoverOutbox       *self,
                                              const char           *conversation_id,
                                              HandoverDraftKind     kind);
gboolean   handover_outbox_load_files        (HandoverOutbox       *self,
                                              GPtrArray            *entries,
                                              GError              **error);
GPtrArray *handover_outbox_take_files        (HandoverOutbox       *self,
                                              const char           *conversation_id,
                                              HandoverDraftKind     kind);
void       handover_outbox_return_files      (HandoverOutbox       *self,
                                              HandoverOutboxEntry  *entry);
void       handover_outbox_forget_files      (HandoverOutbox       *self,
                                              const char           *conversation_id);
void       handover_outbox_keep_sent_files   (HandoverOutbox       *self,
                                              HandoverOutboxEntry  *entry);
gboolean   handover_outbox_upload_next       (HandoverOutbox       *self,
                                              HandoverOutboxEntry  *entry);
gboolean   handover_outbox_upload_anew       (HandoverOutbox       *self,
                                              HandoverOutboxEntry  *entry);
void       handover_outbox_stop_uploads      (HandoverOutbox       *self);

G_END_DECLS
