/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "database/handover-workers.h"
#include "service/store/handover-store-attachments.h"

G_BEGIN_DECLS

typedef struct _HandoverAttachmentWriter HandoverAttachmentWriter;

HandoverAttachmentWriter *handover_attachment_writer_new          (const char                *business_id,
                                                                   const char                *uploader_id,
                                                                   const char                *name);
HandoverAttachmentWriter *handover_attachment_writer_ref          (HandoverAttachmentWriter  *self);
void                      handover_attachment_writer_unref        (HandoverAttachmentWriter  *self);
gboolean                  handover_attachment_writer_add          (HandoverAttachmentWriter  *self,
                                                                   gconstpointer              data,
                                                                   gsize                      size,
                                                                   GError                   **error);
gboolean                  handover_attachment_writer_is_full      (HandoverAttachmentWriter  *self);
gboolean                  handover_attachment_writer_is_finished  (HandoverAttachmentWriter  *self);
GBytes                   *handover_attachment_writer_get_hash     (HandoverAttachmentWriter  *self);
void                      handover_attachment_writer_flush_async  (HandoverAttachmentWriter  *self,
                                                                   HandoverWorkers           *workers,
                                                                   GAsyncReadyCallback        callback,
                                                                   gpointer                   user_data);
gboolean                  handover_attachment_writer_flush_finish (HandoverAttachmentWriter  *self,
                                                                   HandoverWorkers           *workers,
                                                                   GAsyncResult              *result,
                                                                   GError                   **error);
HandoverAttachment       *handover_attachment_writer_finish       (HandoverAttachmentWriter  *self,
                                                                   HandoverStore             *store,
                                                                   GError                   **error);
void                      handover_attachment_writer_discard      (HandoverAttachmentWriter  *self,
                                                                   HandoverWorkers           *workers);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HandoverAttachmentWriter, handover_attachment_writer_unref)

G_END_DECLS
