/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "core/handover-facts.h"
#include "core/handover-json.h"
#include "fuzz-target.h"

static void
check_facts (GPtrArray *facts)
{
  for (guint i = 0; i < facts->len; i++)
    {
      HandoverFact *fact = g_ptr_array_index (facts, i);

      g_assert_true (fact->name == NULL || g_utf8_validate (fact->name, -1, NULL));
      g_assert_true (fact->value == NULL || g_utf8_validate (fact->value, -1, NULL));
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (JsonNode) node = handover_json_parse (bytes, NULL);
  g_autoptr (HandoverFacts) facts = NULL;

  if (node == NULL)
    return 0;

  facts = handover_facts_new (node);
  g_assert_nonnull (facts);
  check_facts (facts->totals);
  check_facts (facts->links);
  check_facts (facts->others);
  for (guint i = 0; i < facts->links->len; i++)
    {
      HandoverFact *link = g_ptr_array_index (facts->links, i);

      g_assert_true (g_ascii_strncasecmp (link->value, "http://", 7) == 0 ||
                     g_ascii_strncasecmp (link->value, "https://", 8) == 0);
    }
  return 0;
}
