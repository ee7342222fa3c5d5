/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void handover_refusal_send (GIOStream    *connection,
                            const GError *error);

G_END_DECLS
