/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "database/handover-database-private.h"

#include <string.h>

#define NAME_MARK "-- name:"

static gboolean
add_statement (GHashTable  *statements,
               char        *name,
               GString     *text,
               GError     **error)
{
  g_autofree char *owned_name = name;
  g_autofree char *sql = g_strstrip (g_strdup (text->str));

  if (*sql == '\0' || *owned_name == '\0')
    {
      g_set_error (error, HANDOVER_DATABASE_ERROR, HANDOVER_DATABASE_ERROR_STATEMENT,
                   "Statement “%s” is empty", owned_name);
      return FALSE;
    }
  if (g_hash_table_contains (statements, owned_name))
    {
      g_set_error (error, HANDOVER_DATABASE_ERROR, HANDOVER_DATABASE_ERROR_STATEMENT,
                   "Statement “%s” is there twice", owned_name);
      return FALSE;
    }

  g_hash_table_insert (statements, g_steal_pointer (&owned_name), g_steal_pointer (&sql));
  return TRUE;
}

/*
 * handover_statement_file_parse:
 * @text: lines of `-- name: NAME`, each followed by one statement; what comes before the first must be comments
 *
 * Returns: (transfer full) (nullable): the statements by name
 */
GHashTable *
handover_statement_file_parse (const char  *text,
                               GError     **error)
{
  g_autoptr (GHashTable) statements = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (GString) sql = g_string_new (NULL);
  g_autofree char *name = NULL;

  for (char **line = lines; *line != NULL; line++)
    {
      if (g_str_has_prefix (*line, NAME_MARK))
        {
          if (name != NULL && !add_statement (statements, g_steal_pointer (&name), sql, error))
            return NULL;
          name = g_strstrip (g_strdup (*line + strlen (NAME_MARK)));
          g_string_truncate (sql, 0);
        }
      else if (name != NULL)
        {
          g_string_append (sql, *line);
          g_string_append_c (sql, '\n');
        }
      else if (**line != '\0' && !g_str_has_prefix (*line, "--"))
        {
          g_set_error (error, HANDOVER_DATABASE_ERROR, HANDOVER_DATABASE_ERROR_STATEMENT,
                       "A statement has no name: %s", *line);
          return NULL;
        }
    }

  if (name != NULL && !add_statement (statements, g_steal_pointer (&name), sql, error))
    return NULL;

  return g_steal_pointer (&statements);
}
