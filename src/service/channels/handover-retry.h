/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

guint handover_retry_get_delay (guint first,
                                guint n_tries,
                                guint retry_after);

G_END_DECLS
