/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define HANDOVER_TYPE_ATTACHMENT_BAR (handover_attachment_bar_get_type ())

G_DECLARE_FINAL_TYPE (HandoverAttachmentBar, handover_attachment_bar, HANDOVER, ATTACHMENT_BAR, AdwBin)

void        handover_attachment_bar_add         (HandoverAttachmentBar *self,
                                                 GFile                 *file);
void        handover_attachment_bar_add_picture (HandoverAttachmentBar *self,
                                                 GdkTexture            *picture);
void        handover_attachment_bar_clear       (HandoverAttachmentBar *self);
GListModel *handover_attachment_bar_get_files   (HandoverAttachmentBar *self);

G_END_DECLS
