/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * HandoverConnection:
 * @HANDOVER_CONNECTION_CONNECTING: the first lists are on their way, or the connection is being made
 * @HANDOVER_CONNECTION_CONNECTED: changes arrive as they happen
 * @HANDOVER_CONNECTION_OFFLINE: the service cannot be reached; it is tried again by itself
 *
 * How an account stands with its service.
 */
typedef enum
{
  HANDOVER_CONNECTION_CONNECTING,
  HANDOVER_CONNECTION_CONNECTED,
  HANDOVER_CONNECTION_OFFLINE,
} HandoverConnection;

#define HANDOVER_TYPE_CONNECTION (handover_connection_get_type ())
GType handover_connection_get_type (void);

G_END_DECLS
