/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include <gio/gio.h>
#include <glib/gstdio.h>

#include "database/handover-database.h"
#include "test-folder.h"

static HandoverDatabase *
open_books (void)
{
  g_autoptr (GError) error = NULL;
  HandoverDatabase *database = handover_database_open (":memory:", HANDOVER_DATABASE_DEFAULT, &error);

  g_assert_no_error (error);
  g_assert_true (handover_database_add_statements (database, "/test/statements/", &error));
  g_assert_no_error (error);
  g_assert_true (handover_database_migrate (database, "/test/good", &error));
  g_assert_no_error (error);
  return database;
}

static HandoverStatement *
prepare (HandoverDatabase *database,
         const char       *name)
{
  g_autoptr (GError) error = NULL;
  HandoverStatement *statement = handover_database_prepare (database, name, &error);

  g_assert_no_error (error);
  return statement;
}

static gboolean
step (HandoverStatement *statement)
{
  g_autoptr (GError) error = NULL;
  gboolean row;

  g_assert_true (handover_statement_step (statement, &row, &error));
  g_assert_no_error (error);
  return row;
}

static gint64
count_books (HandoverDatabase *database)
{
  HandoverStatement *statement = prepare (database, "book.count");

  g_assert_true (step (statement));
  return handover_statement_get_int (statement, 0);
}

static void
test_types (void)
{
  g_autoptr (HandoverDatabase) database = open_books ();
  g_autoptr (GBytes) bytes = g_bytes_new_static ("a\0b", 3);
  g_autoptr (GBytes) empty = g_bytes_new_static ("", 0);
  g_autoptr (GBytes) read = NULL;
  g_autoptr (GBytes) read_empty = NULL;
  HandoverStatement *statement = prepare (database, "types");

  handover_statement_bind (statement, "tidbznb", "Grüße 🙂", G_MININT64, 0.25, bytes, (gint64) 7, empty);
  g_assert_true (step (statement));
  g_assert_cmpstr (handover_statement_get_text (statement, 0), ==, "Grüße 🙂");
  g_assert_cmpint (handover_statement_get_int (statement, 1), ==, G_MININT64);
  g_assert_cmpfloat (handover_statement_get_double (statement, 2), ==, 0.25);
  read = handover_statement_get_bytes (statement, 3);
  g_assert_true (g_bytes_equal (read, bytes));
  g_assert_cmpint (handover_statement_get_int (statement, 4), ==, 7);
  g_assert_true (handover_statement_is_null (statement, 5));
  g_assert_false (handover_statement_is_null (statement, 6));
  read_empty = handover_statement_get_bytes (statement, 6);
  g_assert_cmpuint (g_bytes_get_size (read_empty), ==, 0);
  g_assert_false (step (statement));
}

static void
test_nulls (void)
{
  g_autoptr (HandoverDatabase) database = open_books ();
  HandoverStatement *statement = prepare (database, "types");

  handover_statement_bind (statement, "tzbnnnn", NULL, (gint64) 0, NULL);
  g_assert_true (step (statement));
  for (int i = 0; i < 7; i++)
    g_assert_true (handover_statement_is_null (statement, i));
  g_assert_null (handover_statement_get_text (statement, 0));
  g_assert_null (handover_statement_get_bytes (statement, 2));
}

static void
test_prepared_again (void)
{
  g_autoptr (HandoverDatabase) database = open_books ();
  HandoverStatement *statement = prepare (database, "types");

  handover_statement_bind (statement, "ttttttt", "a", "b", "c", "d", "e", "f", "g");
  g_assert_true (step (statement));

  /* The same one, with nothing left of what was bound. */
  g_assert_true (prepare (database, "types") == statement);
  g_assert_true (step (statement));
  g_assert_true (handover_statement_is_null (statement, 0));
}

static void
test_errors (void)
{
  g_autoptr (HandoverDatabase) database = open_books ();
  g_autoptr (GError) error = NULL;

  g_assert_true (handover_database_run (database, "shelf.insert", &error, "it", (gint64) 1, "Sea"));
  g_assert_no_error (error);
  g_assert_cmpint (handover_database_get_changes (database), ==, 1);
  g_assert_cmpint (handover_database_get_last_row_id (database), ==, 1);

  g_assert_false (handover_database_run (database, "shelf.insert", &error, "it", (gint64) 2, "Sea"));
  g_assert_error (error, HANDOVER_DATABASE_ERROR, HANDOVER_DATABASE_ERROR_EXISTS);
  g_assert_null (strstr (error->message, "Sea"));
  g_clear_error (&error);

  g_assert_false (handover_database_run (database, "shelf.insert", &error, "in", (gint64) 3));
  g_assert_error (error, HANDOVER_DATABASE_ERROR, HANDOVER_DATABASE_ERROR_CONSTRAINT);
  g_clear_error (&error);

  g_assert_false (handover_database_run (database, "book.insert", &error, "iit", (gint64) 1, (gint64) 9, "Lost"));
  g_assert_error (error, HANDOVER_DATABASE_ERROR, HANDOVER_DATABASE_ERROR_CONSTRAINT);
  g_clear_error (&error);

  g_assert_null (handover_database_prepare (database, "book.burn", &error));
  g_assert_error (error, HANDOVER_DATABASE_ERROR, HANDOVER_DATABASE_ERROR_STATEMENT);
}

static void
test_files (void)
{
  g_autoptr (HandoverDatabase) database = open_books ();
  g_autoptr (GError) error = NULL;

  g_assert_false (handover_database_add_statements (database, "/test/statements-twice.sql", &error));
  g_assert_error (error, HANDOVER_DATABASE_ERROR, HANDOVER_DATABASE_ERROR_STATEMENT);
  g_clear_error (&error);

  g_assert_false (handover_database_add_statements (database, "/test/missing.sql", &error));
  g_assert_error (error, G_RESOURCE_ERROR, G_RESOURCE_ERROR_NOT_FOUND);
  g_clear_error (&error);

  g_assert_true (handover_database_add_statements (database, "/test/statements-wrong.sql", &error));
  g_assert_no_error (error);
  g_assert_null (handover_database_prepare (database, "two", &error));
  g_assert_error (error, HANDOVER_DATABASE_ERROR, HANDOVER_DATABASE_ERROR_STATEMENT);
  g_clear_error (&error);
  g_assert_null (handover_database_prepare (database, "wrong", &error));
  g_assert_error (error, HANDOVER_DATABASE_ERROR, HANDOVER_DATABASE_ERROR_STATEMENT);
}

static void
test_transactions (void)
{
  g_autoptr (HandoverDatabase) database = open_books ();
  g_autoptr (GError) error = NULL;

  g_assert_true (handover_database_begin_write (database, &error));
  g_assert_true (handover_database_run (database, "book.insert_next", &error, "t", "Kept"));
  g_assert_true (handover_database_savepoint (database, &error));
  g_assert_true (handover_database_run (database, "book.insert_next", &error, "t", "Undone"));
  g_assert_cmpint (count_books (database), ==, 2);
  g_assert_true (handover_database_rollback_to (database, &error));
  g_assert_true (handover_database_savepoint (database, &error));
  g_assert_true (handover_database_run (database, "book.insert_next", &error, "t", "Kept too"));
  g_assert_true (handover_database_release (database, &error));
  g_assert_true (handover_database_commit (database, &error));
  g_assert_no_error (error);
  g_assert_cmpint (count_books (database), ==, 2);

  g_assert_true (handover_database_begin_write (database, &error));
  g_assert_true (handover_database_run (database, "book.insert_next", &error, "t", "Undone"));
  handover_database_rollback (database);
  g_assert_false (handover_database_in_transaction (database));
  g_assert_cmpint (count_books (database), ==, 2);
}

static void
test_private_file (void)
{
  g_autofree char *folder = test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "books.sqlite", NULL);
  g_autofree char *journal = g_strconcat (path, "-wal", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (HandoverDatabase) reader = NULL;
  HandoverDatabase *database;
  GStatBuf status;

  g_assert_null (handover_database_open (path, HANDOVER_DATABASE_READ_ONLY, &error));
  g_assert_error (error, HANDOVER_DATABASE_ERROR, HANDOVER_DATABASE_ERROR_IO);
  g_clear_error (&error);

  database = handover_database_open (path, HANDOVER_DATABASE_DURABLE, &error);
  g_assert_no_error (error);
  g_assert_true (handover_database_migrate (database, "/test/good", &error));
  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  g_assert_cmpint (g_stat (journal, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);

  reader = handover_database_open (path, HANDOVER_DATABASE_READ_ONLY, &error);
  g_assert_no_error (error);
  g_assert_true (handover_database_add_statements (reader, "/test/statements/books.sql", &error));
  g_assert_cmpint (count_books (reader), ==, 0);
  g_assert_false (handover_database_run (reader, "book.insert_next", &error, "t", "No"));
  g_assert_error (error, HANDOVER_DATABASE_ERROR, HANDOVER_DATABASE_ERROR_IO);

  g_clear_object (&reader);
  g_clear_object (&database);
  test_folder_remove (g_steal_pointer (&folder));
}

static void
test_not_a_database (void)
{
  g_autofree char *folder = test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "books.sqlite", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, "This is a letter, and a long one, to whom it may concern.", -1, &error));
  g_assert_null (handover_database_open (path, HANDOVER_DATABASE_DEFAULT, &error));
  g_assert_error (error, HANDOVER_DATABASE_ERROR, HANDOVER_DATABASE_ERROR_CORRUPT);

  test_folder_remove (g_steal_pointer (&folder));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/statement/types", test_types);
  g_test_add_func ("/statement/nulls", test_nulls);
  g_test_add_func ("/statement/prepared-again", test_prepared_again);
  g_test_add_func ("/statement/errors", test_errors);
  g_test_add_func ("/statement/files", test_files);
  g_test_add_func ("/statement/transactions", test_transactions);
  g_test_add_func ("/statement/private-file", test_private_file);
  g_test_add_func ("/statement/not-a-database", test_not_a_database);

  return g_test_run ();
}
