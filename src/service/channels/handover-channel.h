/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <gio/gio.h>

#include "service/channels/handover-channel-error.h"
#include "service/channels/handover-inbound.h"
#include "service/channels/handover-outbound.h"

G_BEGIN_DECLS

/**
 * HandoverTextUnit:
 * @HANDOVER_TEXT_UTF16: UTF-16 code units
 * @HANDOVER_TEXT_CHARACTERS: characters of Unicode
 * @HANDOVER_TEXT_BYTES: bytes of UTF-8
 *
 * What a platform counts texts in.
 */
typedef enum
{
  HANDOVER_TEXT_UTF16,
  HANDOVER_TEXT_CHARACTERS,
  HANDOVER_TEXT_BYTES,
} HandoverTextUnit;

/**
 * HandoverChannelLimits:
 * @unit: what texts are counted in
 * @text: how long a text may be
 * @caption: how long the text beside a file may be; 0 where files go without
 * @sent_file: how large a file may be that we send, in bytes; 0 where none may be
 * @received_file: how large a file may be that we fetch, in bytes
 * @per_second: how many parts may leave in a second, over all chats
 * @chat_interval: how many milliseconds lie between two parts to one chat
 * @receives: whether it is asked for what came; otherwise webhooks alone bring it
 *
 * What a platform allows. A class sets them once and for all.
 */
typedef struct
{
  HandoverTextUnit unit;
  guint text;
  guint caption;
  gint64 sent_file;
  gint64 received_file;
  guint per_second;
  guint chat_interval;
  gboolean receives;
} HandoverChannelLimits;

/**
 * HandoverIdentity:
 * @remote_id: the platform's own name for the account, which never changes
 * @name: what people call it
 * @handle: (nullable): how customers find it, such as `@shop_bot`
 *
 * Who an account is.
 */
typedef struct
{
  char *remote_id;
  char *name;
  char *handle;
} HandoverIdentity;

void handover_identity_free (HandoverIdentity *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HandoverIdentity, handover_identity_free)

/**
 * HandoverWebhook:
 * @secret: what we gave the platform to prove itself with
 * @headers: (element-type utf8 utf8): the request's headers by lower-case name
 * @body: its bytes as they came
 *
 * What a platform sent us on its own.
 */
typedef struct
{
  const char *secret;
  GHashTable *headers;
  GBytes *body;
} HandoverWebhook;

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
