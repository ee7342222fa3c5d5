/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "core/handover-json.h"
#include "fuzz-target.h"
#include "service/channels/telegram/handover-telegram-answer.h"
#include "service/channels/telegram/handover-telegram-json.h"
#include "service/channels/telegram/handover-telegram-update.h"

static void
check_text (const char *text,
            gsize       limit)
{
  if (text == NULL)
    return;

  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_true (handover_json_is_text (text));
  g_assert_cmpuint (strlen (text), >, 0);
  g_assert_cmpuint (strlen (text), <=, limit);
}

/* Who wrote, where and under which key is always known, and a message is never empty. */
static void
check_event (HandoverInboundEvent *event)
{
  gint64 contact;

  g_assert_true (g_ascii_string_to_signed (event->contact, 10, G_MININT64, G_MAXINT64, &contact, NULL));
  g_assert_cmpint (contact, !=, 0);
  check_text (event->key, 200);
  check_text (event->text, HANDOVER_LIMIT_TEXT);
  g_assert_cmpint (event->at, >=, 0);
  if (event->kind == HANDOVER_INBOUND_MOVED)
    {
      g_assert_nonnull (event->moved_to);
      return;
    }

  g_assert_nonnull (event->customer);
  if (event->kind == HANDOVER_INBOUND_BLOCKED || event->kind == HANDOVER_INBOUND_UNBLOCKED)
    return;

  g_assert_true (event->text != NULL || event->media != NULL);
  check_text (event->customer->name, HANDOVER_LIMIT_NAME);
  for (guint i = 0; event->media != NULL && i < event->media->len; i++)
    {
      HandoverInboundMedia *media = g_ptr_array_index (event->media, i);

      g_assert_nonnull (media->remote_id);
      check_text (media->remote_id, 1000);
      check_text (media->label, HANDOVER_LIMIT_NAME);
      check_text (media->name, HANDOVER_LIMIT_NAME);
      check_text (media->type, HANDOVER_LIMIT_NAME);
      g_assert_cmpint (media->size, >=, 0);
    }
}

static void
check_batch (HandoverInboundBatch *batch)
{
  for (guint i = 0; i < batch->events->len; i++)
    check_event (g_ptr_array_index (batch->events, i));
}

/* One update, as a webhook brings it. */
static void
try_update (GBytes *bytes)
{
  g_autoptr (HandoverInboundBatch) batch = handover_inbound_batch_new ();
  g_autoptr (JsonNode) update = handover_telegram_json_parse (bytes, NULL);

  if (update == NULL)
    return;

  handover_telegram_update_read (update, batch);
  g_assert_cmpuint (batch->events->len, <=, 1);
  check_batch (batch);
}

/* A list of them, as the platform answers; and the same bytes as an answer to what was sent. */
static void
try_answer (GBytes *bytes,
            guint   status)
{
  g_autoptr (HandoverTelegramAnswer) answer = handover_telegram_answer_parse (status, bytes);
  g_autoptr (HandoverSendResult) outcome = handover_telegram_answer_to_outcome (answer);
  g_autoptr (HandoverInboundBatch) batch = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true ((outcome->outcome == HANDOVER_SEND_SENT) == (answer->result != NULL));
  if (outcome->outcome != HANDOVER_SEND_SENT)
    check_text (outcome->reason, 1000);
  if (answer->unread != NULL)
    batch = handover_telegram_updates_skip (answer->unread);
  g_clear_pointer (&batch, handover_inbound_batch_free);
  if (answer->result == NULL)
    {
      error = handover_telegram_answer_to_error (answer);
      check_text (error->message, 1000);
      return;
    }

  batch = handover_telegram_updates_read (answer->result, &error);
  g_assert_true ((batch != NULL) == (error == NULL));
  if (batch != NULL)
    check_batch (batch);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  static const guint statuses[] = { 200, 400, 429, 502 };
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);

  try_update (bytes);
  try_answer (bytes, statuses[size % G_N_ELEMENTS (statuses)]);
  return 0;
}
