/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "core/handover-record.h"

G_BEGIN_DECLS

#define HANDOVER_TYPE_ATTACHMENT (handover_attachment_get_type ())

G_DECLARE_FINAL_TYPE (HandoverAttachment, handover_attachment, HANDOVER, ATTACHMENT, HandoverRecord)

/* Limits of the interface: bytes of one file, files of one message, bytes of a file's name. */
#define HANDOVER_LIMIT_ATTACHMENT (25 * 1024 * 1024)
#define HANDOVER_LIMIT_ATTACHMENTS 10
#define HANDOVER_LIMIT_FILE_NAME 200

/**
 * HandoverAttachmentKind:
 * @HANDOVER_ATTACHMENT_FILE: any other file
 * @HANDOVER_ATTACHMENT_IMAGE: a picture that every desktop shows
 * @HANDOVER_ATTACHMENT_VIDEO: a film
 * @HANDOVER_ATTACHMENT_AUDIO: something to listen to
 *
 * What people call an attachment.
 */
typedef enum
{
  HANDOVER_ATTACHMENT_FILE,
  HANDOVER_ATTACHMENT_IMAGE,
  HANDOVER_ATTACHMENT_VIDEO,
  HANDOVER_ATTACHMENT_AUDIO,
} HandoverAttachmentKind;

/**
 * HandoverAttachment:
 *
 * A file that came with a message. `type` is what its bytes say, never what its sender claimed; `width` and `height`
 * are 0 where they are not known.
 *
 * Its members are read-only for everybody but the code that makes it.
 */
struct _HandoverAttachment
{
  HandoverRecord parent_instance;

  /*< public >*/
  char *id;
  char *name;
  char *type;
  gint64 size;
  gint64 width;
  gint64 height;
};

HandoverAttachmentKind handover_attachment_get_kind (HandoverAttachment *self);

G_END_DECLS
