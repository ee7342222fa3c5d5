/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/store/handover-store-rows.h"

#include <json-glib/json-glib.h>

#include "core/handover-enums.h"
#include "core/handover-problem.h"

static HandoverStatement *
bind (HandoverStore  *self,
      const char     *name,
      const char     *format,
      va_list         values,
      GError        **error)
{
  HandoverStatement *statement = handover_database_prepare (handover_store_get_database (self), name, error);

  if (statement != NULL)
    handover_statement_bind_valist (statement, format, values);
  return statement;
}

static gboolean
look_up (HandoverStore      *self,
         HandoverStatement **row,
         const char         *name,
         const char         *format,
         va_list             values,
         GError            **error)
{
  HandoverStatement *statement = bind (self, name, format, values, error);
  gboolean found;

  *row = NULL;
  if (statement == NULL || !handover_statement_step (statement, &found, error))
    return FALSE;

  if (found)
    *row = statement;
  return TRUE;
}

/**
 * handover_store_look_up:
 * @self: a store
 * @row: (out) (nullable): the first row, which the caller resets; %NULL if there is none
 * @error: return location for an error
 * @name: a statement
 * @format: one letter for each parameter, as handover_statement_bind() takes them
 * @...: the values
 *
 * Looks for a row.
 *
 * Returns: whether it could look
 */
gboolean
handover_store_look_up (HandoverStore      *self,
                        HandoverStatement **row,
                        GError            **error,
                        const char         *name,
                        const char         *format,
                        ...)
{
  va_list values;
  gboolean looked;

  va_start (values, format);
  looked = look_up (self, row, name, format, values, error);
  va_end (values);

  return looked;
}

/**
 * handover_store_look_up_text:
 * @self: a store
 * @text: (out) (transfer full) (nullable): the first column of the first row; %NULL if there is none
 * @error: return location for an error
 * @name: a statement
 * @format: one letter for each parameter, as handover_statement_bind() takes them
 * @...: the values
 *
 * Looks for one text, such as an id.
 *
 * Returns: whether it could look
 */
gboolean
handover_store_look_up_text (HandoverStore  *self,
                             char          **text,
                             GError        **error,
                             const char     *name,
                             const char     *format,
                             ...)
{
  HandoverStatement *row;
  va_list values;
  gboolean looked;

  *text = NULL;
  va_start (values, format);
  looked = look_up (self, &row, name, format, values, error);
  va_end (values);
  if (!looked || row == NULL)
    return looked;

  *text = handover_statement_dup_text (row, 0);
  handover_statement_reset (row);
  return TRUE;
}

/**
 * handover_store_read_one:
 * @self: a store
 * @read: what to make of the row
 * @what: what it is that is looked for, as in “There is no such …”
 * @error: return location for an error, `not_found` if there is no row
 * @name: a statement
 * @format: one letter for each parameter, as handover_statement_bind() takes them
 * @...: the values
 *
 * Reads the one thing that is looked for.
 *
 * Returns: (transfer full): it, or %NULL with @error set
 */
gpointer
handover_store_read_one (HandoverStore      *self,
                         HandoverStoreRead   read,
                         const char         *what,
                         GError            **error,
                         const char         *name,
                         const char         *format,
                         ...)
{
  HandoverStatement *row;
  gpointer item;
  va_list values;
  gboolean looked;

  va_start (values, format);
  looked = look_up (self, &row, name, format, values, error);
  va_end (values);
  if (!looked)
    return NULL;
  if (row == NULL)
    {
      g_set_error (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_NOT_FOUND, "There is no such %s.", what);
      return NULL;
    }

  item = read (row);
  handover_statement_reset (row);
  return item;
}

/**
 * handover_store_read_all:
 * @self: a store
 * @read: what to make of each row
 * @free_item: frees it
 * @error: return location for an error
 * @name: a statement
 * @format: one letter for each parameter, as handover_statement_bind() takes them
 * @...: the values
 *
 * Reads all rows.
 *
 * Returns: (transfer full): what they are, in order, or %NULL with @error set
 */
GPtrArray *
handover_store_read_all (HandoverStore      *self,
                         HandoverStoreRead   read,
                         GDestroyNotify      free_item,
                         GError            **error,
                         const char         *name,
                         const char         *format,
                         ...)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (free_item);
  HandoverStatement *statement;
  gboolean row;
  va_list values;

  va_start (values, format);
  statement = bind (self, name, format, values, error);
  va_end (values);
  if (statement == NULL)
    return NULL;

  while (handover_statement_step (statement, &row, error))
    {
      if (!row)
        return g_steal_pointer (&items);
      g_ptr_array_add (items, read (statement));
    }

  return NULL;
}

/**
 * handover_store_end_page:
 * @page: what was read for a page, and one more if there is one
 * @limit: how many a page has at most
 *
 * Ends a page where it should end.
 *
 * Returns: whether there is another after it
 */
gboolean
handover_store_end_page (GPtrArray *page,
                         guint      limit)
{
  if (page->len <= limit)
    return FALSE;

  g_ptr_array_set_size (page, limit);
  return TRUE;
}

/**
 * handover_store_read_id:
 * @row: a row whose first column is an id
 *
 * Reads an id; a #HandoverStoreRead.
 *
 * Returns: (transfer full): the id
 */
gpointer
handover_store_read_id (HandoverStatement *row)
{
  return handover_statement_dup_text (row, 0);
}

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
 * handover_store_read_records:
 * @row: a row
 * @column: where a JSON list of records is
 * @type: their type
 *
 * Reads a list of records that we wrote.
 *
 * Returns: (transfer full) (nullable) (element-type HandoverRecord): the list, or %NULL where there are none
 */
GPtrArray *
handover_store_read_records (HandoverStatement *row,
                             int                column,
                             GType              type)
{
  const char *text = handover_statement_get_text (row, column);
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GPtrArray) records = NULL;
  JsonArray *array;

  /* Most have none, and making a parser takes longer than all the rest of a row. */
  if (text == NULL || g_str_equal (text, "[]"))
    return NULL;

  node = json_from_string (text, NULL);
  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return NULL;

  records = g_ptr_array_new_with_free_func (g_object_unref);
  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      HandoverRecord *record = handover_record_from_json (type, json_array_get_element (array, i), NULL);

      if (record != NULL)
        g_ptr_array_add (records, record);
    }

  return g_steal_pointer (&records);
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
 * handover_store_write_records:
 * @records: (nullable) (element-type HandoverRecord): records
 *
 * Writes a list of records for a column.
 *
 * Returns: (transfer full) (nullable): its text, or %NULL where there are none
 */
char *
handover_store_write_records (GPtrArray *records)
{
  GString *text;

  if (records == NULL || records->len == 0)
    return NULL;

  text = g_string_new (NULL);
  for (guint i = 0; i < records->len; i++)
    {
      g_string_append_c (text, i == 0 ? '[' : ',');
      handover_record_write (g_ptr_array_index (records, i), text);
    }
  g_string_append_c (text, ']');

  return g_string_free (text, FALSE);
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
