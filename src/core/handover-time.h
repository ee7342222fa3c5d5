/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gint64   handover_time_now    (void);
char *   handover_time_format (gint64       time);
gboolean handover_time_parse  (const char  *text,
                               gint64      *time);

G_END_DECLS
