/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/channels/handover-channel.h"

#include <string.h>

#include <sodium.h>

typedef struct
{
  char *token;
  char *address;
} HandoverChannelPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (HandoverChannel, handover_channel, G_TYPE_OBJECT)

static void
handover_channel_finalize (GObject *object)
{
  HandoverChannelPrivate *private = handover_channel_get_instance_private (HANDOVER_CHANNEL (object));

  /* It wipes what it frees. */
  sodium_free (private->token);
  g_free (private->address);

  G_OBJECT_CLASS (handover_channel_parent_class)->finalize (object);
}

static void
handover_channel_class_init (HandoverChannelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = handover_channel_finalize;
}

static void
handover_channel_init (HandoverChannel *self)
{
}

/**
 * handover_channel_new:
 * @type: a class of channels
 * @token: the account's token; a copy is kept, and wiped with the object
 * @address: (nullable): where the platform is, or %NULL for where it always is
 *
 * Makes an account's channel, which asks for nothing yet.
 *
 * Returns: (transfer full): a channel
 */
HandoverChannel *
handover_channel_new (GType       type,
                      const char *token,
                      const char *address)
{
  HandoverChannel *self = g_object_new (type, NULL);
  HandoverChannelPrivate *private = handover_channel_get_instance_private (self);
  gsize length = strlen (token) + 1;

  private->token = sodium_malloc (length);
  if (private->token == NULL)
    g_error ("No memory for a channel's token");
  memcpy (private->token, token, length);
  private->address = g_strdup (address);
  return self;
}

/**
 * handover_channel_get_token:
 * @self: a channel
 *
 * Gets the account's token, for the class. Copies are to be wiped.
 *
 * Returns: the token
 */
const char *
handover_channel_get_token (HandoverChannel *self)
{
  HandoverChannelPrivate *private = handover_channel_get_instance_private (self);

  return private->token;
}

/**
 * handover_channel_get_address:
 * @self: a channel
 *
 * Gets where the platform is, for the class.
 *
 * Returns: (nullable): the address without a slash at its end; %NULL: where it always is
 */
const char *
handover_channel_get_address (HandoverChannel *self)
{
  HandoverChannelPrivate *private = handover_channel_get_instance_private (self);

  return private->address;
}
