/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "core/handover-enums.h"
#include "core/handover-message.h"
#include "service/store/handover-store.h"

G_BEGIN_DECLS

/**
 * HandoverMessageOrigin:
 * @entry_id: (nullable): the agent's own id of the entry, unique in the conversation
 * @key: (nullable): the caller's idempotency key, unique in the conversation
 * @hash: (nullable): the hash of the request that carried @key
 * @attachments: (nullable): the ids of files that its author uploaded for it
 * @reply_to: (nullable): the id of the message that it answers
 *
 * What a message came with that is not shown as it came.
 */
typedef struct
{
  const char *entry_id;
  const char *key;
  GBytes *hash;
  char **attachments;
  const char *reply_to;
} HandoverMessageOrigin;

/**
 * HandoverStoreEntry:
 * @author: who said it
 * @text: what was said
 * @entry_id: (nullable): the agent's own id of the entry
 *
 * One stored entry, as far as an agent's list is aligned with it.
 */
typedef struct
{
  HandoverAuthor author;
  char *text;
  char *entry_id;
} HandoverStoreEntry;

void             handover_store_entry_clear       (HandoverStoreEntry            *self);

HandoverPreview *handover_store_read_preview      (HandoverStatement             *row,
                                                   int                            first);
HandoverMessage *handover_store_get_message       (HandoverStore                 *self,
                                                   const char                    *business_id,
                                                   const char                    *id,
                                                   gint64                        *position,
                                                   GError                       **error);
gboolean         handover_store_find_message_key  (HandoverStore                 *self,
                                                   const char                    *business_id,
                                                   const char                    *conversation_id,
                                                   const char                    *key,
                                                   char                         **id,
                                                   GBytes                       **hash,
                                                   GError                       **error);
gboolean         handover_store_find_transition   (HandoverStore                 *self,
                                                   const char                    *business_id,
                                                   const char                    *conversation_id,
                                                   HandoverMessage              **message,
                                                   GError                       **error);
gboolean         handover_store_find_evidence     (HandoverStore                 *self,
                                                   const char                    *business_id,
                                                   const char                    *conversation_id,
                                                   const char                    *name,
                                                   char                         **id,
                                                   GError                       **error);
GPtrArray       *handover_store_list_messages     (HandoverStore                 *self,
                                                   const char                    *business_id,
                                                   const char                    *conversation_id,
                                                   const char                    *before,
                                                   guint                          limit,
                                                   char                         **next_cursor,
                                                   GError                       **error);
GPtrArray       *handover_store_list_visible      (HandoverStore                 *self,
                                                   const char                    *business_id,
                                                   const char                    *conversation_id,
                                                   gint64                         after,
                                                   guint                          limit,
                                                   gint64                        *next_after,
                                                   GError                       **error);
GArray          *handover_store_list_entries      (HandoverStore                 *self,
                                                   const char                    *business_id,
                                                   const char                    *conversation_id,
                                                   GError                       **error);
gboolean         handover_store_insert_message    (HandoverStore                 *self,
                                                   const char                    *business_id,
                                                   HandoverMessage               *message,
                                                   const HandoverMessageOrigin   *origin,
                                                   GError                       **error);
gboolean         handover_store_save_content      (HandoverStore                 *self,
                                                   const char                    *business_id,
                                                   HandoverMessage               *message,
                                                   GError                       **error);
gboolean         handover_store_save_delivery     (HandoverStore                 *self,
                                                   const char                    *business_id,
                                                   HandoverMessage               *message,
                                                   GError                       **error);

G_END_DECLS
