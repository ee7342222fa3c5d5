/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <json-glib/json-glib.h>

#include "client/handover-account.h"

G_BEGIN_DECLS

/* What all actions share: a call, and its answer into the mirror. */

void         handover_action_call_async       (HandoverAccount     *account,
                                               GType                answer,
                                               const char          *method,
                                               const char          *path,
                                               JsonBuilder         *body,
                                               GCancellable        *cancellable,
                                               GAsyncReadyCallback  callback,
                                               gpointer             user_data);

char        *handover_action_path             (const char          *collection,
                                               const char          *id,
                                               const char          *rest);

JsonBuilder *handover_action_body_new         (void);
void         handover_action_body_add_text    (JsonBuilder         *body,
                                               const char          *member,
                                               const char          *text);
void         handover_action_body_add_word    (JsonBuilder         *body,
                                               const char          *member,
                                               GType                type,
                                               int                  value);
void         handover_action_body_add_boolean (JsonBuilder         *body,
                                               const char          *member,
                                               gboolean             value);

G_END_DECLS
