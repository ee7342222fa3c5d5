/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char     *handover_links_to_markup (const char *text);
gboolean  handover_links_may_open  (const char *uri);

G_END_DECLS
