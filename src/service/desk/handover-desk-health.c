/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/desk/handover-desk-health.h"

#include "core/handover-enums.h"
#include "core/handover-time.h"

/* How often operators are told of a channel that goes on as it did, in milliseconds. */
#define TELL_INTERVAL 60000

static gboolean
save (HandoverStore         *store,
      HandoverStoreChannel  *channel,
      gboolean               news,
      gint64                 now,
      GError               **error)
{
  gboolean tell = news || now - channel->told_at >= TELL_INTERVAL || channel->told_at > now;

  if (tell)
    channel->told_at = now;
  return handover_store_save_channel (store, channel, tell, error);
}

static gboolean
recover (HandoverStoreChannel *channel)
{
  if (channel->account->state != HANDOVER_CHANNEL_STATE_FAILING)
    return FALSE;

  channel->account->state = HANDOVER_CHANNEL_STATE_CONNECTED;
  return TRUE;
}

/**
 * handover_desk_health_received:
 * @store: the writer's store
 * @channel: a connected channel, perhaps with another cursor than before
 * @something: whether anything came, or it only could have
 * @error: return location for an error
 *
 * Notes that receiving works.
 *
 * Returns: whether it was written
 */
gboolean
handover_desk_health_received (HandoverStore         *store,
                               HandoverStoreChannel  *channel,
                               gboolean               something,
                               GError               **error)
{
  gint64 now = handover_time_now ();
  gboolean news = recover (channel);

  if (something)
    channel->account->last_received_at = now;
  return save (store, channel, news, now, error);
}

/**
 * handover_desk_health_sent:
 * @store: the writer's store
 * @channel: a channel
 * @error: return location for an error
 *
 * Notes that something was sent. That receiving works it does not say.
 *
 * Returns: whether it was written
 */
gboolean
handover_desk_health_sent (HandoverStore         *store,
                           HandoverStoreChannel  *channel,
                           GError               **error)
{
  gint64 now = handover_time_now ();

  channel->account->last_sent_at = now;
  return save (store, channel, FALSE, now, error);
}

/**
 * handover_desk_health_failed:
 * @store: the writer's store
 * @channel: a channel
 * @reason: what happened, in a whole sentence
 * @failing: whether it is more than a moment's trouble
 * @error: return location for an error
 *
 * Notes that something went wrong.
 *
 * Returns: whether it was written
 */
gboolean
handover_desk_health_failed (HandoverStore         *store,
                             HandoverStoreChannel  *channel,
                             const char            *reason,
                             gboolean               failing,
                             GError               **error)
{
  HandoverChannelAccount *account = channel->account;
  gint64 now = handover_time_now ();
  gboolean news = FALSE;

  if (failing && account->state == HANDOVER_CHANNEL_STATE_CONNECTED)
    {
      account->state = HANDOVER_CHANNEL_STATE_FAILING;
      news = TRUE;
    }
  news |= g_set_str (&account->last_error, reason) && account->state == HANDOVER_CHANNEL_STATE_FAILING;
  account->last_error_at = now;
  return save (store, channel, news, now, error);
}
