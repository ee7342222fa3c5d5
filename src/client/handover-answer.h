/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What the answers of a service, and the lack of one, mean: from statuses, bodies and transport errors to
 * HANDOVER_PROBLEM errors that a person can read. */

JsonNode *handover_answer_read      (guint          status,
                                     const char    *content_type,
                                     GBytes        *body,
                                     const char    *host,
                                     GError       **error);
GError   *handover_answer_explain   (const GError  *transport,
                                     const char    *host);
gboolean  handover_answer_may_retry (const GError  *error);

G_END_DECLS
