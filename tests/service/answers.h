/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "service/http/handover-request.h"
#include "service/http/handover-response.h"

G_BEGIN_DECLS

/* Every answer that a test program sees is noted, and its last test holds them all against the OpenAPI document. */

void answers_note          (const char       *method,
                            const char       *target,
                            guint             status,
                            const char       *content_type,
                            const char       *body);
void answers_note_response (HandoverRequest  *request,
                            HandoverResponse *response);
void answers_note_event    (const char       *data);
void answers_add_test      (const char       *path);

G_END_DECLS
