/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/channels/handover-typing.h"

/* Platforms show it for about 5 seconds; whoever types tells so every 4. */
#define PAUSE (G_GINT64_CONSTANT (3500) * 1000)

/**
 * HandoverTyping:
 *
 * Shows customers that somebody writes to them, not more often than it takes.
 */
struct _HandoverTyping
{
  HandoverChannel *channel;
  GHashTable *shown;
};

/**
 * handover_typing_new:
 * @channel: the channel to show it on
 *
 * Returns: (transfer full): one that has shown nothing yet
 */
HandoverTyping *
handover_typing_new (HandoverChannel *channel)
{
  HandoverTyping *self = g_new0 (HandoverTyping, 1);

  self->channel = g_object_ref (channel);
  self->shown = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

/**
 * handover_typing_free:
 * @self: (transfer full): what shows it
 *
 * Frees it.
 */
void
handover_typing_free (HandoverTyping *self)
{
  g_hash_table_unref (self->shown);
  g_object_unref (self->channel);
  g_free (self);
}

static gboolean
is_over (gpointer key,
         gpointer value,
         gpointer user_data)
{
  return *(gint64 *) user_data - *(gint64 *) value >= PAUSE;
}

/**
 * handover_typing_show:
 * @self: what shows it
 * @contact: the platform's name for the chat
 * @now: the time, by the monotonic clock
 *
 * Lets a customer see that somebody writes, where the platform can show it and does not show it still. Nobody learns
 * whether it did.
 */
void
handover_typing_show (HandoverTyping *self,
                      const char     *contact,
                      gint64          now)
{
  HandoverChannelClass *klass = HANDOVER_CHANNEL_GET_CLASS (self->channel);

  g_hash_table_foreach_remove (self->shown, is_over, &now);
  if (klass->show_typing == NULL || g_hash_table_contains (self->shown, contact))
    return;

  g_hash_table_insert (self->shown, g_strdup (contact), g_memdup2 (&now, sizeof now));
  klass->show_typing (self->channel, contact);
}
