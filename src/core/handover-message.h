/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "core/handover-attachment.h"
#include "core/handover-change.h"
#include "core/handover-delivery.h"
#include "core/handover-person.h"
#include "core/handover-preview.h"
#include "core/handover-tool.h"

G_BEGIN_DECLS

#define HANDOVER_TYPE_MESSAGE (handover_message_get_type ())

G_DECLARE_FINAL_TYPE (HandoverMessage, handover_message, HANDOVER, MESSAGE, HandoverRecord)

/**
 * HandoverMessage:
 *
 * One entry of a transcript.
 *
 * Its members are read-only for everybody but the code that makes it.
 */
struct _HandoverMessage
{
  HandoverRecord parent_instance;

  /*< public >*/
  char *id;
  char *conversation_id;
  int author; /* HandoverAuthor */
  HandoverPerson *operator;
  int kind; /* HandoverMessageKind */
  char *text;
  HandoverTool *tool;
  HandoverChange *change;
  GPtrArray *attachments; /* (element-type HandoverAttachment) (nullable) */
  HandoverPreview *reply_to; /* (nullable): the earlier message that it answers */
  gint64 epoch;
  gint64 at;
  HandoverDelivery *delivery;
  gint64 version;
};

HandoverPreview *handover_message_to_preview (HandoverMessage *self);

G_END_DECLS
