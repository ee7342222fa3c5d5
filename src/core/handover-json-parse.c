/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "core/handover-json.h"

#include "core/handover-problem.h"

#include <math.h>
#include <string.h>

/* The parser would end the text there without a word. */
static gboolean
holds_escaped_nul (const char *data,
                   gsize       length)
{
  for (const char *escape = memchr (data, '\\', length); escape != NULL;
       escape = memchr (escape + 2, '\\', data + length - escape - 2))
    {
      gsize left = data + length - escape;

      if (left >= 6 && memcmp (escape, "\\u0000", 6) == 0)
        return TRUE;
      if (left <= 2)
        return FALSE;
    }

  return FALSE;
}

/* The parser recurses, so the depth is looked at before it sees the text. */
static gboolean
depth_is_bounded (const char *data,
                  gsize       length)
{
  guint depth = 0;
  gboolean in_string = FALSE;

  for (gsize i = 0; i < length; i++)
    {
      if (in_string)
        {
          if (data[i] == '\\')
            i++;
          else if (data[i] == '"')
            in_string = FALSE;
        }
      else if (data[i] == '"')
        in_string = TRUE;
      else if (data[i] == '{' || data[i] == '[')
        {
          if (++depth > HANDOVER_JSON_MAX_DEPTH)
            return FALSE;
        }
      else if ((data[i] == '}' || data[i] == ']') && depth > 0)
        depth--;
    }

  return TRUE;
}

static gboolean holds_infinity (JsonNode *node);

static gboolean
object_holds_infinity (JsonObject *object)
{
  JsonObjectIter iterator;
  JsonNode *value;

  json_object_iter_init (&iterator, object);
  while (json_object_iter_next (&iterator, NULL, &value))
    if (holds_infinity (value))
      return TRUE;

  return FALSE;
}

/* 1e999 is read as infinity, and would be written as a word that nobody can read again. */
static gboolean
holds_infinity (JsonNode *node)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    return object_holds_infinity (json_node_get_object (node));
  if (JSON_NODE_HOLDS_VALUE (node))
    return json_node_get_value_type (node) == G_TYPE_DOUBLE && !isfinite (json_node_get_double (node));
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return FALSE;

  for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
    if (holds_infinity (json_array_get_element (json_node_get_array (node), i)))
      return TRUE;

  return FALSE;
}

static JsonNode *
refuse (GError     **error,
        const char  *detail)
{
  g_set_error_literal (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_MALFORMED_JSON, detail);

  return NULL;
}

/**
 * handover_json_parse:
 * @bytes: what a stranger sent
 * @error: return location for an error
 *
 * Reads one JSON value: UTF-8 without NUL, at most %HANDOVER_JSON_MAX_DEPTH levels deep.
 *
 * Returns: (transfer full) (nullable): the value, or %NULL with %HANDOVER_PROBLEM_MALFORMED_JSON
 */
JsonNode *
handover_json_parse (GBytes  *bytes,
                     GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) parse_error = NULL;
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  g_autoptr (JsonNode) root = NULL;

  if (length == 0)
    return refuse (error, "The body is empty; send a JSON object");
  if (!g_utf8_validate_len (data, length, NULL))
    return refuse (error, "The body is not UTF-8 text");
  if (holds_escaped_nul (data, length))
    return refuse (error, "The body holds the character U+0000, which no text may");
  if (!depth_is_bounded (data, length))
    return refuse (error, "The body is nested deeper than " G_STRINGIFY (HANDOVER_JSON_MAX_DEPTH) " levels");

  json_parser_set_strict (parser, TRUE);
  if (!json_parser_load_from_data (parser, data, length, &parse_error))
    {
      /* The library quotes what it stumbled over and cuts a long quotation between any two bytes. */
      g_autofree char *reason = g_utf8_make_valid (parse_error->message, -1);

      g_set_error (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_MALFORMED_JSON, "The body is not JSON: %s", reason);
      return NULL;
    }

  root = json_parser_steal_root (parser);
  if (root == NULL)
    return refuse (error, "The body is empty; send a JSON object");
  if (holds_infinity (root))
    return refuse (error, "The body holds a number that is too large");

  return g_steal_pointer (&root);
}
