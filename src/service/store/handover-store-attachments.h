/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "core/handover-attachment.h"
#include "service/store/handover-store.h"

G_BEGIN_DECLS

/* How many bytes a part has; only the last one has fewer. */
#define HANDOVER_ATTACHMENT_PART (256 * 1024)

/* How long a file is kept that no message shows, in milliseconds. */
#define HANDOVER_ATTACHMENT_KEPT (G_GINT64_CONSTANT (24) * 3600 * 1000)

gboolean            handover_store_add_attachment              (HandoverStore       *self,
                                                                const char          *business_id,
                                                                const char          *uploader_id,
                                                                const char          *id,
                                                                const char          *name,
                                                                GError             **error);
gboolean            handover_store_append_attachment_part      (HandoverStore       *self,
                                                                const char          *business_id,
                                                                const char          *id,
                                                                guint                part,
                                                                GBytes              *bytes,
                                                                GError             **error);
gboolean            handover_store_finish_attachment           (HandoverStore       *self,
                                                                const char          *business_id,
                                                                HandoverAttachment  *attachment,
                                                                GError             **error);
gboolean            handover_store_discard_attachment          (HandoverStore       *self,
                                                                const char          *business_id,
                                                                const char          *id,
                                                                GError             **error);

HandoverAttachment *handover_store_get_attachment              (HandoverStore       *self,
                                                                const char          *business_id,
                                                                const char          *id,
                                                                GError             **error);
HandoverAttachment *handover_store_get_attachment_for_operator (HandoverStore       *self,
                                                                const char          *business_id,
                                                                const char          *id,
                                                                const char          *operator_id,
                                                                GError             **error);
HandoverAttachment *handover_store_get_attachment_for_agent    (HandoverStore       *self,
                                                                const char          *business_id,
                                                                const char          *id,
                                                                const char          *agent_id,
                                                                GError             **error);
HandoverAttachment *handover_store_get_unused_attachment       (HandoverStore       *self,
                                                                const char          *business_id,
                                                                const char          *id,
                                                                const char          *uploader_id,
                                                                GError             **error);
gboolean            handover_store_find_shown_attachment       (HandoverStore       *self,
                                                                const char          *business_id,
                                                                const char          *id,
                                                                const char          *conversation_id,
                                                                HandoverAttachment **attachment,
                                                                GError             **error);
gboolean            handover_store_use_attachment              (HandoverStore       *self,
                                                                const char          *business_id,
                                                                const char          *id,
                                                                const char          *message_id,
                                                                GError             **error);
GBytes             *handover_store_read_attachment_part        (HandoverStore       *self,
                                                                const char          *business_id,
                                                                const char          *id,
                                                                guint                part,
                                                                GError             **error);

G_END_DECLS
