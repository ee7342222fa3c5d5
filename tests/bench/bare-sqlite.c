/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

/* bare-sqlite BEFORE AFTER BATCH: writes into the database BEFORE what a service has added to AFTER since: the same rows
 * into the same tables, BATCH messages (a mean, not always whole) a transaction, as durable. BEFORE is changed.
 *
 * Prints "MESSAGES SECONDS". */

#include <glib.h>
#include <sqlite3.h>
#include <stdlib.h>

typedef struct
{
  sqlite3 *handle;
  sqlite3_stmt *begin;
  sqlite3_stmt *commit;
  sqlite3_stmt *message;
  sqlite3_stmt *number;
  sqlite3_stmt *event;
  sqlite3_stmt *conversation;
} Loop;

static void
execute (sqlite3    *handle,
         const char *sql)
{
  if (sqlite3_exec (handle, sql, NULL, NULL, NULL) != SQLITE_OK)
    g_error ("%s: %s", sql, sqlite3_errmsg (handle));
}

static sqlite3_stmt *
prepare (sqlite3    *handle,
         const char *sql)
{
  sqlite3_stmt *statement;

  if (sqlite3_prepare_v2 (handle, sql, -1, &statement, NULL) != SQLITE_OK)
    g_error ("%s: %s", sql, sqlite3_errmsg (handle));

  return statement;
}

/* All rows of a query, each an array of values, in memory before the clock runs. */
static GPtrArray *
load (sqlite3    *handle,
      const char *sql)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  sqlite3_stmt *statement = prepare (handle, sql);

  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      GPtrArray *row = g_ptr_array_new_with_free_func ((GDestroyNotify) sqlite3_value_free);

      for (int i = 0; i < sqlite3_column_count (statement); i++)
        g_ptr_array_add (row, sqlite3_value_dup (sqlite3_column_value (statement, i)));
      g_ptr_array_add (rows, row);
    }
  sqlite3_finalize (statement);

  return rows;
}

static void
run (Loop         *loop,
     sqlite3_stmt *statement,
     GPtrArray    *row,
     guint         first,
     guint         count)
{
  int result;

  for (guint i = 0; i < count; i++)
    sqlite3_bind_value (statement, i + 1, g_ptr_array_index (row, first + i));
  do
    result = sqlite3_step (statement);
  while (result == SQLITE_ROW);
  if (result != SQLITE_DONE)
    g_error ("%s: %s", sqlite3_sql (statement), sqlite3_errmsg (loop->handle));
  sqlite3_reset (statement);
}

/* Each message with its events, the counter that numbers them, and the conversation it belongs to. */
static void
write_all (Loop      *loop,
           GPtrArray *messages,
           GPtrArray *events,
           double     batch)
{
  guint per_message = events->len / messages->len;
  double boundary = 0;

  for (guint i = 0; i < messages->len; i++)
    {
      GPtrArray *message = g_ptr_array_index (messages, i);

      if (i >= boundary)
        {
          if (i > 0)
            run (loop, loop->commit, NULL, 0, 0);
          run (loop, loop->begin, NULL, 0, 0);
          boundary += batch;
        }
      run (loop, loop->message, message, 0, message->len);
      for (guint j = 0; j < per_message; j++)
        {
          GPtrArray *event = g_ptr_array_index (events, i * per_message + j);

          run (loop, loop->number, event, 0, 1);
          run (loop, loop->event, event, 0, event->len);
        }
      run (loop, loop->conversation, message, 0, 4);
    }
  run (loop, loop->commit, NULL, 0, 0);
}

/* A migration adds columns, and a row has them all. */
static sqlite3_stmt *
prepare_insert (sqlite3    *handle,
                const char *table,
                GPtrArray  *row)
{
  g_autoptr (GString) sql = g_string_new (NULL);

  g_string_printf (sql, "INSERT INTO %s VALUES (?", table);
  for (guint i = 1; i < row->len; i++)
    g_string_append (sql, ", ?");
  g_string_append_c (sql, ')');
  return prepare (handle, sql->str);
}

static void
prepare_loop (Loop      *loop,
              GPtrArray *message,
              GPtrArray *event)
{
  loop->begin = prepare (loop->handle, "BEGIN IMMEDIATE");
  loop->commit = prepare (loop->handle, "COMMIT");
  loop->message = prepare_insert (loop->handle, "messages", message);
  loop->number = prepare (loop->handle, "UPDATE log_counters SET last_sequence = last_sequence + 1 "
                          "WHERE business_id = ?1");
  loop->event = prepare_insert (loop->handle, "events", event);
  loop->conversation = prepare (loop->handle, "UPDATE conversations SET last_message_id = ?1, last_position = ?4, "
                                "unread_count = unread_count + 1, updated_at = updated_at + 1, "
                                "version = version + 1 WHERE id = ?3 AND business_id = ?2");
}

int
main (int    argc,
      char **argv)
{
  char *attach;
  GPtrArray *messages, *events;
  gint64 start;
  Loop loop;

  if (argc != 4 || sqlite3_open (argv[1], &loop.handle) != SQLITE_OK)
    g_error ("usage: bare-sqlite BEFORE AFTER BATCH");

  attach = sqlite3_mprintf ("ATTACH %Q AS later", argv[2]);
  execute (loop.handle, attach);
  sqlite3_free (attach);
  messages = load (loop.handle, "SELECT * FROM later.messages "
                   "WHERE rowid > (SELECT max (rowid) FROM main.messages) ORDER BY rowid");
  events = load (loop.handle, "SELECT * FROM later.events WHERE sequence > (SELECT last_sequence FROM main.log_counters) "
                 "AND kind IN ('message.created', 'conversation.updated') ORDER BY sequence");
  execute (loop.handle, "DETACH later");
  if (messages->len == 0 || events->len % messages->len != 0)
    g_error ("%u messages do not have %u events", messages->len, events->len);

  execute (loop.handle, "PRAGMA journal_mode = WAL");
  execute (loop.handle, "PRAGMA synchronous = FULL");
  execute (loop.handle, "PRAGMA foreign_keys = ON");
  prepare_loop (&loop, messages->pdata[0], events->pdata[0]);

  start = g_get_monotonic_time ();
  write_all (&loop, messages, events, atof (argv[3]));
  g_print ("%u %.3f\n", messages->len, (g_get_monotonic_time () - start) / (double) G_USEC_PER_SEC);

  return 0;
}
