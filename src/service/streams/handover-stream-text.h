/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "service/store/handover-log-line.h"

G_BEGIN_DECLS

GBytes *handover_stream_text_head     (gint64           sequence);
void    handover_stream_text_append   (GString         *text,
                                       HandoverLogLine *line,
                                       gboolean         withheld);
GBytes *handover_stream_text_line     (HandoverLogLine *line,
                                       gboolean         withheld);

G_END_DECLS
