/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "client/store/handover-draft-file.h"
#include "client/store/handover-outbox-entry.h"

G_BEGIN_DECLS

/* The rows of files that are to be sent. */

/**
 * HandoverDraftFileRow:
 * @conversation_id: where it goes
 * @kind: with which draft, or what the draft became
 * @entry_id: (nullable): with which entry; %NULL while it is with the draft
 * @file: the file
 *
 * A row as it is read.
 */
typedef struct
{
  char *conversation_id;
  HandoverDraftKind kind;
  char *entry_id;
  HandoverDraftFile *file;
} HandoverDraftFileRow;

void       handover_draft_file_row_free       (gpointer               row);
GPtrArray *handover_outbox_file_store_read    (HandoverDatabase      *database,
                                               const char            *folder,
                                               GError               **error);
gboolean   handover_outbox_file_store_insert  (HandoverDatabase      *database,
                                               const char            *conversation_id,
                                               HandoverDraftKind      kind,
                                               HandoverAttachment    *attachment,
                                               GError               **error);
gboolean   handover_outbox_file_store_send    (HandoverDatabase      *database,
                                               const char            *entry_id,
                                               char                 **ids,
                                               GError               **error);
gboolean   handover_outbox_file_store_take_back (HandoverDatabase    *database,
                                                 char               **ids,
                                                 GError             **error);

G_END_DECLS
