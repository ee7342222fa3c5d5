/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "core/handover-json.h"

#include "core/handover-enums.h"
#include "core/handover-problem.h"
#include "core/handover-time.h"

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
    {
      g_set_error_literal (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_MALFORMED_JSON, "The body is empty; send a JSON object");
      return NULL;
    }
  if (!g_utf8_validate_len (data, length, NULL))
    {
      g_set_error_literal (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_MALFORMED_JSON, "The body is not UTF-8 text");
      return NULL;
    }
  if (holds_escaped_nul (data, length))
    {
      g_set_error_literal (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_MALFORMED_JSON,
                           "The body holds the character U+0000, which no text may");
      return NULL;
    }
  if (!depth_is_bounded (data, length))
    {
      g_set_error (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_MALFORMED_JSON,
                   "The body is nested deeper than %d levels", HANDOVER_JSON_MAX_DEPTH);
      return NULL;
    }

  json_parser_set_strict (parser, TRUE);
  if (!json_parser_load_from_data (parser, data, length, &parse_error))
    {
      g_set_error (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_MALFORMED_JSON, "The body is not JSON: %s", parse_error->message);
      return NULL;
    }

  root = json_parser_steal_root (parser);
  if (root == NULL)
    {
      g_set_error_literal (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_MALFORMED_JSON, "The body is empty; send a JSON object");
      return NULL;
    }
  if (holds_infinity (root))
    {
      g_set_error_literal (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_MALFORMED_JSON, "The body holds a number that is too large");
      return NULL;
    }

  return g_steal_pointer (&root);
}

static gboolean
refuse (GError     **error,
        const char  *path,
        const char  *member,
        const char  *what)
{
  const char *separator = path != NULL && *path != '\0' ? "." : "";

  g_set_error (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_INVALID_MEMBER,
               "%s%s%s %s", path != NULL ? path : "", separator, member, what);
  return FALSE;
}

/* Finds a member; *node is NULL where it is absent and may be. */
static gboolean
find (JsonObject         *object,
      const char         *path,
      const char         *member,
      HandoverJsonFlags   flags,
      JsonNode          **node,
      GError            **error)
{
  *node = json_object_get_member (object, member);
  if (*node != NULL && JSON_NODE_HOLDS_NULL (*node))
    *node = NULL;

  if (*node == NULL && (flags & HANDOVER_JSON_REQUIRED) != 0)
    return refuse (error, path, member, "is missing");
  return TRUE;
}

static gboolean
holds (JsonNode *node,
       GType     type)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type;
}

static gboolean
is_blank (const char *text)
{
  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    if (!g_unichar_isspace (g_utf8_get_char (c)))
      return FALSE;

  return TRUE;
}

/**
 * handover_json_read_string:
 * @object: the object that holds the member
 * @path: (nullable): where the object stands in the body, for errors
 * @member: the member's name
 * @flags: what it must be
 * @limit: the most bytes it may have
 * @value: (out) (transfer none) (nullable): the text, %NULL where absent
 * @error: return location for an error
 *
 * Reads a text. Control characters other than tab and line ends, and NUL, are refused.
 *
 * Returns: %FALSE with %HANDOVER_PROBLEM_INVALID_MEMBER or, over @limit, %HANDOVER_PROBLEM_TOO_LARGE, each with the
 *   member's path
 */
gboolean
handover_json_read_string (JsonObject         *object,
                           const char         *path,
                           const char         *member,
                           HandoverJsonFlags   flags,
                           gsize               limit,
                           const char        **value,
                           GError            **error)
{
  JsonNode *node;

  *value = NULL;
  if (!find (object, path, member, flags, &node, error))
    return FALSE;
  if (node == NULL)
    return TRUE;
  if (!holds (node, G_TYPE_STRING))
    return refuse (error, path, member, "must be text");

  *value = json_node_get_string (node);
  if (strlen (*value) > limit)
    {
      g_set_error (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_TOO_LARGE, "%s%s%s must be at most %" G_GSIZE_FORMAT " bytes",
                   path != NULL ? path : "", path != NULL && *path != '\0' ? "." : "", member, limit);
      return FALSE;
    }
  for (const char *c = *value; *c != '\0'; c++)
    if ((guchar) *c < 0x20 && *c != '\t' && *c != '\n' && *c != '\r')
      return refuse (error, path, member, "must not hold control characters");
  if ((flags & HANDOVER_JSON_NOT_EMPTY) == HANDOVER_JSON_NOT_EMPTY && is_blank (*value))
    return refuse (error, path, member, "must not be empty");

  return TRUE;
}

/**
 * handover_json_read_enum:
 * @object: the object that holds the member
 * @path: (nullable): where the object stands in the body, for errors
 * @member: the member's name
 * @flags: what it must be
 * @type: the enumeration
 * @value: (out): the value, unchanged where absent
 * @error: return location for an error
 *
 * Reads a word of an enumeration.
 *
 * Returns: %FALSE with %HANDOVER_PROBLEM_INVALID_MEMBER if the word is not known
 */
gboolean
handover_json_read_enum (JsonObject         *object,
                         const char         *path,
                         const char         *member,
                         HandoverJsonFlags   flags,
                         GType               type,
                         int                *value,
                         GError            **error)
{
  JsonNode *node;
  int found;

  if (!find (object, path, member, flags, &node, error))
    return FALSE;
  if (node == NULL)
    return TRUE;
  if (!holds (node, G_TYPE_STRING))
    return refuse (error, path, member, "must be text");

  found = handover_enum_from_nick (type, json_node_get_string (node));
  if (found == 0)
    return refuse (error, path, member, "is not one of the known words");

  *value = found;
  return TRUE;
}

/**
 * handover_json_read_integer:
 * @object: the object that holds the member
 * @path: (nullable): where the object stands in the body, for errors
 * @member: the member's name
 * @flags: what it must be
 * @minimum: the least it may be
 * @maximum: the most it may be
 * @value: (out): the number, unchanged where absent
 * @error: return location for an error
 *
 * Reads a whole number.
 *
 * Returns: %FALSE with %HANDOVER_PROBLEM_INVALID_MEMBER if it is none or out of range
 */
gboolean
handover_json_read_integer (JsonObject         *object,
                            const char         *path,
                            const char         *member,
                            HandoverJsonFlags   flags,
                            gint64              minimum,
                            gint64              maximum,
                            gint64             *value,
                            GError            **error)
{
  JsonNode *node;
  gint64 number;

  if (!find (object, path, member, flags, &node, error))
    return FALSE;
  if (node == NULL)
    return TRUE;
  if (!holds (node, G_TYPE_INT64))
    return refuse (error, path, member, "must be a whole number");

  number = json_node_get_int (node);
  if (number < minimum || number > maximum)
    return refuse (error, path, member, "is out of range");

  *value = number;
  return TRUE;
}

/**
 * handover_json_read_boolean:
 * @object: the object that holds the member
 * @path: (nullable): where the object stands in the body, for errors
 * @member: the member's name
 * @flags: what it must be
 * @value: (out): the value, unchanged where absent
 * @error: return location for an error
 *
 * Reads true or false.
 *
 * Returns: %FALSE with %HANDOVER_PROBLEM_INVALID_MEMBER if it is neither
 */
gboolean
handover_json_read_boolean (JsonObject         *object,
                            const char         *path,
                            const char         *member,
                            HandoverJsonFlags   flags,
                            gboolean           *value,
                            GError            **error)
{
  JsonNode *node;

  if (!find (object, path, member, flags, &node, error))
    return FALSE;
  if (node == NULL)
    return TRUE;
  if (!holds (node, G_TYPE_BOOLEAN))
    return refuse (error, path, member, "must be true or false");

  *value = json_node_get_boolean (node);
  return TRUE;
}

/**
 * handover_json_read_fraction:
 * @object: the object that holds the member
 * @path: (nullable): where the object stands in the body, for errors
 * @member: the member's name
 * @flags: what it must be
 * @value: (out): the number, unchanged where absent
 * @error: return location for an error
 *
 * Reads a number from 0 to 1.
 *
 * Returns: %FALSE with %HANDOVER_PROBLEM_INVALID_MEMBER if it is none or out of range
 */
gboolean
handover_json_read_fraction (JsonObject         *object,
                             const char         *path,
                             const char         *member,
                             HandoverJsonFlags   flags,
                             double             *value,
                             GError            **error)
{
  JsonNode *node;
  double number;

  if (!find (object, path, member, flags, &node, error))
    return FALSE;
  if (node == NULL)
    return TRUE;
  if (!holds (node, G_TYPE_DOUBLE) && !holds (node, G_TYPE_INT64))
    return refuse (error, path, member, "must be a number");

  number = json_node_get_double (node);
  if (!(number >= 0 && number <= 1))
    return refuse (error, path, member, "must be between 0 and 1");

  *value = number;
  return TRUE;
}

/**
 * handover_json_read_time:
 * @object: the object that holds the member
 * @path: (nullable): where the object stands in the body, for errors
 * @member: the member's name
 * @flags: what it must be
 * @value: (out): milliseconds since 1970 UTC, unchanged where absent
 * @error: return location for an error
 *
 * Reads a time.
 *
 * Returns: %FALSE with %HANDOVER_PROBLEM_INVALID_MEMBER if it is none
 */
gboolean
handover_json_read_time (JsonObject         *object,
                         const char         *path,
                         const char         *member,
                         HandoverJsonFlags   flags,
                         gint64             *value,
                         GError            **error)
{
  const char *text;

  if (!handover_json_read_string (object, path, member, flags, 40, &text, error))
    return FALSE;
  if (text != NULL && !handover_time_parse (text, value))
    return refuse (error, path, member, "must be a time like 2026-01-31T09:30:00.000Z");

  return TRUE;
}

/**
 * handover_json_read_object:
 * @object: the object that holds the member
 * @path: (nullable): where the object stands in the body, for errors
 * @member: the member's name
 * @flags: what it must be
 * @value: (out) (transfer none) (nullable): the object, %NULL where absent
 * @error: return location for an error
 *
 * Reads an object.
 *
 * Returns: %FALSE with %HANDOVER_PROBLEM_INVALID_MEMBER if it is none
 */
gboolean
handover_json_read_object (JsonObject         *object,
                           const char         *path,
                           const char         *member,
                           HandoverJsonFlags   flags,
                           JsonObject        **value,
                           GError            **error)
{
  JsonNode *node;

  *value = NULL;
  if (!find (object, path, member, flags, &node, error))
    return FALSE;
  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return refuse (error, path, member, "must be an object");

  *value = json_node_get_object (node);
  return TRUE;
}

/**
 * handover_json_read_array:
 * @object: the object that holds the member
 * @path: (nullable): where the object stands in the body, for errors
 * @member: the member's name
 * @flags: what it must be
 * @limit: the most entries it may have
 * @value: (out) (transfer none) (nullable): the list, %NULL where absent
 * @error: return location for an error
 *
 * Reads a list.
 *
 * Returns: %FALSE with %HANDOVER_PROBLEM_INVALID_MEMBER if it is none, or %HANDOVER_PROBLEM_TOO_LARGE
 */
gboolean
handover_json_read_array (JsonObject         *object,
                          const char         *path,
                          const char         *member,
                          HandoverJsonFlags   flags,
                          guint               limit,
                          JsonArray         **value,
                          GError            **error)
{
  JsonNode *node;

  *value = NULL;
  if (!find (object, path, member, flags, &node, error))
    return FALSE;
  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return refuse (error, path, member, "must be a list");

  *value = json_node_get_array (node);
  if (json_array_get_length (*value) > limit)
    {
      g_set_error (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_TOO_LARGE, "%s%s%s must have at most %u entries",
                   path != NULL ? path : "", path != NULL && *path != '\0' ? "." : "", member, limit);
      return FALSE;
    }

  return TRUE;
}
