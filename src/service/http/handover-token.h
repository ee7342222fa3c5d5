/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char     *handover_token_new  (const char *prefix);
GBytes   *handover_token_hash (const char *token);
void      handover_token_free (char       *token);
gboolean  handover_hash_equal (GBytes     *hash,
                               GBytes     *other);

G_END_DECLS
