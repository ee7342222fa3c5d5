/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "core/handover-message.h"
#include "service/channels/handover-channel.h"

G_BEGIN_DECLS

/**
 * HandoverPart:
 * @text: what it says; a caption where there is a file, and then perhaps empty
 * @file: (nullable): the file that goes with it
 *
 * What one request takes of a message.
 */
typedef struct
{
  char *text;
  HandoverAttachment *file;
} HandoverPart;

void       handover_part_free             (HandoverPart                *self);

gsize      handover_parts_measure         (const char                  *text,
                                           gssize                       length,
                                           HandoverTextUnit             unit);
GPtrArray *handover_parts_split           (const char                  *text,
                                           guint                        limit,
                                           HandoverTextUnit             unit);
GPtrArray *handover_parts_plan            (HandoverMessage             *message,
                                           const HandoverChannelLimits *limits,
                                           const char                 **refusal);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HandoverPart, handover_part_free)

G_END_DECLS
