/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean handover_byte_range_read (const char *header,
                                   gint64      size,
                                   gint64     *offset,
                                   gint64     *length);

G_END_DECLS
