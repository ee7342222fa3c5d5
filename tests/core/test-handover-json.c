/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "core/handover-enum-types.h"
#include "core/handover-json.h"
#include "core/handover-problem.h"
#include "core/handover-time.h"

static JsonNode *
parse (const char  *text,
       gssize       length,
       GError     **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, length < 0 ? strlen (text) : (gsize) length);

  return handover_json_parse (bytes, error);
}

static void
test_malformed (void)
{
  const char *bodies[] = {
    "", " ", "{", "}", "{\"a\":}", "{\"a\":1}{\"b\":2}", "{'a': 1}", "{\"a\": 1,}", "// nothing\n{}", "\xff\xfe", "nonsense",
    "{\"a\": \"\xc3\"}", "{\"a\": \"b\\u0000c\"}", "{\"a\": \"\\\\\\u0000\"}", "{\"a\": \"b\\", "{\"a\": [1e999]}", "-1e999",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node = parse (bodies[i], -1, &error);

      g_test_message ("body %u", i);
      g_assert_null (node);
      g_assert_error (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_MALFORMED_JSON);
    }

  {
    g_autoptr (GError) error = NULL;
    g_autoptr (JsonNode) node = parse ("{\"a\": \"b\0\"}", 10, &error);

    g_assert_null (node);
    g_assert_error (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_MALFORMED_JSON);
  }
}

/* The reason quotes what was sent, and goes into an answer: it is text, wherever the quotation was cut. */
static void
test_reason_is_text (void)
{
  for (guint length = 0; length < 256; length++)
    {
      g_autoptr (GString) body = g_string_new ("{\"");
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node = NULL;

      for (guint i = 0; i < length; i++)
        g_string_append (body, "o");
      g_string_append (body, "\u202e\"word");
      for (guint i = 0; i < 256; i++)
        g_string_append (body, "\u20ac");

      node = parse (body->str, -1, &error);
      g_assert_null (node);
      g_assert_error (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_MALFORMED_JSON);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
    }
}

static void
test_escapes (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = parse ("{\"a\": \"\\\\u0000 \\u0041\"}", -1, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (node), "a"), ==, "\\u0000 A");
}

static void
test_depth (void)
{
  for (guint depth = HANDOVER_JSON_MAX_DEPTH; depth <= HANDOVER_JSON_MAX_DEPTH + 1; depth++)
    {
      g_autofree char *open = g_strnfill (depth, '[');
      g_autofree char *close = g_strnfill (depth, ']');
      g_autofree char *text = g_strconcat (open, "\"[[[[\\\"[[[[\"", close, NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node = parse (text, -1, &error);

      g_assert_cmpint (node != NULL, ==, depth == HANDOVER_JSON_MAX_DEPTH);
    }
}

static void
test_read_string (void)
{
  g_autoptr (JsonNode) node = parse ("{\"a\": \"text\", \"n\": null, \"i\": 3, \"w\": \" \\n\", \"bell\": \"\\u0007\"}", -1, NULL);
  JsonObject *object = json_node_get_object (node);
  const char *value;
  g_autoptr (GError) missing = NULL;
  g_autoptr (GError) kind = NULL;
  g_autoptr (GError) blank = NULL;
  g_autoptr (GError) large = NULL;
  g_autoptr (GError) control = NULL;

  g_assert_true (handover_json_read_string (object, NULL, "a", HANDOVER_JSON_NOT_EMPTY, 4, &value, NULL));
  g_assert_cmpstr (value, ==, "text");
  g_assert_true (handover_json_read_string (object, NULL, "n", HANDOVER_JSON_OPTIONAL, 4, &value, NULL));
  g_assert_null (value);

  g_assert_false (handover_json_read_string (object, "customer", "n", HANDOVER_JSON_REQUIRED, 4, &value, &missing));
  g_assert_error (missing, HANDOVER_PROBLEM, HANDOVER_PROBLEM_INVALID_MEMBER);
  g_assert_cmpstr (missing->message, ==, "customer.n is missing");
  g_assert_false (handover_json_read_string (object, "", "i", HANDOVER_JSON_OPTIONAL, 4, &value, &kind));
  g_assert_cmpstr (kind->message, ==, "i must be text");
  g_assert_false (handover_json_read_string (object, "", "w", HANDOVER_JSON_NOT_EMPTY, 4, &value, &blank));
  g_assert_error (blank, HANDOVER_PROBLEM, HANDOVER_PROBLEM_INVALID_MEMBER);
  g_assert_false (handover_json_read_string (object, NULL, "a", HANDOVER_JSON_OPTIONAL, 3, &value, &large));
  g_assert_error (large, HANDOVER_PROBLEM, HANDOVER_PROBLEM_TOO_LARGE);
  g_assert_false (handover_json_read_string (object, NULL, "bell", HANDOVER_JSON_OPTIONAL, 9, &value, &control));
  g_assert_error (control, HANDOVER_PROBLEM, HANDOVER_PROBLEM_INVALID_MEMBER);
}

static void
test_read_others (void)
{
  g_autoptr (JsonNode) node = parse ("{\"role\": \"admin\", \"odd\": \"pope\", \"n\": 7, \"yes\": true, \"f\": 0.5, \"one\": 1,"
                                     " \"over\": 1.5, \"at\": \"2026-01-31T09:30:00.250+01:00\", \"o\": {}, \"l\": [1, 2, 3]}", -1, NULL);
  JsonObject *object = json_node_get_object (node);
  int role = 0;
  gint64 number = 0;
  gboolean yes = FALSE;
  double fraction = -1;
  JsonObject *inner;
  JsonArray *list;
  g_autoptr (GError) large = NULL;

  g_assert_true (handover_json_read_enum (object, NULL, "role", HANDOVER_JSON_REQUIRED, HANDOVER_TYPE_ROLE, &role, NULL));
  g_assert_cmpint (role, ==, HANDOVER_ROLE_ADMIN);
  g_assert_false (handover_json_read_enum (object, NULL, "odd", HANDOVER_JSON_REQUIRED, HANDOVER_TYPE_ROLE, &role, NULL));
  g_assert_true (handover_json_read_integer (object, NULL, "n", HANDOVER_JSON_REQUIRED, 1, 7, &number, NULL));
  g_assert_cmpint (number, ==, 7);
  g_assert_false (handover_json_read_integer (object, NULL, "n", HANDOVER_JSON_REQUIRED, 8, 9, &number, NULL));
  g_assert_true (handover_json_read_boolean (object, NULL, "yes", HANDOVER_JSON_REQUIRED, &yes, NULL));
  g_assert_true (yes);
  g_assert_true (handover_json_read_fraction (object, NULL, "f", HANDOVER_JSON_REQUIRED, &fraction, NULL));
  g_assert_cmpfloat (fraction, ==, 0.5);
  g_assert_true (handover_json_read_fraction (object, NULL, "one", HANDOVER_JSON_REQUIRED, &fraction, NULL));
  g_assert_false (handover_json_read_fraction (object, NULL, "over", HANDOVER_JSON_REQUIRED, &fraction, NULL));
  g_assert_true (handover_json_read_time (object, NULL, "at", HANDOVER_JSON_REQUIRED, &number, NULL));
  g_assert_cmpint (number, ==, G_GINT64_CONSTANT (1769848200250));
  g_assert_false (handover_json_read_time (object, NULL, "odd", HANDOVER_JSON_REQUIRED, &number, NULL));
  g_assert_true (handover_json_read_object (object, NULL, "o", HANDOVER_JSON_REQUIRED, &inner, NULL));
  g_assert_false (handover_json_read_object (object, NULL, "l", HANDOVER_JSON_REQUIRED, &inner, NULL));
  g_assert_true (handover_json_read_array (object, NULL, "l", HANDOVER_JSON_REQUIRED, 3, &list, NULL));
  g_assert_false (handover_json_read_array (object, NULL, "l", HANDOVER_JSON_REQUIRED, 2, &list, &large));
  g_assert_error (large, HANDOVER_PROBLEM, HANDOVER_PROBLEM_TOO_LARGE);
}

static void
test_time (void)
{
  g_autofree char *text = handover_time_format (G_GINT64_CONSTANT (1769848200250));
  gint64 time;

  g_assert_cmpstr (text, ==, "2026-01-31T08:30:00.250Z");
  g_assert_true (handover_time_parse (text, &time));
  g_assert_cmpint (time, ==, G_GINT64_CONSTANT (1769848200250));
  g_assert_false (handover_time_parse ("2026-01-31T08:30:00", &time));
  g_assert_false (handover_time_parse ("yesterday", &time));
  g_assert_true (handover_time_parse ("0026-11-22T02:05:26.227Z", &time));
  g_free (text);
  text = handover_time_format (time);
  g_assert_cmpstr (text, ==, "0026-11-22T02:05:26.227Z");
  g_assert_true (handover_time_parse ("9999-12-31T23:59:59Z", &time));
  g_assert_false (handover_time_parse ("9999-12-31T23:59:59-12:00", &time));
  g_assert_false (handover_time_parse ("0001-01-01T00:00:00+14:00", &time));
  g_assert_false (handover_time_parse (NULL, &time));
}

static void
test_problems (void)
{
  for (guint i = 0; i < HANDOVER_N_PROBLEMS; i++)
    {
      g_assert_cmpint (handover_problem_from_code (handover_problem_get_code (i), 0), ==, i);
      g_assert_nonnull (handover_problem_get_title (i));
    }

  g_assert_cmpint (handover_problem_from_code ("from_the_future", 404), ==, HANDOVER_PROBLEM_NOT_FOUND);
  g_assert_cmpint (handover_problem_from_code (NULL, 502), ==, HANDOVER_PROBLEM_INTERNAL);
  g_assert_cmpint (handover_problem_from_code (NULL, 200), ==, HANDOVER_PROBLEM_UNEXPECTED_ANSWER);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/json/malformed", test_malformed);
  g_test_add_func ("/json/reason-is-text", test_reason_is_text);
  g_test_add_func ("/json/escapes", test_escapes);
  g_test_add_func ("/json/depth", test_depth);
  g_test_add_func ("/json/read-string", test_read_string);
  g_test_add_func ("/json/read-others", test_read_others);
  g_test_add_func ("/json/time", test_time);
  g_test_add_func ("/json/problems", test_problems);

  return g_test_run ();
}
