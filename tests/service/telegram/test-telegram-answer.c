/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/channels/handover-channel-error.h"
#include "service/channels/telegram/handover-telegram-answer.h"

typedef struct
{
  guint status;
  const char *body;
  HandoverSendOutcome outcome;
  const char *told;
  guint retry_after;
} Case;

#define REFUSED(code, words) "{\"ok\":false,\"error_code\":" #code ",\"description\":\"" words "\"}"

static const Case cases[] = {
  { 200, "{\"ok\":true,\"result\":{\"message_id\":77}}", HANDOVER_SEND_SENT, "77", 0 },
  { 200, "{\"ok\":true,\"result\":true}", HANDOVER_SEND_SENT, NULL, 0 },
  { 429, "{\"ok\":false,\"error_code\":429,\"description\":\"Too Many Requests\",\"parameters\":{\"retry_after\":7}}",
    HANDOVER_SEND_AGAIN, "Telegram asks for a pause.", 7 },
  { 429, "<html>", HANDOVER_SEND_AGAIN, "Telegram asks for a pause.", 0 },
  { 407, "<html>", HANDOVER_SEND_AGAIN, "Something on the way to Telegram refused the message.", 0 },
  { 429, "{\"ok\":false,\"parameters\":{\"retry_after\":99999999999}}", HANDOVER_SEND_AGAIN, "Telegram asks for a pause.",
    86400 },
  { 401, REFUSED (401, "Unauthorized"), HANDOVER_SEND_LOCKED_OUT, NULL, 0 },
  { 404, REFUSED (404, "Not Found"), HANDOVER_SEND_LOCKED_OUT, NULL, 0 },
  { 404, "<html>no such page</html>", HANDOVER_SEND_AGAIN, NULL, 0 },
  { 403, REFUSED (403, "Forbidden: bot was blocked by the user"), HANDOVER_SEND_REFUSED, "The customer has blocked the bot.", 0 },
  { 403, REFUSED (403, "Forbidden: user is deactivated"), HANDOVER_SEND_REFUSED,
    "The customer's account with Telegram was closed.", 0 },
  { 403, REFUSED (403, "Forbidden: bot can't initiate conversation with a user"), HANDOVER_SEND_REFUSED,
    "The customer has not written to the bot yet.", 0 },
  { 400, REFUSED (400, "Bad Request: CHAT NOT FOUND"), HANDOVER_SEND_REFUSED,
    "Telegram does not know this chat: the customer has not written to the bot, or left.", 0 },
  { 400, REFUSED (400, "Bad Request: something new"), HANDOVER_SEND_REFUSED,
    "Telegram refused it: Bad Request: something new", 0 },
  { 413, "{\"ok\":false,\"error_code\":413,\"description\":\"Request Entity Too Large\"}", HANDOVER_SEND_REFUSED,
    "Telegram does not take files of this size.", 0 },
  { 400, "{\"ok\":false,\"error_code\":400,\"parameters\":{\"migrate_to_chat_id\":-1001234567890}}", HANDOVER_SEND_MOVED,
    "-1001234567890", 0 },
  { 500, REFUSED (500, "Internal Server Error"), HANDOVER_SEND_AGAIN, "Telegram has a fault of its own.", 0 },
  { 502, "<html><title>502</title></html>", HANDOVER_SEND_AGAIN, "Telegram has a fault of its own.", 0 },
  { 503, "", HANDOVER_SEND_AGAIN, "Telegram has a fault of its own.", 0 },
  { 504, "<html><title>504</title></html>", HANDOVER_SEND_UNKNOWN, NULL, 0 },
  { 504, REFUSED (504, "Gateway Timeout"), HANDOVER_SEND_UNKNOWN, NULL, 0 },
  { 200, "", HANDOVER_SEND_UNKNOWN, NULL, 0 },
  { 200, "{\"ok\":tr", HANDOVER_SEND_UNKNOWN, NULL, 0 },
  { 200, "[1,2]", HANDOVER_SEND_UNKNOWN, NULL, 0 },
  { 200, "{\"ok\":\"yes\",\"result\":{}}", HANDOVER_SEND_UNKNOWN, NULL, 0 },
  { 200, "{\"ok\":false,\"error_code\":-3}", HANDOVER_SEND_REFUSED, "Telegram refused it, without a reason (400).", 0 },
  { 200, REFUSED (403, "Forbidden: bot was kicked from the group chat"), HANDOVER_SEND_REFUSED,
    "The bot was removed from the group.", 0 },
};

static HandoverTelegramAnswer *
parse (guint       status,
       const char *body)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (body, strlen (body));

  return handover_telegram_answer_parse (status, bytes);
}

static void
test_outcomes (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (HandoverTelegramAnswer) answer = parse (cases[i].status, cases[i].body);
      g_autoptr (HandoverSendResult) result = handover_telegram_answer_to_outcome (answer);
      const char *told = result->outcome == HANDOVER_SEND_SENT ? result->remote_id :
                         result->outcome == HANDOVER_SEND_MOVED ? result->moved_to : result->reason;

      g_test_message ("%u %s", cases[i].status, cases[i].body);
      g_assert_cmpint (result->outcome, ==, cases[i].outcome);
      g_assert_cmpuint (result->retry_after, ==, cases[i].retry_after);
      if (cases[i].told != NULL)
        g_assert_cmpstr (told, ==, cases[i].told);
      else if (result->outcome != HANDOVER_SEND_SENT)
        g_assert_nonnull (told);
    }
}

static void
assert_failure (guint                 status,
                const char           *body,
                HandoverChannelError  code,
                const char           *words)
{
  g_autoptr (HandoverTelegramAnswer) answer = parse (status, body);
  g_autoptr (GError) error = NULL;

  g_assert_null (answer->result);
  error = handover_telegram_answer_to_error (answer);
  g_assert_error (error, HANDOVER_CHANNEL_ERROR, (int) code);
  g_assert_nonnull (strstr (error->message, words));
}

static void
test_errors (void)
{
  assert_failure (401, REFUSED (401, "Unauthorized"), HANDOVER_CHANNEL_ERROR_LOCKED_OUT, "@BotFather");
  assert_failure (404, REFUSED (404, "Not Found"), HANDOVER_CHANNEL_ERROR_LOCKED_OUT, "@BotFather");
  assert_failure (404, "<html>", HANDOVER_CHANNEL_ERROR_INVALID, "is not Telegram");
  assert_failure (200, "<html>welcome to the hotel</html>", HANDOVER_CHANNEL_ERROR_INVALID, "is not Telegram");
  assert_failure (409, REFUSED (409, "Conflict: terminated by other getUpdates request"), HANDOVER_CHANNEL_ERROR_CONFLICT,
                  "Stop it");
  assert_failure (409, REFUSED (409, "Conflict: can't use getUpdates method while webhook is active"),
                  HANDOVER_CHANNEL_ERROR_CONFLICT, "Disconnect the bot there");
  assert_failure (502, "<html>", HANDOVER_CHANNEL_ERROR_BUSY, "fault");
  assert_failure (400, REFUSED (400, "Bad Request: file is too big"), HANDOVER_CHANNEL_ERROR_TOO_LARGE, "size");
  assert_failure (400, REFUSED (400, "Bad Request: wrong file_id"), HANDOVER_CHANNEL_ERROR_GONE, "wrong file_id");
}

static void
test_pause (void)
{
  g_autoptr (HandoverTelegramAnswer) answer = parse (429, "{\"ok\":false,\"error_code\":429,\"parameters\":{\"retry_after\":30}}");
  g_autoptr (GError) error = handover_telegram_answer_to_error (answer);

  g_assert_error (error, HANDOVER_CHANNEL_ERROR, HANDOVER_CHANNEL_ERROR_BUSY);
  g_assert_cmpuint (handover_channel_error_get_retry_after (error), ==, 30);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/telegram/answer/outcomes", test_outcomes);
  g_test_add_func ("/telegram/answer/errors", test_errors);
  g_test_add_func ("/telegram/answer/pause", test_pause);

  return g_test_run ();
}
