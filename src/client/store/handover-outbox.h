/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <gio/gio.h>

#include "client/store/handover-gateway.h"
#include "client/store/handover-mirror.h"

G_BEGIN_DECLS

/**
 * HANDOVER_OUTBOX_REPLY_LIFETIME:
 *
 * How long a reply may wait, in milliseconds. Later it goes back to the draft.
 */
#define HANDOVER_OUTBOX_REPLY_LIFETIME (15 * 60 * 1000)

/**
 * HandoverDraftKind:
 * @HANDOVER_DRAFT_REPLY: for the customer
 * @HANDOVER_DRAFT_NOTE: for the team
 *
 * For whom an unfinished text is. Each conversation has a draft of either kind, and neither becomes the other.
 */
typedef enum
{
  HANDOVER_DRAFT_REPLY,
  HANDOVER_DRAFT_NOTE,
} HandoverDraftKind;

#define HANDOVER_N_DRAFT_KINDS (HANDOVER_DRAFT_NOTE + 1)

#define HANDOVER_TYPE_OUTBOX (handover_outbox_get_type ())
G_DECLARE_FINAL_TYPE (HandoverOutbox, handover_outbox, HANDOVER, OUTBOX, GObject)

/* For the account. */
HandoverOutbox *handover_outbox_new         (HandoverMirror  *mirror,
                                             GError         **error);
void            handover_outbox_set_gateway (HandoverOutbox  *self,
                                             HandoverGateway *gateway);
void            handover_outbox_set_online  (HandoverOutbox  *self,
                                             gboolean         online);

/* For everybody. */
char           *handover_outbox_reply       (HandoverOutbox  *self,
                                             const char      *conversation_id,
                                             const char      *text,
                                             gint64           epoch);
char           *handover_outbox_note        (HandoverOutbox  *self,
                                             const char      *conversation_id,
                                             const char      *text);
void            handover_outbox_mark_read   (HandoverOutbox  *self,
                                             const char      *conversation_id,
                                             const char      *message_id);
void            handover_outbox_report_alert (HandoverOutbox     *self,
                                              const char         *conversation_id,
                                              const char         *escalation_id,
                                              HandoverAlertState  state);
gboolean        handover_outbox_withdraw    (HandoverOutbox  *self,
                                             const char      *entry_id);
guint           handover_outbox_get_unsent  (HandoverOutbox  *self);
void            handover_outbox_set_draft   (HandoverOutbox    *self,
                                             const char        *conversation_id,
                                             HandoverDraftKind  kind,
                                             const char        *text);
const char     *handover_outbox_get_draft   (HandoverOutbox    *self,
                                             const char        *conversation_id,
                                             HandoverDraftKind  kind);
void            handover_outbox_set_quote   (HandoverOutbox    *self,
                                             const char        *conversation_id,
                                             HandoverPreview   *quote);
HandoverPreview *handover_outbox_get_quote  (HandoverOutbox    *self,
                                             const char        *conversation_id);
const char     *handover_outbox_get_reason  (HandoverOutbox    *self,
                                             const char        *conversation_id,
                                             HandoverDraftKind  kind);

G_END_DECLS
