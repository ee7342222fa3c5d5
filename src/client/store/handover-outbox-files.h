/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "client/store/handover-draft-file.h"
#include "client/store/handover-outbox.h"

G_BEGIN_DECLS

/* Files that go with a draft, and with the reply or note that the draft becomes. */

GListModel        *handover_outbox_get_files        (HandoverOutbox       *self,
                                                     const char           *conversation_id,
                                                     HandoverDraftKind     kind);
void               handover_outbox_add_file_async   (HandoverOutbox       *self,
                                                     const char           *conversation_id,
                                                     HandoverDraftKind     kind,
                                                     GFile                *file,
                                                     GCancellable         *cancellable,
                                                     GAsyncReadyCallback   callback,
                                                     gpointer              user_data);
void               handover_outbox_add_bytes_async  (HandoverOutbox       *self,
                                                     const char           *conversation_id,
                                                     HandoverDraftKind     kind,
                                                     GBytes               *bytes,
                                                     const char           *name,
                                                     GCancellable         *cancellable,
                                                     GAsyncReadyCallback   callback,
                                                     gpointer              user_data);
gboolean           handover_outbox_add_file_finish  (HandoverOutbox       *self,
                                                     GAsyncResult         *result,
                                                     GError              **error);
void               handover_outbox_remove_file      (HandoverOutbox       *self,
                                                     HandoverDraftFile    *file);
HandoverDraftFile *handover_outbox_get_sending_file (HandoverOutbox       *self,
                                                     const char           *attachment_id);

G_END_DECLS
