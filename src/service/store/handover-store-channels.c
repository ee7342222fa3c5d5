/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/store/handover-store-channels.h"

#include "core/handover-enum-types.h"
#include "core/handover-enums.h"
#include "service/store/handover-store-rows.h"

/* The columns of the statements that read whole channels. */
enum
{
  ID,
  KIND,
  NAME,
  HANDLE,
  AGENT_ID,
  STATE,
  LAST_RECEIVED_AT,
  LAST_SENT_AT,
  LAST_ERROR,
  LAST_ERROR_AT,
  CREATED_AT,
  VERSION,
  REMOTE_ID,
  CURSOR,
  SECRET,
  TOLD_AT,
  BUSINESS_ID,
};

/**
 * handover_store_channel_free:
 * @self: (transfer full): a channel
 *
 * Frees it.
 */
void
handover_store_channel_free (HandoverStoreChannel *self)
{
  g_clear_object (&self->account);
  g_free (self->business_id);
  g_free (self->remote_id);
  g_free (self->cursor);
  g_clear_pointer (&self->secret, g_bytes_unref);
  g_free (self);
}

/**
 * handover_store_media_free:
 * @self: (transfer full): something to fetch
 *
 * Frees it.
 */
void
handover_store_media_free (HandoverStoreMedia *self)
{
  g_free (self->message_id);
  g_free (self->remote_id);
  g_free (self->label);
  g_free (self->name);
  g_free (self->type);
  g_free (self);
}

static gpointer
read_account (HandoverStatement *row)
{
  HandoverChannelAccount *account = g_object_new (HANDOVER_TYPE_CHANNEL_ACCOUNT, NULL);

  account->id = handover_statement_dup_text (row, ID);
  account->kind = handover_store_read_enum (row, KIND, HANDOVER_TYPE_CHANNEL_KIND);
  account->name = handover_statement_dup_text (row, NAME);
  account->handle = handover_statement_dup_text (row, HANDLE);
  account->agent_id = handover_statement_dup_text (row, AGENT_ID);
  account->state = handover_store_read_enum (row, STATE, HANDOVER_TYPE_CHANNEL_STATE);
  account->last_received_at = handover_statement_get_int (row, LAST_RECEIVED_AT);
  account->last_sent_at = handover_statement_get_int (row, LAST_SENT_AT);
  account->last_error = handover_statement_dup_text (row, LAST_ERROR);
  account->last_error_at = handover_statement_get_int (row, LAST_ERROR_AT);
  account->created_at = handover_statement_get_int (row, CREATED_AT);
  account->version = handover_statement_get_int (row, VERSION);
  return account;
}

static gpointer
read_channel (HandoverStatement *row)
{
  HandoverStoreChannel *self = g_new0 (HandoverStoreChannel, 1);

  self->account = read_account (row);
  self->business_id = handover_statement_dup_text (row, BUSINESS_ID);
  self->remote_id = handover_statement_dup_text (row, REMOTE_ID);
  self->cursor = handover_statement_dup_text (row, CURSOR);
  self->secret = handover_statement_is_null (row, SECRET) ? NULL : handover_statement_get_bytes (row, SECRET);
  self->told_at = handover_statement_get_int (row, TOLD_AT);
  return self;
}

static HandoverStoreChannel *
take_channel (HandoverStatement *row)
{
  HandoverStoreChannel *channel = NULL;

  if (row != NULL)
    {
      channel = read_channel (row);
      handover_statement_reset (row);
    }
  return channel;
}

/**
 * handover_store_get_channel:
 * @self: a store
 * @business_id: whose
 * @id: its id
 * @error: return location for an error, `not_found` also for another business's id
 *
 * Gets a channel, connected or not.
 *
 * Returns: (transfer full): the channel, or %NULL with @error set
 */
HandoverStoreChannel *
handover_store_get_channel (HandoverStore  *self,
                            const char     *business_id,
                            const char     *id,
                            GError        **error)
{
  return handover_store_read_one (self, read_channel, "channel", error, "channel.by_id", "tt", business_id, id);
}

/**
 * handover_store_find_channel:
 * @self: a store
 * @id: its id
 * @channel: (out) (transfer full) (nullable): the channel, or %NULL if none of that id is connected
 * @error: return location for an error
 *
 * Looks for a connected channel, whose business is not known yet.
 *
 * Returns: whether it could look
 */
gboolean
handover_store_find_channel (HandoverStore         *self,
                             const char            *id,
                             HandoverStoreChannel **channel,
                             GError               **error)
{
  HandoverStatement *row;

  *channel = NULL;
  if (!handover_store_look_up (self, &row, error, "channel.find", "t", id))
    return FALSE;

  *channel = take_channel (row);
  return TRUE;
}

/**
 * handover_store_find_account:
 * @self: a store
 * @business_id: whose
 * @kind: the platform
 * @remote_id: the platform's own name for the account
 * @channel: (out) (transfer full) (nullable): the channel, or %NULL if the account was never connected
 * @error: return location for an error
 *
 * Looks for the channel that an account is, or once was.
 *
 * Returns: whether it could look
 */
gboolean
handover_store_find_account (HandoverStore         *self,
                             const char            *business_id,
                             HandoverChannelKind    kind,
                             const char            *remote_id,
                             HandoverStoreChannel **channel,
                             GError               **error)
{
  HandoverStatement *row;

  *channel = NULL;
  if (!handover_store_look_up (self, &row, error, "channel.by_account", "ttt", business_id,
                               handover_enum_to_nick (HANDOVER_TYPE_CHANNEL_KIND, kind), remote_id))
    return FALSE;

  *channel = take_channel (row);
  return TRUE;
}

/**
 * handover_store_has_secrets:
 * @self: a store
 * @has_secrets: (out): whether any token is stored
 * @error: return location for an error
 *
 * Tells whether the key that tokens are sealed with is needed.
 *
 * Returns: whether it could look
 */
gboolean
handover_store_has_secrets (HandoverStore  *self,
                            gboolean       *has_secrets,
                            GError        **error)
{
  HandoverStatement *row;

  if (!handover_store_look_up (self, &row, error, "channel.has_secrets", ""))
    return FALSE;

  *has_secrets = row != NULL;
  if (row != NULL)
    handover_statement_reset (row);
  return TRUE;
}

/**
 * handover_store_is_connected:
 * @self: a store
 * @kind: the platform
 * @remote_id: the platform's own name for an account
 * @connected: (out): whether any business has it connected
 * @error: return location for an error
 *
 * Tells whether an account is taken: two who receive for one account take each other's messages.
 *
 * Returns: whether it could look
 */
gboolean
handover_store_is_connected (HandoverStore        *self,
                             HandoverChannelKind   kind,
                             const char           *remote_id,
                             gboolean             *connected,
                             GError              **error)
{
  HandoverStatement *row;

  if (!handover_store_look_up (self, &row, error, "channel.connected_elsewhere", "tt",
                               handover_enum_to_nick (HANDOVER_TYPE_CHANNEL_KIND, kind), remote_id))
    return FALSE;

  *connected = row != NULL;
  if (row != NULL)
    handover_statement_reset (row);
  return TRUE;
}

/**
 * handover_store_list_channels:
 * @self: a store
 * @business_id: whose
 * @error: return location for an error
 *
 * Lists what operators see of a business's channels, the oldest first.
 *
 * Returns: (transfer full) (element-type HandoverChannelAccount): the accounts, or %NULL with @error set
 */
GPtrArray *
handover_store_list_channels (HandoverStore  *self,
                              const char     *business_id,
                              GError        **error)
{
  return handover_store_read_all (self, read_account, g_object_unref, error, "channel.list", "t", business_id);
}

/**
 * handover_store_list_connected:
 * @self: a store
 * @error: return location for an error
 *
 * Lists the connected channels of all businesses.
 *
 * Returns: (transfer full) (element-type HandoverStoreChannel): the channels, or %NULL with @error set
 */
GPtrArray *
handover_store_list_connected (HandoverStore  *self,
                               GError        **error)
{
  return handover_store_read_all (self, read_channel, (GDestroyNotify) handover_store_channel_free, error,
                                  "channel.list_connected", "");
}

/**
 * handover_store_add_channel:
 * @self: the writer's store
 * @channel: an account that was never connected before
 * @error: return location for an error
 *
 * Stores a new channel and logs it.
 *
 * Returns: whether it was stored
 */
gboolean
handover_store_add_channel (HandoverStore         *self,
                            HandoverStoreChannel  *channel,
                            GError               **error)
{
  HandoverChannelAccount *account = channel->account;

  return handover_database_run (handover_store_get_database (self), "channel.insert", error, "ttttttttbi",
                                account->id, channel->business_id,
                                handover_enum_to_nick (HANDOVER_TYPE_CHANNEL_KIND, account->kind),
                                channel->remote_id, account->name, account->handle, account->agent_id,
                                handover_enum_to_nick (HANDOVER_TYPE_CHANNEL_STATE, account->state),
                                channel->secret, account->created_at) &&
         handover_store_append_event (self, channel->business_id, "channel.created", HANDOVER_RECORD (account), NULL,
                                      error);
}

/**
 * handover_store_save_channel:
 * @self: the writer's store
 * @channel: a channel of which something changed
 * @tell: whether operators are told
 * @error: return location for an error
 *
 * Stores a channel as it is now.
 *
 * Returns: whether it was stored
 */
gboolean
handover_store_save_channel (HandoverStore         *self,
                             HandoverStoreChannel  *channel,
                             gboolean               tell,
                             GError               **error)
{
  HandoverChannelAccount *account = channel->account;

  account->version++;
  return handover_database_run (handover_store_get_database (self), "channel.save", error, "ttttttzztziitb",
                                channel->business_id, account->id, account->name, account->handle, account->agent_id,
                                handover_enum_to_nick (HANDOVER_TYPE_CHANNEL_STATE, account->state),
                                account->last_received_at, account->last_sent_at, account->last_error,
                                account->last_error_at, account->version, channel->told_at, channel->cursor,
                                channel->secret) &&
         (!tell || handover_store_append_event (self, channel->business_id, "channel.updated",
                                                HANDOVER_RECORD (account), NULL, error));
}

/**
 * handover_store_add_arrival:
 * @self: the writer's store
 * @channel: on which channel
 * @key: what the platform repeats it by
 * @now: the time in milliseconds
 * @is_new: (out): whether it never came before
 * @error: return location for an error
 *
 * Notes that something came.
 *
 * Returns: whether it was noted, or had been
 */
gboolean
handover_store_add_arrival (HandoverStore         *self,
                            HandoverStoreChannel  *channel,
                            const char            *key,
                            gint64                 now,
                            gboolean              *is_new,
                            GError               **error)
{
  HandoverDatabase *database = handover_store_get_database (self);

  if (!handover_database_run (database, "channel.add_arrival", error, "ttti", channel->business_id,
                              channel->account->id, key, now))
    return FALSE;

  *is_new = handover_database_get_changes (database) > 0;
  return TRUE;
}

/**
 * handover_store_add_media:
 * @self: the writer's store
 * @channel: on which channel it came
 * @media: what is to be fetched
 * @error: return location for an error
 *
 * Queues something that a customer sent.
 *
 * Returns: whether it was stored
 */
gboolean
handover_store_add_media (HandoverStore         *self,
                          HandoverStoreChannel  *channel,
                          HandoverStoreMedia    *media,
                          GError               **error)
{
  return handover_database_run (handover_store_get_database (self), "channel.add_media", error, "ttttttti",
                                channel->business_id, channel->account->id, media->message_id, media->remote_id,
                                media->label, media->name, media->type, media->size);
}

static gpointer
read_media (HandoverStatement *row)
{
  HandoverStoreMedia *media = g_new0 (HandoverStoreMedia, 1);

  media->id = handover_statement_get_int (row, 0);
  media->message_id = handover_statement_dup_text (row, 1);
  media->remote_id = handover_statement_dup_text (row, 2);
  media->label = handover_statement_dup_text (row, 3);
  media->name = handover_statement_dup_text (row, 4);
  media->type = handover_statement_dup_text (row, 5);
  media->size = handover_statement_get_int (row, 6);
  return media;
}

/**
 * handover_store_next_media:
 * @self: a store
 * @business_id: whose
 * @channel_id: on which channel
 * @media: (out) (transfer full) (nullable): the oldest that is to be fetched
 * @error: return location for an error
 *
 * Looks for something to fetch.
 *
 * Returns: whether it could look
 */
gboolean
handover_store_next_media (HandoverStore       *self,
                           const char          *business_id,
                           const char          *channel_id,
                           HandoverStoreMedia **media,
                           GError             **error)
{
  HandoverStatement *row;

  *media = NULL;
  if (!handover_store_look_up (self, &row, error, "channel.next_media", "tt", business_id, channel_id))
    return FALSE;
  if (row == NULL)
    return TRUE;

  *media = read_media (row);
  handover_statement_reset (row);
  return TRUE;
}

/**
 * handover_store_delete_media:
 * @self: the writer's store
 * @business_id: whose
 * @channel_id: on which channel
 * @id: its place in the queue
 * @error: return location for an error
 *
 * Takes something out of the queue, fetched or not.
 *
 * Returns: whether it was stored
 */
gboolean
handover_store_delete_media (HandoverStore  *self,
                             const char     *business_id,
                             const char     *channel_id,
                             gint64          id,
                             GError        **error)
{
  return handover_database_run (handover_store_get_database (self), "channel.delete_media", error, "tti",
                                business_id, channel_id, id);
}
