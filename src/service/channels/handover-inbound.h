/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "core/handover-customer.h"
#include "core/handover-enums.h"

G_BEGIN_DECLS

/**
 * HandoverInboundKind:
 * @HANDOVER_INBOUND_MESSAGE: a customer wrote or sent something
 * @HANDOVER_INBOUND_EDIT: a customer changed what they had written
 * @HANDOVER_INBOUND_STATUS: a message of ours came further, or failed
 * @HANDOVER_INBOUND_MOVED: the platform gave a chat another name
 * @HANDOVER_INBOUND_BLOCKED: a customer let nothing of ours come to them any more
 * @HANDOVER_INBOUND_UNBLOCKED: a customer let us write to them again
 *
 * What happened on a platform.
 */
typedef enum
{
  HANDOVER_INBOUND_MESSAGE,
  HANDOVER_INBOUND_EDIT,
  HANDOVER_INBOUND_STATUS,
  HANDOVER_INBOUND_MOVED,
  HANDOVER_INBOUND_BLOCKED,
  HANDOVER_INBOUND_UNBLOCKED,
} HandoverInboundKind;

/**
 * HandoverInboundMedia:
 * @remote_id: the platform's name for it, enough to fetch it by
 * @label: what it is in words, such as `Photo` or `Voice message (0:12)`, to be read where the bytes are not
 * @name: (nullable): the file's name as the customer's device gave it; not to be trusted
 * @type: (nullable): its media type as the platform says; not to be trusted
 * @size: its size as the platform says; 0 where it does not
 *
 * Something that a customer sent, which is still to be fetched.
 */
typedef struct
{
  char *remote_id;
  char *label;
  char *name;
  char *type;
  gint64 size;
} HandoverInboundMedia;

HandoverInboundMedia *handover_inbound_media_new  (const char           *remote_id,
                                                   const char           *label);
void                  handover_inbound_media_free (HandoverInboundMedia *self);

/**
 * HandoverInboundEvent:
 * @kind: what happened
 * @key: what the platform repeats it by; the same key is taken once for ever
 * @contact: the platform's name for the chat
 * @remote_id: (nullable): the platform's name for the message within the chat: the new one, the one that was edited,
 *   or ours, for a status
 * @reply_to: (nullable): the message that it answers, by the platform's name
 * @customer: (nullable): what is known of the customer; its id is not used
 * @text: (nullable): what was written, a caption, or readable words for what cannot be shown as it is
 * @at: when, by the platform's clock, in milliseconds; 0 for now
 * @media: (nullable) (element-type HandoverInboundMedia): what was sent with it
 * @state: for a status: how far our message has come
 * @reason: (nullable): for a status that failed: why, in a whole sentence
 * @moved_to: (nullable): for a chat that moved: its name from now on
 *
 * One thing that happened on a platform, in our own words.
 */
typedef struct
{
  HandoverInboundKind kind;
  char *key;
  char *contact;
  char *remote_id;
  char *reply_to;
  HandoverCustomer *customer;
  char *text;
  gint64 at;
  GPtrArray *media;
  HandoverDeliveryState state;
  char *reason;
  char *moved_to;
} HandoverInboundEvent;

HandoverInboundEvent *handover_inbound_event_new       (HandoverInboundKind   kind,
                                                        const char           *key,
                                                        const char           *contact);
void                  handover_inbound_event_add_media (HandoverInboundEvent *self,
                                                        HandoverInboundMedia *media);
void                  handover_inbound_event_free      (HandoverInboundEvent *self);

/**
 * HandoverInboundBatch:
 * @events: (element-type HandoverInboundEvent): what happened, in order; may be empty
 * @presses: (element-type utf8): presses of buttons, which wait until they are answered once this batch is stored
 * @cursor: (nullable): where to go on receiving, once this batch is stored; %NULL where nothing changes
 *
 * What came at once.
 */
typedef struct
{
  GPtrArray *events;
  GPtrArray *presses;
  char *cursor;
} HandoverInboundBatch;

HandoverInboundBatch *handover_inbound_batch_new  (void);
void                  handover_inbound_batch_free (HandoverInboundBatch *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HandoverInboundMedia, handover_inbound_media_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HandoverInboundEvent, handover_inbound_event_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HandoverInboundBatch, handover_inbound_batch_free)

G_END_DECLS
