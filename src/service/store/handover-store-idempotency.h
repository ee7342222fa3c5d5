/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "service/store/handover-store.h"

G_BEGIN_DECLS

/* How long a key is remembered. */
#define HANDOVER_IDEMPOTENCY_KEPT (G_GINT64_CONSTANT (7) * 24 * 3600 * 1000)

/**
 * HandoverRepeat:
 * @business_id: the caller's business; empty for nobody's
 * @caller: the operator or agent; empty for anybody
 * @route: method and path
 * @key: what the caller sent
 * @request_hash: the hash of the request's body
 *
 * By what a repeated request is known.
 */
typedef struct
{
  const char *business_id;
  const char *caller;
  const char *route;
  const char *key;
  GBytes *request_hash;
} HandoverRepeat;

gboolean handover_store_find_answer (HandoverStore         *self,
                                     const HandoverRepeat  *repeat,
                                     gint64                 now,
                                     guint                 *status,
                                     char                 **body,
                                     GError               **error);
gboolean handover_store_keep_answer (HandoverStore         *self,
                                     const HandoverRepeat  *repeat,
                                     gint64                 now,
                                     guint                  status,
                                     const char            *body,
                                     GError               **error);

G_END_DECLS
