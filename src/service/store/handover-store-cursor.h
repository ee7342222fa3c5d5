/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char     *handover_store_cursor_format (gint64       value,
                                        const char  *id);
gboolean  handover_store_cursor_parse  (const char  *cursor,
                                        gint64      *value,
                                        char       **id,
                                        GError     **error);

G_END_DECLS
