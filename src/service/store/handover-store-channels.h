/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "core/handover-channel-account.h"
#include "service/store/handover-store.h"

G_BEGIN_DECLS

/* How long what a platform told is known when it tells it again, in milliseconds; none repeats for longer than a day. */
#define HANDOVER_ARRIVAL_KEPT (G_GINT64_CONSTANT (14) * 24 * 3600 * 1000)

/**
 * HandoverStoreChannel:
 * @account: what operators see of it
 * @business_id: whose it is
 * @remote_id: the platform's own name for the account
 * @cursor: (nullable): where receiving goes on
 * @secret: (nullable): the sealed token; %NULL while disconnected
 * @told_at: when operators were last told how it does
 *
 * A connected account, with what operators do not see.
 */
typedef struct
{
  HandoverChannelAccount *account;
  char *business_id;
  char *remote_id;
  char *cursor;
  GBytes *secret;
  gint64 told_at;
} HandoverStoreChannel;

/**
 * HandoverStoreMedia:
 * @id: its place in the queue
 * @message_id: the message that it came with
 * @remote_id: the platform's name for it
 * @label: what it is in words
 * @name: (nullable): the file's name
 * @type: (nullable): its type, as the platform says
 * @size: its size, as the platform says
 *
 * Something that a customer sent and that is still to be fetched.
 */
typedef struct
{
  gint64 id;
  char *message_id;
  char *remote_id;
  char *label;
  char *name;
  char *type;
  gint64 size;
} HandoverStoreMedia;

void                  handover_store_channel_free        (HandoverStoreChannel  *self);
void                  handover_store_media_free          (HandoverStoreMedia    *self);

HandoverStoreChannel *handover_store_get_channel         (HandoverStore         *self,
                                                          const char            *business_id,
                                                          const char            *id,
                                                          GError               **error);
gboolean              handover_store_find_channel        (HandoverStore         *self,
                                                          const char            *id,
                                                          HandoverStoreChannel **channel,
                                                          GError               **error);
gboolean              handover_store_find_account        (HandoverStore         *self,
                                                          const char            *business_id,
                                                          HandoverChannelKind    kind,
                                                          const char            *remote_id,
                                                          HandoverStoreChannel **channel,
                                                          GError               **error);
gboolean              handover_store_has_secrets         (HandoverStore         *self,
                                                          gboolean              *has_secrets,
                                                          GError               **error);
gboolean              handover_store_is_connected        (HandoverStore         *self,
                                                          HandoverChannelKind    kind,
                                                          const char            *remote_id,
                                                          gboolean              *connected,
                                                          GError               **error);
GPtrArray            *handover_store_list_channels       (HandoverStore         *self,
                                                          const char            *business_id,
                                                          GError               **error);
GPtrArray            *handover_store_list_connected      (HandoverStore         *self,
                                                          GError               **error);
gboolean              handover_store_add_channel         (HandoverStore         *self,
                                                          HandoverStoreChannel  *channel,
                                                          GError               **error);
gboolean              handover_store_save_channel        (HandoverStore         *self,
                                                          HandoverStoreChannel  *channel,
                                                          gboolean               tell,
                                                          GError               **error);
gboolean              handover_store_add_arrival         (HandoverStore         *self,
                                                          HandoverStoreChannel  *channel,
                                                          const char            *key,
                                                          gint64                 now,
                                                          gboolean              *is_new,
                                                          GError               **error);
gboolean              handover_store_add_media           (HandoverStore         *self,
                                                          HandoverStoreChannel  *channel,
                                                          HandoverStoreMedia    *media,
                                                          GError               **error);
gboolean              handover_store_next_media          (HandoverStore         *self,
                                                          const char            *business_id,
                                                          const char            *channel_id,
                                                          HandoverStoreMedia   **media,
                                                          GError               **error);
gboolean              handover_store_delete_media        (HandoverStore         *self,
                                                          const char            *business_id,
                                                          const char            *channel_id,
                                                          gint64                 id,
                                                          GError               **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HandoverStoreChannel, handover_store_channel_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HandoverStoreMedia, handover_store_media_free)

G_END_DECLS
