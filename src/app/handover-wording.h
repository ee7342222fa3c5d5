/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "core/handover-attachment.h"
#include "core/handover-customer.h"
#include "core/handover-enums.h"

G_BEGIN_DECLS

char       *handover_wording_wait            (gint64                  milliseconds);
char       *handover_wording_wait_spoken     (gint64                  milliseconds);
char       *handover_wording_clock           (gint64                  at);
char       *handover_wording_moment          (gint64                  at,
                                              gint64                  now);
char       *handover_wording_customer        (HandoverCustomer       *customer);
gboolean    handover_wording_has_initials    (HandoverCustomer       *customer);
char       *handover_wording_isolate         (const char             *text);
char       *handover_wording_embed           (const char             *text);
char       *handover_wording_sentence        (const char             *text);
const char *handover_wording_channel         (int                     kind);
const char *handover_wording_channel_icon    (int                     kind);
const char *handover_wording_attachment_icon (HandoverAttachmentKind  kind);
char       *handover_wording_attachments     (GPtrArray              *attachments);
const char *handover_wording_trigger         (int                     trigger);
const char *handover_wording_resolution      (int                     resolution);
const char *handover_wording_presence        (int                     presence);
const char *handover_wording_role            (int                     role);

G_END_DECLS
