/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define HANDOVER_TYPE_ATTACHMENT_BAR (handover_attachment_bar_get_type ())

G_DECLARE_FINAL_TYPE (HandoverAttachmentBar, handover_attachment_bar, HANDOVER, ATTACHMENT_BAR, AdwBin)

void     handover_attachment_bar_set_files    (HandoverAttachmentBar *self,
                                               GListModel            *files);
guint    handover_attachment_bar_get_n        (HandoverAttachmentBar *self);
gboolean handover_attachment_bar_has_too_many (HandoverAttachmentBar *self);

G_END_DECLS
