/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <gio/gio.h>

#include "core/handover-attachment.h"

G_BEGIN_DECLS

#define HANDOVER_TYPE_DRAFT_FILE (handover_draft_file_get_type ())
G_DECLARE_FINAL_TYPE (HandoverDraftFile, handover_draft_file, HANDOVER, DRAFT_FILE, GObject)

HandoverAttachment *handover_draft_file_get_attachment (HandoverDraftFile  *self);
GFile              *handover_draft_file_get_file       (HandoverDraftFile  *self);
double              handover_draft_file_get_progress   (HandoverDraftFile  *self);

/* For the outbox. */
HandoverDraftFile  *handover_draft_file_new            (HandoverAttachment *attachment,
                                                        GFile              *file);
void                handover_draft_file_set_progress   (HandoverDraftFile  *self,
                                                        double              progress);
const char         *handover_draft_file_get_key        (HandoverDraftFile  *self);
void                handover_draft_file_set_key        (HandoverDraftFile  *self,
                                                        const char         *key);
const char         *handover_draft_file_get_uploaded   (HandoverDraftFile  *self);
void                handover_draft_file_set_uploaded   (HandoverDraftFile  *self,
                                                        const char         *attachment_id);

G_END_DECLS
