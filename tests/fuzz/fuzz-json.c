/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "core/handover-conversation.h"
#include "core/handover-event.h"
#include "core/handover-json.h"
#include "core/handover-message.h"
#include "core/handover-problem.h"
#include "core/handover-record.h"
#include "fuzz-target.h"

/* What was read can be written, and is then read as the same. */
static void
check_again (JsonNode *node)
{
  g_autofree char *text = json_to_string (node, FALSE);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) again = handover_json_parse (bytes, &error);
  g_autofree char *text_again = NULL;

  g_assert_no_error (error);
  text_again = json_to_string (again, FALSE);
  g_assert_cmpstr (text, ==, text_again);
}

static void
check_record (GType     type,
              JsonNode *node)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HandoverRecord) record = handover_record_from_json (type, node, &error);
  g_autoptr (HandoverRecord) again = NULL;
  g_autoptr (JsonNode) written = NULL;

  g_assert_true ((record == NULL) == (error != NULL));
  if (record == NULL)
    return;

  written = handover_record_to_json (record);
  again = handover_record_from_json (type, written, &error);
  /* A word that this version does not know is read as unknown and not written; it may have been required. */
  if (again == NULL)
    g_assert_error (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_INVALID_MEMBER);
  else
    g_assert_false (handover_record_update (record, again));
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = handover_json_parse (bytes, &error);

  g_assert_true ((node == NULL) == (error != NULL));
  if (node == NULL)
    return 0;

  check_again (node);
  check_record (HANDOVER_TYPE_CONVERSATION, node);
  check_record (HANDOVER_TYPE_MESSAGE, node);
  check_record (HANDOVER_TYPE_EVENT, node);
  return 0;
}
