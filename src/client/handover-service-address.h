/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *handover_service_address_normalise (const char  *text,
                                          GError     **error);

G_END_DECLS
