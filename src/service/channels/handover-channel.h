/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <gio/gio.h>

#include "service/channels/handover-channel-error.h"
#include "service/channels/handover-channel-limits.h"
#include "service/channels/handover-identity.h"
#include "service/channels/handover-inbound.h"
#include "service/channels/handover-outbound.h"
#include "service/channels/handover-webhook.h"

G_BEGIN_DECLS

#define HANDOVER_TYPE_CHANNEL (handover_channel_get_type ())
G_DECLARE_DERIVABLE_TYPE (HandoverChannel, handover_channel, HANDOVER, CHANNEL, GObject)

/**
 * HandoverChannelClass:
 * @limits: what the platform allows; set in class_init
 * @verify_async: asks the platform who the token's account is
 * @verify_finish: gives the answer, or an error: %HANDOVER_CHANNEL_ERROR_LOCKED_OUT for a token that it does not know
 * @open_async: makes the platform ready to be received from: with an address and a secret of ours that it is to send
 *   webhooks to, or, where the address is %NULL, to be asked. Called before the first @receive_async, and again after
 *   every failure
 * @open_finish: tells whether it is
 * @receive_async: (nullable): waits, as long as the platform lets it, for what comes after a cursor (%NULL: whatever
 *   there is). That a cursor is given says that all before it is stored, and may be confirmed. One call at a time
 * @receive_finish: gives what came, perhaps nothing, with the next cursor
 * @read_webhook: (nullable): checks that bytes are the platform's and says in our words what they tell. It has no
 *   object and runs on any thread; what is forged is %HANDOVER_CHANNEL_ERROR_FORGED, what is new or unknown is left out
 * @send_async: sends one part. It never tries again by itself
 * @send_finish: (transfer full): tells what became of it; never %NULL. A part that was cancelled on its way is
 *   %HANDOVER_SEND_UNKNOWN
 * @show_typing: (nullable): lets the customer see that somebody writes; nobody waits for it
 * @answer_press: (nullable): tells that the press of a button has been taken; nobody waits for it
 * @fetch_async: (nullable): begins to fetch what a customer sent
 * @fetch_finish: (transfer full): gives a stream of its bytes; whoever reads it counts them
 *
 * A platform on which customers write. One object is one connected account; its calls come from one thread, never
 * block and end when their cancellable does.
 */
struct _HandoverChannelClass
{
  GObjectClass parent_class;

  HandoverChannelLimits limits;

  void                  (*verify_async)   (HandoverChannel            *self,
                                           GCancellable               *cancellable,
                                           GAsyncReadyCallback         callback,
                                           gpointer                    user_data);
  HandoverIdentity     *(*verify_finish)  (HandoverChannel            *self,
                                           GAsyncResult               *result,
                                           GError                    **error);
  void                  (*open_async)     (HandoverChannel            *self,
                                           const char                 *webhook_address,
                                           const char                 *webhook_secret,
                                           GCancellable               *cancellable,
                                           GAsyncReadyCallback         callback,
                                           gpointer                    user_data);
  gboolean              (*open_finish)    (HandoverChannel            *self,
                                           GAsyncResult               *result,
                                           GError                    **error);
  void                  (*receive_async)  (HandoverChannel            *self,
                                           const char                 *cursor,
                                           GCancellable               *cancellable,
                                           GAsyncReadyCallback         callback,
                                           gpointer                    user_data);
  HandoverInboundBatch *(*receive_finish) (HandoverChannel            *self,
                                           GAsyncResult               *result,
                                           GError                    **error);
  HandoverInboundBatch *(*read_webhook)   (const HandoverWebhook      *webhook,
                                           GError                    **error);
  void                  (*send_async)     (HandoverChannel            *self,
                                           const HandoverOutboundPart *part,
                                           GCancellable               *cancellable,
                                           GAsyncReadyCallback         callback,
                                           gpointer                    user_data);
  HandoverSendResult   *(*send_finish)    (HandoverChannel            *self,
                                           GAsyncResult               *result);
  void                  (*show_typing)    (HandoverChannel            *self,
                                           const char                 *contact);
  void                  (*answer_press)   (HandoverChannel            *self,
                                           const char                 *press);
  void                  (*fetch_async)    (HandoverChannel            *self,
                                           const HandoverInboundMedia *media,
                                           GCancellable               *cancellable,
                                           GAsyncReadyCallback         callback,
                                           gpointer                    user_data);
  GInputStream         *(*fetch_finish)   (HandoverChannel            *self,
                                           GAsyncResult               *result,
                                           GError                    **error);
};

HandoverChannel *handover_channel_new         (GType            type,
                                               const char      *token,
                                               const char      *address);
const char      *handover_channel_get_token   (HandoverChannel *self);
const char      *handover_channel_get_address (HandoverChannel *self);

G_END_DECLS
