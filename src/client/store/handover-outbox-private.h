/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "client/store/handover-outbox-entry.h"
#include "client/store/handover-outbox.h"

G_BEGIN_DECLS

#define HANDOVER_OUTBOX_RETRY_FIRST_SECONDS 2

struct _HandoverOutbox
{
  GObject parent_instance;

  HandoverMirror *mirror;
  HandoverGateway *gateway;
  GCancellable *closing;
  /* Of the calls that were begun over the connection there is. */
  GCancellable *connected;
  gboolean online;
  gint64 reply_lifetime;

  /* The entries of each conversation in order, and all of them by name. */
  GHashTable *queues;
  GHashTable *entries;
  guint n_unsent;

  guint retry_seconds;
  guint retry_source;
  guint expiry_source;

  /* By kind, then by conversation. */
  GHashTable *drafts[HANDOVER_N_DRAFT_KINDS];
  GHashTable *unwritten_drafts[HANDOVER_N_DRAFT_KINDS];
  /* Why a draft came back, for as long as it lies there. */
  GHashTable *reasons[HANDOVER_N_DRAFT_KINDS];
  gboolean writing_drafts;

  /* What the replies that are being written answer, by conversation. */
  GHashTable *quotes;

  /* The account's folder; the files of drafts by kind, then by conversation. */
  char *folder;
  GHashTable *files[HANDOVER_N_DRAFT_KINDS];
  guint n_uploads;
};

/**
 * HandoverSending:
 * @outbox: the outbox
 * @entry: what is on its way
 * @message: (nullable): what it has become
 *
 * What the steps of sending an entry carry along.
 */
typedef struct
{
  HandoverOutbox *outbox;
  HandoverOutboxEntry *entry;
  HandoverMessage *message;
} HandoverSending;

HandoverSending *handover_sending_new               (HandoverOutbox       *self,
                                                     HandoverOutboxEntry  *entry);
void             handover_sending_free              (gpointer              data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HandoverSending, handover_sending_free)

HandoverOutbox  *handover_outbox_finish_write       (GObject              *source,
                                                     GAsyncResult         *result,
                                                     gpointer              user_data);
void             handover_outbox_written_cb         (GObject              *source,
                                                     GAsyncResult         *result,
                                                     gpointer              user_data);
void             handover_outbox_add                (HandoverOutbox       *self,
                                                     HandoverOutboxEntry  *entry);
void             handover_outbox_pump               (HandoverOutbox       *self);
void             handover_outbox_watch_lifetime     (HandoverOutbox       *self);
void             handover_outbox_keep_quote         (HandoverOutbox       *self,
                                                     const char           *conversation_id,
                                                     HandoverPreview      *quote);
gboolean         handover_outbox_load_quotes        (HandoverOutbox       *self,
                                                     GError              **error);
GPtrArray       *handover_outbox_list               (HandoverOutbox       *self);
void             handover_outbox_forget             (HandoverOutbox       *self,
                                                     HandoverOutboxEntry  *entry);
void             handover_outbox_delete             (HandoverOutbox       *self,
                                                     HandoverOutboxEntry  *entry);
void             handover_outbox_give_back          (HandoverOutbox       *self,
                                                     HandoverOutboxEntry  *entry,
                                                     const char           *reason);
void             handover_outbox_exchange           (HandoverOutbox       *self,
                                                     HandoverOutboxEntry  *entry,
                                                     const char           *draft,
                                                     GAsyncReadyCallback   callback,
                                                     gpointer              user_data);
void             handover_outbox_give_back_stale    (HandoverOutbox       *self,
                                                     HandoverOutboxEntry  *entry,
                                                     HandoverConversation *conversation);
void             handover_outbox_give_back_expired  (HandoverOutbox       *self);
void             handover_outbox_notice_change      (HandoverOutbox       *self,
                                                     HandoverConversation *conversation);
gboolean         handover_outbox_conclude           (HandoverOutbox       *self,
                                                     HandoverOutboxEntry  *entry,
                                                     const GError         *error);
void             handover_outbox_refused            (HandoverOutbox       *self,
                                                     HandoverOutboxEntry  *entry,
                                                     const GError         *error);
void             handover_outbox_retry_later        (HandoverOutbox       *self);
gboolean         handover_outbox_is_expired         (HandoverOutbox       *self,
                                                     HandoverOutboxEntry  *entry);
gboolean         handover_outbox_entry_is_stale     (HandoverOutboxEntry  *entry,
                                                     HandoverConversation *conversation);

/* For tests: how long replies may wait, in milliseconds. */
void             handover_outbox_set_reply_lifetime (HandoverOutbox       *self,
                                                     gint64                lifetime);

G_END_DECLS
