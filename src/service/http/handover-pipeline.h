/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "service/http/handover-exchange.h"

G_BEGIN_DECLS

gboolean handover_pipeline_look_up (gpointer   store,
                                    gpointer   exchange,
                                    GError   **error);
gboolean handover_pipeline_run     (gpointer   store,
                                    gpointer   exchange,
                                    GError   **error);
gboolean handover_pipeline_touch   (gpointer   store,
                                    gpointer   principal,
                                    GError   **error);
gboolean handover_pipeline_verify  (HandoverStore            *store,
                                    const HandoverPrincipal  *principal,
                                    GError                  **error);

G_END_DECLS
