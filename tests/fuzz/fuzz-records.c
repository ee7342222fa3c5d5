/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "core/handover-agent.h"
#include "core/handover-attachment.h"
#include "core/handover-business.h"
#include "core/handover-change.h"
#include "core/handover-channel-reference.h"
#include "core/handover-conversation.h"
#include "core/handover-customer.h"
#include "core/handover-delivery.h"
#include "core/handover-escalation.h"
#include "core/handover-event.h"
#include "core/handover-json.h"
#include "core/handover-message.h"
#include "core/handover-operator.h"
#include "core/handover-person.h"
#include "core/handover-preview.h"
#include "core/handover-problem.h"
#include "core/handover-record.h"
#include "core/handover-signal.h"
#include "core/handover-template.h"
#include "core/handover-tool.h"
#include "fuzz-target.h"

/* What was read can be copied, and written and read as the same. */
static void
check_record (GType     type,
              JsonNode *node)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HandoverRecord) record = handover_record_from_json (type, node, &error);
  g_autoptr (HandoverRecord) copy = NULL;
  g_autoptr (HandoverRecord) again = NULL;
  g_autoptr (JsonNode) written = NULL;

  g_assert_true ((record == NULL) == (error != NULL));
  if (record == NULL)
    {
      g_assert_true (error->domain == HANDOVER_PROBLEM);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      return;
    }

  copy = handover_record_copy (record);
  g_assert_true (handover_record_equal (record, copy));
  g_assert_false (handover_record_update (record, copy));

  written = handover_record_to_json (record);
  again = handover_record_from_json (type, written, &error);
  g_assert_no_error (error);
  g_assert_true (handover_record_equal (record, again));
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  const GType types[] = {
    HANDOVER_TYPE_AGENT,
    HANDOVER_TYPE_ATTACHMENT,
    HANDOVER_TYPE_BUSINESS,
    HANDOVER_TYPE_CHANGE,
    HANDOVER_TYPE_CHANNEL_REFERENCE,
    HANDOVER_TYPE_CONVERSATION,
    HANDOVER_TYPE_CUSTOMER,
    HANDOVER_TYPE_DELIVERY,
    HANDOVER_TYPE_ESCALATION,
    HANDOVER_TYPE_EVENT,
    HANDOVER_TYPE_MESSAGE,
    HANDOVER_TYPE_OPERATOR,
    HANDOVER_TYPE_PERSON,
    HANDOVER_TYPE_PREVIEW,
    HANDOVER_TYPE_SIGNAL,
    HANDOVER_TYPE_TEMPLATE,
    HANDOVER_TYPE_TOOL,
  };
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (JsonNode) node = handover_json_parse (bytes, NULL);

  if (node == NULL)
    return 0;

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    check_record (types[i], node);
  return 0;
}
