/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "core/handover-event.h"

G_BEGIN_DECLS

/**
 * HandoverMessageChange:
 * @message: the message as it is now
 * @position: where it lies in its transcript
 * @added: whether it is new here
 *
 * One message that was stored.
 */
typedef struct
{
  HandoverMessage *message;
  double position;
  gboolean added;
} HandoverMessageChange;

/**
 * HandoverChanges:
 * @records: (element-type HandoverRecord): what is new or newer, messages aside
 * @messages: (element-type HandoverMessageChange): the messages
 * @deleted_conversations: (element-type utf8): ids
 * @deleted_records: (element-type HandoverRecord): other objects that are gone
 * @event: (nullable): the event that brought them, if it is the first time that it is applied
 *
 * What one write to the mirror changed, carried from the writer's thread to the list models.
 */
typedef struct
{
  GPtrArray *records;
  GArray *messages;
  GPtrArray *deleted_conversations;
  GPtrArray *deleted_records;
  HandoverEvent *event;
} HandoverChanges;

HandoverChanges *handover_changes_new         (void);
void             handover_changes_free        (HandoverChanges *self);
void             handover_changes_add_message (HandoverChanges *self,
                                               HandoverMessage *message,
                                               double           position,
                                               gboolean         added);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HandoverChanges, handover_changes_free)

G_END_DECLS
