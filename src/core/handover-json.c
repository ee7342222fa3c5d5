/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "core/handover-json.h"

#include "core/handover-enums.h"
#include "core/handover-problem.h"
#include "core/handover-time.h"

#include <string.h>

static gboolean
refuse_as (GError          **error,
           HandoverProblem   code,
           const char       *path,
           const char       *member,
           const char       *what)
{
  const char *separator = path != NULL && *path != '\0' ? "." : "";

  g_set_error (error, HANDOVER_PROBLEM, code, "%s%s%s %s", path != NULL ? path : "", separator, member, what);
  return FALSE;
}

static gboolean
refuse (GError     **error,
        const char  *path,
        const char  *member,
        const char  *what)
{
  return refuse_as (error, HANDOVER_PROBLEM_INVALID_MEMBER, path, member, what);
}

static gboolean
holds (JsonNode *node,
       GType     type)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type;
}

static gboolean
holds_text (JsonNode *node)
{
  return holds (node, G_TYPE_STRING);
}

static gboolean
holds_integer (JsonNode *node)
{
  return holds (node, G_TYPE_INT64);
}

static gboolean
holds_boolean (JsonNode *node)
{
  return holds (node, G_TYPE_BOOLEAN);
}

static gboolean
holds_number (JsonNode *node)
{
  return holds (node, G_TYPE_DOUBLE) || holds (node, G_TYPE_INT64);
}

static gboolean
holds_object (JsonNode *node)
{
  return JSON_NODE_HOLDS_OBJECT (node);
}

static gboolean
holds_array (JsonNode *node)
{
  return JSON_NODE_HOLDS_ARRAY (node);
}

typedef struct
{
  gboolean (*test) (JsonNode *node);
  const char *refusal;
} Kind;

static const Kind text_kind = { holds_text, "must be text" };
static const Kind integer_kind = { holds_integer, "must be a whole number" };
static const Kind boolean_kind = { holds_boolean, "must be true or false" };
static const Kind number_kind = { holds_number, "must be a number" };
static const Kind object_kind = { holds_object, "must be an object" };
static const Kind array_kind = { holds_array, "must be a list" };

/* Finds a member of a kind; *node is NULL where it is absent and may be. */
static gboolean
find (JsonObject         *object,
      const char         *path,
      const char         *member,
      HandoverJsonFlags   flags,
      const Kind         *kind,
      JsonNode          **node,
      GError            **error)
{
  *node = json_object_get_member (object, member);
  if (*node != NULL && JSON_NODE_HOLDS_NULL (*node))
    *node = NULL;

  if (*node == NULL)
    return (flags & HANDOVER_JSON_REQUIRED) == 0 || refuse (error, path, member, "is missing");

  return kind->test (*node) || refuse (error, path, member, kind->refusal);
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
 * handover_json_is_text:
 * @text: a text in UTF-8
 *
 * Tells whether a text holds no control characters other than tab and line ends.
 *
 * Returns: whether it may be shown
 */
gboolean
handover_json_is_text (const char *text)
{
  for (const char *c = text; *c != '\0'; c++)
    if ((guchar) *c < 0x20 && *c != '\t' && *c != '\n' && *c != '\r')
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
  if (!find (object, path, member, flags, &text_kind, &node, error))
    return FALSE;
  if (node == NULL)
    return TRUE;

  *value = json_node_get_string (node);
  if (strlen (*value) > limit)
    {
      g_autofree char *what = g_strdup_printf ("must be at most %" G_GSIZE_FORMAT " bytes", limit);

      return refuse_as (error, HANDOVER_PROBLEM_TOO_LARGE, path, member, what);
    }
  if (!handover_json_is_text (*value))
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

  if (!find (object, path, member, flags, &text_kind, &node, error))
    return FALSE;
  if (node == NULL)
    return TRUE;

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

  if (!find (object, path, member, flags, &integer_kind, &node, error))
    return FALSE;
  if (node == NULL)
    return TRUE;

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

  if (!find (object, path, member, flags, &boolean_kind, &node, error))
    return FALSE;
  if (node == NULL)
    return TRUE;

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

  if (!find (object, path, member, flags, &number_kind, &node, error))
    return FALSE;
  if (node == NULL)
    return TRUE;

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
  if (!find (object, path, member, flags, &object_kind, &node, error))
    return FALSE;
  if (node == NULL)
    return TRUE;

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
  if (!find (object, path, member, flags, &array_kind, &node, error))
    return FALSE;
  if (node == NULL)
    return TRUE;

  *value = json_node_get_array (node);
  if (json_array_get_length (*value) > limit)
    {
      g_autofree char *what = g_strdup_printf ("must have at most %u entries", limit);

      return refuse_as (error, HANDOVER_PROBLEM_TOO_LARGE, path, member, what);
    }

  return TRUE;
}
