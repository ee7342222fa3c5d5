/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "client/store/handover-changes.h"
#include "client/store/handover-draft-file.h"
#include "client/store/handover-outbox.h"
#include "database/handover-database.h"

G_BEGIN_DECLS

typedef enum
{
  HANDOVER_OUTBOX_REPLY,
  HANDOVER_OUTBOX_NOTE,
  HANDOVER_OUTBOX_READ,
  HANDOVER_OUTBOX_ALERT,
} HandoverOutboxKind;

/**
 * HandoverOutboxState:
 * @HANDOVER_OUTBOX_STORING: not on the disk yet
 * @HANDOVER_OUTBOX_QUEUED: waits for its turn
 * @HANDOVER_OUTBOX_UPLOADING: one of its files is on its way
 * @HANDOVER_OUTBOX_SENDING: the service has been asked
 * @HANDOVER_OUTBOX_DONE: no longer in the outbox
 *
 * How far an entry has come.
 */
typedef enum
{
  HANDOVER_OUTBOX_STORING,
  HANDOVER_OUTBOX_QUEUED,
  HANDOVER_OUTBOX_UPLOADING,
  HANDOVER_OUTBOX_SENDING,
  HANDOVER_OUTBOX_DONE,
} HandoverOutboxState;

/**
 * HandoverOutboxEntry:
 * @id: its name, and its idempotency key
 * @conversation_id: where it goes
 * @kind: what it is
 * @target: (nullable): the escalation, for what became of an alert
 * @text: the text; for a read mark the message's id; for an alert its state
 * @epoch: the epoch that the operator saw, for a reply
 * @created_at: when it was made
 * @attempted: whether the service may have seen it
 * @seen: whether the stream has brought what can only be this entry
 * @state: how far it has come
 * @quote: (nullable): the message that a reply answers
 * @message: (nullable): how the transcript shows it
 * @files: (nullable) (element-type HandoverDraftFile): what goes with it
 * @uploading: (nullable): breaks off the upload of one of them
 * @renewed: whether they were all uploaded once more
 *
 * One thing that the operator did and the service has not confirmed. Counted by reference.
 */
typedef struct
{
  char *id;
  char *conversation_id;
  HandoverOutboxKind kind;
  char *target;
  char *text;
  gint64 epoch;
  gint64 created_at;
  gboolean attempted;
  gboolean seen;
  HandoverOutboxState state;
  HandoverPreview *quote;
  HandoverMessage *message;
  GPtrArray *files;
  GCancellable *uploading;
  gboolean renewed;
} HandoverOutboxEntry;

HandoverOutboxEntry *handover_outbox_entry_new          (HandoverOutboxKind   kind,
                                                         const char          *conversation_id,
                                                         const char          *target,
                                                         const char          *text,
                                                         gint64               epoch);
HandoverOutboxEntry *handover_outbox_entry_ref          (HandoverOutboxEntry *self);
void                 handover_outbox_entry_unref        (HandoverOutboxEntry *self);
gboolean             handover_outbox_entry_is_message   (HandoverOutboxEntry *self);
HandoverDraftKind    handover_outbox_entry_get_draft    (HandoverOutboxEntry *self);
char               **handover_outbox_entry_list_files   (HandoverOutboxEntry *self);
gboolean             handover_outbox_entry_became       (HandoverOutboxEntry *self,
                                                         HandoverMessage     *message);
void                 handover_outbox_entry_make_message (HandoverOutboxEntry *self,
                                                         const char          *operator_id,
                                                         const char          *operator_name);

gboolean             handover_outbox_store_insert       (HandoverDatabase     *database,
                                                         HandoverOutboxEntry  *entry,
                                                         GError              **error);
gboolean             handover_outbox_store_read         (HandoverDatabase     *database,
                                                         GPtrArray            *entries,
                                                         GHashTable          **drafts,
                                                         GError              **error);
gboolean             handover_outbox_store_put_draft    (HandoverDatabase     *database,
                                                         const char           *conversation_id,
                                                         HandoverDraftKind     kind,
                                                         const char           *text,
                                                         GError              **error);
gboolean             handover_outbox_store_put_quote    (HandoverDatabase     *database,
                                                         const char           *conversation_id,
                                                         HandoverPreview      *quote,
                                                         GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HandoverOutboxEntry, handover_outbox_entry_unref)

G_END_DECLS
