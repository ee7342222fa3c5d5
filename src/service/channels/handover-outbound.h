/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * HandoverOutboundFile:
 * @name: its name
 * @type: its media type, as found from its bytes
 * @bytes: what it is
 * @width: its width in pixels, of a picture; else 0
 * @height: its height, or 0
 *
 * A file on its way to a customer.
 */
typedef struct
{
  char *name;
  char *type;
  GBytes *bytes;
  guint width;
  guint height;
} HandoverOutboundFile;

/**
 * HandoverOutboundPart:
 * @contact: the platform's name for the chat
 * @text: the text, within the channel's limits; the caption where there is a file, and then it may be empty
 * @file: (nullable): the one file that goes with it
 * @reply_to: (nullable): the message that it answers, by the platform's name
 *
 * What one request takes to a customer.
 */
typedef struct
{
  char *contact;
  char *text;
  HandoverOutboundFile *file;
  char *reply_to;
} HandoverOutboundPart;

void handover_outbound_file_free (HandoverOutboundFile *self);
void handover_outbound_part_free (HandoverOutboundPart *self);

/**
 * HandoverSendOutcome:
 * @HANDOVER_SEND_UNKNOWN: it left, and no answer came: the customer may have it or not, so it is never sent again
 * @HANDOVER_SEND_SENT: the platform took it
 * @HANDOVER_SEND_AGAIN: the platform surely did not take it and it may be tried again: too many requests, a fault of
 *   theirs, or no connection that anything could leave by
 * @HANDOVER_SEND_REFUSED: the platform will not take it, whenever it is tried: the customer blocked us, or it is
 *   something that they do not accept
 * @HANDOVER_SEND_LOCKED_OUT: the platform does not accept the token; it waits until the channel is connected again
 * @HANDOVER_SEND_MOVED: the platform did not take it, for the chat has another name now
 *
 * What became of a part.
 */
typedef enum
{
  HANDOVER_SEND_UNKNOWN,
  HANDOVER_SEND_SENT,
  HANDOVER_SEND_AGAIN,
  HANDOVER_SEND_REFUSED,
  HANDOVER_SEND_LOCKED_OUT,
  HANDOVER_SEND_MOVED,
} HandoverSendOutcome;

/**
 * HandoverSendResult:
 * @outcome: what became of it
 * @remote_id: (nullable): when sent: the platform's name for the message within the chat
 * @reason: (nullable): when not sent: why, in a whole sentence that an operator reads
 * @retry_after: when to be tried again: after how many seconds, where the platform says so; else 0
 * @moved_to: (nullable): when moved: the chat's name from now on
 *
 * What became of a part, and what is known of it.
 */
typedef struct
{
  HandoverSendOutcome outcome;
  char *remote_id;
  char *reason;
  guint retry_after;
  char *moved_to;
} HandoverSendResult;

HandoverSendResult *handover_send_result_new  (HandoverSendOutcome  outcome,
                                               const char          *reason);
void                handover_send_result_free (HandoverSendResult  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HandoverOutboundFile, handover_outbound_file_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HandoverOutboundPart, handover_outbound_part_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HandoverSendResult, handover_send_result_free)

G_END_DECLS
