/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <sqlite3.h>

#include "database/handover-database.h"
#include "test-folder.h"

typedef struct
{
  char *folder;
  char *path;
  char *copy;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->folder = test_folder_new ();
  fixture->path = g_build_filename (fixture->folder, "books.sqlite", NULL);
  fixture->copy = g_strconcat (fixture->path, ".before-2", NULL);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  test_folder_remove (fixture->folder);
  g_free (fixture->path);
  g_free (fixture->copy);
}

static HandoverDatabase *
open_file (const char *path)
{
  g_autoptr (GError) error = NULL;
  HandoverDatabase *database = handover_database_open (path, HANDOVER_DATABASE_DEFAULT, &error);

  g_assert_no_error (error);
  g_assert_true (handover_database_add_statements (database, "/test/statements/books.sql", &error));
  g_assert_no_error (error);
  return database;
}

static void
make_old (Fixture *fixture)
{
  g_autoptr (HandoverDatabase) database = open_file (fixture->path);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (handover_database_get_version (database), ==, 0);
  g_assert_true (handover_database_migrate (database, "/test/good", &error));
  g_assert_no_error (error);
  g_assert_cmpint (handover_database_get_version (database), ==, 1);
  g_assert_true (handover_database_run (database, "book.insert_next", &error, "t", "Old"));
  g_assert_no_error (error);
}

static void
assert_one_book (HandoverDatabase *database)
{
  g_autoptr (GError) error = NULL;
  HandoverStatement *statement = handover_database_prepare (database, "book.titles", &error);
  gboolean row;

  g_assert_no_error (error);
  g_assert_true (handover_statement_step (statement, &row, &error));
  g_assert_true (row);
  g_assert_cmpstr (handover_statement_get_text (statement, 0), ==, "Old");
  g_assert_true (handover_statement_step (statement, &row, &error));
  g_assert_false (row);
}

static void
test_new (Fixture       *fixture,
          gconstpointer  data)
{
  g_autoptr (HandoverDatabase) database = open_file (fixture->path);
  g_autoptr (GError) error = NULL;

  g_assert_true (handover_database_migrate (database, "/test/more", &error));
  g_assert_no_error (error);
  g_assert_cmpint (handover_database_get_version (database), ==, 2);
  g_assert_true (handover_database_migrate (database, "/test/more", &error));
  g_assert_no_error (error);
  /* There was nothing worth a copy. */
  g_assert_false (g_file_test (fixture->copy, G_FILE_TEST_EXISTS));
}

static void
test_step (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (HandoverDatabase) database = NULL;
  g_autoptr (HandoverDatabase) copy = NULL;
  g_autoptr (GError) error = NULL;
  GStatBuf status;

  make_old (fixture);
  database = open_file (fixture->path);
  g_assert_true (handover_database_migrate (database, "/test/more", &error));
  g_assert_no_error (error);
  g_assert_cmpint (handover_database_get_version (database), ==, 2);
  assert_one_book (database);

  g_assert_cmpint (g_stat (fixture->copy, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  copy = open_file (fixture->copy);
  g_assert_cmpint (handover_database_get_version (copy), ==, 1);
  assert_one_book (copy);
}

static void
test_newer (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (HandoverDatabase) database = open_file (fixture->path);
  g_autoptr (GError) error = NULL;

  g_assert_true (handover_database_migrate (database, "/test/more", &error));
  g_assert_no_error (error);
  g_assert_false (handover_database_migrate (database, "/test/good", &error));
  g_assert_error (error, HANDOVER_DATABASE_ERROR, HANDOVER_DATABASE_ERROR_NEWER);
  g_assert_cmpint (handover_database_get_version (database), ==, 2);
}

static void
test_broken (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (HandoverDatabase) database = NULL;
  g_autoptr (GError) error = NULL;

  make_old (fixture);
  database = open_file (fixture->path);
  g_assert_false (handover_database_migrate (database, "/test/broken", &error));
  g_assert_error (error, HANDOVER_DATABASE_ERROR, HANDOVER_DATABASE_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, "002-years.sql"));
  g_assert_cmpint (handover_database_get_version (database), ==, 1);
  g_clear_error (&error);

  /* As it was: the column that the broken migration added first is not there, and the rules hold again. */
  assert_one_book (database);
  g_assert_true (handover_database_migrate (database, "/test/more", &error));
  g_assert_no_error (error);
  g_assert_false (handover_database_run (database, "book.insert", &error, "iit", (gint64) 9, (gint64) 9, "Lost"));
  g_assert_error (error, HANDOVER_DATABASE_ERROR, HANDOVER_DATABASE_ERROR_CONSTRAINT);
}

static void
test_missing (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (HandoverDatabase) database = open_file (fixture->path);
  g_autoptr (GError) error = NULL;

  g_assert_false (handover_database_migrate (database, "/test/nowhere", &error));
  g_assert_error (error, G_RESOURCE_ERROR, G_RESOURCE_ERROR_NOT_FOUND);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/migration/new", Fixture, NULL, set_up, test_new, tear_down);
  g_test_add ("/migration/step", Fixture, NULL, set_up, test_step, tear_down);
  g_test_add ("/migration/newer", Fixture, NULL, set_up, test_newer, tear_down);
  g_test_add ("/migration/broken", Fixture, NULL, set_up, test_broken, tear_down);
  g_test_add ("/migration/missing", Fixture, NULL, set_up, test_missing, tear_down);

  return g_test_run ();
}
