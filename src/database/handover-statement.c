/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "database/handover-database-private.h"

#include <string.h>

struct _HandoverStatement
{
  char *name;
  sqlite3_stmt *handle;
  int bind_result;
};

/*
 * handover_statement_new:
 *
 * Compiles exactly one statement.
 */
HandoverStatement *
handover_statement_new (sqlite3     *handle,
                        const char  *name,
                        const char  *sql,
                        GError     **error)
{
  HandoverStatement *self;
  sqlite3_stmt *compiled = NULL;
  const char *tail = NULL;
  int result;

  result = sqlite3_prepare_v3 (handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &compiled, &tail);
  if (result != SQLITE_OK || compiled == NULL)
    {
      g_set_error (error, HANDOVER_DATABASE_ERROR, HANDOVER_DATABASE_ERROR_STATEMENT,
                   "Statement “%s”: %s", name, sqlite3_errmsg (handle));
      return NULL;
    }
  while (g_ascii_isspace (*tail))
    tail++;
  if (*tail != '\0' && !g_str_has_prefix (tail, "--"))
    {
      sqlite3_finalize (compiled);
      g_set_error (error, HANDOVER_DATABASE_ERROR, HANDOVER_DATABASE_ERROR_STATEMENT,
                   "“%s” is more than one statement", name);
      return NULL;
    }

  self = g_new0 (HandoverStatement, 1);
  self->name = g_strdup (name);
  self->handle = compiled;
  return self;
}

void
handover_statement_free (HandoverStatement *self)
{
  sqlite3_finalize (self->handle);
  g_free (self->name);
  g_free (self);
}

/*
 * handover_statement_clear:
 *
 * Resets the statement and forgets its values.
 */
void
handover_statement_clear (HandoverStatement *self)
{
  sqlite3_reset (self->handle);
  sqlite3_clear_bindings (self->handle);
  self->bind_result = SQLITE_OK;
}

static int
bind_text (sqlite3_stmt *handle,
           int           position,
           const char   *text)
{
  if (text == NULL)
    return sqlite3_bind_null (handle, position);

  return sqlite3_bind_text64 (handle, position, text, strlen (text), SQLITE_TRANSIENT, SQLITE_UTF8);
}

static int
bind_int (sqlite3_stmt *handle,
          int           position,
          gint64        value,
          gboolean      zero_is_null)
{
  if (zero_is_null && value == 0)
    return sqlite3_bind_null (handle, position);

  return sqlite3_bind_int64 (handle, position, value);
}

static int
bind_bytes (sqlite3_stmt *handle,
            int           position,
            GBytes       *bytes)
{
  gconstpointer data;
  gsize size;

  if (bytes == NULL)
    return sqlite3_bind_null (handle, position);

  data = g_bytes_get_data (bytes, &size);
  if (size == 0)
    return sqlite3_bind_zeroblob (handle, position, 0);

  return sqlite3_bind_blob64 (handle, position, data, size, SQLITE_TRANSIENT);
}

/**
 * handover_statement_bind_valist:
 * @self: a statement
 * @format: one letter for each parameter, as handover_statement_bind() takes them
 * @arguments: the values
 *
 * Binds a statement's parameters, for functions that take them as their own.
 */
void
handover_statement_bind_valist (HandoverStatement *self,
                                const char        *format,
                                va_list            arguments)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (format != NULL);
  g_return_if_fail ((int) strlen (format) == sqlite3_bind_parameter_count (self->handle));

  handover_statement_reset (self);
  self->bind_result = SQLITE_OK;

  for (int i = 0; format[i] != '\0' && self->bind_result == SQLITE_OK; i++)
    {
      switch (format[i])
        {
        case 't':
          self->bind_result = bind_text (self->handle, i + 1, va_arg (arguments, const char *));
          break;

        case 'i':
          self->bind_result = bind_int (self->handle, i + 1, va_arg (arguments, gint64), FALSE);
          break;

        case 'z':
          self->bind_result = bind_int (self->handle, i + 1, va_arg (arguments, gint64), TRUE);
          break;

        case 'd':
          self->bind_result = sqlite3_bind_double (self->handle, i + 1, va_arg (arguments, double));
          break;

        case 'b':
          self->bind_result = bind_bytes (self->handle, i + 1, va_arg (arguments, GBytes *));
          break;

        case 'n':
          self->bind_result = sqlite3_bind_null (self->handle, i + 1);
          break;

        default:
          g_error ("Statement “%s” is bound with “%s”: “%c” means nothing", self->name, format, format[i]);
        }
    }
}

/**
 * handover_statement_bind:
 * @self: a statement
 * @format: one letter for each parameter, in order
 * @...: the values
 *
 * Resets the statement and binds all of its parameters. The letters: `t` text or %NULL, `i` a #gint64, `z` a
 * #gint64 where 0 binds NULL, `d` a double, `b` a #GBytes or %NULL, `n` NULL without a value. Integers must be
 * passed as #gint64 (cast them).
 *
 * A value that cannot be bound (too long) makes the next step fail.
 */
void
handover_statement_bind (HandoverStatement *self,
                         const char        *format,
                         ...)
{
  va_list arguments;

  va_start (arguments, format);
  handover_statement_bind_valist (self, format, arguments);
  va_end (arguments);
}

/**
 * handover_statement_step:
 * @self: a statement
 * @row: (out) (optional): whether there is a row to read
 * @error: return location
 *
 * Goes to the next row. At the end, and after an error, the statement is reset.
 *
 * Returns: %FALSE on error
 */
gboolean
handover_statement_step (HandoverStatement  *self,
                         gboolean           *row,
                         GError            **error)
{
  sqlite3 *handle;
  int result;

  g_return_val_if_fail (self != NULL, FALSE);

  if (row != NULL)
    *row = FALSE;

  handle = sqlite3_db_handle (self->handle);
  if (self->bind_result != SQLITE_OK)
    {
      handover_database_set_error (error, handle, self->bind_result, self->name);
      return FALSE;
    }

  result = sqlite3_step (self->handle);
  if (result == SQLITE_ROW)
    {
      if (row != NULL)
        *row = TRUE;
      return TRUE;
    }
  if (result == SQLITE_DONE)
    {
      handover_statement_reset (self);
      return TRUE;
    }

  handover_database_set_error (error, handle, sqlite3_extended_errcode (handle), self->name);
  handover_statement_reset (self);
  return FALSE;
}

/**
 * handover_statement_reset:
 * @self: a statement
 *
 * Lets go of the rows, so that a statement left before its end holds no snapshot. The bindings stay.
 */
void
handover_statement_reset (HandoverStatement *self)
{
  g_return_if_fail (self != NULL);

  sqlite3_reset (self->handle);
}

/**
 * handover_statement_is_null:
 * @self: a statement at a row
 * @column: which column, from 0
 *
 * Returns: whether the column is NULL
 */
gboolean
handover_statement_is_null (HandoverStatement *self,
                            int                column)
{
  g_return_val_if_fail (column < sqlite3_data_count (self->handle), TRUE);

  return sqlite3_column_type (self->handle, column) == SQLITE_NULL;
}

/**
 * handover_statement_get_text:
 * @self: a statement at a row
 * @column: which column, from 0
 *
 * Returns: (nullable): the text, valid until the next step
 */
const char *
handover_statement_get_text (HandoverStatement *self,
                             int                column)
{
  g_return_val_if_fail (column < sqlite3_data_count (self->handle), NULL);

  return (const char *) sqlite3_column_text (self->handle, column);
}

/**
 * handover_statement_dup_text:
 * @self: a statement at a row
 * @column: which column, from 0
 *
 * Returns: (transfer full) (nullable): a copy of the text
 */
char *
handover_statement_dup_text (HandoverStatement *self,
                             int                column)
{
  return g_strdup (handover_statement_get_text (self, column));
}

/**
 * handover_statement_get_int:
 * @self: a statement at a row
 * @column: which column, from 0
 *
 * Returns: the number; 0 for NULL
 */
gint64
handover_statement_get_int (HandoverStatement *self,
                            int                column)
{
  g_return_val_if_fail (column < sqlite3_data_count (self->handle), 0);

  return sqlite3_column_int64 (self->handle, column);
}

/**
 * handover_statement_get_double:
 * @self: a statement at a row
 * @column: which column, from 0
 *
 * Returns: the number; 0 for NULL
 */
double
handover_statement_get_double (HandoverStatement *self,
                               int                column)
{
  g_return_val_if_fail (column < sqlite3_data_count (self->handle), 0);

  return sqlite3_column_double (self->handle, column);
}

/**
 * handover_statement_get_bytes:
 * @self: a statement at a row
 * @column: which column, from 0
 *
 * Returns: (transfer full) (nullable): a copy of the bytes, %NULL for NULL
 */
GBytes *
handover_statement_get_bytes (HandoverStatement *self,
                              int                column)
{
  gconstpointer data;

  if (handover_statement_is_null (self, column))
    return NULL;

  data = sqlite3_column_blob (self->handle, column);
  return g_bytes_new (data, sqlite3_column_bytes (self->handle, column));
}
