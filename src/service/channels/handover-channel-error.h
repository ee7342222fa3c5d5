/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * HandoverChannelError:
 * @HANDOVER_CHANNEL_ERROR_UNREACHABLE: no answer came; whether the platform got the request is not known
 * @HANDOVER_CHANNEL_ERROR_BUSY: the platform asks to come back later, or had a fault of its own
 * @HANDOVER_CHANNEL_ERROR_LOCKED_OUT: the platform does not accept the token
 * @HANDOVER_CHANNEL_ERROR_CONFLICT: somebody else receives for the same account
 * @HANDOVER_CHANNEL_ERROR_INVALID: the platform, or whoever speaks in its name, said something that makes no sense
 * @HANDOVER_CHANNEL_ERROR_FORGED: a webhook's bytes are not the platform's
 * @HANDOVER_CHANNEL_ERROR_GONE: what was asked for is not there, or may not be had
 * @HANDOVER_CHANNEL_ERROR_TOO_LARGE: what was asked for is larger than the platform or we allow
 *
 * Why a call to a platform failed. The messages are whole sentences that an operator reads.
 */
typedef enum
{
  HANDOVER_CHANNEL_ERROR_UNREACHABLE,
  HANDOVER_CHANNEL_ERROR_BUSY,
  HANDOVER_CHANNEL_ERROR_LOCKED_OUT,
  HANDOVER_CHANNEL_ERROR_CONFLICT,
  HANDOVER_CHANNEL_ERROR_INVALID,
  HANDOVER_CHANNEL_ERROR_FORGED,
  HANDOVER_CHANNEL_ERROR_GONE,
  HANDOVER_CHANNEL_ERROR_TOO_LARGE,
} HandoverChannelError;

#define HANDOVER_CHANNEL_ERROR (handover_channel_error_quark ())

GQuark  handover_channel_error_quark           (void);
GError *handover_channel_error_new_later       (const char   *message,
                                                guint         retry_after);
guint   handover_channel_error_get_retry_after (const GError *error);

G_END_DECLS
