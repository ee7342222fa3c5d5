/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include <string.h>

#include "app/conversation/handover-template-fields.h"
#include "fuzz-target.h"

/* What nothing is known for stays, and what is known says whatever it likes: a placeholder, a part of one. */
static const HandoverTemplateFields fields = {
  .first_name = (char *) "{operator}",
  .order_number = (char *) "",
  .operator_name = NULL,
  .business_name = (char *) "A & B {",
};

static gboolean
fill_one_cb (const GMatchInfo *match,
             GString          *result,
             gpointer          user_data)
{
  const char **missing = user_data;
  g_autofree char *name = g_match_info_fetch (match, 0);

  if (g_str_equal (name, "{first_name}"))
    g_string_append (result, fields.first_name);
  else if (g_str_equal (name, "{business}"))
    g_string_append (result, fields.business_name);
  else
    {
      if (*missing == NULL)
        *missing = g_str_equal (name, "{operator}") ? "{operator}" : "{order_number}";
      g_string_append (result, name);
    }
  return FALSE;
}

/* The same by other means: what is found in the text as it came is replaced, once. */
static char *
fill_otherwise (const char  *text,
                const char **missing)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GRegex) pattern = g_regex_new ("\\{(?:first_name|order_number|operator|business)\\}", 0, 0, &error);
  char *filled;

  g_assert_no_error (error);
  *missing = NULL;
  filled = g_regex_replace_eval (pattern, text, -1, 0, 0, fill_one_cb, missing, &error);
  g_assert_no_error (error);
  return filled;
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autofree char *bytes = g_strndup ((const char *) data, size);
  g_autofree char *text = g_utf8_make_valid (bytes, -1);
  const char *missing;
  const char *expected_missing;
  g_autofree char *filled = handover_template_fields_fill (&fields, text, &missing);
  g_autofree char *expected = fill_otherwise (text, &expected_missing);
  g_autofree char *first_name = handover_template_first_name (text);

  g_assert_cmpstr (filled, ==, expected);
  g_assert_cmpstr (missing, ==, expected_missing);
  g_assert_true (first_name == NULL || *first_name != '\0');
  g_assert_true (first_name == NULL || strpbrk (first_name, " \t\n") == NULL);
  return 0;
}
