/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <adwaita.h>

#include "client/store/handover-draft-file.h"

G_BEGIN_DECLS

#define HANDOVER_TYPE_ATTACHMENT_CHIP (handover_attachment_chip_get_type ())

G_DECLARE_FINAL_TYPE (HandoverAttachmentChip, handover_attachment_chip, HANDOVER, ATTACHMENT_CHIP, GtkBox)

GtkWidget         *handover_attachment_chip_new      (HandoverDraftFile      *file);
HandoverDraftFile *handover_attachment_chip_get_file (HandoverAttachmentChip *self);

G_END_DECLS
