/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <adwaita.h>

#include "client/store/handover-draft-file.h"
#include "client/store/handover-files.h"

G_BEGIN_DECLS

#define HANDOVER_TYPE_ATTACHMENT_TILE (handover_attachment_tile_get_type ())

G_DECLARE_FINAL_TYPE (HandoverAttachmentTile, handover_attachment_tile, HANDOVER, ATTACHMENT_TILE, GtkBox)

GtkWidget          *handover_attachment_tile_new            (HandoverAttachment     *attachment,
                                                             HandoverFiles          *files,
                                                             HandoverDraftFile      *draft);
HandoverAttachment *handover_attachment_tile_get_attachment (HandoverAttachmentTile *self);
void                handover_attachment_tile_retry          (HandoverAttachmentTile *self);

G_END_DECLS
