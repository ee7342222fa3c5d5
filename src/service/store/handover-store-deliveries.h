/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "service/store/handover-store.h"

G_BEGIN_DECLS

/**
 * HandoverStoreDelivery:
 * @business_id: whose
 * @channel_id: the channel that sends
 * @conversation_id: the conversation
 * @message_id: the message
 * @part: which part of it, from 0 on
 *
 * One part of a message on its way.
 */
typedef struct
{
  char *business_id;
  char *channel_id;
  char *conversation_id;
  char *message_id;
  guint part;
} HandoverStoreDelivery;

void       handover_store_delivery_clear      (HandoverStoreDelivery        *self);

GPtrArray *handover_store_list_undelivered    (HandoverStore                *self,
                                               const char                   *business_id,
                                               const char                   *channel_id,
                                               GError                      **error);
gboolean   handover_store_find_undelivered    (HandoverStore                *self,
                                               const char                   *business_id,
                                               const char                   *channel_id,
                                               const char                   *conversation_id,
                                               char                        **message_id,
                                               GError                      **error);
gboolean   handover_store_count_deliveries    (HandoverStore                *self,
                                               const char                   *business_id,
                                               const char                   *message_id,
                                               gint64                       *count,
                                               GError                      **error);
gboolean   handover_store_begin_delivery      (HandoverStore                *self,
                                               const HandoverStoreDelivery  *delivery,
                                               gint64                        now,
                                               GError                      **error);
gboolean   handover_store_end_delivery        (HandoverStore                *self,
                                               const HandoverStoreDelivery  *delivery,
                                               const char                   *state,
                                               const char                   *remote_id,
                                               gint64                        now,
                                               GError                      **error);
gboolean   handover_store_take_delivery_back  (HandoverStore                *self,
                                               const HandoverStoreDelivery  *delivery,
                                               GError                      **error);
GPtrArray *handover_store_list_left_sending   (HandoverStore                *self,
                                               const char                   *business_id,
                                               const char                   *channel_id,
                                               GError                      **error);
gboolean   handover_store_forget_left_sending (HandoverStore                *self,
                                               const char                   *business_id,
                                               const char                   *message_id,
                                               GError                      **error);

gboolean   handover_store_set_message_channel (HandoverStore                *self,
                                               const char                   *business_id,
                                               const char                   *message_id,
                                               const char                   *channel_id,
                                               GError                      **error);
gboolean   handover_store_set_remote_id       (HandoverStore                *self,
                                               const char                   *business_id,
                                               const char                   *message_id,
                                               const char                   *remote_id,
                                               GError                      **error);
gboolean   handover_store_find_remote_id      (HandoverStore                *self,
                                               const char                   *business_id,
                                               const char                   *message_id,
                                               char                        **remote_id,
                                               GError                      **error);
gboolean   handover_store_find_received       (HandoverStore                *self,
                                               const char                   *business_id,
                                               const char                   *conversation_id,
                                               const char                   *remote_id,
                                               char                        **message_id,
                                               GError                      **error);
gboolean   handover_store_find_sent           (HandoverStore                *self,
                                               const char                   *business_id,
                                               const char                   *conversation_id,
                                               const char                   *remote_id,
                                               char                        **message_id,
                                               GError                      **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HandoverStoreDelivery, handover_store_delivery_clear)

G_END_DECLS
