/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "core/handover-person.h"
#include "service/http/handover-route.h"

G_BEGIN_DECLS

HandoverPerson *handover_route_help_get_actor          (const HandoverPrincipal  *principal);
gboolean        handover_route_help_read_limit         (HandoverRequest          *request,
                                                        guint                    *limit,
                                                        GError                  **error);
gboolean        handover_route_help_read_attachments   (JsonObject               *object,
                                                        const char               *path,
                                                        char                   ***ids,
                                                        GError                  **error);
gboolean        handover_route_help_answer_record      (HandoverResponse         *response,
                                                        guint                     status,
                                                        gpointer                  record);
gboolean        handover_route_help_answer_page        (HandoverResponse         *response,
                                                        GPtrArray                *page,
                                                        const char               *next_cursor);

G_END_DECLS
