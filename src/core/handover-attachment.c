/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "core/handover-attachment.h"

G_DEFINE_FINAL_TYPE (HandoverAttachment, handover_attachment, HANDOVER_TYPE_RECORD)

static const HandoverMember members[] = {
  HANDOVER_MEMBER (HandoverAttachment, id, STRING, REQUIRED),
  HANDOVER_MEMBER (HandoverAttachment, name, STRING, REQUIRED),
  HANDOVER_MEMBER (HandoverAttachment, type, STRING, REQUIRED),
  HANDOVER_MEMBER (HandoverAttachment, size, INTEGER, REQUIRED),
  HANDOVER_MEMBER (HandoverAttachment, width, INTEGER, OPTIONAL),
  HANDOVER_MEMBER (HandoverAttachment, height, INTEGER, OPTIONAL),
};

static void
handover_attachment_class_init (HandoverAttachmentClass *klass)
{
  handover_record_class_set_members (HANDOVER_RECORD_CLASS (klass), members, G_N_ELEMENTS (members));
}

static void
handover_attachment_init (HandoverAttachment *self)
{
}

/**
 * handover_attachment_get_kind:
 * @self: an attachment
 *
 * Says what people would call it, by its type.
 *
 * Returns: the kind
 */
HandoverAttachmentKind
handover_attachment_get_kind (HandoverAttachment *self)
{
  const char *const images[] = { "image/jpeg", "image/png", "image/gif", "image/webp", NULL };

  if (g_strv_contains (images, self->type))
    return HANDOVER_ATTACHMENT_IMAGE;
  if (g_str_has_prefix (self->type, "video/"))
    return HANDOVER_ATTACHMENT_VIDEO;
  if (g_str_has_prefix (self->type, "audio/"))
    return HANDOVER_ATTACHMENT_AUDIO;

  return HANDOVER_ATTACHMENT_FILE;
}
