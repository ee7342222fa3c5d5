/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/channels/handover-channel-error.h"

typedef struct
{
  guint retry_after;
} HandoverChannelErrorPrivate;

static void
handover_channel_error_private_init (HandoverChannelErrorPrivate *self)
{
}

static void
handover_channel_error_private_copy (const HandoverChannelErrorPrivate *self,
                                     HandoverChannelErrorPrivate       *copy)
{
  *copy = *self;
}

static void
handover_channel_error_private_clear (HandoverChannelErrorPrivate *self)
{
}

G_DEFINE_EXTENDED_ERROR (HandoverChannelError, handover_channel_error)

/**
 * handover_channel_error_new_later:
 * @message: what happened, in a whole sentence
 * @retry_after: after how many seconds the platform wants to be asked again
 *
 * Makes a #HANDOVER_CHANNEL_ERROR_BUSY that says for how long.
 *
 * Returns: (transfer full): the error
 */
GError *
handover_channel_error_new_later (const char *message,
                                  guint       retry_after)
{
  GError *error = g_error_new_literal (HANDOVER_CHANNEL_ERROR, HANDOVER_CHANNEL_ERROR_BUSY, message);

  handover_channel_error_get_private (error)->retry_after = retry_after;
  return error;
}

/**
 * handover_channel_error_get_retry_after:
 * @error: any error
 *
 * Tells when the platform wants to be asked again.
 *
 * Returns: after how many seconds; 0 where it did not say
 */
guint
handover_channel_error_get_retry_after (const GError *error)
{
  return error->domain == HANDOVER_CHANNEL_ERROR ? handover_channel_error_get_private (error)->retry_after : 0;
}
