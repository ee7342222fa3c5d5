/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/store/handover-store-rows.h"

#include <json-glib/json-glib.h>

#include "core/handover-enums.h"
#include "core/handover-problem.h"

/**
 * handover_store_read_person:
 * @row: a row
 * @id_column: where the operator's id is
 * @name_column: where the operator's name is
 *
 * Reads who did something.
 *
 * Returns: (transfer full) (nullable): the person, or %NULL where nobody is named
 */
HandoverPerson *
handover_store_read_person (HandoverStatement *row,
                            int                id_column,
                            int                name_column)
{
  HandoverPerson *person;

  if (handover_statement_is_null (row, id_column))
    return NULL;

  person = g_object_new (HANDOVER_TYPE_PERSON, NULL);
  person->id = handover_statement_dup_text (row, id_column);
  person->name = handover_statement_dup_text (row, name_column);
  return person;
}

/**
 * handover_store_read_enum:
 * @row: a row
 * @column: where the word is
 * @type: the enumeration
 *
 * Reads a word of the interface.
 *
 * Returns: its value, 0 for NULL
 */
int
handover_store_read_enum (HandoverStatement *row,
                          int                column,
                          GType              type)
{
  const char *nick = handover_statement_get_text (row, column);

  return nick != NULL ? handover_enum_from_nick (type, nick) : 0;
}

/**
 * handover_store_read_json:
 * @row: a row
 * @column: where JSON text is
 *
 * Reads a JSON value that we wrote.
 *
 * Returns: (transfer full) (nullable): the value, or %NULL for NULL
 */
JsonNode *
handover_store_read_json (HandoverStatement *row,
                          int                column)
{
  const char *text = handover_statement_get_text (row, column);

  if (text == NULL)
    return NULL;
  /* Most are empty, and making a parser takes longer than all the rest of a row. */
  if (g_str_equal (text, "[]"))
    {
      g_autoptr (JsonArray) array = json_array_new ();

      return json_node_init_array (json_node_alloc (), array);
    }
  if (g_str_equal (text, "{}"))
    {
      g_autoptr (JsonObject) object = json_object_new ();

      return json_node_init_object (json_node_alloc (), object);
    }

  return json_from_string (text, NULL);
}

/**
 * handover_store_read_list:
 * @row: a row
 * @column: where a JSON list of strings is
 *
 * Reads a list of strings that we wrote.
 *
 * Returns: (transfer full) (nullable): the list, or %NULL for NULL
 */
char **
handover_store_read_list (HandoverStatement *row,
                          int                column)
{
  g_autoptr (JsonNode) node = handover_store_read_json (row, column);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  JsonArray *array;

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return NULL;

  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    g_strv_builder_add (builder, json_array_get_string_element (array, i));
  return g_strv_builder_end (builder);
}

/**
 * handover_store_read_part:
 * @row: a row
 * @column: where a number from 0 to 1 is
 *
 * Reads a fraction.
 *
 * Returns: the fraction, or -1 for NULL
 */
double
handover_store_read_part (HandoverStatement *row,
                          int                column)
{
  return handover_statement_is_null (row, column) ? -1 : handover_statement_get_double (row, column);
}

/**
 * handover_store_write_json:
 * @node: (nullable): a value
 *
 * Writes a JSON value for a column.
 *
 * Returns: (transfer full) (nullable): its text, or %NULL for NULL
 */
char *
handover_store_write_json (JsonNode *node)
{
  return node != NULL ? json_to_string (node, FALSE) : NULL;
}

/**
 * handover_store_write_list:
 * @list: (nullable): strings
 *
 * Writes a list of strings for a column.
 *
 * Returns: (transfer full) (nullable): its text, or %NULL for NULL
 */
char *
handover_store_write_list (char **list)
{
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (JsonArray) array = NULL;

  if (list == NULL)
    return NULL;

  array = json_array_new ();
  for (char **item = list; *item != NULL; item++)
    json_array_add_string_element (array, *item);
  node = json_node_init_array (json_node_alloc (), array);
  return json_to_string (node, FALSE);
}

/**
 * handover_store_read_number:
 * @statement: a bound statement that answers with one number, which it takes from a conversation
 * @number: (out): the number
 * @error: return location for an error, `not_found` if there is no such conversation
 *
 * Runs a statement to its end for one number.
 *
 * Returns: whether there was one
 */
gboolean
handover_store_read_number (HandoverStatement  *statement,
                            gint64             *number,
                            GError            **error)
{
  gboolean row;

  if (!handover_statement_step (statement, &row, error))
    return FALSE;
  if (!row)
    {
      g_set_error_literal (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_NOT_FOUND, "There is no such conversation.");
      return FALSE;
    }

  *number = handover_statement_get_int (statement, 0);
  return handover_statement_step (statement, &row, error);
}
