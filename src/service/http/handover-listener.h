/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GSocket *handover_listener_new (const char  *address,
                                GError     **error);

G_END_DECLS
