/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "client/handover-connection.h"

G_DEFINE_ENUM_TYPE (HandoverConnection, handover_connection,
                    G_DEFINE_ENUM_VALUE (HANDOVER_CONNECTION_CONNECTING, "connecting"),
                    G_DEFINE_ENUM_VALUE (HANDOVER_CONNECTION_CONNECTED, "connected"),
                    G_DEFINE_ENUM_VALUE (HANDOVER_CONNECTION_OFFLINE, "offline"))
