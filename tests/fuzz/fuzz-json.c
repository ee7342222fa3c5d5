/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include <string.h>

#include "core/handover-json.h"
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
  return 0;
}
