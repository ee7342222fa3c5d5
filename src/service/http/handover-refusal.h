/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

void handover_refusal_send     (GIOStream         *connection,
                                const GError      *error);
void handover_refusal_prepare  (SoupServerMessage *message);
void handover_refusal_withdraw (SoupServerMessage *message);

G_END_DECLS
