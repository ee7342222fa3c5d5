/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

char *handover_remote_address_find (GSocketAddress     *peer,
                                    const char         *forwarded_for,
                                    const char * const *trusted_proxies);

G_END_DECLS
