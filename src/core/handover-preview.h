/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "core/handover-attachment.h"
#include "core/handover-person.h"

G_BEGIN_DECLS

#define HANDOVER_TYPE_PREVIEW (handover_preview_get_type ())

G_DECLARE_FINAL_TYPE (HandoverPreview, handover_preview, HANDOVER, PREVIEW, HandoverRecord)

/**
 * HandoverPreview:
 *
 * A message with its text cut: the newest one of a conversation for a list, or one that another answers.
 *
 * Its members are read-only for everybody but the code that makes it.
 */
struct _HandoverPreview
{
  HandoverRecord parent_instance;

  /*< public >*/
  char *id;
  int author; /* HandoverAuthor */
  int kind; /* HandoverMessageKind */
  HandoverPerson *operator;
  char *text;
  GPtrArray *attachments; /* (element-type HandoverAttachment) (nullable) */
  gint64 at;
};

G_END_DECLS
