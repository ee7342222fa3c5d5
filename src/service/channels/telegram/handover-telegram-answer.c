/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/channels/telegram/handover-telegram-answer.h"

#include <string.h>

#include <libsoup/soup.h>

#include "service/channels/handover-channel-error.h"
#include "service/channels/telegram/handover-telegram-content.h"
#include "service/channels/telegram/handover-telegram-json.h"

#define LONGEST_PAUSE 86400
#define LOCKED_OUT "Telegram does not accept the bot's token any more. Connect it again, with a new token from @BotFather."

typedef struct
{
  guint code;
  const char *words;
  const char *reason;
} Reason;

/* The platform's own words change now and then: what is not found here is told as it came. */
static const Reason reasons[] = {
  { 400, "chat not found", "Telegram does not know this chat: the customer has not written to the bot, or left." },
  { 400, "too big", "Telegram does not take files of this size." },
  { 400, "too long", "The text is too long for Telegram." },
  { 403, "blocked", "The customer has blocked the bot." },
  { 403, "deactivated", "The customer's account with Telegram was closed." },
  { 403, "initiate", "The customer has not written to the bot yet." },
  { 403, "kicked", "The bot was removed from the group." },
  { 403, "not a member", "The bot is no member of the group." },
  { 413, "", "Telegram does not take files of this size." },
};

static void
read_refusal (HandoverTelegramAnswer *self,
              JsonObject             *object,
              guint                   status)
{
  JsonObject *parameters = handover_telegram_json_object (object, "parameters");
  gint64 code = status;
  gint64 pause = 0;

  handover_telegram_json_integer (object, "error_code", &code);
  self->code = code >= 400 && code < 600 ? (guint) code : MAX (status, 400);
  self->description = handover_telegram_content_clean (handover_telegram_json_text (object, "description"), 300);
  if (handover_telegram_json_integer (parameters, "retry_after", &pause) && pause > 0)
    self->retry_after = (guint) MIN (pause, LONGEST_PAUSE);
  handover_telegram_json_integer (parameters, "migrate_to_chat_id", &self->moved_to);
}

/**
 * handover_telegram_answer_parse:
 * @status: the status of HTTP
 * @body: the body, which is read whatever the status says
 *
 * Reads an answer, or what a gateway put in its place.
 *
 * Returns: (transfer full): the answer
 */
HandoverTelegramAnswer *
handover_telegram_answer_parse (guint   status,
                                GBytes *body)
{
  HandoverTelegramAnswer *self = g_new0 (HandoverTelegramAnswer, 1);
  g_autoptr (JsonNode) root = handover_telegram_json_parse (body, NULL);
  JsonObject *object = root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  JsonNode *ok = object != NULL ? json_object_get_member (object, "ok") : NULL;

  self->is_platform = ok != NULL && JSON_NODE_HOLDS_VALUE (ok) && json_node_get_value_type (ok) == G_TYPE_BOOLEAN;
  if (!self->is_platform)
    {
      self->code = status >= 400 ? status : 0;
      self->unread = g_bytes_ref (body);
      return self;
    }

  if (handover_telegram_json_boolean (object, "ok") && json_object_has_member (object, "result"))
    self->result = json_node_ref (json_object_get_member (object, "result"));
  else
    read_refusal (self, object, status);
  return self;
}

/**
 * handover_telegram_answer_free:
 * @self: (transfer full): an answer
 *
 * Frees it.
 */
void
handover_telegram_answer_free (HandoverTelegramAnswer *self)
{
  g_clear_pointer (&self->result, json_node_unref);
  g_clear_pointer (&self->unread, g_bytes_unref);
  g_free (self->description);
  g_free (self);
}

/* In a whole sentence. */
static char *
tell_reason (const HandoverTelegramAnswer *self)
{
  g_autofree char *words = g_ascii_strdown (self->description != NULL ? self->description : "", -1);

  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (reasons[i].code == self->code && strstr (words, reasons[i].words) != NULL)
      return g_strdup (reasons[i].reason);

  if (self->description != NULL)
    return g_strdup_printf ("Telegram refused it: %s", self->description);
  return g_strdup_printf ("Telegram refused it, without a reason (%u).", self->code);
}

static gboolean
is_locked_out (const HandoverTelegramAnswer *self)
{
  return self->is_platform && (self->code == SOUP_STATUS_UNAUTHORIZED || self->code == SOUP_STATUS_NOT_FOUND);
}

static GError *
error_new (HandoverChannelError  code,
           const char           *message)
{
  return g_error_new_literal (HANDOVER_CHANNEL_ERROR, code, message);
}

static GError *
conflict_new (const HandoverTelegramAnswer *self)
{
  g_autofree char *words = g_ascii_strdown (self->description != NULL ? self->description : "", -1);

  if (strstr (words, "webhook") != NULL)
    return error_new (HANDOVER_CHANNEL_ERROR_CONFLICT,
                      "Another program has Telegram send it what customers write to this bot. Disconnect the bot there, "
                      "or make a new token with @BotFather.");
  return error_new (HANDOVER_CHANNEL_ERROR_CONFLICT,
                    "Another program takes what customers write to this bot. Stop it, or make a new token with "
                    "@BotFather.");
}

/**
 * handover_telegram_answer_to_error:
 * @self: an answer without a result
 *
 * Says why a call, other than one that sends, was not granted.
 *
 * Returns: (transfer full): the error
 */
GError *
handover_telegram_answer_to_error (const HandoverTelegramAnswer *self)
{
  g_autofree char *reason = NULL;

  if (is_locked_out (self))
    return error_new (HANDOVER_CHANNEL_ERROR_LOCKED_OUT, LOCKED_OUT);
  if (self->code == SOUP_STATUS_CONFLICT && self->is_platform)
    return conflict_new (self);
  if (self->code == HANDOVER_TELEGRAM_TOO_MANY_REQUESTS)
    return handover_channel_error_new_later ("Telegram asks for a pause.", MAX (self->retry_after, 1));
  if (self->code >= 500)
    return handover_channel_error_new_later ("Telegram has a fault of its own.", self->retry_after);
  if (!self->is_platform)
    return error_new (HANDOVER_CHANNEL_ERROR_INVALID,
                      "What answered in Telegram's place is not Telegram. Check the address in the configuration, and "
                      "the proxy.");

  reason = tell_reason (self);
  if (self->description != NULL && strstr (self->description, "too big") != NULL)
    return error_new (HANDOVER_CHANNEL_ERROR_TOO_LARGE, reason);
  return error_new (HANDOVER_CHANNEL_ERROR_GONE, reason);
}

static HandoverSendResult *
sent_new (JsonNode *node)
{
  HandoverSendResult *sent = handover_send_result_new (HANDOVER_SEND_SENT, NULL);
  gint64 id;

  if (JSON_NODE_HOLDS_OBJECT (node) && handover_telegram_json_integer (json_node_get_object (node), "message_id", &id))
    sent->remote_id = g_strdup_printf ("%" G_GINT64_FORMAT, id);
  return sent;
}

static HandoverSendResult *
later_new (const HandoverTelegramAnswer *self,
           const char                   *reason)
{
  HandoverSendResult *later = handover_send_result_new (HANDOVER_SEND_AGAIN, reason);

  later->retry_after = self->retry_after;
  return later;
}

static HandoverSendResult *
moved_new (gint64 moved_to)
{
  HandoverSendResult *moved = handover_send_result_new (HANDOVER_SEND_MOVED, "The group has moved.");

  moved->moved_to = g_strdup_printf ("%" G_GINT64_FORMAT, moved_to);
  return moved;
}

/**
 * handover_telegram_answer_to_outcome:
 * @self: the answer to a call that sends
 *
 * Says what became of what was sent. A gateway that gave up waiting, or something that is no answer at all, leaves it
 * open whether the platform took it.
 *
 * Returns: (transfer full): the outcome
 */
HandoverSendResult *
handover_telegram_answer_to_outcome (const HandoverTelegramAnswer *self)
{
  g_autofree char *reason = NULL;

  if (self->result != NULL)
    return sent_new (self->result);
  if (self->moved_to != 0)
    return moved_new (self->moved_to);
  if (is_locked_out (self))
    return handover_send_result_new (HANDOVER_SEND_LOCKED_OUT, LOCKED_OUT);
  if (self->code == HANDOVER_TELEGRAM_TOO_MANY_REQUESTS)
    return later_new (self, "Telegram asks for a pause.");
  if (self->code == 0 || self->code == SOUP_STATUS_GATEWAY_TIMEOUT)
    return handover_send_result_new (HANDOVER_SEND_UNKNOWN, "Telegram did not say whether it took the message.");
  if (!self->is_platform && self->code < 500)
    return later_new (self, "Something on the way to Telegram refused the message.");
  if (self->code >= 500 || self->code == SOUP_STATUS_CONFLICT)
    return later_new (self, "Telegram has a fault of its own.");

  reason = tell_reason (self);
  return handover_send_result_new (HANDOVER_SEND_REFUSED, reason);
}
