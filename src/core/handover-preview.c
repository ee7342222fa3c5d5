/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "core/handover-preview.h"

#include "core/handover-enum-types.h"

G_DEFINE_FINAL_TYPE (HandoverPreview, handover_preview, HANDOVER_TYPE_RECORD)

static const HandoverMember members[] = {
  HANDOVER_MEMBER (HandoverPreview, id, STRING, REQUIRED),
  HANDOVER_MEMBER_TYPED (HandoverPreview, author, ENUM, REQUIRED, handover_author_get_type),
  HANDOVER_MEMBER_TYPED (HandoverPreview, kind, ENUM, OPTIONAL, handover_message_kind_get_type),
  HANDOVER_MEMBER_TYPED (HandoverPreview, operator, RECORD, OPTIONAL, handover_person_get_type),
  HANDOVER_MEMBER (HandoverPreview, text, STRING, REQUIRED),
  HANDOVER_MEMBER_TYPED (HandoverPreview, attachments, RECORDS, OPTIONAL, handover_attachment_get_type),
  HANDOVER_MEMBER (HandoverPreview, at, TIME, REQUIRED),
};

static void
handover_preview_class_init (HandoverPreviewClass *klass)
{
  handover_record_class_set_members (HANDOVER_RECORD_CLASS (klass), members, G_N_ELEMENTS (members));
}

static void
handover_preview_init (HandoverPreview *self)
{
}
