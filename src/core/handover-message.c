/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "core/handover-message.h"

#include "core/handover-enum-types.h"

/* Enough for two lines of a list. */
#define PREVIEW_LENGTH 200

G_DEFINE_FINAL_TYPE (HandoverMessage, handover_message, HANDOVER_TYPE_RECORD)

static const HandoverMember members[] = {
  HANDOVER_MEMBER (HandoverMessage, id, STRING, REQUIRED),
  HANDOVER_MEMBER (HandoverMessage, conversation_id, STRING, REQUIRED),
  HANDOVER_MEMBER_TYPED (HandoverMessage, author, ENUM, REQUIRED, handover_author_get_type),
  HANDOVER_MEMBER_TYPED (HandoverMessage, operator, RECORD, OPTIONAL, handover_person_get_type),
  HANDOVER_MEMBER_TYPED (HandoverMessage, kind, ENUM, REQUIRED, handover_message_kind_get_type),
  HANDOVER_MEMBER (HandoverMessage, text, STRING, REQUIRED),
  HANDOVER_MEMBER_TYPED (HandoverMessage, tool, RECORD, OPTIONAL, handover_tool_get_type),
  HANDOVER_MEMBER_TYPED (HandoverMessage, change, RECORD, OPTIONAL, handover_change_get_type),
  HANDOVER_MEMBER_TYPED (HandoverMessage, attachments, RECORDS, REQUIRED, handover_attachment_get_type),
  HANDOVER_MEMBER_TYPED (HandoverMessage, reply_to, RECORD, OPTIONAL, handover_preview_get_type),
  HANDOVER_MEMBER (HandoverMessage, epoch, INTEGER, REQUIRED),
  HANDOVER_MEMBER (HandoverMessage, at, TIME, REQUIRED),
  HANDOVER_MEMBER_TYPED (HandoverMessage, delivery, RECORD, OPTIONAL, handover_delivery_get_type),
  HANDOVER_MEMBER (HandoverMessage, version, INTEGER, REQUIRED),
};

static void
handover_message_class_init (HandoverMessageClass *klass)
{
  handover_record_class_set_members (HANDOVER_RECORD_CLASS (klass), members, G_N_ELEMENTS (members));
}

static void
handover_message_init (HandoverMessage *self)
{
}

/**
 * handover_message_to_preview:
 * @self: a message
 *
 * Cuts a message short, for a list or for the message that answers it.
 *
 * Returns: (transfer full): the preview
 */
HandoverPreview *
handover_message_to_preview (HandoverMessage *self)
{
  HandoverPreview *preview = g_object_new (HANDOVER_TYPE_PREVIEW, NULL);

  preview->id = g_strdup (self->id);
  preview->author = self->author;
  preview->kind = self->kind;
  preview->operator = self->operator != NULL ? g_object_ref (self->operator) : NULL;
  preview->text = g_utf8_strlen (self->text, -1) > PREVIEW_LENGTH ? g_utf8_substring (self->text, 0, PREVIEW_LENGTH)
                                                                  : g_strdup (self->text);
  preview->attachments = self->attachments != NULL ? g_ptr_array_ref (self->attachments) : NULL;
  preview->at = self->at;
  return preview;
}
