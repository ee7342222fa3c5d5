/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "service/desk/handover-desk-case.h"

G_BEGIN_DECLS

/**
 * HandoverDeskAttachFlags:
 * @HANDOVER_DESK_ATTACH_NEW: only files that no message shows
 * @HANDOVER_DESK_ATTACH_AGAIN: also files that the conversation shows already
 *
 * What may be put into a message.
 */
typedef enum
{
  HANDOVER_DESK_ATTACH_NEW,
  HANDOVER_DESK_ATTACH_AGAIN,
} HandoverDeskAttachFlags;

gboolean handover_desk_attach (HandoverDeskCase         *desk_case,
                               HandoverMessage          *message,
                               const char               *uploader_id,
                               char                    **ids,
                               HandoverDeskAttachFlags   flags,
                               GError                  **error);

G_END_DECLS
